"""A closed case takes nothing new, whoever asks; what runs in it can still be put right and ended.

The rule stands in `cases.access.require_on`. Every write on a case is named here.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from cases.casework import identity, journal, services
from cases.casework.enums import Audience, NoteKind, RevealReason, Situation, Source
from cases.casework.errors import CaseIsClosed
from cases.citizens.cpr import parse_cpr
from cases.citizens.enums import Protection
from cases.plans import services as plans
from cases.plans.enums import Participation, PlanKind
from crosssector.applications import services as applications
from crosssector.applications.enums import Answer, ApplicationKind
from crosssector.complaints import services as complaints
from crosssector.complaints.enums import Complainant
from crosssector.complaints.sources import appealable_in
from crosssector.handoffs import services as handoffs
from crosssector.handoffs.enums import HandoffKind
from housing.allocation import services as allocation
from housing.allocation.enums import DeclinedBy, DeclineReason, ReferralEnd, WithdrawReason
from housing.allocation.models import Offer
from housing.allocation.services.values import ReferralValues
from housing.evictions import services as evictions
from housing.evictions.enums import HeardFrom, HelpOutcome
from housing.shelters import services as shelters
from housing.shelters.enums import ActingAnswer, DischargeTo
from housing.shelters.models import Absence
from housing.tenancies import services as tenancies
from housing.tenancies.enums import TenancyEnd
from housing.tenancies.models import Tenancy
from housing.waitlists.services import list_decline, list_join
from support.enrolments import services as enrolments
from support.enrolments.enums import EndReason
from support.methods import services as methods
from support.methods.enums import Method, SupportSection
from support.milestones.enums import MilestoneKind
from support.milestones.services import milestone_hold
from tests.cases.factories import make_plan
from tests.closed_cases.world import World, ago
from tests.crosssector.factories import BASIS
from tests.housing.homes import (
    make_dwelling,
    make_offer,
    make_tenancy,
)

pytestmark = pytest.mark.django_db

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
    "list_join": lambda w: list_join(case=w.case, joined_on=ago(0), name="Fjordbo", actor=w.lead),
    "list_decline": lambda w: list_decline(case=w.case, on=ago(0), actor=w.lead),
    "milestone_hold": lambda w: milestone_hold(
        enrolment=w.course, kind=MilestoneKind.REVIEW_1, held_on=ago(0), actor=w.lead
    ),
    "plan_register": lambda w: make_plan(case=w.case, actor=w.lead, made_on=ago(0)),
    "application_register": lambda w: applications.application_register(
        case=w.case, kind=ApplicationKind.MOVING_COSTS, received_on=ago(0), actor=w.lead
    ),
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
    "plan_correct": lambda w: plans.plan_correct(
        plan=w.plan,
        kind=PlanKind.SHELTER_PLAN,
        made_on=ago(40),
        participation=Participation.TOOK_PART,
        text="Rettet",
        actor=w.lead,
        version=1,
    ),
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


def test_arrears_are_followed_to_their_end_and_none_begin(world: World) -> None:
    tenancy: Tenancy = make_tenancy(case=world.case, starts_on=ago(50))
    owed = evictions.arrears_register(
        tenancy=tenancy, heard_on=ago(20), heard_from=HeardFrom.CITIZEN, actor=world.lead
    )
    world.close()
    tenancy.case = world.case
    owed.tenancy = tenancy

    evictions.arrears_decide(
        arrears=owed,
        outcome=HelpOutcome.GRANTED,
        on=ago(0),
        text="§ 81 a",
        actor=world.lead,
        version=1,
    )
    evictions.arrears_steps(
        arrears=owed, steps=evictions.Steps(paid_on=ago(0)), actor=world.lead, version=2
    )
    with pytest.raises(CaseIsClosed):
        evictions.arrears_register(
            tenancy=tenancy, heard_on=ago(0), heard_from=HeardFrom.CITIZEN, actor=world.lead
        )


def test_what_waits_for_an_answer_gets_it(world: World) -> None:
    applied = applications.application_register(
        case=world.case, kind=ApplicationKind.MOVING_COSTS, received_on=ago(40), actor=world.lead
    )
    (decision, *_) = appealable_in(world.case)
    world.close()
    applied.case = world.case

    applications.expected_tell(about=applied, told_on=ago(0), expected_on=ago(-7), actor=world.lead)
    applications.application_answer(
        application=applied, answer=Answer.GRANTED, answered_on=ago(0), actor=world.lead, version=1
    )
    complaint = complaints.complaint_register(
        case=world.case,
        decision=decision,
        complainant=Complainant.CITIZEN,
        actor=world.lead,
        told_on=decision.told_on,
        received_on=ago(0),
        about="Uenig",
    )
    complaints.complaint_withdraw(
        complaint=complaint, on=ago(0), actor=world.lead, version=complaint.version
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
