"""R-110-5: may the municipality discharge a citizen from a § 110 boform? A checklist, from facts.

SEL § 110, stk. 5: the municipality may decide to discharge when all that apply are met. The
discharge never takes effect before the citizen can move in. It is a decision: reasons, hearing and
guidance on complaint belong to it.

A citizen's refusal of a reasonable home is taken to meet nothing: nr. 4 asks for a signed lease.
"""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from typing import Final

RULE_ID: Final = "R-110-5"


class Condition(IntEnum):
    """The numbers of stk. 5."""

    PLAN = 1
    PLACE = 2
    SUPPORT = 3
    MOVE_IN = 4
    FACILITY_READY = 5


class Route(StrEnum):
    """Where the citizen is to go; nr. 3 and 4 are about a home, nr. 5 about a facility."""

    OWN_HOME = "own-home"
    FACILITY = "facility"


class ConditionState(StrEnum):
    MET = "met"
    MISSING = "missing"
    NOT_APPLICABLE = "not-applicable"


class Missing(StrEnum):
    """What a condition lacks."""

    PLAN = "plan"
    HOME_OR_FACILITY = "home-or-facility"
    HOME_WAS_REFUSED = "home-was-refused"
    SUPPORT_DECISION = "support-decision"
    LEASE = "lease"
    MOVE_IN_DAY = "move-in-day"
    SUPPORT_START = "support-start"
    FACILITY_DAY = "facility-day"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows that something is so: the reference of our own object, and its day."""

    reference: str
    on: date


@dataclass(frozen=True, slots=True)
class MoveOutFacts:
    """What is known; None is not known, and so not met.

    `plan` is an action plan or a holistic plan under § 141 or § 142. `home` is the home that is
    allocated, `facility` a decision on § 107 or § 108. `support` is the decision on help that
    matches the need to keep the home, and `support_from` the first day it can be received.
    """

    plan: Evidence | None = None
    home: Evidence | None = None
    home_refused_on: date | None = None
    facility: Evidence | None = None
    support: Evidence | None = None
    support_from: date | None = None
    lease: Evidence | None = None
    move_in_on: date | None = None
    facility_from: date | None = None


@dataclass(frozen=True, slots=True)
class ConditionAnswer:
    """One condition: met with its evidence, or what is missing."""

    condition: Condition
    state: ConditionState
    evidence: tuple[Evidence, ...]
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class MoveOutCheck:
    """All five conditions in order. `earliest_on` is the first day a discharge may take effect:
    the day the citizen can move in; None while a condition is missing.
    """

    route: Route
    conditions: tuple[ConditionAnswer, ...]
    earliest_on: date | None
    rule_id: str = RULE_ID

    @property
    def may_discharge(self) -> bool:
        return self.earliest_on is not None

    @property
    def missing(self) -> tuple[Missing, ...]:
        return tuple(one for answer in self.conditions for one in answer.missing)

    def may_take_effect_on(self, day: date) -> bool:
        """Whether a discharge may take effect on `day`."""
        return self.earliest_on is not None and day >= self.earliest_on


def move_out_check(facts: MoveOutFacts) -> MoveOutCheck:
    """Each condition of § 110, stk. 5, and the earliest day.

    Without either a home or a facility the route to a home is checked.
    """
    is_home = facts.home is not None or facts.facility is None
    route = Route.OWN_HOME if is_home else Route.FACILITY
    conditions = (
        _answer(Condition.PLAN, facts.plan, Missing.PLAN),
        _place(facts),
        _answer(Condition.SUPPORT, facts.support, Missing.SUPPORT_DECISION)
        if is_home
        else _not_applicable(Condition.SUPPORT),
        _move_in(facts) if is_home else _not_applicable(Condition.MOVE_IN),
        _not_applicable(Condition.FACILITY_READY) if is_home else _facility(facts),
    )
    is_met = all(answer.state is not ConditionState.MISSING for answer in conditions)
    days = (facts.move_in_on, facts.support_from) if is_home else (facts.facility_from,)
    known = [day for day in days if day is not None]
    return MoveOutCheck(route, conditions, max(known) if is_met and known else None)


def _place(facts: MoveOutFacts) -> ConditionAnswer:
    evidence = facts.home or facts.facility
    if evidence is None and facts.home_refused_on is not None:
        return _answer(Condition.PLACE, None, Missing.HOME_WAS_REFUSED)
    return _answer(Condition.PLACE, evidence, Missing.HOME_OR_FACILITY)


def _move_in(facts: MoveOutFacts) -> ConditionAnswer:
    """Nr. 4: the lease is signed, the citizen can move in, and can receive the support."""
    missing = []
    if facts.lease is None:
        missing.append(Missing.LEASE)
    if facts.move_in_on is None:
        missing.append(Missing.MOVE_IN_DAY)
    if facts.support_from is None:
        missing.append(Missing.SUPPORT_START)
    return ConditionAnswer(
        Condition.MOVE_IN,
        ConditionState.MISSING if missing else ConditionState.MET,
        () if facts.lease is None else (facts.lease,),
        tuple(missing),
    )


def _facility(facts: MoveOutFacts) -> ConditionAnswer:
    """Nr. 5: not before the citizen can move in to the facility."""
    is_missing = facts.facility_from is None
    return ConditionAnswer(
        Condition.FACILITY_READY,
        ConditionState.MISSING if is_missing else ConditionState.MET,
        () if facts.facility is None else (facts.facility,),
        (Missing.FACILITY_DAY,) if is_missing else (),
    )


def _answer(condition: Condition, evidence: Evidence | None, missing: Missing) -> ConditionAnswer:
    if evidence is None:
        return ConditionAnswer(condition, ConditionState.MISSING, (), (missing,))
    return ConditionAnswer(condition, ConditionState.MET, (evidence,), ())


def _not_applicable(condition: Condition) -> ConditionAnswer:
    return ConditionAnswer(condition, ConditionState.NOT_APPLICABLE, (), ())
