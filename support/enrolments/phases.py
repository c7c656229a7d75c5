"""The phases of a CTI course by date. The calendar itself is `housingfirst.law.cti`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from housingfirst.law.cti import CtiDates, CtiPhase, cti_dates
from support.enrolments.enums import PhaseKind

KINDS: Final = {
    CtiPhase.TRANSITION: PhaseKind.TRANSITION,
    CtiPhase.TRY_OUT: PhaseKind.TRY_OUT,
    CtiPhase.TRANSFER_OF_CARE: PhaseKind.HAND_OVER,
}


@dataclass(frozen=True, slots=True)
class PlannedPhase:
    """[starts_on, ends_on); `ends_on` None while phase 1's day is not known."""

    kind: PhaseKind
    starts_on: date
    ends_on: date | None


def planned_phases(started_on: date, phase_1_on: date | None) -> list[PlannedPhase]:
    """The phases of a course that began with contact on `started_on`.

    All of them are counted from `phase_1_on`, never from each other. Without it there is only the
    contact period; a course that starts with phase 1 has none.
    """
    if phase_1_on is None:
        return [PlannedPhase(PhaseKind.CONTACT, started_on, None)]
    dates = cti_dates(phase_1_on)
    phases = [
        PlannedPhase(PhaseKind.TRANSITION, dates.phase_1_on, dates.phase_2_on),
        PlannedPhase(PhaseKind.TRY_OUT, dates.phase_2_on, dates.phase_3_on),
        PlannedPhase(PhaseKind.HAND_OVER, dates.phase_3_on, dates.last_on + timedelta(days=1)),
    ]
    if started_on < phase_1_on:
        phases.insert(0, PlannedPhase(PhaseKind.CONTACT, started_on, phase_1_on))
    return phases


def last_day(phase_1_on: date | None) -> date | None:
    """The last day of a course whose phase 1 started so; None while that is not known."""
    return None if phase_1_on is None else cti_dates(phase_1_on).last_on


def phase_on(day: date, *, started_on: date, phase_1_on: date | None) -> PhaseKind | None:
    """The phase `day` lies in; None before the course and after it."""
    if day < started_on:
        return None
    if phase_1_on is None or day < phase_1_on:
        return PhaseKind.CONTACT
    phase = cti_dates(phase_1_on).phase_on(day)
    return KINDS[phase] if phase is not None else None


@dataclass(frozen=True, slots=True)
class Change:
    """The next thing that happens by the calendar; `phase` None is the end of the course."""

    on: date
    phase: PhaseKind | None


def next_change(dates: CtiDates, *, today: date) -> Change | None:
    """The next phase or the last day, from today on; None when the course has run."""
    for change in (
        Change(dates.phase_1_on, PhaseKind.TRANSITION),
        Change(dates.phase_2_on, PhaseKind.TRY_OUT),
        Change(dates.phase_3_on, PhaseKind.HAND_OVER),
        Change(dates.last_on, None),
    ):
        if change.on > today or (change.phase is None and change.on == today):
            return change
    return None
