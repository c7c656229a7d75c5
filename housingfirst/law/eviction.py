"""R-EVICT: from arrears to eviction, and what each must do by when (ALL §§ 90 and 92, RSL § 5 a).

The landlord demands the rent, ends the lease when it is not paid in time, and files with the
bailiff court. A social landlord tells the municipality no later than then. The municipality
considers help at once, and decides within two weeks of the court's notice when it finds no ground
for it. After an eviction it gives shelter at once (SEL § 80).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from housingfirst.law.tables import version_table

RULE_ID: Final = "R-EVICT"


@dataclass(frozen=True, slots=True)
class EvictionTerms:
    """Days to pay after a demand, and days to decide after the court's notice."""

    demand_days: int
    decision_days: int


EVICTION_TERMS: Final = version_table("eviction", RULE_ID, EvictionTerms)


class EvictionStep(StrEnum):
    """The steps in their order."""

    DEMAND = "demand"
    TERMINATION = "termination"
    NOTICE_TO_MUNICIPALITY = "notice-to-municipality"
    COURT_NOTICE = "court-notice"
    CONSIDER_HELP = "consider-help"
    DECIDE_NO_HELP = "decide-no-help"
    SHELTER = "shelter"


class Duty(StrEnum):
    """Whose step it is."""

    TENANT = "tenant"
    LANDLORD = "landlord"
    COURT = "court"
    MUNICIPALITY = "municipality"


class StepReason(StrEnum):
    """Why a step stands as it does."""

    DONE = "done"
    DONE_LATE = "done-late"
    DUE = "due"
    OVERDUE = "overdue"
    NOT_REACHED = "not-reached"
    PAID = "paid"
    """The rent was paid in time: nothing follows."""
    PRIVATE_LANDLORD = "private-landlord"
    """A private landlord has no duty to tell the municipality."""
    NOTHING_POINTS_TO_NEED = "nothing-points-to-need"
    """No child lives there, and nothing known makes a need likely: the duty is not set off."""
    HELP_IS_GIVEN = "help-is-given"
    NOT_EVICTED = "not-evicted"


OPEN: Final = (StepReason.DUE, StepReason.OVERDUE)


@dataclass(frozen=True, slots=True)
class Arrears:
    """What is known of a tenancy in arrears; a date that is not known has not happened.

    `has_child`: a child under 18 lives there; `need_likely`: something the municipality knows makes
    a need for help likely. `helped_on` is the day help was granted, `declined_on` the day it was
    decided that there is no ground for it.
    """

    is_social_landlord: bool
    demanded_on: date | None = None
    paid_on: date | None = None
    terminated_on: date | None = None
    filed_on: date | None = None
    municipality_told_on: date | None = None
    court_told_on: date | None = None
    has_child: bool = False
    need_likely: bool = False
    considered_on: date | None = None
    helped_on: date | None = None
    declined_on: date | None = None
    evicted_on: date | None = None
    sheltered_on: date | None = None


@dataclass(frozen=True, slots=True)
class EvictionLine:
    """One step: whose it is, by when, and why it stands so. `due_on` None: no day can be set."""

    step: EvictionStep
    duty: Duty
    due_on: date | None
    done_on: date | None
    reason: StepReason
    law: str


@dataclass(frozen=True, slots=True)
class EvictionFlow:
    lines: tuple[EvictionLine, ...]
    terms_version: str
    rule_id: str = RULE_ID

    def line(self, step: EvictionStep) -> EvictionLine:
        return next(line for line in self.lines if line.step is step)

    @property
    def ours(self) -> tuple[EvictionLine, ...]:
        """What the municipality must do now, the first day first."""
        due = [
            line for line in self.lines if line.duty is Duty.MUNICIPALITY and line.reason in OPEN
        ]
        return tuple(sorted(due, key=lambda line: line.due_on or date.max))


def eviction_flow(facts: Arrears, *, on: date) -> EvictionFlow:
    """Every step of the way as it stands on `on`.

    Source: ALL § 90, stk. 2, and § 92, stk. 2; RSL § 5 a; SEL § 80.
    """
    version = EVICTION_TERMS.on(facts.demanded_on or on)
    return EvictionFlow(tuple(_lines(facts, version.value, on)), version.key)


def _lines(facts: Arrears, terms: EvictionTerms, on: date) -> Iterator[EvictionLine]:
    pay_by = _after(facts.demanded_on, terms.demand_days)
    is_paid = _is_in_time(facts.paid_on, pay_by)
    yield EvictionLine(
        EvictionStep.DEMAND,
        Duty.TENANT,
        pay_by,
        facts.paid_on,
        StepReason.PAID if is_paid else _reason(pay_by, facts.paid_on, on),
        "ALL § 90, stk. 2",
    )
    may_end_on = None if is_paid else _after(pay_by, 1)
    yield EvictionLine(
        EvictionStep.TERMINATION,
        Duty.LANDLORD,
        may_end_on,
        facts.terminated_on,
        _ended(facts.terminated_on, is_paid=is_paid),
        "ALL § 90",
    )
    told = facts.municipality_told_on
    tell = _reason(facts.filed_on, told, on)
    if not facts.is_social_landlord and told is None:
        tell = StepReason.PRIVATE_LANDLORD
    yield EvictionLine(
        EvictionStep.NOTICE_TO_MUNICIPALITY,
        Duty.LANDLORD,
        facts.filed_on,
        told,
        tell,
        "ALL § 92, stk. 2",
    )
    court = facts.court_told_on
    yield EvictionLine(
        EvictionStep.COURT_NOTICE,
        Duty.COURT,
        None,
        court,
        StepReason.DONE if court else StepReason.NOT_REACHED,
        "RSL § 5 a, stk. 1",
    )
    yield from _ours(facts, terms, on)


def _ours(facts: Arrears, terms: EvictionTerms, on: date) -> Iterator[EvictionLine]:
    """The municipality's own steps."""
    points_to_need = facts.has_child or facts.need_likely
    heard_on = _first(facts.municipality_told_on, facts.court_told_on)
    considered_on = _first(facts.considered_on, facts.helped_on, facts.declined_on)
    reason = _reason(heard_on, considered_on, on)
    if reason in OPEN and not points_to_need:
        reason = StepReason.NOTHING_POINTS_TO_NEED
    yield EvictionLine(
        EvictionStep.CONSIDER_HELP,
        Duty.MUNICIPALITY,
        heard_on,
        considered_on,
        reason,
        "RSL § 5 a, stk. 1",
    )
    decide_by = _after(facts.court_told_on, terms.decision_days)
    reason = _reason(decide_by, facts.declined_on, on)
    if facts.helped_on is not None and facts.declined_on is None:
        reason = StepReason.HELP_IS_GIVEN
    elif reason in OPEN and not points_to_need:
        reason = StepReason.NOTHING_POINTS_TO_NEED
    yield EvictionLine(
        EvictionStep.DECIDE_NO_HELP,
        Duty.MUNICIPALITY,
        decide_by,
        facts.declined_on,
        reason,
        "RSL § 5 a, stk. 2",
    )
    reason = StepReason.NOT_EVICTED
    if facts.evicted_on is not None:
        reason = _reason(facts.evicted_on, facts.sheltered_on, on)
    yield EvictionLine(
        EvictionStep.SHELTER,
        Duty.MUNICIPALITY,
        facts.evicted_on,
        facts.sheltered_on,
        reason,
        "SEL § 80",
    )


def _first(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)


def _ended(terminated_on: date | None, *, is_paid: bool) -> StepReason:
    """Of the landlord's step, which has no last day."""
    if terminated_on is not None:
        return StepReason.DONE
    return StepReason.PAID if is_paid else StepReason.NOT_REACHED


def _after(day: date | None, days: int) -> date | None:
    return None if day is None else day + timedelta(days=days)


def _is_in_time(day: date | None, by: date | None) -> bool:
    return day is not None and (by is None or day <= by)


def _reason(due_on: date | None, done_on: date | None, on: date) -> StepReason:
    if done_on is not None:
        return StepReason.DONE if _is_in_time(done_on, due_on) else StepReason.DONE_LATE
    if due_on is None:
        return StepReason.NOT_REACHED
    return StepReason.OVERDUE if on > due_on else StepReason.DUE
