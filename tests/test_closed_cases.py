"""A closed case takes nothing new, whoever asks; what runs in it can still be put right and ended.

The rule stands in `cases.access.require_on`. Every write on a case is named here.
"""

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.casework import identity, journal, services
from cases.casework.enums import Audience, NoteKind, RevealReason, Situation, Source
from cases.casework.errors import CaseIsClosed, CaseIsNotClosed, CaseIsOpen
from cases.casework.events import CASE_REOPENED
from cases.casework.models import Case, Note, Wish
from cases.citizens.cpr import parse_cpr
from cases.citizens.enums import Protection
from crosssector.handoffs import services as handoffs
from crosssector.handoffs.enums import HandoffKind
from housing.allocation import services as allocation
from housing.allocation.enums import DeclinedBy, DeclineReason, ReferralEnd, WithdrawReason
from housing.allocation.models import HousingReferral, Offer, ReferralPaper
from housing.allocation.services.values import ReferralValues
from housing.shelters import services as shelters
from housing.shelters.enums import ActingAnswer, DischargeTo
from housing.shelters.models import Absence, Stay
from housing.tenancies import services as tenancies
from housing.tenancies.enums import TenancyEnd
from housing.tenancies.models import Tenancy
from housingfirst.access.enums import LogAction, Role
from housingfirst.access.models import AccessEntry, User
from housingfirst.base.errors import NotPermitted
from housingfirst.events.models import Event
from support.enrolments import services as enrolments
from support.enrolments.enums import EndReason
from support.enrolments.models import Enrolment
from support.methods import services as methods
from support.methods.enums import Method, SupportSection
from support.methods.models import SupportDecision
from support.visits.enums import Outcome
from support.visits.services import visit_log
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case, make_citizen
from tests.crosssector.factories import BASIS, make_benefits_office, make_handoff
from tests.housing.factories import make_shelter, make_stay
from tests.housing.homes import (
    let_see,
    make_allocator,
    make_dwelling,
    make_offer,
    make_referral,
    make_tenancy,
    make_vacancy,
)
from tests.reading import read
from tests.support.factories import make_decision, make_enrolment

pytestmark = pytest.mark.django_db

SENTENCE = "Genåbn den, før du skriver i den."


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


class World:
    """A case with one of everything, made while it was open; closed ten days ago."""

    def __init__(self) -> None:
        unit = self.unit = make_unit(takes_intake=True)
        place = unit.municipality
        self.lead: User = make_user(Role.TEAM_LEAD, unit)
        self.citizen = make_citizen(name="Sanne Bay")
        self.case: Case = make_case(unit=unit, citizen=self.citizen, opened_on=ago(200))
        self.shelter = make_shelter(municipality=place)
        self.staff: User = make_user(Role.SHELTER_STAFF, self.shelter.unit)
        self.stay: Stay = make_stay(
            shelter=self.shelter, citizen=self.citizen, municipality=place, admitted_on=ago(60)
        )
        self.note: Note = self.write()
        self.situation = journal.situation_say(
            case=self.case,
            situation=Situation.SOFA,
            starts_on=ago(100),
            ends_on=ago(90),
            source=Source.WORKER,
            remark="",
            actor=self.lead,
        )
        self.decision: SupportDecision = make_decision(
            case=self.case, decided_on=ago(20), starts_on=ago(10)
        )
        self.other: SupportDecision = make_decision(
            case=self.case, method=Method.ICM, decided_on=ago(20), starts_on=ago(10)
        )
        self.course: Enrolment = make_enrolment(decision=self.decision, started_on=ago(10))
        self.office = make_benefits_office(municipality=place)
        self.asked = make_handoff(case=self.case, to_unit=self.office)
        self.referral: HousingReferral = make_referral(case=self.case)
        self.paper: ReferralPaper = self.referral.papers.order_by("pk")[0]
        self.allocator: User = make_allocator(place)
        let_see(self.allocator, self.case)
        self.vacancy = make_vacancy(municipality=place)
        self.lead = User.objects.get(pk=self.lead.pk)

    def close(self) -> None:
        Case.objects.filter(pk=self.case.pk).update(closed_on=ago(10))
        self.case = Case.objects.get(pk=self.case.pk)
        self.note.case = self.situation.case = self.stay.case = self.case
        self.decision.case = self.other.case = self.course.case = self.case
        self.asked.case = self.referral.case = self.paper.referral.case = self.case

    def write(self) -> Note:
        return journal.note_write(
            case=self.case,
            kind=NoteKind.NOTE,
            happened_at=timezone.now(),
            text="Ringede",
            audience=Audience.CASE,
            is_important=False,
            form_key=uuid.uuid4(),
            actor=self.lead,
        )

    def say(self) -> object:
        return journal.situation_say(
            case=self.case,
            situation=Situation.STREET,
            starts_on=ago(0),
            ends_on=None,
            source=Source.WORKER,
            remark="",
            actor=self.lead,
        )

    def visit(self, days_ago: int) -> object:
        return visit_log(
            case=self.case,
            happened_at=timezone.now() - timedelta(days=days_ago),
            outcome=Outcome.MET,
            form_key=uuid.uuid4(),
            actor=self.lead,
        )


@pytest.fixture
def world() -> World:
    return World()


NEW: dict[str, Callable[[World], Any]] = {
    "note_write": World.write,
    "wish_say": lambda w: journal.wish_say(case=w.case, words="Ro", said_on=ago(0), actor=w.lead),
    "situation_say": World.say,
    "case_assign": lambda w: services.case_assign(
        case=w.case, unit=w.unit, adviser=None, on=ago(0), actor=w.lead, version=1
    ),
    "tenancy_start": lambda w: tenancies.tenancy_start(
        case=w.case,
        dwelling=make_dwelling(),
        starts_on=ago(0),
        rent_dkk=Decimal(1),
        deposit_dkk=Decimal(1),
        actor=w.lead,
    ),
    "referral_save": lambda w: allocation.referral_save(
        case=w.case, values=ReferralValues(), actor=w.lead, referral=w.referral
    ),
    "referral_send": lambda w: allocation.referral_send(referral=w.referral, actor=w.lead),
    "referral_again": lambda w: allocation.referral_again(case=w.case, actor=w.lead),
    "paper_receive": lambda w: allocation.paper_receive(
        paper=w.paper, received_on=ago(0), actor=w.lead
    ),
    "offer_make": lambda w: make_offer(referral=w.referral, vacancy=w.vacancy, actor=w.allocator),
    "support_decide": lambda w: methods.support_decide(
        case=w.case,
        section=SupportSection.S85,
        method=Method.GENERAL,
        decided_on=ago(0),
        starts_on=ago(0),
        reasons="Fordi",
        actor=w.lead,
    ),
    "enrolment_start": lambda w: enrolments.enrolment_start(
        decision=w.other, started_on=ago(0), actor=w.lead
    ),
    "phase_1_set": lambda w: enrolments.phase_1_set(
        enrolment=w.course, on=ago(0), reason="Forebyggende", actor=w.lead
    ),
    "worker_set": lambda w: enrolments.worker_set(
        enrolment=w.course, worker=None, on=ago(0), actor=w.lead
    ),
    "visit_log": lambda w: w.visit(0),
    "handoff_ask": lambda w: handoffs.handoff_ask(
        case=w.case,
        kind=HandoffKind.DEPOSIT_LOAN,
        to_unit=w.office,
        amount_dkk=Decimal(1),
        actor=w.lead,
        legal_basis=BASIS,
    ),
}

GOES_ON: dict[str, Callable[[World], Any]] = {
    "note_correct": lambda w: journal.note_correct(
        note=w.note,
        kind=NoteKind.NOTE,
        happened_at=timezone.now(),
        text="Ringede, svarede ikke",
        audience=Audience.CASE,
        is_important=False,
        actor=w.lead,
        version=1,
    ),
    "situation_correct": lambda w: journal.situation_correct(
        said=w.situation,
        situation=Situation.STREET,
        starts_on=ago(100),
        ends_on=ago(95),
        source=Source.WORKER,
        remark="",
        actor=w.lead,
        version=1,
    ),
    "citizen_change": lambda w: identity.citizen_change(
        case=w.case,
        name="Sanne Bay",
        birth_date=None,
        protection=Protection.YES,
        protected_until=None,
        language="",
        needs_interpreter=False,
        phone="",
        actor=w.lead,
        version=w.citizen.version,
    ),
    "cpr_change": lambda w: identity.cpr_change(
        case=w.case, cpr=parse_cpr("3002810007"), actor=w.lead, version=w.citizen.version
    ),
    "place_reveal": lambda w: identity.place_reveal(
        case=w.case, reason=RevealReason.LETTER, today=ago(0), actor=w.lead
    ),
    "referral_withdraw": lambda w: allocation.referral_withdraw(
        referral=w.referral, reason=ReferralEnd.NOT_WANTED, actor=w.lead
    ),
    "support_correct": lambda w: methods.support_correct(
        decision=w.decision, starts_on=ago(9), reasons="Fordi", actor=w.lead, version=1
    ),
    "enrolment_end": lambda w: enrolments.enrolment_end(
        enrolment=w.course,
        ended_on=ago(0),
        reason=EndReason.MOVED,
        remark="Flyttet",
        actor=w.lead,
    ),
    "a visit from before the case was closed": lambda w: w.visit(11),
    "handoff_withdraw": lambda w: handoffs.handoff_withdraw(handoff=w.asked, actor=w.lead),
    "absence_register": lambda w: shelters.absence_register(
        stay=w.stay, starts_on=ago(1), actor=w.staff
    ),
    "stay_discharge": lambda w: shelters.stay_discharge(
        stay=w.stay, discharged_on=ago(0), to=DischargeTo.STREET, reason="Rejst", actor=w.staff
    ),
    "notice_send": lambda w: shelters.notice_send(notice=w.stay.notices.get(), actor=w.staff),
    "days_elsewhere_add": lambda w: shelters.days_elsewhere_add(
        case=w.case, starts_on=ago(300), ends_on=ago(290), source="Borgeren", actor=w.lead
    ),
}


@pytest.mark.parametrize("act", NEW)
def test_nothing_new_is_written(world: World, act: str) -> None:
    world.close()

    with pytest.raises(CaseIsClosed):
        NEW[act](world)


@pytest.mark.parametrize("act", GOES_ON)
def test_what_runs_is_put_right_and_ended(world: World, act: str) -> None:
    world.close()

    GOES_ON[act](world)


def test_an_offer_is_declined_and_withdrawn_but_not_accepted(world: World) -> None:
    offer: Offer = make_offer(referral=world.referral, vacancy=world.vacancy, actor=world.allocator)
    world.close()
    offer.case = world.case

    with pytest.raises(CaseIsClosed):
        allocation.offer_accept(offer=offer, starts_on=ago(-1), actor=world.lead)
    allocation.offer_decline(
        offer=offer,
        declined_by=DeclinedBy.CITIZEN,
        reason=DeclineReason.AREA,
        actor=world.lead,
    )

    offer.refresh_from_db()
    assert offer.status == "declined"


def test_an_offer_is_withdrawn(world: World) -> None:
    offer = make_offer(referral=world.referral, vacancy=world.vacancy, actor=world.allocator)
    world.close()
    offer.case = world.case

    allocation.offer_withdraw(
        offer=offer, reason=WithdrawReason.DWELLING_GONE, actor=world.allocator
    )


def test_a_lease_is_registered_and_ended(world: World) -> None:
    tenancy: Tenancy = make_tenancy(case=world.case, starts_on=ago(5))
    world.close()
    tenancy.case = world.case

    tenancies.tenancy_register(tenancy=tenancy, signed_on=ago(6), keys_on=ago(5), actor=world.lead)
    tenancies.tenancy_end(
        tenancy=tenancy, ends_on=ago(0), reason=TenancyEnd.MOVED, actor=world.lead
    )


def test_a_notice_is_acknowledged_late(world: World) -> None:
    notice = world.stay.notices.get()
    shelters.notice_send(notice=notice, actor=world.staff)
    world.close()
    notice.refresh_from_db()

    shelters.notice_acknowledge(notice=notice, answer=ActingAnswer.YES, actor=world.lead)


def test_an_absence_ends(world: World) -> None:
    shelters.absence_register(stay=world.stay, starts_on=ago(2), actor=world.staff)
    world.close()

    shelters.absence_end(absence=Absence.objects.get(), ends_on=ago(1), actor=world.staff)


class TestReopening:
    def reopened(self, world: World, actor: User | None = None) -> Case:
        world.close()
        services.case_reopen(case=world.case, actor=actor or world.lead)
        return Case.objects.get(pk=world.case.pk)

    def test_it_is_open_logged_and_in_the_timeline(self, world: World) -> None:
        case = self.reopened(world)

        assert case.closed_on is None
        event = Event.objects.get(kind=CASE_REOPENED)
        assert (event.case, event.actor) == (case, world.lead)
        assert event.data["closed_on"] == ago(10).isoformat()
        entry = AccessEntry.objects.filter(action=LogAction.CHANGED, what="case_reopen").get()
        assert entry.user_id == world.lead.pk
        world.case = case
        world.write()

    def test_the_history_keeps_when_it_was_closed(self, world: World) -> None:
        Case.objects.filter(pk=world.case.pk).update(closed_on=ago(10))
        case = Case.objects.get(pk=world.case.pk)
        case.save()

        services.case_reopen(case=case, actor=world.lead)

        days = list(case.history.order_by("history_id").values_list("closed_on", flat=True))
        assert days[-2:] == [ago(10), None]

    def test_an_open_case_is_not_reopened(self, world: World) -> None:
        with pytest.raises(CaseIsNotClosed):
            services.case_reopen(case=world.case, actor=world.lead)

    def test_not_beside_a_newer_case(self, world: World) -> None:
        world.close()
        make_case(unit=world.case.unit, citizen=world.citizen)

        with pytest.raises(CaseIsOpen):
            services.case_reopen(case=world.case, actor=world.lead)

    @pytest.mark.parametrize("role", [Role.ADVISER, Role.HYBRID, Role.TEAM_LEAD])
    def test_those_who_decide_may(self, world: World, role: Role) -> None:
        assert self.reopened(world, make_user(role, world.case.unit)).closed_on is None

    @pytest.mark.parametrize("role", [Role.SUPPORT_WORKER])
    def test_others_may_not(self, world: World, role: Role) -> None:
        with pytest.raises(NotPermitted):
            self.reopened(world, make_user(role, world.case.unit))


class TestPages:
    @pytest.fixture
    def closed(self, world: World, client: Client) -> World:
        world.close()
        client.force_login(world.lead)
        return world

    def test_the_page_says_so_and_offers_to_reopen(self, closed: World, client: Client) -> None:
        url = reverse("cases:case_detail", args=[closed.case.reference])

        html = read(client.get(url))

        assert "Sagen er lukket" in html
        assert "Genåbn sagen" in html
        for name in ("cases:note_create", "cases:wish_create", "cases:case_assign"):
            assert reverse(name, args=[closed.case.reference]) not in html

    def test_the_button_reopens(self, closed: World, client: Client) -> None:
        url = reverse("cases:case_reopen", args=[closed.case.reference])

        response = client.post(url, follow=True)

        html = read(response)
        assert "Sagen er åben igen." in html
        assert "Genåbn sagen" not in html

    def test_a_second_press_says_that_it_is_open(self, closed: World, client: Client) -> None:
        url = reverse("cases:case_reopen", args=[closed.case.reference])
        client.post(url)

        assert "Sagen er åben i forvejen." in read(client.post(url, follow=True))

    def test_who_may_not_is_told_who_can(self, closed: World, client: Client) -> None:
        client.force_login(make_user(Role.SUPPORT_WORKER, closed.case.unit))
        url = reverse("cases:case_detail", args=[closed.case.reference])

        html = read(client.get(url))

        assert "Genåbn sagen" not in html
        assert "Rådgiveren eller teamlederen kan genåbne den." in html

    @pytest.mark.parametrize(
        ("name", "data"),
        [
            pytest.param(
                "cases:note_create",
                {"kind": "note", "text": "Ringede", "happened_at": "i dag 0.01"}
                | {"audience": "case"},
                id="note",
            ),
            pytest.param("cases:wish_create", {"words": "Ringede", "said_on": "i dag"}, id="wish"),
            pytest.param(
                "cases:situation_create",
                {"situation": "HS1", "starts_on": "i dag", "source": "worker"}
                | {"remark": "Ringede"},
                id="situation",
            ),
            pytest.param("cases:case_assign", {"to": "UNIT"}, id="assign"),
            pytest.param(
                "support:decision_create",
                {"section": "85", "decided_on": "i dag"}
                | {"starts_on": "i dag", "reasons": "Ringede"},
                id="decision",
            ),
            pytest.param(
                "support:visit_create", {"outcome": "met", "sentence": "Ringede"}, id="visit"
            ),
            pytest.param(
                "crosssector:handoff_ask",
                {"to_unit": "OFFICE", "amount_dkk": "100", "text": "Ringede"}
                | {"legal_basis": "Samtykke"},
                id="handoff",
            ),
            pytest.param("housing:referral_edit", {"wish_words": "Ringede"}, id="referral"),
        ],
    )
    def test_a_form_is_refused_and_kept(
        self, closed: World, client: Client, name: str, data: dict[str, str]
    ) -> None:
        assert closed.case.unit is not None
        places = {"UNIT": f"{closed.case.unit.reference}/", "OFFICE": closed.office.reference}
        sent = {key: str(places.get(value, value)) for key, value in data.items()}
        version = {"version": closed.referral.version if "referral" in name else 1}

        response = client.post(
            reverse(name, args=[closed.case.reference]),
            {"form_key": str(uuid.uuid4()), **version, **sent},
        )

        html = read(response)
        assert response.status_code == 422
        assert SENTENCE in html
        assert "Ringede" in html or name == "cases:case_assign"
        assert not Wish.objects.exists()

    def test_a_quick_note_is_refused_and_kept(self, closed: World, client: Client) -> None:
        data = {"kind": "note", "text": "Skrevet i bussen", "happened_at": "i dag 0.01"}

        response = client.post(
            reverse("cases:quick_note"),
            data
            | {"audience": "case", "case": str(closed.case.reference)}
            | {"form_key": str(uuid.uuid4())},
        )

        html = read(response)
        assert response.status_code == 422
        assert SENTENCE in html
        assert "Skrevet i bussen" in html
