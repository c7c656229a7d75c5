"""May the municipality discharge? Each condition with its evidence, or what it lacks."""

from dataclasses import replace
from datetime import date

import pytest

from housingfirst.law.moveout import (
    Condition,
    ConditionState,
    Evidence,
    Missing,
    MoveOutFacts,
    Route,
    move_out_check,
)

PLAN = Evidence("plan-1", date(2026, 9, 1))
HOME = Evidence("offer-1", date(2026, 10, 1))
SUPPORT = Evidence("decision-1", date(2026, 10, 20))
LEASE = Evidence("tenancy-1", date(2026, 10, 25))
FACILITY = Evidence("decision-2", date(2026, 10, 5))
TO_HOME = MoveOutFacts(
    plan=PLAN,
    home=HOME,
    support=SUPPORT,
    support_from=date(2026, 11, 15),
    lease=LEASE,
    move_in_on=date(2026, 12, 1),
)
TO_FACILITY = MoveOutFacts(plan=PLAN, facility=FACILITY, facility_from=date(2026, 11, 9))


def test_to_an_own_home_four_conditions_apply() -> None:
    check = move_out_check(TO_HOME)
    assert (check.route, check.may_discharge, check.rule_id) == (Route.OWN_HOME, True, "R-110-5")
    assert [(answer.condition, answer.state) for answer in check.conditions] == [
        (Condition.PLAN, ConditionState.MET),
        (Condition.PLACE, ConditionState.MET),
        (Condition.SUPPORT, ConditionState.MET),
        (Condition.MOVE_IN, ConditionState.MET),
        (Condition.FACILITY_READY, ConditionState.NOT_APPLICABLE),
    ]
    assert [answer.evidence for answer in check.conditions[:4]] == [
        (PLAN,),
        (HOME,),
        (SUPPORT,),
        (LEASE,),
    ]
    assert (check.earliest_on, check.missing) == (date(2026, 12, 1), ())
    assert not check.may_take_effect_on(date(2026, 11, 30))
    assert check.may_take_effect_on(date(2026, 12, 1))


def test_to_a_facility_three_conditions_apply() -> None:
    check = move_out_check(TO_FACILITY)
    assert (check.route, check.earliest_on) == (Route.FACILITY, date(2026, 11, 9))
    states = {answer.condition: answer.state for answer in check.conditions}
    assert states[Condition.SUPPORT] is ConditionState.NOT_APPLICABLE
    assert states[Condition.MOVE_IN] is ConditionState.NOT_APPLICABLE
    assert states[Condition.FACILITY_READY] is ConditionState.MET


def test_a_home_goes_before_a_facility() -> None:
    check = move_out_check(replace(TO_HOME, facility=FACILITY, facility_from=date(2026, 11, 1)))
    assert (check.route, check.earliest_on) == (Route.OWN_HOME, date(2026, 12, 1))


def test_support_that_starts_later_holds_the_discharge_back() -> None:
    check = move_out_check(replace(TO_HOME, support_from=date(2026, 12, 10)))
    assert check.earliest_on == date(2026, 12, 10)


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        pytest.param(replace(TO_HOME, plan=None), [Missing.PLAN], id="nr-1"),
        pytest.param(replace(TO_HOME, home=None), [Missing.HOME_OR_FACILITY], id="nr-2"),
        pytest.param(
            replace(TO_HOME, home=None, home_refused_on=date(2026, 10, 2)),
            [Missing.HOME_WAS_REFUSED],
            id="a-refusal-meets-nothing",
        ),
        pytest.param(replace(TO_HOME, support=None), [Missing.SUPPORT_DECISION], id="nr-3"),
        pytest.param(replace(TO_HOME, lease=None), [Missing.LEASE], id="nr-4-lease"),
        pytest.param(replace(TO_HOME, move_in_on=None), [Missing.MOVE_IN_DAY], id="nr-4-day"),
        pytest.param(replace(TO_HOME, support_from=None), [Missing.SUPPORT_START], id="nr-4-help"),
        pytest.param(replace(TO_FACILITY, facility_from=None), [Missing.FACILITY_DAY], id="nr-5"),
        pytest.param(
            MoveOutFacts(),
            [
                *(Missing.PLAN, Missing.HOME_OR_FACILITY, Missing.SUPPORT_DECISION),
                *(Missing.LEASE, Missing.MOVE_IN_DAY, Missing.SUPPORT_START),
            ],
            id="nothing-is-known",
        ),
    ],
)
def test_one_thing_missing_is_enough(facts: MoveOutFacts, missing: list[Missing]) -> None:
    check = move_out_check(facts)
    assert list(check.missing) == missing
    assert (check.may_discharge, check.earliest_on) == (False, None)
    assert not check.may_take_effect_on(date(2030, 1, 1))
