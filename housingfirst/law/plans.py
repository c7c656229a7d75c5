"""R-142 and R-110-CONTACT: the plan for a citizen at a § 110 boform, and the first contact.

SEL § 142 (in force 1 October 2023): the municipality must make a plan for every citizen who stays
at a § 110 boform; one who will not take part has a plan all the same. No deadline was found in the
text: both targets are the municipality's own, counted from the boform's notice.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from housingfirst.law.days import DEFAULT_CALENDAR, CalendarSettings, add_working_days
from housingfirst.law.tables import optional_version_table
from housingfirst.law.versions import Mark

RULE_ID: Final = "R-142"
CONTACT_RULE_ID: Final = "R-110-CONTACT"


class PlanContent(StrEnum):
    """What the plan must hold: SEL § 141, stk. 3, the route to a home, and § 142, stk. 4."""

    PURPOSE = "purpose"
    ACTION = "action"
    DURATION = "duration"
    OTHER_MATTERS = "other-matters"
    HOUSING_ROUTE = "housing-route"
    PROVIDER_WISH = "provider-wish"
    """Whether the citizen wants the boform to give all or part of the § 85 a support."""


@dataclass(frozen=True, slots=True)
class PlanTerms:
    contents: tuple[PlanContent, ...]


PLAN_TERMS: Final = optional_version_table("plans", RULE_ID, PlanTerms)
"""By the day of the notice; without terms before the duty came."""


@dataclass(frozen=True, slots=True)
class PlanSettings:
    """The municipality's own targets, from the day the boform's notice came.

    `shelter_plan_days` in calendar days, `first_contact_working_days` in working days.
    """

    shelter_plan_days: int = field(default=30, metadata={"rule": RULE_ID, "least": 1})
    first_contact_working_days: int = field(default=5, metadata={"rule": CONTACT_RULE_ID})


DEFAULT_PLAN: Final = PlanSettings()


class PlanReason(StrEnum):
    """Where the plan stands on a day."""

    NO_DUTY = "no-duty"
    """The notice came before the duty did."""
    UNDER_WAY = "under-way"
    OVERDUE = "overdue"
    MADE_IN_TIME = "made-in-time"
    MADE_LATE = "made-late"
    INCOMPLETE = "incomplete"
    """Made, but something it must hold is missing."""


@dataclass(frozen=True, slots=True)
class ShelterPlan:
    """The plan's clock. `due_on` is the last day in time; None without a duty.

    `missing` is what a plan that is made does not hold.
    """

    counted_from: date
    due_on: date | None
    reason: PlanReason
    missing: tuple[PlanContent, ...]
    target_days: int
    terms_version: str
    source: str
    mark: Mark
    rule_id: str = RULE_ID

    @property
    def is_done(self) -> bool:
        return self.reason in (
            PlanReason.NO_DUTY,
            PlanReason.MADE_IN_TIME,
            PlanReason.MADE_LATE,
        )


def plan_due_on(noticed_on: date, settings: PlanSettings = DEFAULT_PLAN) -> date:
    """The last day of the local target for the plan; `noticed_on` itself is day 0."""
    return noticed_on + timedelta(days=settings.shelter_plan_days)


def shelter_plan(
    noticed_on: date,
    *,
    on: date,
    made_on: date | None = None,
    contents: frozenset[PlanContent] = frozenset(PlanContent),
    settings: PlanSettings = DEFAULT_PLAN,
) -> ShelterPlan:
    """Where the plan of a citizen stands on `on`.

    `noticed_on` is the day the boform's notice of admission came, or the day the municipality
    learned of the stay in another way. `contents` is what a plan that is made holds.

    Source: SEL § 142; the content is that of § 141, stk. 3.
    """
    version = PLAN_TERMS.on(noticed_on)
    due_on = plan_due_on(noticed_on, settings) if version.value is not None else None
    missing: tuple[PlanContent, ...] = ()
    if version.value is not None and made_on is not None:
        missing = tuple(one for one in version.value.contents if one not in contents)
    return ShelterPlan(
        counted_from=noticed_on,
        due_on=due_on,
        reason=_plan_reason(due_on, on, made_on, missing),
        missing=missing,
        target_days=settings.shelter_plan_days,
        terms_version=version.key,
        source=version.source,
        mark=version.mark,
    )


def _plan_reason(
    due_on: date | None, on: date, made_on: date | None, missing: tuple[PlanContent, ...]
) -> PlanReason:
    if due_on is None:
        return PlanReason.NO_DUTY
    if made_on is None or made_on > on:
        return PlanReason.OVERDUE if on > due_on else PlanReason.UNDER_WAY
    if missing:
        return PlanReason.INCOMPLETE
    return PlanReason.MADE_LATE if made_on > due_on else PlanReason.MADE_IN_TIME


def first_contact_due_on(
    noticed_on: date,
    settings: PlanSettings = DEFAULT_PLAN,
    calendar: CalendarSettings = DEFAULT_CALENDAR,
) -> date:
    """The last day of the local target for the first contact with one who has been admitted."""
    return add_working_days(noticed_on, settings.first_contact_working_days, calendar)
