"""A count per group as horizontal bars from zero."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from housingfirst.ui.figures.numbers import num

Kind = Literal["use", "prev", "left", "now", "soon", "over", "done", "wait", "act", "ink"]


@dataclass(frozen=True, slots=True)
class Bar:
    """One group. `kind` picks the colour; `over` is also striped. `url` opens the rows counted."""

    label: str
    value: int
    kind: Kind = "use"
    url: str = ""
    cells: Sequence[str] = field(default_factory=tuple)

    @property
    def is_over(self) -> bool:
        return self.kind == "over"


@dataclass(frozen=True, slots=True)
class DrawnBar:
    y: int
    text_y: int
    width: str
    value_x: str
    bar: Bar


@dataclass(frozen=True, slots=True)
class BarDrawing:
    width: int
    height: int
    label_x: int
    start: int
    bars: Sequence[DrawnBar]
    limit_y: int | None
    limit_text_y: int


ROW = 26


def bar_drawing(bars: Sequence[Bar], *, wide: bool, limit_after: int | None = None) -> BarDrawing:
    """Bars from zero, label left, value at the end; a limit line after row `limit_after`."""
    width, start = (520, 134) if wide else (330, 134)
    room = width - start - 56
    most = max((bar.value for bar in bars), default=0) or 1
    drawn = [
        DrawnBar(
            y=4 + row * ROW,
            text_y=19 + row * ROW,
            width=num(bar.value / most * room),
            value_x=num(start + bar.value / most * room + 8),
            bar=bar,
        )
        for row, bar in enumerate(bars)
    ]
    limit_y = 1 + limit_after * ROW if limit_after is not None else None
    return BarDrawing(
        width=width,
        height=8 + len(bars) * ROW,
        label_x=start - 10,
        start=start,
        bars=drawn,
        limit_y=limit_y,
        limit_text_y=(limit_y or 0) - 5,
    )
