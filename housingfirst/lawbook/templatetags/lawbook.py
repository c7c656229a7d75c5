"""How a row of a rule's table reads."""

from datetime import date, timedelta

from django import template
from django.utils.translation import gettext as _

from housingfirst.law.rulebook import Row, Table
from housingfirst.law.versions import Mark
from housingfirst.lawbook.book import mark_shown
from housingfirst.ui import words

register = template.Library()


@register.simple_tag
def holds(row: Row) -> str:
    """The days a version holds, both included: "1. okt. 2023 – 31. marts 2026"."""
    start = _day(row.valid_from) if row.valid_from else ""
    end = _day(row.valid_until - timedelta(days=1)) if row.valid_until else ""
    if start and end:
        return f"{start} – {end}"
    if start:
        return _("from %(day)s") % {"day": start}
    return _("through %(day)s") % {"day": end} if end else _("always")


@register.simple_tag
def mark_text(mark: Mark) -> str:
    return mark_shown(mark).text


@register.filter
def labelled(row: Row, table: Table) -> list[tuple[str, str]]:
    """The cells with the headings of their columns, which a phone shows beside them."""
    return list(zip(table.columns, row.cells, strict=True))


def _day(day: date) -> str:
    return words.day(day, today=date.min, weekday=False)
