"""`{% load hf %}`: every shared tag and filter. Usage: docs/ui.md; looks: /ui/gallery/ (DEBUG)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django import template
from django.contrib.messages import constants as message_levels
from django.contrib.messages.storage.base import Message
from django.http import QueryDict
from django.template.context import Context
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from housingfirst.ui import figures, words
from housingfirst.ui.parts import (
    SEVERITY_ICONS,
    STEP_ICONS,
    Event,
    Fact,
    Filter,
    Page,
    Step,
    Tab,
    Who,
)

register = template.Library()

SPRITE = "vendor/dkfds/img/all-svg-icons.svg"


# --- small marks


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """An icon of the sprite; always beside a word, so it is hidden from screen readers."""
    return format_html(
        '<svg class="ic{}{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        " " if css else "",
        css,
        static(SPRITE),
        name,
    )


@register.simple_tag
def badge(severity: str, text: Any) -> SafeString:
    """A status mark: `{% badge "now" "Om 2 dage" %}`. Severities: docs/ui.md."""
    name = SEVERITY_ICONS[severity]
    return format_html(
        '<span class="badge b-{}">{}{}</span>',
        severity,
        icon(name) if name else "",
        text,
    )


@register.simple_tag
def url_or_empty(name: str, *args: Any) -> str:
    """The address of a page that another app may or may not have."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """The current address' query with changes; None or "" drops a key. Paging starts over."""
    request = context.get("request")
    state = request.GET.copy() if request else QueryDict(mutable=True)
    for key in ("after", "before"):
        state.pop(key, None)
    for key, value in changes.items():
        if value is None or value == "":
            state.pop(key, None)
        else:
            state[key] = str(value)
    return f"?{urlencode(list(state.lists()), doseq=True)}"


# --- figures


@register.inclusion_tag("components/_meter.html")
def meter(used: int, limit: int, text: bool = False) -> dict[str, Any]:
    """Days used of a limit, 96 x 10; with `text=True` also "dag 77, 13 tilbage" beside it."""
    return {"meter": figures.Meter(used, limit), "with_words": text}


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


# --- parts of a page


@register.inclusion_tag("components/_who.html", takes_context=True)
def citizen_header(context: Context, who: Who, heading: int = 1) -> dict[str, Any]:
    """The citizen header; followed by `{% tabs %}`."""
    return {
        "who": who,
        "csrf_token": context.get("csrf_token", ""),
        "cpr_asked": _("CPR number (is logged)"),
    }


@register.inclusion_tag("components/_tabs.html")
def tabs(items: Sequence[Tab], label: str = "") -> dict[str, Any]:
    """Links that look like tabs; htmx swaps `main` only."""
    return {"tabs": items, "label": label or _("Pages of the case")}


@register.inclusion_tag("components/_filters.html")
def filters(items: Sequence[Filter], target: str = "", label: str = "") -> dict[str, Any]:
    """Filters as links; with `target="#stay-table"` htmx swaps that part only."""
    return {"filters": items, "target": target, "label": label or _("Filter")}


@register.inclusion_tag("components/_panel_head.html")
def panel_head(
    title: Any, link: str = "", link_text: Any = "", fact: Any = "", level: int = 2
) -> dict[str, Any]:
    """A panel's title with one link or one fact to the right."""
    return {
        "title": title,
        "link": link,
        "link_text": link_text,
        "fact": fact,
        "level": level,
    }


@register.inclusion_tag("components/_steps.html")
def steps(items: Sequence[Step]) -> dict[str, Any]:
    """A checklist with dates and owners."""
    rows = [(step, *STEP_ICONS[step.state]) for step in items]
    return {"rows": rows}


@register.inclusion_tag("components/_facts.html")
def facts(items: Sequence[Fact]) -> dict[str, Any]:
    """Facts beside each other under a figure."""
    return {"facts": items}


@register.inclusion_tag("components/_kv.html")
def kv(items: Sequence[Fact]) -> dict[str, Any]:
    """Pairs under each other, label left."""
    return {"facts": items}


@register.inclusion_tag("components/_timeline.html")
def timeline(events: Iterable[Event], today: date | None = None) -> dict[str, Any]:
    """Newest first with day headings; the caller has sorted."""
    today = today or timezone.localdate()
    days = [
        (words.day_heading(on, today=today), list(group))
        for on, group in groupby(events, key=lambda event: event.on)
    ]
    return {"days": days}


@register.inclusion_tag("components/_paging.html")
def paging(page: Page, target: str = "") -> dict[str, Any]:
    """Previous and next of a keyset page; nothing when there is one page."""
    return {"page": page, "target": target}


@register.inclusion_tag("components/_printed_by.html", takes_context=True)
def printed_by(context: Context, hides: str = "") -> dict[str, Any]:
    """The line only paper shows: who printed, when, that it is logged, what is left out."""
    shell = context.get("shell")
    return {
        "person": shell.person if shell else "",
        "at": words.moment(timezone.now(), today=date.min),
        "hides": hides,
    }


@register.inclusion_tag("components/_result.html", takes_context=True)
def result_oob(context: Context) -> dict[str, Any]:
    """The result line again, in an answer to htmx: what the act did."""
    return {"messages": context.get("messages", ()), "oob": True}


# --- blocks


def _rendered(content: str) -> SafeString:
    """A block tag's content, trimmed: the template engine has escaped it already."""
    return SafeString(content.strip())


ALERT_ICONS = {"": "info", "now": "warning", "over": "error", "done": "check"}


@register.simple_block_tag
def alert(content: str, tone: str = "", role: str = "") -> SafeString:
    """Something about the whole page; write the first words bold: `<b>Intet er tabt.</b> …`."""
    return format_html(
        '<div class="alert{}{}"{}>{}<p>{}</p></div>',
        " alert-" if tone else "",
        tone,
        format_html(' role="{}"', role) if role else "",
        icon(ALERT_ICONS[tone]),
        _rendered(content),
    )


@register.simple_tag
def alert_for(message: Message) -> SafeString:
    """One message of django.contrib.messages as an alert."""
    tone = {
        message_levels.SUCCESS: "done",
        message_levels.WARNING: "now",
        message_levels.ERROR: "over",
    }.get(message.level, "")
    return format_html(
        '<div class="alert{}{}">{}<p><b>{}</b></p></div>',
        " alert-" if tone else "",
        tone,
        icon(ALERT_ICONS[tone]),
        message.message,
    )


@register.simple_block_tag
def quote(content: str, by: str = "", on: date | None = None, writer: str = "") -> SafeString:
    """The citizen's own words with date and writer."""
    said = words.day(on, today=timezone.localdate(), weekday=False) if on else ""
    parts = []
    if said:
        parts.append(_("Said %(day)s") % {"day": said})
    if by:
        parts.append(by)
    if writer:
        parts.append(_("written by %(name)s") % {"name": writer})
    source = ", ".join(parts)
    return format_html(
        '<p class="quote">»{}«</p>{}',
        _rendered(content),
        format_html('<p class="small muted">{}</p>', source) if source else "",
    )


@register.simple_block_tag
def more(content: str, label: str = "") -> SafeString:
    """The "…" button: snooze, hand over, rare acts. Content stands in the opened box."""
    return format_html(
        '<details class="more no-print"><summary aria-label="{}">{}</summary>'
        '<div class="pop">{}</div></details>',
        label or _("More: postpone or hand over"),
        icon("more-horiz"),
        _rendered(content),
    )


@register.simple_block_tag
def fold(content: str, summary: str) -> SafeString:
    """Rule and facts under a figure, or a chart's table; open on paper."""
    return format_html(
        '<details class="fold"><summary>{}</summary>{}</details>',
        summary,
        _rendered(content),
    )


@register.simple_block_tag
def empty(content: str, title: str, link: str = "", link_text: str = "") -> SafeString:
    """Nothing here: why (title), what comes next (content), one act."""
    act = (
        format_html('<a class="button button-primary" href="{}">{}</a>', link, link_text)
        if link
        else ""
    )
    return format_html(
        '<section class="panel empty"><h2>{}</h2><p class="muted">{}</p>{}</section>',
        title,
        _rendered(content),
        act,
    )


# --- filters: how things are written


def _today() -> date:
    return timezone.localdate()


@register.filter
def day(on: date | datetime | None) -> str:
    """ "tors. 19. nov." (year only when another); "–" for none."""
    local = _as_date(on)
    return words.day(local, today=_today()) if local else "–"


@register.filter
def day_short(on: date | datetime | None) -> str:
    """ "19. nov." """
    local = _as_date(on)
    return words.day(local, today=_today(), weekday=False) if local else "–"


@register.filter
def day_long(on: date | datetime | None) -> str:
    """ "torsdag 19. november" """
    local = _as_date(on)
    return words.day_long(local, today=_today()) if local else "–"


@register.filter
def day_typed(on: date | datetime | None) -> str:
    """ "19-11-2026" """
    local = _as_date(on)
    return words.day_as_typed(local) if local else ""


@register.filter
def relative(on: date | datetime | None) -> str:
    """ "I dag", "Om 2 dage", "3 dage over"."""
    local = _as_date(on)
    return words.relative(local, today=_today()) if local else "–"


@register.filter
def since(on: date | datetime | None) -> str:
    """ "i går", "34 dage siden"."""
    local = _as_date(on)
    return words.since(local, today=_today()) if local else "–"


@register.filter
def moment(at: datetime | None) -> str:
    """ "tors. 19. nov. kl. 12"; only the time when it is today."""
    return words.moment(at, today=_today()) if at else "–"


@register.filter
def clock(at: time | datetime | None) -> str:
    """ "kl. 12.30" """
    return words.clock(at) if at else "–"


@register.filter
def money(amount_dkk: Decimal | int | None) -> str:
    """ "4.870 kr."; "ukendt" for none, because zero is a number."""
    return _("unknown") if amount_dkk is None else words.money(amount_dkk)


@register.filter
def number(amount: Decimal | int | None) -> str:
    """ "11.039" """
    return "–" if amount is None else words.number(amount)


@register.filter
def age(born_on: date | None) -> str:
    """ "36 år"; "ukendt" for none."""
    if born_on is None:
        return _("unknown")
    return words.years(words.age(born_on, today=_today()))


@register.filter
def days(amount: int | None) -> str:
    """ "77 dage" """
    return "–" if amount is None else words.days(amount)


@register.filter
def nbsp(text: Any) -> SafeString:
    """The text with spaces that do not break."""
    return SafeString(conditional_escape(text).replace(" ", words.NBSP))


def _as_date(value: date | datetime | None) -> date | None:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value
