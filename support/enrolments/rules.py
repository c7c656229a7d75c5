"""Pure decisions about a course: what must be explained before it ends."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from support.enrolments.enums import EndReason

QUESTIONED_DAYS: Final = 90
"""A course that ends within so many days of a lost home is questioned (practice.md H3)."""


class Question(StrEnum):
    """Why an ending must be explained in words."""

    LOST_HOME = "lost_home"
    OTHER = "other"
    EARLY = "early"


def follows_lost_home(ended_on: date, lost_on: date | None) -> bool:
    """Whether the course ends on one of the QUESTIONED_DAYS days from the day the home was lost."""
    if lost_on is None:
        return False
    return lost_on <= ended_on <= lost_on + timedelta(days=QUESTIONED_DAYS)


def question_for(
    reason: EndReason, *, ended_on: date, lost_on: date | None, last_on: date | None
) -> Question | None:
    """What must be explained about this ending, or None.

    `last_on` is the last day of a course that is fixed by date (CTI). A death explains itself.
    """
    if reason == EndReason.DEAD:
        return None
    if follows_lost_home(ended_on, lost_on):
        return Question.LOST_HOME
    if reason == EndReason.OTHER:
        return Question.OTHER
    if reason == EndReason.COMPLETED and last_on is not None and ended_on < last_on:
        return Question.EARLY
    return None
