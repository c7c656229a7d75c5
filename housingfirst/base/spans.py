"""Spans of days: half-open, [start, end), with an end of None while they go on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db.models import CheckConstraint, F, Func, Q, Value

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def is_reversed(start: date | None, end: date | None) -> bool:
    """Whether a span ends before it starts; a span without both ends is not reversed.

    Asked by `clean()` before the constraints run: PostgreSQL refuses to build a reversed range.
    """
    return start is not None and end is not None and end < start


def span(start: Any, end: Any) -> Func:
    """The nights in [start, end) as a PostgreSQL range; an end that is NULL is open."""
    return Func(start, end, Value("[)"), function="daterange", output_field=DateRangeField())


def ends_after_start(
    name: str, *, start: str = "starts_on", end: str = "ends_on"
) -> CheckConstraint:
    """A span that may go on, and may be empty."""
    is_after = Q(**{f"{end}__gte": F(start)})
    return CheckConstraint(name=name, condition=Q(**{f"{end}__isnull": True}) | is_after)


def once_at_a_time(
    name: str,
    *same: str,
    start: Any = "starts_on",
    end: Any = "ends_on",
    says: str | _StrPromise | None = None,
) -> ExclusionConstraint:
    """No two rows with the same values in `same` share a night; `says` is what people read."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            *((F(column), RangeOperators.EQUAL) for column in same),
            (span(start, end), RangeOperators.OVERLAPS),
        ],
        violation_error_message=says,
    )
