"""Parts of a page drawn from plain values (`housingfirst.ui.parts`)."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django import template
from django.template.context import Context
from django.utils import timezone
from django.utils.translation import gettext as _

from housingfirst.ui import words
from housingfirst.ui.parts import STEP_ICONS, Event, Fact, Filter, Page, Step, Tab, Who

register = template.Library()


@register.inclusion_tag("components/_who.html", takes_context=True)
def citizen_header(context: Context, who: Who) -> dict[str, Any]:
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
