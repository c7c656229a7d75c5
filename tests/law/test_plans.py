"""The plan for one at a boform, and the first contact: when they are due, and where they stand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from housingfirst.law.days import CalendarSettings
from housingfirst.law.plans import (
    PlanContent,
    PlanReason,
    PlanSettings,
    first_contact_due_on,
    plan_due_on,
    shelter_plan,
)
from housingfirst.law.versions import Mark

NOTICED = date(2026, 8, 4)
DUE = date(2026, 9, 3)
ONE_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("on", "made_on", "reason"),
    [
        pytest.param(NOTICED, None, PlanReason.UNDER_WAY, id="the-day-of-the-notice"),
        pytest.param(DUE, None, PlanReason.UNDER_WAY, id="last-day-in-time"),
        pytest.param(DUE + ONE_DAY, None, PlanReason.OVERDUE, id="the-day-after"),
        pytest.param(DUE, DUE, PlanReason.MADE_IN_TIME, id="made-on-the-last-day"),
        pytest.param(DUE + ONE_DAY, DUE + ONE_DAY, PlanReason.MADE_LATE, id="made-a-day-late"),
        pytest.param(DUE, DUE + ONE_DAY, PlanReason.UNDER_WAY, id="made-later-than-asked-for"),
    ],
)
def test_where_the_plan_stands(on: date, made_on: date | None, reason: PlanReason) -> None:
    plan = shelter_plan(NOTICED, on=on, made_on=made_on)
    assert (plan.due_on, plan.reason, plan.missing) == (DUE, reason, ())
    assert plan.is_done is (reason in (PlanReason.MADE_IN_TIME, PlanReason.MADE_LATE))
    assert (plan.rule_id, plan.terms_version, plan.mark) == ("R-142", "2023-10-01", Mark.VERIFIED)
    assert (plan.counted_from, plan.target_days) == (NOTICED, 30)


def test_there_was_no_duty_before_the_act() -> None:
    plan = shelter_plan(date(2023, 9, 30), on=date(2026, 1, 1))
    assert (plan.due_on, plan.reason, plan.is_done) == (None, PlanReason.NO_DUTY, True)
    assert shelter_plan(date(2023, 10, 1), on=date(2023, 10, 1)).due_on == date(2023, 10, 31)


def test_a_plan_says_what_it_does_not_hold() -> None:
    held = frozenset(PlanContent) - {PlanContent.PROVIDER_WISH, PlanContent.PURPOSE}
    plan = shelter_plan(NOTICED, on=DUE, made_on=DUE, contents=held)
    assert (plan.reason, plan.is_done) == (PlanReason.INCOMPLETE, False)
    assert plan.missing == (PlanContent.PURPOSE, PlanContent.PROVIDER_WISH)


def test_the_target_is_the_municipality_s_own() -> None:
    settings = PlanSettings(shelter_plan_days=14, first_contact_working_days=2)
    assert plan_due_on(NOTICED, settings) == date(2026, 8, 18)
    assert first_contact_due_on(NOTICED, settings) == date(2026, 8, 6)


def test_the_first_contact_is_counted_in_working_days() -> None:
    assert first_contact_due_on(date(2026, 12, 21)) == date(2026, 12, 29)
    closed = CalendarSettings(christmas_eve_is_working_day=False)
    assert first_contact_due_on(date(2026, 12, 21), calendar=closed) == date(2026, 12, 30)


@given(st.dates(date(2023, 10, 1), date(2040, 1, 1)), st.integers(1, 366))
def test_a_plan_made_by_the_due_day_is_in_time(noticed_on: date, days: int) -> None:
    settings = PlanSettings(shelter_plan_days=days)
    due_on = plan_due_on(noticed_on, settings)
    on_day = shelter_plan(noticed_on, on=due_on, made_on=due_on, settings=settings)
    after = shelter_plan(noticed_on, on=due_on + ONE_DAY, settings=settings)
    assert (on_day.reason, after.reason) == (PlanReason.MADE_IN_TIME, PlanReason.OVERDUE)
