"""What is late: deadlines by the unit that has them, handoffs by the partner that was asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Count, F, Min, Q

from crosssector.insight.selectors.scope import Scope, handoffs, open_deadlines, open_handoffs
from crosssector.keyset import Found, by_moment, find
from crosssector.worklist.rows import is_late
from housingfirst.access.models import Unit
from housingfirst.deadlines.kinds import all_kinds

ROWS_PER_PAGE: Final = 50
MONTH: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class LateAt:
    """A unit's late deadlines, how many of them the law sets, and when the oldest was due."""

    unit_reference: str
    unit_name: str
    late: int
    statutory: int
    oldest_on: date


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner's open handoffs and what it kept in the last 30 days."""

    reference: str
    name: str
    open: int
    late: int
    first_due: datetime | None
    answered: int
    kept: int


def late_by_unit(scope: Scope) -> list[LateAt]:
    """The units with the most late deadlines first; one query."""
    by_law = [kind.key for kind in all_kinds() if kind.is_statutory]
    rows = (
        open_deadlines(scope)
        .filter(is_late(scope.day, scope.now))
        .values("unit__reference", "unit__name")
        .annotate(
            late=Count("pk"),
            statutory=Count("pk", filter=Q(kind__in=by_law)),
            oldest_on=Min("due_on"),
        )
        .order_by("-late", "unit__name")
    )
    return [
        LateAt(
            unit_reference=str(row["unit__reference"]),
            unit_name=row["unit__name"],
            late=row["late"],
            statutory=row["statutory"],
            oldest_on=row["oldest_on"],
        )
        for row in rows
    ]


def partners_of(scope: Scope) -> list[Partner]:
    """Partners with something open or answered lately, the latest first; one query."""
    is_open = Q(status__in=["asked", "question"])
    recent = Q(answered_at__gte=scope.now - MONTH, answered_at__lte=scope.now)
    rows = (
        handoffs(scope)
        .filter(is_open | recent)
        .values("to_unit__reference", "to_unit__name")
        .annotate(
            open_=Count("pk", filter=is_open),
            late=Count("pk", filter=is_open & Q(due_at__lte=scope.now)),
            first_due=Min("due_at", filter=is_open),
            answered=Count("pk", filter=recent & ~is_open),
            kept=Count("pk", filter=recent & ~is_open & Q(answered_at__lte=F("due_at"))),
        )
        .order_by("-late", "-open_", "to_unit__name")
    )
    return [
        Partner(
            reference=str(row["to_unit__reference"]),
            name=row["to_unit__name"],
            open=row["open_"],
            late=row["late"],
            first_due=row["first_due"],
            answered=row["answered"],
            kept=row["kept"],
        )
        for row in rows
    ]


def page_of_handoffs(
    scope: Scope, partner: Unit | None, *, only_late: bool, after: str, before: str
) -> Found:
    """Open handoffs, of one partner if named; the first due first."""
    rows: Any = open_handoffs(scope).select_related("case__citizen", "to_unit")
    if partner is not None:
        rows = rows.filter(to_unit=partner)
    if only_late:
        rows = rows.filter(due_at__lte=scope.now)
    rows = rows.annotate(order_key=by_moment("due_at"))
    return find(rows, "order_key", after=after, before=before, size=ROWS_PER_PAGE)
