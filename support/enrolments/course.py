"""What a page says about a running course today: where it is, what comes next, and its drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housingfirst.law.cti import CtiDates, CtiSettings, cti_dates
from housingfirst.ui import words
from housingfirst.ui.figures import num
from housingfirst.ui.figures.clock import Rect, Text
from housingfirst.ui.parts import Step
from support.enrolments.enums import PhaseKind
from support.enrolments.models import Enrolment
from support.enrolments.phases import Change, PlannedPhase, next_change, phase_on, planned_phases

SHORT: Final = {
    PhaseKind.CONTACT: gettext_lazy("Contact"),
    PhaseKind.TRANSITION: gettext_lazy("1. Transition"),
    PhaseKind.TRY_OUT: gettext_lazy("2. Try-out"),
    PhaseKind.HAND_OVER: gettext_lazy("3. Hand-over"),
}
FILLS: Final = {
    PhaseKind.CONTACT: ("f-left", "tx tb"),
    PhaseKind.TRANSITION: ("f-prev", "tx tb"),
    PhaseKind.TRY_OUT: ("f-use", "tw tb"),
    PhaseKind.HAND_OVER: ("f-left", "tx tb"),
}
WIDTH: Final = 800
MARGIN: Final = 2
LETTER: Final = 7.5
"""User units of one letter at 13 px, on the generous side."""
SOON_DAYS: Final = 14
NOW_DAYS: Final = 2


@dataclass(frozen=True, slots=True)
class Strip:
    """The phases to scale. `finding` is what a person who cannot see it needs."""

    rects: Sequence[Rect]
    texts: Sequence[Text]
    today_x: str
    finding: str


@dataclass(frozen=True, slots=True)
class Course:
    """A course on a day. `day` and `days` count within the phase, both 0 outside any."""

    enrolment: Enrolment
    phase: PhaseKind | None
    day: int
    days: int
    dates: CtiDates | None
    change: Change | None
    phases: Sequence[Step]
    ahead: Sequence[Step]
    strip: Strip | None

    @property
    def phase_label(self) -> str:
        return str(self.phase.label) if self.phase else ""

    @property
    def phase_short(self) -> str:
        return str(SHORT[self.phase]) if self.phase else ""

    @property
    def has_run(self) -> bool:
        """Whether its last day by the calendar has passed."""
        return self.dates is not None and self.change is None

    @property
    def next_label(self) -> str:
        """What the next change is."""
        if self.change is None:
            return ""
        return str(self.change.phase.label) if self.change.phase else _("Last day of the course")


def course_on(enrolment: Enrolment, today: date, settings: CtiSettings) -> Course:
    """Everything a page shows of the course; only CTI has phases and a drawing.

    `settings` are the choices of the case's municipality.
    """
    if enrolment.method != "cti":
        return Course(enrolment, None, 0, 0, None, None, (), (), None)
    phases = planned_phases(enrolment.started_on, enrolment.phase_1_on)
    phase = phase_on(today, started_on=enrolment.started_on, phase_1_on=enrolment.phase_1_on)
    dates = cti_dates(enrolment.phase_1_on, settings) if enrolment.phase_1_on else None
    day, days = _day_in(phases, phase, today)
    return Course(
        enrolment=enrolment,
        phase=phase,
        day=day,
        days=days,
        dates=dates,
        change=next_change(dates, today=today) if dates else None,
        phases=[_phase_step(planned, phase, today) for planned in phases],
        ahead=_ahead(dates, today) if dates else (),
        strip=_strip(phases, dates, today) if dates else None,
    )


def _day_in(
    phases: Sequence[PlannedPhase], phase: PhaseKind | None, today: date
) -> tuple[int, int]:
    for planned in phases:
        if planned.kind == phase and planned.ends_on is not None:
            return (today - planned.starts_on).days + 1, (planned.ends_on - planned.starts_on).days
    return 0, 0


def _phase_step(planned: PlannedPhase, phase: PhaseKind | None, today: date) -> Step:
    """A phase as a line of the list that a phone shows instead of the drawing.

    Years are left out where they do not change: the line is narrow, and the next dates follow it.
    """
    state: Literal["done", "soon", "open"] = "open"
    if planned.kind == phase:
        state = "soon"
    elif planned.ends_on is not None and planned.ends_on <= today:
        state = "done"
    last = planned.ends_on - timedelta(days=1) if planned.ends_on else None
    when = words.day_span(planned.starts_on, last, today=planned.starts_on)
    return Step(str(SHORT[planned.kind]), state, when=when)


def _ahead(dates: CtiDates, today: date) -> list[Step]:
    """What the calendar of the course still holds, in order."""
    points = [
        (dates.contacts_due_on, _("Two contacts in the first month")),
        *((on, _("Review meeting of the phase")) for on in dates.reviews_on),
        (dates.phase_2_on, str(PhaseKind.TRY_OUT.label)),
        (dates.phase_3_on, str(PhaseKind.HAND_OVER.label)),
        (dates.application_due_on, _("Continuing § 85 support applied for, at the latest")),
        (dates.handover_due_on, _("Hand-over agreed, at the latest")),
        (dates.last_on, _("Last day of the course")),
    ]
    return [
        Step(text, _nearness(on, today), when=words.day(on, today=today, weekday=False))
        for on, text in sorted(points, key=lambda point: point[0])
        if on >= today
    ]


def _nearness(on: date, today: date) -> Literal["now", "soon", "open"]:
    days = (on - today).days
    if days <= NOW_DAYS:
        return "now"
    return "soon" if days <= SOON_DAYS else "open"


def _strip(phases: Sequence[PlannedPhase], dates: CtiDates, today: date) -> Strip:
    first, after = phases[0].starts_on, dates.last_on + timedelta(days=1)
    scale = (WIDTH - 2 * MARGIN) / max((after - first).days, 1)

    def x(on: date) -> float:
        return MARGIN + min(max((on - first).days, 0), (after - first).days) * scale

    rects, texts, said = [], [], []
    for planned in phases:
        left, right = x(planned.starts_on), x(planned.ends_on or after)
        fill, css = FILLS[planned.kind]
        name = str(SHORT[planned.kind])
        when = words.day(planned.starts_on, today=today, weekday=False)
        rects.append(Rect(num(left), num(max(right - left - 2, 1)), fill))
        said.append(f"{name} {when}")
        start = _clear_of(x(today), left + 8, len(name) * LETTER)
        if right - start > len(name) * LETTER:
            texts.append(Text(num(start), "42", name, css))
        if right - left > len(when) * LETTER:
            texts.append(Text(num(left), "68", when, "tm"))
    end = _("ends %(day)s") % {"day": words.day(dates.last_on, today=today, weekday=False)}
    texts.append(Text(num(WIDTH - MARGIN), "86", end, "tm", "end"))
    at = x(today)
    anchor = "start" if at < 40 else "end" if at > WIDTH - 40 else "middle"
    texts.append(Text(num(at), "11", _("Today"), "tb", anchor))
    return Strip(rects, texts, num(at), ", ".join([*said, end]))


def _clear_of(line: float, start: float, width: float) -> float:
    """Where a text starts so that the line of today does not cross it."""
    return line + 6 if start - 4 < line < start + width else start
