"""A plan backwards: a row for each step, against the days until the one it is counted from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from housingfirst.ui.figures.numbers import num

Tone = Literal["done", "over", "now", "soon", "wait", "open"]

WIDTH: Final = 800
LEFT: Final = 168
RIGHT: Final = 745
TOP: Final = 20
ROW: Final = 25
LETTER: Final = 6.9
"""User units of one letter at 13 px, on the generous side."""
TICK_ROOM: Final = 46
TODAY_ROOM: Final = 42
WEEKS_BETWEEN: Final = (1, 2, 4, 8, 13, 26, 52)

_FILL: Final[dict[Tone, str]] = {
    "done": "f-use", "over": "f-over", "now": "f-now", "soon": "f-soon", "wait": "f-wait",
    "open": "f-paper",
}  # fmt: skip
_TEXT: Final[dict[Tone, str]] = {
    "done": "tm", "over": "tr", "now": "tn", "soon": "", "wait": "", "open": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A step: due on `latest_on`, done on `done_on` or not yet. `note` stands beside its mark.

    `settled` is one that was never done and needs no doing any more: it has no mark.
    """

    label: str
    latest_on: date
    note: str
    tone: Tone
    done_on: date | None = None
    settled: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    x: str
    text_x: str
    text: str


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """The marks of a row: a dot (`done`) with a dash to its day, or a diamond on its day."""

    label: str
    label_css: str
    y: str
    text_y: str
    fill: str
    dot_x: str
    dash: str
    bar: str
    diamond: str
    note: str
    note_x: str
    note_css: str
    anchor: str


@dataclass(frozen=True, slots=True)
class PlanDrawing:
    width: int
    height: int
    bottom: int
    ticks: Sequence[Tick]
    today_x: str
    today_text_x: str
    today_anchor: str
    out_x: str
    out_text_x: str
    rows: Sequence[DrawnRow]


def plan_drawing(
    rows: Sequence[PlanRow], *, today: date, out_on: date, week_label: str
) -> PlanDrawing:
    """The figure for wide screens and paper; a phone gets the list.

    `week_label` is said before the number of the first week: "week %(n)d".
    """
    shown = [row.latest_on for row in rows] + [row.done_on for row in rows if row.done_on]
    first, last = min([*shown, today, out_on]), max([*shown, today, out_on])
    start = first - timedelta(days=first.weekday())
    days = max((last - start).days, 14)
    scale = (RIGHT - LEFT) / days

    def x(day: date) -> float:
        return LEFT + (day - start).days * scale

    bottom = TOP + 8 + ROW * len(rows)
    at_today = x(today)
    return PlanDrawing(
        width=WIDTH,
        height=bottom + 6,
        bottom=bottom,
        ticks=_ticks(start, last, x(today), scale, week_label),
        today_x=num(at_today),
        today_text_x=num(min(at_today, WIDTH - 2.0)),
        today_anchor="middle" if at_today < WIDTH - TODAY_ROOM / 2 else "end",
        out_x=num(x(out_on)),
        out_text_x=num(x(out_on) + 5),
        rows=[_row(row, at, x(row.latest_on), x(row.done_on) if row.done_on else None)
              for at, row in enumerate(rows)],
    )  # fmt: skip


def _ticks(start: date, last: date, today_x: float, scale: float, week_label: str) -> list[Tick]:
    """Mondays, as many as have room; the first says that the numbers are weeks."""
    weeks = next((n for n in WEEKS_BETWEEN if n * 7 * scale >= TICK_ROOM), WEEKS_BETWEEN[-1])
    ticks, day = [], start
    while day <= last:
        at = LEFT + (day - start).days * scale
        number = day.isocalendar().week
        text = week_label % {"n": number} if day == start else str(number)
        room = len(text) * LETTER
        is_free = at + 3 + room < today_x - TODAY_ROOM / 2 or at + 3 > today_x + TODAY_ROOM / 2
        ticks.append(Tick(num(at), num(at + 3), text if is_free else ""))
        day += timedelta(weeks=weeks)
    return ticks


def _row(row: PlanRow, at: int, latest: float, done: float | None) -> DrawnRow:
    middle = TOP + 18.5 + ROW * at
    marks = [latest] if done is None else [latest, done]
    room = len(row.note) * LETTER
    # What is done is said after its marks, what is to come before its day: that is where it is.
    fits_right = max(marks) + 10 + room <= WIDTH
    fits_left = min(marks) - 12 - room >= LEFT
    to_right = fits_right and (done is not None or not fits_left)
    return DrawnRow(
        label=row.label,
        label_css="tb" if row.bold else "",
        y=num(middle),
        text_y=num(middle + 4),
        fill=_FILL[row.tone],
        dot_x=num(done) if done is not None else "",
        dash=f"M{num(min(marks))} {num(middle)}H{num(max(marks))}" if len(marks) > 1 else "",
        bar=f"M{num(latest)} {num(middle - 7)}V{num(middle + 7)}"
        if done is not None or row.settled
        else "",
        diamond=f"M{num(latest)} {num(middle - 7)}l7 7l-7 7l-7-7z"
        if done is None and not row.settled
        else "",
        note=row.note,
        note_x=num(max(marks) + 12 if to_right else min(marks) - 12),
        note_css="tm" if row.settled else _TEXT[row.tone],
        anchor="start" if to_right else "end",
    )
