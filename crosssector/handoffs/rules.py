"""Pure rules of a handoff: when the answer is due, and which step follows which.

Service hours are counted on the clocks of Copenhagen. Where an agreement counts working days only,
the hours of weekends and public holidays are not counted; every other day has 24. What is asked on
a day off, or in the night before a working day, is counted from that working day's opening, and an
answer is never due at night: one that would be is due when the office opens.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final, Literal

from crosssector.handoffs.enums import HandoffKind, HandoffStatus
from housingfirst.access.enums import UnitKind
from housingfirst.law.days import (
    COPENHAGEN,
    DEFAULT_CALENDAR,
    CalendarSettings,
    add_working_days,
    is_working_day,
)


class Step(StrEnum):
    """What is done to a handoff, by the one asked or by the one who asks."""

    OPEN = "open"
    ASK_BACK = "ask_back"
    REPLY = "reply"
    GRANT = "grant"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


STEPS: Final[Mapping[tuple[HandoffStatus, Step], HandoffStatus]] = {
    (HandoffStatus.ASKED, Step.OPEN): HandoffStatus.ASKED,
    (HandoffStatus.ASKED, Step.ASK_BACK): HandoffStatus.QUESTION,
    (HandoffStatus.ASKED, Step.GRANT): HandoffStatus.GRANTED,
    (HandoffStatus.ASKED, Step.REFUSE): HandoffStatus.REFUSED,
    (HandoffStatus.ASKED, Step.WITHDRAW): HandoffStatus.WITHDRAWN,
    (HandoffStatus.QUESTION, Step.OPEN): HandoffStatus.QUESTION,
    (HandoffStatus.QUESTION, Step.REPLY): HandoffStatus.ASKED,
    (HandoffStatus.QUESTION, Step.GRANT): HandoffStatus.GRANTED,
    (HandoffStatus.QUESTION, Step.REFUSE): HandoffStatus.REFUSED,
    (HandoffStatus.QUESTION, Step.WITHDRAW): HandoffStatus.WITHDRAWN,
}
"""The status after each step that is allowed; an answer may come while a question stands."""

OPEN: Final[Collection[HandoffStatus]] = (HandoffStatus.ASKED, HandoffStatus.QUESTION)

ANSWERING_UNITS: Final[Mapping[HandoffKind, Collection[UnitKind]]] = {
    HandoffKind.DEPOSIT_LOAN: (UnitKind.BENEFITS_OFFICE,),
}
"""The kinds of unit that answer each kind of handoff."""

HOURS_AT_MOST: Final = 720
"""No agreement gives longer than thirty days."""
OPENS_AT: Final = time(8)
"""When offices open: until then nobody has seen what was asked in the night or over a weekend."""
SOON_HOURS: Final = 72
NOW_HOURS: Final = 24


def next_status(status: HandoffStatus, step: Step) -> HandoffStatus | None:
    """The status after `step`, or None when `status` does not allow it."""
    return STEPS.get((status, step))


def due_at(
    asked_at: datetime,
    *,
    hours: int,
    working_days_only: bool,
    no_later_than: datetime | None = None,
    calendar: CalendarSettings = DEFAULT_CALENDAR,
) -> datetime:
    """When an answer is due that was asked for at `asked_at` and agreed within `hours`.

    Never later than `no_later_than`, the deadline of the offer it belongs to.
    """
    due = _after(asked_at, timedelta(hours=hours), calendar if working_days_only else None)
    return due if no_later_than is None else min(due, no_later_than)


def due_after_pause(
    due: datetime,
    *,
    stopped_at: datetime,
    resumed_at: datetime,
    working_days_only: bool,
    no_later_than: datetime | None = None,
    calendar: CalendarSettings = DEFAULT_CALENDAR,
) -> datetime:
    """The due instant when the clock stood from `stopped_at` until `resumed_at`.

    What was left when it stopped is left when it goes on. What was overdue stays overdue.
    """
    if due <= stopped_at:
        return due
    counts = calendar if working_days_only else None
    moved = _after(resumed_at, _counted(stopped_at, due, counts), counts)
    return moved if no_later_than is None else min(moved, no_later_than)


def severity(due: datetime, *, now: datetime) -> Literal["over", "now", "soon", "ok"]:
    """How near the deadline is, in the words of the badges."""
    left = due - now
    if left < timedelta(0):
        return "over"
    if left <= timedelta(hours=NOW_HOURS):
        return "now"
    return "soon" if left <= timedelta(hours=SOON_HOURS) else "ok"


def _after(start: datetime, span: timedelta, calendar: CalendarSettings | None) -> datetime:
    """`span` of counted time after `start`; without a calendar every hour counts."""
    if calendar is None:
        return start + span
    local, left = _opened(_local(start), calendar), span
    while True:
        midnight = _midnight_after(local)
        if is_working_day(local.date(), calendar):
            if left < midnight - local:
                return _aware(_opened(local + left, calendar))
            left -= midnight - local
        local = midnight


def _counted(start: datetime, end: datetime, calendar: CalendarSettings | None) -> timedelta:
    """The counted time between two instants, `start` first."""
    if calendar is None:
        return end - start
    local, last, counted = _opened(_local(start), calendar), _local(end), timedelta(0)
    while local < last:
        until = min(_midnight_after(local), last)
        if is_working_day(local.date(), calendar):
            counted += until - local
        local = until
    return counted


def _opened(local: datetime, calendar: CalendarSettings) -> datetime:
    """The same time, or the next opening when it is on a day off or before that day's opening."""
    day = local.date()
    if not is_working_day(day, calendar):
        day = add_working_days(day, 1, calendar)
    return max(local, datetime.combine(day, OPENS_AT))


def _local(instant: datetime) -> datetime:
    """What the clocks of Copenhagen show. Raises ValueError without a time zone.

    The clocks change on Sundays, which are no working days, so a working day has 24 hours.
    """
    if instant.tzinfo is None:
        raise ValueError(f"{instant!r} has no time zone")
    return instant.astimezone(COPENHAGEN).replace(tzinfo=None)


def _aware(local: datetime) -> datetime:
    return local.replace(tzinfo=COPENHAGEN)


def _midnight_after(local: datetime) -> datetime:
    return datetime.combine(local.date() + timedelta(days=1), time.min)
