"""The calendar of Critical Time Intervention (CTI): three phases of three months.

A rule of the method, not of the statute. Every date is counted from the first day of phase 1 and
never from another date, so that short months do not push the later ones.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from typing import Final

from housingfirst.law.days import add_months

PHASE_MONTHS: Final = 3
PHASES: Final = 3
FIRST_MONTH_CONTACTS: Final = 2
"""Contacts to be held in the first month (D7)."""


class CtiPhase(IntEnum):
    """The phases that the clock runs in; the period of contact before them has no fixed length."""

    TRANSITION = 1
    TRY_OUT = 2
    TRANSFER_OF_CARE = 3


@dataclass(frozen=True, slots=True)
class CtiSettings:
    """What a municipality sets itself.

    `waiting_days` is how long an application for continuing § 85 support waits for an answer
    there, `margin_days` how much earlier it is to be sent; `review_days` is how long before the
    end of a phase its review is held. All in calendar days.
    """

    waiting_days: int = 28
    margin_days: int = 14
    review_days: int = 14


DEFAULT_CTI: Final = CtiSettings()


@dataclass(frozen=True, slots=True)
class CtiDates:
    """The dates of one course, each the last day in time for what it names.

    `last_on` is the last day of the course. `handover_due_on`: the hand-over is agreed with the
    person and the key supports. `application_due_on`: continuing § 85 support is applied for.
    `reviews_on`: the review of each phase. `contacts_due_on`: FIRST_MONTH_CONTACTS are held.
    """

    phase_1_on: date
    phase_2_on: date
    phase_3_on: date
    last_on: date
    handover_due_on: date
    application_due_on: date
    reviews_on: tuple[date, date, date]
    contacts_due_on: date

    def phase_on(self, day: date) -> CtiPhase | None:
        """The phase `day` lies in; None before the course and after it."""
        if not self.phase_1_on <= day <= self.last_on:
            return None
        if day < self.phase_2_on:
            return CtiPhase.TRANSITION
        return CtiPhase.TRY_OUT if day < self.phase_3_on else CtiPhase.TRANSFER_OF_CARE


def cti_dates(phase_1_on: date, settings: CtiSettings = DEFAULT_CTI) -> CtiDates:
    """All dates (D1 to D7) of a course whose phase 1 starts on `phase_1_on`.

    A phase starts on the same day of the month as phase 1, or on the month's last day. The
    hand-over is to be agreed one calendar month before the day after the last. Interruptions are
    left to the caller: these are the dates of a course that runs through.
    """
    phase_2_on = add_months(phase_1_on, PHASE_MONTHS)
    phase_3_on = add_months(phase_1_on, 2 * PHASE_MONTHS)
    after = add_months(phase_1_on, PHASES * PHASE_MONTHS)
    last_on = after - timedelta(days=1)
    review = timedelta(days=settings.review_days)
    return CtiDates(
        phase_1_on=phase_1_on,
        phase_2_on=phase_2_on,
        phase_3_on=phase_3_on,
        last_on=last_on,
        handover_due_on=add_months(after, -1),
        application_due_on=last_on - timedelta(days=settings.waiting_days + settings.margin_days),
        reviews_on=(phase_2_on - review, phase_3_on - review, last_on - review),
        contacts_due_on=add_months(phase_1_on, 1),
    )
