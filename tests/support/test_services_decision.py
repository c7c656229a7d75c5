"""The decision on support: what it must hold, by service and by database."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from cases.casework.models import Case
from housingfirst.access.enums import Role
from housingfirst.base.errors import DomainError, NotPermitted, StaleVersion
from housingfirst.events.models import Event
from support.methods.enums import Method, SupportSection, WishAnswer
from support.methods.errors import (
    DecidedBeforeCase,
    DecisionNeedsReasons,
    MethodDoesNotFit,
    SupportEndsBeforeStart,
    WishNeedsReasons,
    WishNotAnswered,
)
from support.methods.models import SupportDecision
from support.methods.services import support_correct, support_decide
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case
from tests.support.factories import make_adviser, make_decision

pytestmark = pytest.mark.django_db

DECIDED = date(2026, 11, 26)


@pytest.fixture
def case() -> Case:
    return make_case(unit=make_unit(), opened_on=date(2026, 8, 3))


def values(**changes: Any) -> dict[str, Any]:
    return {
        "section": SupportSection.S85A,
        "method": Method.CTI,
        "decided_on": DECIDED,
        "starts_on": date(2026, 12, 15),
        "reasons": "Har brug for støtte i overgangen.",
    } | changes


def test_a_decision_is_kept_with_its_event(case: Case) -> None:
    adviser = make_adviser(case)

    decision = support_decide(
        case=case,
        actor=adviser,
        **values(
            provider_wish="Sin kontaktperson på Kilden",
            wish_answer=WishAnswer.FOLLOWED,
            monthly_cost_dkk=Decimal("12000.00"),
        ),
    )

    assert decision.decided_by == adviser
    assert decision.history.get().history_user == adviser
    event = Event.objects.get(case=case, kind="support.decided")
    assert event.subject == decision.reference
    assert event.data["decided_on"] == "2026-11-26"


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        pytest.param({"method": Method.GENERAL}, MethodDoesNotFit, id="85a-without-method"),
        pytest.param({"section": SupportSection.S85}, MethodDoesNotFit, id="85-with-method"),
        pytest.param({"section": SupportSection.S107}, MethodDoesNotFit, id="107-with-method"),
        pytest.param({"reasons": "  \n "}, DecisionNeedsReasons, id="blank-reasons"),
        pytest.param(
            {"provider_wish": "Kilden", "wish_answer": WishAnswer.NOT_FOLLOWED},
            WishNeedsReasons,
            id="departs-without-reasons",
        ),
        pytest.param(
            {
                "provider_wish": "Kilden",
                "wish_answer": WishAnswer.NOT_FOLLOWED,
                "wish_reasons": "  ",
            },
            WishNeedsReasons,
            id="departs-with-blank-reasons",
        ),
        pytest.param({"provider_wish": "Kilden"}, WishNotAnswered, id="wish-unanswered"),
        pytest.param({"wish_answer": WishAnswer.FOLLOWED}, WishNotAnswered, id="answer-to-nothing"),
        pytest.param({"ends_on": date(2026, 12, 14)}, SupportEndsBeforeStart, id="reversed"),
        pytest.param({"ends_on": date(2026, 12, 15)}, SupportEndsBeforeStart, id="no-day-at-all"),
        pytest.param({"decided_on": date(2026, 8, 2)}, DecidedBeforeCase, id="before-the-case"),
    ],
)
def test_what_does_not_hold_together_is_refused(
    case: Case, changes: dict[str, Any], refusal: type[DomainError]
) -> None:
    with pytest.raises(refusal):
        support_decide(case=case, actor=make_adviser(case), **values(**changes))

    assert not SupportDecision.objects.exists()
    assert not Event.objects.filter(kind="support.decided").exists()


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        pytest.param(
            {
                "provider_wish": "Kilden",
                "wish_answer": WishAnswer.NOT_FOLLOWED,
                "wish_reasons": "",
            },
            "support_decision_wish_not_followed_has_reasons",
            id="departs-without-reasons",
        ),
        pytest.param(
            {"provider_wish": "Kilden", "wish_answer": WishAnswer.NONE},
            "support_decision_wish_is_answered",
            id="wish-unanswered",
        ),
        pytest.param(
            {"method": Method.GENERAL}, "support_decision_method_fits_paragraph", id="method"
        ),
        pytest.param({"reasons": ""}, "support_decision_has_reasons", id="reasons"),
        pytest.param(
            {"monthly_cost_dkk": Decimal("-1.00")}, "support_decision_cost_not_negative", id="cost"
        ),
        pytest.param(
            {"ends_on": date(2026, 12, 15)}, "support_decision_ends_after_start", id="empty-span"
        ),
    ],
)
def test_the_database_itself_refuses(changes: dict[str, Any], constraint: str) -> None:
    decision = make_decision()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        SupportDecision.objects.filter(pk=decision.pk).update(**changes)


def test_reasons_belong_to_a_wish_that_is_not_followed(case: Case) -> None:
    decision = support_decide(
        case=case,
        actor=make_adviser(case),
        **values(
            provider_wish="Kilden", wish_answer=WishAnswer.FOLLOWED, wish_reasons="Glemt i feltet"
        ),
    )

    assert decision.wish_reasons == ""


def test_the_same_form_twice_is_one_decision(case: Case) -> None:
    adviser, key = make_adviser(case), uuid4()

    first = support_decide(case=case, actor=adviser, form_key=key, **values())
    second = support_decide(case=case, actor=adviser, form_key=key, **values())

    assert second == first
    assert SupportDecision.objects.count() == 1


@pytest.mark.parametrize("role", [Role.SUPPORT_WORKER, Role.SHELTER_STAFF, Role.ALLOCATOR])
def test_only_those_who_decide_may(case: Case, role: Role) -> None:
    with pytest.raises(NotPermitted):
        support_decide(case=case, actor=make_user(role, case.unit), **values())


def test_an_adviser_of_another_unit_may_not(case: Case) -> None:
    stranger = make_user(Role.ADVISER, make_unit(municipality=case.municipality))

    with pytest.raises(NotPermitted):
        support_decide(case=case, actor=stranger, **values())


def test_a_correction_keeps_paragraph_method_and_day(case: Case) -> None:
    decision, adviser = make_decision(case=case, decided_on=DECIDED), make_adviser(case)

    support_correct(
        decision=decision,
        starts_on=date(2026, 12, 20),
        reasons="Rettet begrundelse",
        monthly_cost_dkk=Decimal("9000.00"),
        actor=adviser,
        version=1,
    )

    decision = SupportDecision.objects.get()
    assert (decision.section, decision.method, decision.decided_on) == ("85a", "cti", DECIDED)
    assert decision.monthly_cost_dkk == Decimal("9000.00")
    assert decision.history.count() == 2
    assert Event.objects.filter(case=case, kind="support.corrected").count() == 1


def test_a_stale_correction_is_refused_and_changes_nothing(case: Case) -> None:
    decision, adviser = make_decision(case=case), make_adviser(case)
    seen = SupportDecision.objects.get()
    correct: dict[str, Any] = {"starts_on": date(2026, 12, 20), "actor": adviser, "version": 1}
    support_correct(decision=decision, reasons="Den første", **correct)

    with pytest.raises(StaleVersion) as refusal:
        support_correct(decision=seen, reasons="Den anden", **correct)

    assert refusal.value.current.reasons == "Den første"
    assert SupportDecision.objects.get().reasons == "Den første"
