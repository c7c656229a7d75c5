"""The small SVG figures; geometry in `housingfirst.ui.figures`."""

from collections.abc import Sequence
from typing import Any

from django import template

from housingfirst.ui import figures

register = template.Library()


@register.inclusion_tag("components/_meter.html")
def meter(
    used: int, limit: int, text: bool = False, left: int | None = None, over: int | None = None
) -> dict[str, Any]:
    """Days used of a limit, 96 x 10; with `text=True` also "dag 77, 13 tilbage" beside it.

    `left` and `over` are given where they are counted by more than the difference.
    """
    return {"meter": figures.Meter(used, limit, left, over), "with_words": text}


@register.inclusion_tag("components/_clock_figure.html")
def clock_figure(clock: figures.Clock) -> dict[str, Any]:
    """The reimbursement clock to scale, drawn for wide and for narrow."""
    return {
        "clock": clock,
        "wide": figures.clock_drawing(clock, wide=True),
        "narrow": figures.clock_drawing(clock, wide=False),
    }


@register.inclusion_tag("components/_bar_chart.html")
def bar_chart(
    bars: Sequence[figures.Bar],
    finding: str,
    label: str = "",
    unit: str = "",
    limit_after: int | None = None,
    limit_label: str = "",
    columns: Sequence[str] = (),
) -> dict[str, Any]:
    """Horizontal bars and the same numbers in a folded table whose rows open what they count.

    `columns` names the further cells of each `Bar`; `limit_after=3` draws the limit under row 3.
    """
    return {
        "wide": figures.bar_drawing(bars, wide=True, limit_after=limit_after),
        "narrow": figures.bar_drawing(bars, wide=False, limit_after=limit_after),
        "bars": bars,
        "finding": finding,
        "label": label,
        "unit": unit,
        "columns": columns,
        "limit_label": limit_label,
    }


@register.inclusion_tag("components/_path.html")
def path(steps: Sequence[figures.PathStep], next_step: str = "") -> dict[str, Any]:
    """The steps to a home as dots; `next_step` is written under them."""
    width, dots, text = figures.path_dots(steps)
    return {"width": width, "dots": dots, "text": text, "next_step": next_step}


@register.inclusion_tag("components/_strip.html")
def strip(drawing: figures.StripDrawing, finding: str) -> dict[str, Any]:
    """Rows of spans to one scale, for wide pages; a narrow page has a list in its place."""
    return {"strip": drawing, "finding": finding}
