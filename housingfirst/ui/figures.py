"""Geometry of the small SVG figures: values in, attribute values out.

Coordinates leave here as text with a point as decimal sign, so that no locale can turn "82.1" into
"82,1" on the way into an attribute. Colours are classes of `hf.css`. Nothing here knows a model.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Kind = Literal["use", "prev", "left", "now", "soon", "over", "done", "wait", "act", "ink"]


def num(value: float) -> str:
    """An SVG coordinate with at most one decimal: "82.1", "96"."""
    return f"{value:.1f}".removesuffix(".0")


# --- meter: days used of a limit, 96 x 10

METER_WIDTH = 96
NEAR_LIMIT_DAYS = 14


@dataclass(frozen=True, slots=True)
class Meter:
    """`width` of the fill, its class suffix, and the sentence a screen reader says."""

    used: int
    limit: int

    @property
    def left(self) -> int:
        return self.limit - self.used

    @property
    def is_over(self) -> bool:
        return self.used > self.limit

    @property
    def tone(self) -> str:
        if self.is_over:
            return "over"
        return "now" if self.left <= NEAR_LIMIT_DAYS else "use"

    @property
    def width(self) -> str:
        share = min(max(self.used, 0) / self.limit, 1.0) if self.limit > 0 else 1.0
        return num(share * METER_WIDTH)

    @property
    def text(self) -> str:
        words = _("%(used)d of %(limit)d days used") % {
            "used": self.used,
            "limit": self.limit,
        }
        if not self.is_over:
            return words
        over = ngettext("%(n)d over the limit", "%(n)d over the limit", -self.left)
        return f"{words}, {over % {'n': -self.left}}"

    @property
    def rest(self) -> str:
        """ "13 tilbage" or "24 over": the words beside the figure."""
        if self.is_over:
            return _("%(n)d over") % {"n": -self.left}
        return _("%(n)d left") % {"n": self.left}


# --- clock: the running year's days to scale


@dataclass(frozen=True, slots=True)
class Clock:
    """Days used before and now, against a limit. All days are whole and not negative.

    `finding` is the title: the sentence a person who cannot see the figure needs.
    Labels stand at their part of the bar; an empty label is not drawn.
    """

    previous_days: int
    current_days: int
    finding: str
    limit_days: int = 90
    previous_label: str = ""
    current_label: str = ""
    today_label: str = ""
    limit_label: str = ""
    after_label: str = ""

    @property
    def used(self) -> int:
        return self.previous_days + self.current_days

    @property
    def left(self) -> int:
        return max(self.limit_days - self.used, 0)

    @property
    def over(self) -> int:
        return max(self.used - self.limit_days, 0)

    @property
    def is_near(self) -> bool:
        return 0 < self.left <= NEAR_LIMIT_DAYS


@dataclass(frozen=True, slots=True)
class Rect:
    x: str
    width: str
    css: str


@dataclass(frozen=True, slots=True)
class Text:
    x: str
    y: str
    text: str
    css: str
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class ClockDrawing:
    """One drawing of a clock, `width` x `height` user units, bar at `top` with `bar` height."""

    width: int
    height: int
    top: int
    bar: int
    rects: Sequence[Rect]
    after: Rect
    today_x: str
    limit_x: str
    line_top: int
    line_bottom: int
    texts: Sequence[Text]


LETTER = 7.2  # user units of one letter at 13 px, on the generous side


def clock_drawing(clock: Clock, *, wide: bool) -> ClockDrawing:
    """The figure at 640 x 58 with labels, or at 340 x 30 without."""
    width, margin, room = (640, 2, 634) if wide else (340, 4, 332)
    total = max(round(clock.limit_days * 4 / 3), clock.used + max(6, round(clock.used / 12)))
    scale = room / total

    def x(days: float) -> float:
        return margin + days * scale

    within = min(clock.used, clock.limit_days)
    previous = min(clock.previous_days, within)
    rects = [Rect(num(x(0)), num(previous * scale), "f-prev")]
    rects.append(Rect(num(x(previous)), num((within - previous) * scale), "f-use"))
    if clock.over:
        rects.append(Rect(num(x(clock.limit_days)), num(clock.over * scale), "f-over"))
    if clock.left:
        rects.append(Rect(num(x(clock.used)), num(clock.left * scale), "f-left"))
    rest_from = max(clock.used, clock.limit_days)
    after = Rect(num(x(rest_from)), num((total - rest_from) * scale), "")
    today, limit = x(clock.used), x(clock.limit_days)
    texts = list(_clock_texts(clock, x, today, limit, float(margin + room))) if wide else []
    return ClockDrawing(
        width=width,
        height=58 if wide else 30,
        top=20 if wide else 6,
        bar=18,
        rects=[rect for rect in rects if rect.width != "0"],
        after=after,
        today_x=num(today),
        limit_x=num(limit),
        line_top=14 if wide else 0,
        line_bottom=44 if wide else 30,
        texts=texts,
    )


def _clock_texts(clock: Clock, x: Any, today: float, limit: float, right: float) -> Iterable[Text]:
    """Labels above (today, limit) and below (parts), kept from running into each other."""
    above_y, below_y = "12", "54"
    if clock.over:
        limit_anchor, limit_at = "end", limit - 5
        room = right - today
        fits = room > len(clock.today_label) * LETTER
        today_anchor, today_at = ("start", today + 4) if fits else ("end", right)
    else:
        limit_anchor, limit_at = "start", limit + 5
        fits = today > len(clock.today_label) * LETTER
        today_anchor, today_at = ("end", today - 4) if fits else ("start", today + 4)
    if clock.today_label:
        yield Text(num(today_at), above_y, clock.today_label, "tb", today_anchor)
    if clock.limit_label:
        yield Text(num(limit_at), above_y, clock.limit_label, "tr", limit_anchor)
    cursor = x(0)
    if clock.previous_days and clock.previous_label:
        yield Text(num(cursor), below_y, clock.previous_label, "tm")
        cursor += len(clock.previous_label) * LETTER + 10
    if clock.current_label:
        yield Text(num(max(cursor, x(clock.previous_days))), below_y, clock.current_label, "tm")
        cursor = max(cursor, x(clock.previous_days)) + len(clock.current_label) * LETTER
    if clock.over:
        over = _("%(n)d over the limit") % {"n": clock.over}
        yield Text(num(right), below_y, over, "tr", "end")
        return
    left = Meter(clock.used, clock.limit_days).rest
    if limit - 5 - len(left) * LETTER > cursor:
        css = "tn" if clock.is_near else "tm"
        yield Text(num(limit - 5), below_y, left, css, "end")
    if clock.after_label and right - limit > len(clock.after_label) * LETTER:
        yield Text(num(right), below_y, clock.after_label, "tm", "end")


# --- bars: a count per group, horizontal


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


# --- path: six steps to a home

StepState = Literal["done", "now", "open"]


@dataclass(frozen=True, slots=True)
class PathStep:
    name: str
    state: StepState


@dataclass(frozen=True, slots=True)
class Dot:
    x: int
    state: StepState
    tick: str


def path_dots(steps: Sequence[PathStep]) -> tuple[int, list[Dot], str]:
    """Width, dots, and the sentence: "3 af 6 skridt taget, nu: Tilbud"."""
    dots = [
        Dot(x=8 + 17 * at, state=step.state, tick=f"M{5 + 17 * at} 8l2.2 2.4l4-5")
        for at, step in enumerate(steps)
    ]
    done = sum(step.state == "done" for step in steps)
    text = _("%(done)d of %(all)d steps taken") % {"done": done, "all": len(steps)}
    now = next((step.name for step in steps if step.state == "now"), "")
    if now:
        text = _("%(steps)s, now: %(step)s") % {"steps": text, "step": now}
    return 17 * len(steps) + 2, dots, text
