"""A life in rows: spans of time to one scale, with today's line and a tick where a year begins."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from housingfirst.ui import words
from housingfirst.ui.figures.clock import LETTER, Rect, Text
from housingfirst.ui.figures.numbers import num

Fill = Literal["band", "left", "use", "prev", "over", "done", "wait", "plan"]

WIDTH: Final = 1160
LABEL: Final = 116
TOP: Final = 24
_HEIGHTS: Final = {"band": 22, "left": 22, "plan": 18}
_ROW: Final = 40
_MONTHS_APART: Final = (1, 3, 6, 12, 24, 60)


@dataclass(frozen=True, slots=True)
class StripSpan:
    """[starts_on, ends_on) of a row; `ends_on` None to the end of the drawing.

    `text` stands in the span, or above it where `is_above`; it is left out where it has no room.
    """

    starts_on: date
    ends_on: date | None
    fill: Fill
    text: str = ""
    is_above: bool = False


@dataclass(frozen=True, slots=True)
class StripRow:
    label: str
    spans: Sequence[StripSpan]


@dataclass(frozen=True, slots=True)
class Tick:
    x: str
    text: str


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """A row with its label's baseline, its rectangles' top and height, and its texts."""

    label: str
    label_y: int
    top: int
    height: int
    rects: Sequence[Rect]
    texts: Sequence[Text]


@dataclass(frozen=True, slots=True)
class StripDrawing:
    width: int
    height: int
    top: int
    ticks: Sequence[Tick]
    rows: Sequence[DrawnRow]
    today_x: str
    today: Text


def strip_drawing(
    rows: Sequence[StripRow], *, first: date, last: date, today: date, today_text: str = ""
) -> StripDrawing:
    """The rows from `first` to `last`, `today` among them. Raises ValueError when it is not."""
    if not first <= today <= last:
        raise ValueError(f"{today} is not within {first} and {last}")
    scale = _Scale(first, last)
    drawn = [_row(row, TOP + 10 + n * _ROW, scale) for n, row in enumerate(rows)]
    height = TOP + 10 + len(rows) * _ROW
    x = scale.x(today)
    is_near_end = x > WIDTH - len(today_text) * LETTER - 8
    return StripDrawing(
        width=WIDTH,
        height=height,
        top=TOP - 2,
        ticks=list(_ticks(scale, clear_of=x)),
        rows=drawn,
        today_x=num(x),
        today=Text(
            num(x - 4 if is_near_end else x + 4),
            "14",
            today_text,
            "tb",
            "end" if is_near_end else "start",
        ),
    )


class _Scale:
    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last
        self.per_day = (WIDTH - LABEL) / max((last - first).days, 1)

    def x(self, day: date) -> float:
        return LABEL + (min(max(day, self.first), self.last) - self.first).days * self.per_day


def _row(row: StripRow, top: int, scale: _Scale) -> DrawnRow:
    height = max((_HEIGHTS.get(span.fill, 18) for span in row.spans), default=18)
    rects: list[Rect] = []
    texts: list[Text] = []
    taken = 0.0
    shown = sorted(row.spans, key=lambda span: span.starts_on)
    for n, span in enumerate(shown):
        start = scale.x(span.starts_on)
        end = WIDTH if span.ends_on is None else scale.x(span.ends_on)
        if end <= start:
            if span.ends_on is None or span.ends_on <= scale.first or span.starts_on >= scale.last:
                continue
            end = start + 1
        rects.append(Rect(num(start), num(end - start), f"f-{span.fill}"))
        room = end - start - 8
        if span.is_above:
            following = scale.x(shown[n + 1].starts_on) if n + 1 < len(shown) else WIDTH
            room = max(following - start, end - start)
            start = max(start, taken)
        if span.text and len(span.text) * LETTER <= room:
            at, y, css = (
                (start, top - 4, "tm") if span.is_above else (start + 6, top + height - 5, "tx")
            )
            texts.append(Text(num(at), str(y), span.text, "tr" if span.fill == "over" else css))
            taken = at + len(span.text) * LETTER + 6
    return DrawnRow(row.label, top + height - 5, top, height, rects, texts)


def _ticks(scale: _Scale, *, clear_of: float) -> Iterator[Tick]:
    """The first of some months, as close as their words have room for."""
    months = (scale.last.year - scale.first.year) * 12 + scale.last.month - scale.first.month + 1
    apart = next((n for n in _MONTHS_APART if months / n <= 11), _MONTHS_APART[-1])
    for day in _firsts(scale, apart):
        x = scale.x(day)
        text = words.month(day) if day.month != 1 else f"{words.month(day)} {day.year}"
        is_hidden = -10 < clear_of + 50 - x < 60 + len(text) * LETTER
        yield Tick(num(x), "" if is_hidden or x > WIDTH - len(text) * LETTER else text)


def _firsts(scale: _Scale, apart: int) -> Iterable[date]:
    month = scale.first.year * 12 + scale.first.month
    for number in range(month, month + 1200):
        year, at = divmod(number, 12)
        if number % apart == 0 and year < 9999:
            day = date(year, at + 1, 1)
            if day >= scale.last:
                return
            yield day
