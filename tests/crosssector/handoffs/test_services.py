"""Asking another unit, and its answer: clocks, refusals, and what an offer sets off."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.casework.models import Case
from crosssector.handoffs import services
from crosssector.handoffs.enums import HandoffKind, HandoffStatus
from crosssector.handoffs.errors import (
    BasisMissing,
    HandoffIsAnswered,
    HandoffIsOpen,
    NoQuestion,
    NoServiceLevel,
    NotAsked,
    OfferOfAnotherCase,
    RefusalNeedsReasons,
    TextMissing,
    UnitCannotAnswer,
)
from crosssector.handoffs.models import Handoff, HandoffMessage
from housing.allocation import services as allocation
from housing.allocation.enums import DeclinedBy, DeclineReason
from housing.allocation.models import Offer
from housingfirst.access.enums import Role, UnitKind
from housingfirst.access.models import AccessBlock, Unit, User
from housingfirst.base.errors import NotPermitted
from housingfirst.deadlines.kinds import kind_of
from housingfirst.deadlines.models import Deadline
from housingfirst.events.models import Event
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case
from tests.crosssector.factories import BASIS, make_benefits_office, make_handoff, make_partner
from tests.housing.homes import let_see, make_allocator, make_offer, make_referral, make_vacancy
from tests.support.factories import make_adviser

pytestmark = pytest.mark.django_db

TUESDAY = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)  # 10:30 in Copenhagen
AMOUNT = Decimal("21900.00")


@pytest.fixture
def case() -> Case:
    return make_case(unit=make_unit(name="Team Bolig"))


@pytest.fixture
def office(case: Case) -> Unit:
    return make_benefits_office(municipality=case.municipality)


def asked(case: Case, office: Unit, **changes: Any) -> Handoff:
    values: dict[str, Any] = {
        "case": case,
        "kind": HandoffKind.DEPOSIT_LOAN,
        "to_unit": office,
        "amount_dkk": AMOUNT,
        "actor": make_adviser(case),
        "legal_basis": BASIS,
    } | changes
    return services.handoff_ask(**values)


def open_deadlines(case: Case) -> dict[str, Deadline]:
    return {deadline.kind: deadline for deadline in Deadline.objects.open().filter(case=case)}


def test_the_answer_is_due_by_the_agreement(case: Case, office: Unit) -> None:
    with time_machine.travel(TUESDAY, tick=False):
        handoff = asked(case, office)

    assert handoff.due_at == TUESDAY + timedelta(hours=24)
    assert handoff.from_unit == case.unit
    assert Event.objects.filter(case=case, kind="handoff.asked").count() == 1


def test_never_later_than_the_offers_own_answer(case: Case, office: Unit) -> None:
    offer = make_offer(
        referral=make_referral(case=case), answer_by=timezone.now() + timedelta(minutes=90)
    )

    handoff = asked(case, office, offer=offer)

    assert handoff.due_at == offer.answer_by


def test_without_an_agreement_the_offer_decides_and_else_nothing_can_be_asked(case: Case) -> None:
    office = make_benefits_office(municipality=case.municipality, hours=None)
    offer = make_offer(referral=make_referral(case=case))

    with pytest.raises(NoServiceLevel, match="Ydelsescenter"):
        asked(case, office)
    handoff = asked(case, office, offer=offer)

    assert handoff.due_at == offer.answer_by


def test_what_does_not_hold_together_is_refused(case: Case, office: Unit) -> None:
    elsewhere = make_offer()
    job_centre = make_unit(kind=UnitKind.JOB_CENTRE, municipality=case.municipality)

    for changes, refusal in (
        ({"to_unit": job_centre}, UnitCannotAnswer),
        ({"to_unit": make_benefits_office()}, UnitCannotAnswer),
        ({"offer": elsewhere}, OfferOfAnotherCase),
        ({"legal_basis": "  "}, BasisMissing),
    ):
        with pytest.raises(refusal):
            asked(case, office, **changes)
    assert not Handoff.objects.exists()


def test_the_same_is_asked_once_at_a_time(case: Case, office: Unit) -> None:
    first = asked(case, office)

    with pytest.raises(HandoffIsOpen):
        asked(case, office)
    services.handoff_withdraw(handoff=first, actor=make_adviser(case))
    asked(case, office)

    assert Handoff.objects.open().count() == 1


def test_the_same_form_twice_asks_once(case: Case, office: Unit) -> None:
    key = uuid4()

    assert asked(case, office, form_key=key) == asked(case, office, form_key=key)


@pytest.mark.parametrize("role", [Role.SHELTER_STAFF, Role.ALLOCATOR, Role.PARTNER, Role.AUDITOR])
def test_asking_needs_the_right(case: Case, office: Unit, role: Role) -> None:
    with pytest.raises(NotPermitted):
        asked(case, office, actor=make_user(role, case.unit))


def test_a_grant_keeps_amount_answerer_and_time(case: Case, office: Unit) -> None:
    handoff, partner = asked(case, office), make_partner(office)

    services.handoff_grant(handoff=handoff, granted_dkk=AMOUNT, actor=partner)

    handoff = Handoff.objects.get()
    assert (handoff.status, handoff.granted_dkk) == (HandoffStatus.GRANTED, AMOUNT)
    assert handoff.answered_by == partner
    assert handoff.opened_at == handoff.answered_at
    event = Event.objects.get(kind="handoff.granted")
    assert (event.case, event.data["amount_dkk"]) == (case, "21900.00")


def test_a_refusal_has_reasons(case: Case, office: Unit) -> None:
    handoff, partner = asked(case, office), make_partner(office)

    with pytest.raises(RefusalNeedsReasons):
        services.handoff_refuse(handoff=handoff, text="  ", actor=partner)
    services.handoff_refuse(handoff=handoff, text="Har selv midler (BSL § 54).", actor=partner)

    assert Handoff.objects.get().answer_text == "Har selv midler (BSL § 54)."


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        (
            {"status": "refused", "answered_at": TUESDAY},
            "crosssector_handoff_refusal_has_reasons",
        ),
        ({"status": "granted", "answered_at": TUESDAY}, "crosssector_handoff_grant_has_amount"),
        ({"status": "granted", "granted_dkk": 1}, "crosssector_handoff_answer_has_time"),
        ({"status": "question"}, "crosssector_handoff_question_has_time"),
        ({"amount_dkk": -1}, "crosssector_handoff_amounts_not_negative"),
    ],
)
def test_the_database_itself_refuses(changes: dict[str, Any], constraint: str) -> None:
    handoff = make_handoff()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Handoff.objects.filter(pk=handoff.pk).update(**changes)


def test_what_is_answered_is_not_answered_again(case: Case, office: Unit) -> None:
    handoff, partner = asked(case, office), make_partner(office)
    seen_before = Handoff.objects.get(pk=handoff.pk)
    services.handoff_grant(handoff=handoff, granted_dkk=AMOUNT, actor=partner)

    with pytest.raises(HandoffIsAnswered):
        services.handoff_refuse(handoff=seen_before, text="Nej", actor=make_partner(office))
    with pytest.raises(HandoffIsAnswered):
        services.handoff_withdraw(handoff=seen_before, actor=make_adviser(case))

    assert Handoff.objects.get().status == HandoffStatus.GRANTED


def test_only_the_unit_that_was_asked_answers(case: Case, office: Unit) -> None:
    handoff = asked(case, office)
    relative = make_partner(office)
    AccessBlock.objects.create(user=relative, citizen=case.citizen)
    others = [
        make_partner(make_benefits_office(municipality=case.municipality, name="Et andet")),
        make_adviser(case),
        make_user(Role.TEAM_LEAD, case.unit),
        relative,
    ]

    acts: list[Callable[[User], object]] = [
        lambda who: services.handoff_open(handoff=handoff, actor=who),
        lambda who: services.handoff_question(handoff=handoff, text="?", actor=who),
        lambda who: services.handoff_grant(handoff=handoff, granted_dkk=AMOUNT, actor=who),
        lambda who: services.handoff_refuse(handoff=handoff, text="Nej", actor=who),
        lambda who: services.handoff_cpr(handoff=handoff, actor=who),
    ]
    for other in others:
        for act in acts:
            with pytest.raises(NotPermitted):
                act(other)
    assert Handoff.objects.get().status == HandoffStatus.ASKED


def test_the_first_look_is_told_once(case: Case, office: Unit) -> None:
    handoff = asked(case, office)

    services.handoff_open(handoff=handoff, actor=make_partner(office))
    services.handoff_open(handoff=handoff, actor=make_partner(office))

    assert Event.objects.filter(kind="handoff.opened").count() == 1


def test_a_question_stops_the_clock_and_the_reply_lets_it_go_on(case: Case, office: Unit) -> None:
    partner, adviser = make_partner(office), make_adviser(case)
    with time_machine.travel(TUESDAY, tick=False):
        handoff = asked(case, office)
    with time_machine.travel(TUESDAY + timedelta(hours=2), tick=False):
        services.handoff_question(handoff=handoff, text="Har I et kontoudtog?", actor=partner)
        with pytest.raises(NotAsked):
            services.handoff_question(handoff=handoff, text="Og én til", actor=partner)
    with time_machine.travel(TUESDAY + timedelta(days=1), tick=False):
        services.handoff_reply(handoff=handoff, text="Ja, det er sendt.", actor=adviser)

    handoff = Handoff.objects.get()
    assert handoff.status == HandoffStatus.ASKED
    assert handoff.due_at == TUESDAY + timedelta(days=1) + timedelta(hours=22)
    assert list(HandoffMessage.objects.values_list("author", "text")) == [
        (partner.pk, "Har I et kontoudtog?"),
        (adviser.pk, "Ja, det er sendt."),
    ]


def test_questions_and_replies_have_words_and_belong_together(case: Case, office: Unit) -> None:
    handoff, partner, adviser = asked(case, office), make_partner(office), make_adviser(case)

    with pytest.raises(NoQuestion):
        services.handoff_reply(handoff=handoff, text="Svar uden spørgsmål", actor=adviser)
    with pytest.raises(TextMissing):
        services.handoff_question(handoff=handoff, text=" \n", actor=partner)
    handoff.refresh_from_db()
    services.handoff_question(handoff=handoff, text="Hvornår?", actor=partner)
    with pytest.raises(NotPermitted):
        services.handoff_reply(handoff=handoff, text="Svar", actor=partner)


def test_the_deadline_follows_who_has_the_ball(case: Case, office: Unit) -> None:
    handoff, partner = asked(case, office), make_partner(office)
    due = open_deadlines(case)["handoff_due"]
    assert (due.unit, due.due_at) == (case.unit, handoff.due_at)
    assert due.params["waits_for"] == "Ydelsescenter"

    services.handoff_question(handoff=handoff, text="Hvornår?", actor=partner)
    due = open_deadlines(case)["handoff_due"]
    assert (due.params["waits_for"], due.due_at) == ("", None)
    assert due.due_on == timezone.localdate() + timedelta(days=1)

    services.handoff_reply(handoff=handoff, text="I morgen", actor=make_adviser(case))
    assert open_deadlines(case)["handoff_due"].params["waits_for"] == "Ydelsescenter"

    services.handoff_grant(handoff=handoff, granted_dkk=AMOUNT, actor=partner)
    assert open_deadlines(case) == {}


def test_the_deadlines_words_follow_who_has_the_ball(case: Case, office: Unit) -> None:
    handoff = asked(case, office)
    kind = kind_of("handoff_due")

    waiting = open_deadlines(case)["handoff_due"].params
    services.handoff_question(handoff=handoff, text="Hvornår?", actor=make_partner(office))
    ours = open_deadlines(case)["handoff_due"].params

    assert kind.written(kind.title, waiting) != kind.written(kind.title, ours)
    for params in (waiting, ours):
        for text in (kind.title, kind.why, kind.cost, kind.act, kind.source):
            assert "%" not in kind.written(text, params)
            assert kind.written(text, params)


# --- what an offer sets off


def offered(case: Case, *, ask_deposit_loan: bool) -> Offer:
    referral = make_referral(case=case)
    allocator = make_allocator(case.municipality)
    let_see(allocator, case)
    return allocation.offer_make(
        vacancy=make_vacancy(municipality=case.municipality, rent_dkk=Decimal("4870.00")),
        referral=referral,
        answer_by=timezone.now() + timedelta(days=5),
        actor=allocator,
        why_not_first="Prøve",
        ask_deposit_loan=ask_deposit_loan,
    )


def test_an_offer_asks_for_the_deposit_loan(case: Case, office: Unit) -> None:
    offer = offered(case, ask_deposit_loan=True)

    handoff = Handoff.objects.get()
    assert (handoff.case, handoff.offer, handoff.to_unit) == (case, offer, office)
    assert (handoff.from_unit, handoff.asked_by) == (case.unit, offer.offered_by)
    assert handoff.amount_dkk == offer.vacancy.deposit_dkk
    assert handoff.rent_dkk == Decimal("4870.00")


def test_an_offer_without_the_wish_asks_for_nothing(case: Case, office: Unit) -> None:
    offered(case, ask_deposit_loan=False)

    assert not Handoff.objects.exists()


def test_where_no_office_answers_the_case_says_so(case: Case) -> None:
    offered(case, ask_deposit_loan=True)

    assert not Handoff.objects.exists()
    event = Event.objects.get(kind="handoff.not_asked")
    assert (event.case, event.is_important) == (case, True)


def test_the_office_with_an_agreement_is_asked_first(case: Case) -> None:
    make_benefits_office(municipality=case.municipality, name="Uden aftale", hours=None)
    agreed = make_benefits_office(municipality=case.municipality, name="Med aftale")

    offered(case, ask_deposit_loan=True)

    assert Handoff.objects.get().to_unit == agreed


def test_an_offer_that_falls_away_takes_the_handoff_with_it(case: Case, office: Unit) -> None:
    offer = offered(case, ask_deposit_loan=True)

    allocation.offer_decline(
        offer=offer,
        declined_by=DeclinedBy.CITIZEN,
        reason=DeclineReason.AREA,
        actor=make_adviser(case),
    )

    assert Handoff.objects.get().status == HandoffStatus.WITHDRAWN
    assert "handoff_due" not in open_deadlines(case)
