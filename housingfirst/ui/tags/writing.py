"""Filters: how dates, times, amounts and ages are written. Functions: `housingfirst.ui.words`."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from housingfirst.ui import words

register = template.Library()


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
def oere(amount_dkk: Decimal | int | None) -> str:
    """ "13.404,50": to the øre and without a unit, in a table of kroner; "–" for none."""
    return "–" if amount_dkk is None else words.number(amount_dkk, decimals=2)


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
def inside(label: Any) -> str:
    """A choice's label within a sentence: "almindelig bostøtte", "CTI"."""
    return words.inside(str(label))


@register.filter
def of(found: Mapping[Any, Any], key: Any) -> Any:
    """What a mapping holds under a key, or None: `{% with remedy=remedies|of:row.reference %}`."""
    return found.get(key)


@register.filter
def nbsp(text: Any) -> SafeString:
    """The text with spaces that do not break."""
    return SafeString(conditional_escape(text).replace(" ", words.NBSP))


def _as_date(value: date | datetime | None) -> date | None:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value
