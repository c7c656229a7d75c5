"""The plan backwards from the last day with reimbursement, or from a planned discharge."""

from dataclasses import fields
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from housingfirst.law.backward import (
    BUILDS_ON,
    LeadTimes,
    OutBy,
    PlanStep,
    StepState,
    backward_plan,
    latest_days,
    working_days_before,
)
from housingfirst.law.days import CalendarSettings, is_working_day

SANNE_OUT = date(2026, 11, 30)
SANNE_PLAN = date(2026, 10, 14)

DAYS = st.dates(date(2019, 1, 1), date(2040, 12, 31))
STEPS = st.sampled_from(list(PlanStep))


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        pytest.param(date(2026, 11, 30), 0, date(2026, 11, 30), id="none-is-the-day-itself"),
        pytest.param(date(2026, 11, 30), 1, date(2026, 11, 27), id="monday-back-to-friday"),
        pytest.param(date(2026, 11, 29), 1, date(2026, 11, 27), id="from-a-sunday"),
        pytest.param(date(2026, 4, 7), 1, date(2026, 4, 1), id="back-over-easter"),
        pytest.param(date(2027, 1, 4), 2, date(2026, 12, 30), id="back-over-new-year"),
        pytest.param(date(2028, 3, 1), 1, date(2028, 2, 29), id="back-to-a-leap-day"),
        pytest.param(date(2023, 5, 8), 2, date(2023, 5, 3), id="store-bededag-until-2023"),
        pytest.param(date(2024, 4, 29), 2, date(2024, 4, 25), id="none-after-2023"),
    ],
)
def test_working_days_before(day: date, n: int, expected: date) -> None:
    assert working_days_before(day, n) == expected


def test_a_number_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="-1"):
        working_days_before(SANNE_OUT, -1)


def test_sannes_days() -> None:
    assert latest_days(SANNE_OUT, SANNE_PLAN) == {
        PlanStep.ASSESSMENT: date(2026, 10, 9),
        PlanStep.PLAN: date(2026, 10, 14),
        PlanStep.REFERRAL: date(2026, 10, 19),
        PlanStep.HOME: date(2026, 11, 19),
        PlanStep.LOAN: date(2026, 11, 20),
        PlanStep.LEASE: date(2026, 11, 23),
        PlanStep.SUPPORT: date(2026, 11, 24),
        PlanStep.NOTICE: date(2026, 11, 25),
        PlanStep.MOVE: date(2026, 11, 30),
    }


def test_mads_in_j1_has_a_plan_by_2_september_and_support_before_the_discharge() -> None:
    out_on = date(2026, 10, 31)
    plan = backward_plan(
        out_on=out_on,
        out_by=OutBy.LIMIT,
        plan_due_on=date(2026, 9, 2),
        done={},
        today=date(2026, 8, 4),
    )
    latest = {step.kind: step.latest_on for step in plan.steps}
    assert latest[PlanStep.PLAN] == date(2026, 9, 2)
    assert latest[PlanStep.REFERRAL] == date(2026, 9, 18)
    assert latest[PlanStep.SUPPORT] < out_on
    assert {step.state for step in plan.steps} == {StepState.NEXT, StepState.OPEN}


def test_sanne_on_17_november() -> None:
    plan = backward_plan(
        out_on=SANNE_OUT,
        out_by=OutBy.LIMIT,
        plan_due_on=SANNE_PLAN,
        done={
            PlanStep.ASSESSMENT: date(2026, 10, 2),
            PlanStep.PLAN: date(2026, 10, 20),
            PlanStep.REFERRAL: date(2026, 10, 8),
        },
        waiting=[PlanStep.LOAN],
        today=date(2026, 11, 17),
    )
    assert [(step.kind, step.state, step.margin_days) for step in plan.steps] == [
        (PlanStep.ASSESSMENT, StepState.DONE, 7),
        (PlanStep.PLAN, StepState.DONE, -6),
        (PlanStep.REFERRAL, StepState.DONE, 11),
        (PlanStep.HOME, StepState.NEXT, 2),
        (PlanStep.LOAN, StepState.WAITING, 3),
        (PlanStep.LEASE, StepState.OPEN, 6),
        (PlanStep.SUPPORT, StepState.OPEN, 7),
        (PlanStep.NOTICE, StepState.OPEN, 8),
        (PlanStep.MOVE, StepState.OPEN, 13),
    ]
    assert plan.next_step is not None
    assert plan.next_step.kind is PlanStep.HOME
    week = plan.due_by(date(2026, 11, 22))
    assert [step.kind for step in week] == [PlanStep.HOME, PlanStep.LOAN]


@pytest.mark.parametrize(
    ("today", "state"),
    [
        pytest.param(date(2026, 11, 24), StepState.NEXT, id="on-its-last-day"),
        pytest.param(date(2026, 11, 25), StepState.LATE, id="the-day-after"),
    ],
)
def test_a_step_is_late_from_the_day_after_its_last(today: date, state: StepState) -> None:
    others: dict[PlanStep, date] = dict.fromkeys(set(PlanStep) - {PlanStep.SUPPORT}, SANNE_PLAN)
    plan = backward_plan(
        out_on=SANNE_OUT,
        out_by=OutBy.DISCHARGE,
        plan_due_on=SANNE_PLAN,
        done=others,
        today=today,
    )
    step = next(step for step in plan.steps if step.kind is PlanStep.SUPPORT)
    assert step.state is state
    assert plan.next_step == step


def test_what_others_have_been_asked_for_is_late_all_the_same() -> None:
    plan = backward_plan(
        out_on=SANNE_OUT,
        out_by=OutBy.LIMIT,
        plan_due_on=SANNE_PLAN,
        done={},
        waiting=[PlanStep.LOAN],
        today=date(2026, 11, 21),
    )
    loan = next(step for step in plan.steps if step.kind is PlanStep.LOAN)
    assert loan.state is StepState.LATE


def test_a_plan_near_the_day_out_is_due_before_the_decision_that_rests_on_it() -> None:
    latest = latest_days(date(2026, 11, 30), date(2026, 12, 20))
    assert latest[PlanStep.PLAN] == latest[PlanStep.SUPPORT] == date(2026, 11, 24)


def test_a_signed_lease_asks_for_no_loan_that_was_never_asked_for() -> None:
    plan = backward_plan(
        out_on=SANNE_OUT,
        out_by=OutBy.LIMIT,
        plan_due_on=SANNE_PLAN,
        done={PlanStep.LEASE: date(2026, 11, 20)},
        today=date(2026, 11, 21),
    )
    states = {step.kind: step.state for step in plan.steps}
    assert states[PlanStep.LOAN] is states[PlanStep.HOME] is StepState.OVERTAKEN
    assert states[PlanStep.REFERRAL] is StepState.OVERTAKEN
    assert all(step.is_settled for step in plan.steps if step.kind in BUILDS_ON[PlanStep.LEASE])


def test_when_all_is_done_there_is_no_next_step() -> None:
    plan = backward_plan(
        out_on=SANNE_OUT,
        out_by=OutBy.LIMIT,
        plan_due_on=SANNE_PLAN,
        done=dict.fromkeys(PlanStep, SANNE_OUT),
        today=SANNE_OUT,
    )
    assert plan.next_step is None
    assert plan.due_by(SANNE_OUT) == ()


def test_steps_stay_in_order_whatever_is_chosen() -> None:
    latest = latest_days(
        SANNE_OUT,
        SANNE_PLAN,
        LeadTimes(home_working_days=0, loan_working_days=2, lease_working_days=5),
    )
    assert latest[PlanStep.HOME] == latest[PlanStep.LOAN] == latest[PlanStep.LEASE]
    assert latest[PlanStep.LEASE] == date(2026, 11, 23)


@given(
    out_on=DAYS,
    leads=st.builds(
        LeadTimes,
        **{
            one.name: st.integers(one.metadata["least"], min(one.metadata["most"], 60))
            for one in fields(LeadTimes)
        },
    ),
)
def test_no_choice_puts_the_steps_out_of_order(out_on: date, leads: LeadTimes) -> None:
    latest = latest_days(out_on, out_on, leads)
    for step, earlier in BUILDS_ON.items():
        assert all(latest[one] <= latest[step] for one in earlier)
    assert latest[PlanStep.SUPPORT] < out_on


def test_a_municipality_that_closes_on_christmas_eve_is_ready_a_day_earlier() -> None:
    closed = CalendarSettings(christmas_eve_is_working_day=False)
    assert working_days_before(date(2026, 12, 28), 1) == date(2026, 12, 24)
    assert working_days_before(date(2026, 12, 28), 1, closed) == date(2026, 12, 23)


@given(out_on=DAYS, plan_due_on=DAYS)
def test_steps_come_in_the_order_they_build_on(out_on: date, plan_due_on: date) -> None:
    latest = latest_days(out_on, plan_due_on)
    for step, earlier in BUILDS_ON.items():
        assert all(latest[one] <= latest[step] for one in earlier)
    assert latest[PlanStep.PLAN] <= latest[PlanStep.SUPPORT] < out_on
    assert latest[PlanStep.PLAN] <= plan_due_on
    assert latest[PlanStep.MOVE] == max(latest.values()) == out_on


@given(out_on=DAYS, plan_due_on=DAYS)
def test_what_the_municipality_does_itself_falls_on_working_days(
    out_on: date, plan_due_on: date
) -> None:
    latest = latest_days(out_on, plan_due_on)
    for step in set(PlanStep) - {PlanStep.PLAN, PlanStep.MOVE}:
        assert is_working_day(latest[step])


@given(out_on=DAYS, n=st.integers(0, 30))
def test_a_later_day_out_never_brings_a_step_forward(out_on: date, n: int) -> None:
    plan_due_on = date(2026, 10, 14)
    earlier = latest_days(out_on, plan_due_on)
    later = latest_days(out_on + timedelta(days=n), plan_due_on)
    assert all(later[step] >= earlier[step] for step in PlanStep)


@given(
    out_on=DAYS,
    done=st.dictionaries(STEPS, DAYS),
    waiting=st.sets(STEPS),
    today=DAYS,
)
def test_each_step_has_one_state_and_at_most_one_is_next(
    out_on: date, done: dict[PlanStep, date], waiting: set[PlanStep], today: date
) -> None:
    plan = backward_plan(
        out_on=out_on,
        out_by=OutBy.LIMIT,
        plan_due_on=out_on - timedelta(days=60),
        done=done,
        waiting=waiting,
        today=today,
    )
    assert [step.kind for step in plan.steps] == list(PlanStep)
    assert sum(step.state is StepState.NEXT for step in plan.steps) <= 1
    for step in plan.steps:
        assert (step.state is StepState.DONE) == (step.kind in done)
        if step.state is StepState.LATE:
            assert step.margin_days < 0
        elif not step.is_settled:
            assert step.margin_days >= 0
