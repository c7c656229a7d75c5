"""How near a deadline is, and how long an acknowledgement keeps: decided from days alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum


class Severity(StrEnum):
    """The mark on the page, worst first; the values are those of the badges."""

    OVER = "over"
    NOW = "now"
    SOON = "soon"
    WAIT = "wait"
    OK = "ok"


RANKS = {severity: rank for rank, severity in enumerate(Severity)}
"""0 is worst."""


def severity_of(
    *,
    due_on: date,
    due_at: datetime | None,
    warn_from: date,
    now_from: date,
    waits: bool,
    day: date,
    now: datetime,
) -> Severity:
    """How near the deadline is on `day`, at the instant `now` of it.

    A due day is kept through its last hour; a due time (`due_at`) is missed from that instant on.
    `warn_from` and `now_from` are the first days of the first and the last warning. What waits for
    others (`waits`) stays with them until it is late: then we must ask.
    """
    if due_on < day or (due_at is not None and due_at <= now):
        return Severity.OVER
    if waits:
        return Severity.WAIT
    if day >= now_from:
        return Severity.NOW
    return Severity.SOON if day >= warn_from else Severity.OK


def next_step(*, due_on: date, ladder: Sequence[int], day: date) -> date | None:
    """The first day after `day` at which a ladder of days before `due_on` warns anew.

    None when the last step is behind us.
    """
    steps = (due_on - timedelta(days=before) for before in ladder)
    return min((step for step in steps if step > day), default=None)
