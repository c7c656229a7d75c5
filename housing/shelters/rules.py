"""Decisions about our own values: no query, no clock."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final

from cases.casework.enums import Situation
from housing.shelters.enums import DischargeTo, NoticeKind
from housingfirst.law import notices as law
from housingfirst.law.days import COPENHAGEN, CalendarSettings, add_working_days

ANSWER_WORKING_DAYS: Final = 3
"""Local service target, not law: the municipality answers within so many working days."""

SITUATION_AFTER: Final = {
    DischargeTo.OWN_HOME: Situation.HOUSED,
    DischargeTo.FACILITY_107: Situation.SHELTER,
    DischargeTo.OTHER_SHELTER: Situation.SHELTER,
    DischargeTo.FAMILY: Situation.SOFA,
    DischargeTo.STREET: Situation.STREET,
}
"""What a discharge tells of where the citizen sleeps next; the others tell nothing."""


def notice_due_on(kind: NoticeKind, decided_on: date, calendar: CalendarSettings) -> date:
    """The last day of a notice about what was decided (or happened) on `decided_on`."""
    return law.notice_deadline(law.NoticeKind(kind.value), decided_on, calendar).due_on


def answer_due_on(sent_on: date, calendar: CalendarSettings) -> date:
    """The day by which the municipality should have answered a notice sent on `sent_on`."""
    return add_working_days(sent_on, ANSWER_WORKING_DAYS, calendar)


def moment_of(day: date, now: datetime) -> datetime:
    """An instant for an event of `day`: now when it is today, else noon of that day."""
    if day >= now.astimezone(COPENHAGEN).date():
        return now
    return datetime.combine(day, time(12), COPENHAGEN)
