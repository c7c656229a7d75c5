"""The plan backwards (X7): from the day the citizen is to be out, the latest day of each step.

No statute sets these days: they are the municipality's own, so that what the law asks for is there
in time. Two things are the law's: nobody is discharged without a plan (SEL § 110, stk. 5, nr. 1),
and support under § 85 a is reimbursed only when it is decided before the discharge (§ 176 a, stk.
1). A housing referral waits for no other step: the earlier, the better.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from housingfirst.law.days import DEFAULT_CALENDAR, CalendarSettings, is_working_day


class PlanStep(StrEnum):
    """The steps out of the shelter, in the order they are shown."""

    ASSESSMENT = "assessment"
    PLAN = "plan"
    REFERRAL = "referral"
    HOME = "home"
    LOAN = "loan"
    LEASE = "lease"
    SUPPORT = "support"
    NOTICE = "notice"
    MOVE = "move"


class OutBy(StrEnum):
    """What the plan is counted from."""

    LIMIT = "limit"
    DISCHARGE = "discharge"


class StepState(StrEnum):
    """`OVERTAKEN` was never registered, and a later step that builds on it is done."""

    DONE = "done"
    OVERTAKEN = "overtaken"
    LATE = "late"
    NEXT = "next"
    WAITING = "waiting"
    OPEN = "open"


_MOST_WORKING_DAYS: Final = 9
_LEAST_WAIT_DAYS: Final = 21
"""Nine working days are never more than 21 days, so that a referral comes before its home."""


def _working_days(default: int, *, least: int = 0) -> int:
    """A lead time in working days, within the bounds that keep the steps in order."""
    number: int = field(default=default, metadata={"least": least, "most": _MOST_WORKING_DAYS})
    return number


@dataclass(frozen=True, slots=True)
class LeadTimes:
    """How long before the day out each step is done at the latest; a municipality's own choice.

    Working days, but for the referral: calendar days, which is how a wait for a home is counted.
    The assessment is counted from the plan that is made of it, all others from the day out. A home
    is never due later than its loan, nor a loan later than the lease, whatever is chosen.
    """

    assessment_working_days: int = _working_days(3, least=1)
    referral_days: int = field(default=42, metadata={"least": _LEAST_WAIT_DAYS, "most": 366})
    home_working_days: int = _working_days(7)
    loan_working_days: int = _working_days(6)
    lease_working_days: int = _working_days(5)
    support_working_days: int = _working_days(4, least=1)
    notice_working_days: int = _working_days(3)


DEFAULT_LEADS: Final = LeadTimes()

BUILDS_ON: Final[Mapping[PlanStep, tuple[PlanStep, ...]]] = {
    PlanStep.PLAN: (PlanStep.ASSESSMENT,),
    PlanStep.HOME: (PlanStep.REFERRAL,),
    PlanStep.LEASE: (PlanStep.REFERRAL, PlanStep.HOME, PlanStep.LOAN),
}
"""What a step needs no longer when it is done."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step and its latest day; done on that day it is in time.

    `margin_days` are calendar days: of a step done, how early it was (negative: how late); of
    another, how long there is left (negative: how long it is overdue).
    """

    kind: PlanStep
    latest_on: date
    done_on: date | None
    state: StepState
    margin_days: int

    @property
    def is_settled(self) -> bool:
        return self.state in (StepState.DONE, StepState.OVERTAKEN)


@dataclass(frozen=True, slots=True)
class BackwardPlan:
    """All steps in the order of `PlanStep`; `out_on` is the day the plan is counted from."""

    out_on: date
    out_by: OutBy
    steps: tuple[Step, ...]

    @property
    def next_step(self) -> Step | None:
        """What is to be done now: the late ones first, then the next."""
        open_steps = [s for s in self.steps if s.state in (StepState.LATE, StepState.NEXT)]
        return min(open_steps, key=lambda step: step.latest_on, default=None)

    def due_by(self, day: date) -> tuple[Step, ...]:
        """The steps not yet settled that are due on `day` or before."""
        return tuple(s for s in self.steps if not s.is_settled and s.latest_on <= day)


def working_days_before(day: date, n: int, calendar: CalendarSettings = DEFAULT_CALENDAR) -> date:
    """The `n`th working day before `day`; `day` itself is never counted, and 0 gives it back.

    Raises ValueError when `n` is negative.
    """
    if n < 0:
        raise ValueError(f"cannot count {n} working days back")
    while n:
        day -= timedelta(days=1)
        n -= is_working_day(day, calendar)
    return day


def referral_by(
    out_on: date,
    leads: LeadTimes = DEFAULT_LEADS,
    calendar: CalendarSettings = DEFAULT_CALENDAR,
) -> date:
    """The latest day of the referral: the working day on or before the wait's first day."""
    day = out_on - timedelta(days=leads.referral_days)
    return day if is_working_day(day, calendar) else working_days_before(day, 1, calendar)


def support_by(
    out_on: date,
    leads: LeadTimes = DEFAULT_LEADS,
    calendar: CalendarSettings = DEFAULT_CALENDAR,
) -> date:
    """The latest day of the decision on § 85 a; always before `out_on`."""
    return working_days_before(out_on, leads.support_working_days, calendar)


def latest_days(
    out_on: date,
    plan_due_on: date,
    leads: LeadTimes = DEFAULT_LEADS,
    calendar: CalendarSettings = DEFAULT_CALENDAR,
) -> dict[PlanStep, date]:
    """The latest day of each step for a citizen who is to be out on `out_on`.

    `plan_due_on` is the day the rules for plans give; near the day out the plan is due no later
    than the decision on support, which rests on it.
    """
    support_on = support_by(out_on, leads, calendar)
    plan_on = min(plan_due_on, support_on)
    lease = leads.lease_working_days
    loan = max(leads.loan_working_days, lease)
    home = max(leads.home_working_days, loan)
    return {
        PlanStep.ASSESSMENT: working_days_before(plan_on, leads.assessment_working_days, calendar),
        PlanStep.PLAN: plan_on,
        PlanStep.REFERRAL: referral_by(out_on, leads, calendar),
        PlanStep.HOME: working_days_before(out_on, home, calendar),
        PlanStep.LOAN: working_days_before(out_on, loan, calendar),
        PlanStep.LEASE: working_days_before(out_on, lease, calendar),
        PlanStep.SUPPORT: support_on,
        PlanStep.NOTICE: working_days_before(out_on, leads.notice_working_days, calendar),
        PlanStep.MOVE: out_on,
    }


def backward_plan(
    *,
    out_on: date,
    out_by: OutBy,
    plan_due_on: date,
    done: Mapping[PlanStep, date],
    today: date,
    waiting: Collection[PlanStep] = (),
    leads: LeadTimes = DEFAULT_LEADS,
    calendar: CalendarSettings = DEFAULT_CALENDAR,
) -> BackwardPlan:
    """The plan as it stands on `today`.

    `done` gives the day each step was taken; `waiting` are those that others have been asked for.
    What waits is late all the same when its day has passed. The next step is the first that is
    neither done, waiting nor late.
    """
    latest = latest_days(out_on, plan_due_on, leads, calendar)
    overtaken = {earlier for step in done for earlier in BUILDS_ON.get(step, ())} - set(done)
    free = [
        step
        for step in PlanStep
        if step not in done
        and step not in overtaken
        and step not in waiting
        and latest[step] >= today
    ]
    following = min(free, key=lambda step: latest[step], default=None)
    steps = []
    for step in PlanStep:
        done_on = done.get(step)
        if done_on is not None:
            state = StepState.DONE
        elif step in overtaken:
            state = StepState.OVERTAKEN
        elif latest[step] < today:
            state = StepState.LATE
        elif step in waiting:
            state = StepState.WAITING
        else:
            state = StepState.NEXT if step is following else StepState.OPEN
        steps.append(
            Step(
                kind=step,
                latest_on=latest[step],
                done_on=done_on,
                state=state,
                margin_days=(latest[step] - (done_on or today)).days,
            )
        )
    return BackwardPlan(out_on=out_on, out_by=out_by, steps=tuple(steps))
