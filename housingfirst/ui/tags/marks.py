"""Small marks and addresses: icon, badge, query."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.http import QueryDict
from django.template.context import Context
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from housingfirst.ui.parts import SEVERITY_ICONS

SPRITE = "vendor/dkfds/img/all-svg-icons.svg"

register = template.Library()


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
