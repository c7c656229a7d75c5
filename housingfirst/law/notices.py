"""R-110-6 and R-110-7: when a boform must tell the acting municipality of a stay.

SEL § 110, stk. 6: no later than three working days (*hverdage*) after the decision to admit.
Stk. 7, read from the sister rule in § 109: as far as possible before the discharge, and no later
than three working days after it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from housingfirst.law.days import (
    DEFAULT_CALENDAR,
    CalendarSettings,
    DayOff,
    add_working_days,
    day_off,
)
from housingfirst.law.tables import version_table
from housingfirst.law.versions import Mark, VersionTable


class NoticeKind(StrEnum):
    ADMISSION = "admission"
    DISCHARGE = "discharge"


@dataclass(frozen=True, slots=True)
class NoticeTerms:
    """Working days from the day the notice is about; day 1 is the first working day after it."""

    working_days: int


NOTICE_TERMS: Final[Mapping[NoticeKind, VersionTable[NoticeTerms]]] = {
    NoticeKind.ADMISSION: version_table("notices", "R-110-6", NoticeTerms),
    NoticeKind.DISCHARGE: version_table("notices", "R-110-7", NoticeTerms),
}


@dataclass(frozen=True, slots=True)
class DayNotCounted:
    day: date
    reason: DayOff


@dataclass(frozen=True, slots=True)
class NoticeDeadline:
    """When a notice is due, and how the day was found.

    A notice on `due_on` itself is in time. `not_counted` are the days between that are no working
    days, so that a letter can say why a deadline is further off than three days.
    """

    kind: NoticeKind
    counted_from: date
    due_on: date
    working_days: int
    not_counted: tuple[DayNotCounted, ...]
    rule_id: str
    terms_version: str
    source: str
    mark: Mark

    def is_late(self, told_on: date) -> bool:
        """Whether a notice given on `told_on` comes after the deadline."""
        return told_on > self.due_on


def notice_deadline(
    kind: NoticeKind, counted_from: date, calendar: CalendarSettings = DEFAULT_CALENDAR
) -> NoticeDeadline:
    """When the notice is due.

    `counted_from` is the date of the decision to admit, or the date of the discharge; it is not
    counted itself. That day 1 is the first working day after it is an assumption.

    Source: SEL § 110, stk. 6 and 7.
    """
    table = NOTICE_TERMS[kind]
    version = table.on(counted_from)
    due_on = add_working_days(counted_from, version.value.working_days, calendar)
    between = (counted_from + timedelta(days=n) for n in range(1, (due_on - counted_from).days))
    return NoticeDeadline(
        kind=kind,
        counted_from=counted_from,
        due_on=due_on,
        working_days=version.value.working_days,
        not_counted=tuple(
            DayNotCounted(day, reason)
            for day in between
            if (reason := day_off(day, calendar)) is not None
        ),
        rule_id=table.rule_id,
        terms_version=version.key,
        source=version.source,
        mark=version.mark,
    )
