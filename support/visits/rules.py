"""Pure decisions about visits: how often, when next, and when silence is long."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from housingfirst.law.days import is_working_day
from support.enrolments.enums import PhaseKind
from support.visits.enums import Channel, Outcome

WEEKLY: Final = 7
GUIDE_DAYS: Final = {
    PhaseKind.CONTACT: WEEKLY,
    PhaseKind.TRANSITION: WEEKLY,
    PhaseKind.TRY_OUT: 14,
    PhaseKind.HAND_OVER: 30,
}
"""Days between visits, as a guide and not a rule (methods.md 2.1); a week where nothing is said."""

HELD: Final = (Outcome.MET, Outcome.PHONE)
"""The outcomes that are contact with the citizen; the others are attempts."""


def guide_days(phase: PhaseKind | None) -> int:
    return GUIDE_DAYS[phase] if phase is not None else WEEKLY


def is_silent(last_contact_on: date | None, since: date, *, today: date, guide: int) -> bool:
    """Whether nobody has been in contact for more than twice the guide (methods.md D8).

    `since` is the course's first day, from which a citizen never met is counted.
    """
    return (today - (last_contact_on or since)).days > 2 * guide


def suggested_days(today: date, guide: int) -> tuple[date, date]:
    """Two days to propose beside "tomorrow": a few days on, and by the guide. Both are working
    days, and the second is the later.
    """
    soon = _working_day_from(today + timedelta(days=3))
    by_guide = _working_day_from(max(today + timedelta(days=guide), soon + timedelta(days=1)))
    return soon, by_guide


def channel_of(outcome: Outcome, channel: Channel) -> Channel:
    """A phone contact is by phone, whatever the form's place says."""
    return Channel.PHONE if outcome == Outcome.PHONE else channel


def _working_day_from(day: date) -> date:
    while not is_working_day(day):
        day += timedelta(days=1)
    return day
