"""Pages of long lists that neither skip nor repeat a row when the list changes underneath.

A list is ordered by one text key in SQL, digits of fixed width; a page begins after a key or ends
before one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import CharField, F, Func, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat, LPad
from django.http import HttpRequest
from django.utils.http import urlencode

from housingfirst.ui.forms import clean_line
from housingfirst.ui.parts import Page

FAR_AWAY: Final = date(9999, 12, 31)
KEY_LENGTH: Final = 60
ID_DIGITS: Final = 12


@dataclass(frozen=True, slots=True)
class Found:
    """The rows of a page; the keys are empty where there is no neighbour."""

    rows: Sequence[Any]
    previous: str = ""
    next: str = ""


def digits(expression: Any, width: int) -> LPad:
    return LPad(Cast(expression, CharField()), width, Value("0"))


def day_digits(expression: Any) -> Func:
    return Func(expression, Value("YYYYMMDD"), function="to_char", output_field=CharField())


def by_day(field: str) -> Concat:
    """The key of a list ordered by a day, the unknown ones last."""
    day = Coalesce(F(field), Value(FAR_AWAY))
    return Concat(day_digits(day), digits(F("pk"), ID_DIGITS), output_field=CharField())


def by_moment(field: str) -> Concat:
    """The key of a list ordered by an instant that is never unknown."""
    at = Func(F(field), Value("YYYYMMDDHH24MISS"), function="to_char", output_field=CharField())
    return Concat(at, digits(F("pk"), ID_DIGITS), output_field=CharField())


def find(rows: QuerySet[Any], key: str, *, after: str, before: str, size: int) -> Found:
    """A page of `rows`, ordered by their text `key`: an annotation, or a key of `values()`."""
    if before:
        found = list(rows.filter(**{f"{key}__lt": before}).order_by(f"-{key}")[: size + 1])[::-1]
        has_previous, has_next = len(found) > size, True
        found = found[-size:]
    else:
        rows = rows.filter(**{f"{key}__gt": after}) if after else rows
        found = list(rows.order_by(key)[: size + 1])
        has_previous, has_next = bool(after), len(found) > size
        found = found[:size]
    if not found:
        return Found(rows=())
    return Found(
        rows=found,
        previous=_of(found[0], key) if has_previous else "",
        next=_of(found[-1], key) if has_next else "",
    )


def asked(request: HttpRequest) -> dict[str, str]:
    """`after` and `before` of the address, as `find` takes them."""
    return {
        name: clean_line(request.GET.get(name, ""))[:KEY_LENGTH] for name in ("after", "before")
    }


def paging(request: HttpRequest, previous: str, next_: str) -> Page:
    """The addresses of the neighbours, with the filters of this one."""

    def at(**key: str) -> str:
        kept = {k: str(v) for k, v in request.GET.items() if k not in ("after", "before")}
        return f"?{urlencode(kept | key)}"

    return Page(
        previous_url=at(before=previous) if previous else "",
        next_url=at(after=next_) if next_ else "",
    )


def _of(row: Any, key: str) -> str:
    return str(row[key] if isinstance(row, dict) else getattr(row, key))
