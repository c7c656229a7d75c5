"""The running year's days to scale, wide with labels and narrow without."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext

from housingfirst.ui.figures.meter import NEAR_LIMIT_DAYS, Meter
from housingfirst.ui.figures.numbers import num


@dataclass(frozen=True, slots=True)
class Clock:
    """Days used before and now, against a limit. All days are whole and not negative.

    `finding` is the title: the sentence a person who cannot see the figure needs.
    Labels stand at their part of the bar; an empty label is not drawn. `known_left` and
    `known_over` are given where they are counted by more than days and limit, as the law's clock
    does: the line of the limit then stands where the refund ends.
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
    known_left: int | None = None
    known_over: int | None = None

    @property
    def used(self) -> int:
        return self.previous_days + self.current_days

    @property
    def left(self) -> int:
        return self.meter.left

    @property
    def over(self) -> int:
        return self.meter.over

    @property
    def meter(self) -> Meter:
        return Meter(self.used, self.limit_days, self.known_left, self.known_over)

    @property
    def refunded_days(self) -> int:
        """Where the refund ends: after so many days of the year, used or to come."""
        return self.used - self.over if self.over else self.used + self.left

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
    ends = clock.refunded_days
    total = max(round(ends * 4 / 3), clock.used + max(6, round(clock.used / 12)))
    scale = room / total

    def x(days: float) -> float:
        return margin + days * scale

    within = min(clock.used, ends)
    previous = min(clock.previous_days, within)
    rects = [Rect(num(x(0)), num(previous * scale), "f-prev")]
    rects.append(Rect(num(x(previous)), num((within - previous) * scale), "f-use"))
    if clock.over:
        rects.append(Rect(num(x(ends)), num(clock.over * scale), "f-over"))
    if clock.left:
        rects.append(Rect(num(x(clock.used)), num(clock.left * scale), "f-left"))
    rest_from = max(clock.used, ends)
    after = Rect(num(x(rest_from)), num((total - rest_from) * scale), "")
    today, limit = x(clock.used), x(ends)
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
        over = ngettext("%(n)d over the limit", "%(n)d over the limit", clock.over)
        over = over % {"n": clock.over}
        yield Text(num(right), below_y, over, "tr", "end")
        return
    left = clock.meter.rest
    if limit - 5 - len(left) * LETTER > cursor:
        css = "tn" if clock.is_near else "tm"
        yield Text(num(limit - 5), below_y, left, css, "end")
    if clock.after_label and right - limit > len(clock.after_label) * LETTER:
        yield Text(num(right), below_y, clock.after_label, "tm", "end")
