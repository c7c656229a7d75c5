"""From arrears to eviction: whose step, by when, and why it stands so."""

from dataclasses import replace
from datetime import date

import pytest

from housingfirst.law.eviction import (
    Arrears,
    Duty,
    EvictionFlow,
    EvictionStep,
    StepReason,
    eviction_flow,
)

DEMANDED = date(2026, 9, 1)
FACTS = Arrears(is_social_landlord=True, demanded_on=DEMANDED, has_child=True)
FILED = replace(
    FACTS,
    terminated_on=date(2026, 9, 16),
    filed_on=date(2026, 9, 20),
    municipality_told_on=date(2026, 9, 20),
    court_told_on=date(2026, 9, 24),
)


def at(facts: Arrears, day: str) -> EvictionFlow:
    return eviction_flow(facts, on=date.fromisoformat(day))


def stands(flow: EvictionFlow, step: EvictionStep) -> tuple[date | None, StepReason]:
    line = flow.line(step)
    return line.due_on, line.reason


def test_the_tenant_has_fourteen_days_to_pay() -> None:
    last = date(2026, 9, 15)
    assert stands(at(FACTS, "2026-09-15"), EvictionStep.DEMAND) == (last, StepReason.DUE)
    assert stands(at(FACTS, "2026-09-16"), EvictionStep.DEMAND) == (last, StepReason.OVERDUE)
    flow = at(FACTS, "2026-09-16")
    assert stands(flow, EvictionStep.TERMINATION) == (date(2026, 9, 16), StepReason.NOT_REACHED)
    assert (flow.rule_id, flow.terms_version) == ("R-EVICT", "14-days")
    assert [line.duty for line in flow.lines] == [
        Duty.TENANT,
        *[Duty.LANDLORD] * 2,
        Duty.COURT,
        *[Duty.MUNICIPALITY] * 3,
    ]


@pytest.mark.parametrize(
    ("paid", "demand", "termination"),
    [
        pytest.param("2026-09-15", StepReason.PAID, StepReason.PAID, id="on-the-last-day"),
        pytest.param("2026-09-16", StepReason.DONE_LATE, StepReason.NOT_REACHED, id="a-day-late"),
    ],
)
def test_payment(paid: str, demand: StepReason, termination: StepReason) -> None:
    flow = at(replace(FACTS, paid_on=date.fromisoformat(paid)), "2026-09-20")
    assert flow.line(EvictionStep.DEMAND).reason is demand
    assert flow.line(EvictionStep.TERMINATION).reason is termination


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        pytest.param("2026-09-19", StepReason.DONE, id="before-filing"),
        pytest.param("2026-09-20", StepReason.DONE, id="when-filing"),
        pytest.param("2026-09-21", StepReason.DONE_LATE, id="after-filing"),
        pytest.param(None, StepReason.OVERDUE, id="not-at-all"),
    ],
)
def test_a_social_landlord_tells_the_municipality_no_later_than_when_filing(
    told: str | None, reason: StepReason
) -> None:
    facts = replace(FILED, municipality_told_on=date.fromisoformat(told) if told else None)
    line = at(facts, "2026-09-25").line(EvictionStep.NOTICE_TO_MUNICIPALITY)
    assert (line.reason, line.law) == (reason, "ALL § 92, stk. 2")


def test_a_private_landlord_need_not_tell() -> None:
    facts = replace(FILED, is_social_landlord=False, municipality_told_on=None)
    step = EvictionStep.NOTICE_TO_MUNICIPALITY
    assert at(facts, "2026-12-01").line(step).reason is StepReason.PRIVATE_LANDLORD
    told = replace(FILED, is_social_landlord=False)
    assert at(told, "2026-12-01").line(step).reason is StepReason.DONE


def test_the_municipality_considers_help_at_once_and_decides_in_fourteen_days() -> None:
    flow = at(FILED, "2026-10-08")
    assert stands(flow, EvictionStep.CONSIDER_HELP) == (date(2026, 9, 20), StepReason.OVERDUE)
    assert stands(flow, EvictionStep.DECIDE_NO_HELP) == (date(2026, 10, 8), StepReason.DUE)
    assert [line.step for line in flow.ours] == [
        EvictionStep.CONSIDER_HELP,
        EvictionStep.DECIDE_NO_HELP,
    ]
    after = at(FILED, "2026-10-09").line(EvictionStep.DECIDE_NO_HELP)
    assert after.reason is StepReason.OVERDUE
    assert at(FILED, "2026-10-09").line(EvictionStep.COURT_NOTICE).reason is StepReason.DONE


@pytest.mark.parametrize(
    ("facts", "consider", "decide"),
    [
        pytest.param(
            replace(FILED, helped_on=date(2026, 9, 20)),
            *(StepReason.DONE, StepReason.HELP_IS_GIVEN),
            id="help-at-once",
        ),
        pytest.param(
            replace(FILED, considered_on=date(2026, 9, 22)),
            *(StepReason.DONE_LATE, StepReason.DUE),
            id="considered-late",
        ),
        pytest.param(
            replace(FILED, declined_on=date(2026, 10, 8), helped_on=date(2026, 10, 9)),
            *(StepReason.DONE_LATE, StepReason.DONE),
            id="declined-then-helped",
        ),
        pytest.param(
            replace(FILED, has_child=False),
            *(StepReason.NOTHING_POINTS_TO_NEED, StepReason.NOTHING_POINTS_TO_NEED),
            id="nothing-points-to-need",
        ),
        pytest.param(
            replace(FILED, has_child=False, need_likely=True),
            *(StepReason.OVERDUE, StepReason.DUE),
            id="need-is-likely",
        ),
        pytest.param(
            FACTS, *(StepReason.NOT_REACHED, StepReason.NOT_REACHED), id="nobody-has-told"
        ),
    ],
)
def test_what_the_municipality_does(
    facts: Arrears, consider: StepReason, decide: StepReason
) -> None:
    flow = at(facts, "2026-10-01")
    assert flow.line(EvictionStep.CONSIDER_HELP).reason is consider
    assert flow.line(EvictionStep.DECIDE_NO_HELP).reason is decide


@pytest.mark.parametrize(
    ("evicted", "sheltered", "reason"),
    [
        (None, None, StepReason.NOT_EVICTED),
        ("2026-11-02", None, StepReason.DUE),
        ("2026-11-01", None, StepReason.OVERDUE),
        ("2026-11-01", "2026-11-01", StepReason.DONE),
        ("2026-11-01", "2026-11-02", StepReason.DONE_LATE),
    ],
)
def test_shelter_after_an_eviction(
    evicted: str | None, sheltered: str | None, reason: StepReason
) -> None:
    facts = replace(
        FILED,
        evicted_on=date.fromisoformat(evicted) if evicted else None,
        sheltered_on=date.fromisoformat(sheltered) if sheltered else None,
    )
    assert at(facts, "2026-11-02").line(EvictionStep.SHELTER).reason is reason


def test_without_a_demand_nothing_is_due() -> None:
    flow = at(Arrears(is_social_landlord=True), "2026-11-02")
    reasons = {line.reason for line in flow.lines}
    assert reasons == {StepReason.NOT_REACHED, StepReason.NOT_EVICTED}
    assert flow.ours == ()
    paid = at(Arrears(is_social_landlord=True, paid_on=DEMANDED), "2026-11-02")
    assert paid.line(EvictionStep.DEMAND).reason is StepReason.PAID
