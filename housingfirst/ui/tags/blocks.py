"""Tags around content: alert, quote, more, fold, empty."""

from datetime import date

from django import template
from django.contrib.messages import constants as message_levels
from django.contrib.messages.storage.base import Message
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from housingfirst.ui import words
from housingfirst.ui.tags.marks import icon

register = template.Library()


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
