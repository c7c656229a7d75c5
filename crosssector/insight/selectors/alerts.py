"""How useful each rule's alerts were: what became of those that closed, in the lead's units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import Count, Q

from crosssector.insight.selectors.scope import Scope, open_deadlines, units
from housingfirst.deadlines.enums import Outcome
from housingfirst.deadlines.kinds import DeadlineKind, all_kinds
from housingfirst.deadlines.models import AlertOutcome

WINDOW_DAYS: Final = 90
LEAST: Final = 10
"""Of fewer alerts than this no rule is judged."""
MOSTLY: Final = 0.5


@dataclass(frozen=True, slots=True)
class Usefulness:
    """The alerts of one kind that closed in the window; `open_now` and `late_now` are of today.

    `is_put_off` and `is_ignored` say what became of most of them.
    """

    kind: DeadlineKind
    acted: int
    snoozed: int
    ignored: int
    open_now: int
    late_now: int

    @property
    def closed(self) -> int:
        return self.acted + self.snoozed + self.ignored

    def share(self, number: int) -> int:
        """Whole percent of those that closed; 0 of none."""
        return round(100 * number / self.closed) if self.closed else 0

    @property
    def is_put_off(self) -> bool:
        return self.closed >= LEAST and self.snoozed > self.closed * MOSTLY

    @property
    def is_ignored(self) -> bool:
        return self.closed >= LEAST and self.ignored > self.closed * MOSTLY


def usefulness_of(scope: Scope) -> Sequence[Usefulness]:
    """A row for each kind that warned or warns, those to think about first. Two queries."""
    own = [scope.unit] if scope.unit else units(scope.user)
    since = scope.day - timedelta(days=WINDOW_DAYS)
    counted = {
        (kind, outcome): n
        for kind, outcome, n in AlertOutcome.objects.filter(unit__in=own, closed_on__gt=since)
        .values_list("kind", "outcome")
        .annotate(n=Count("pk"))
        .order_by()
    }
    open_rows = open_deadlines(scope).filter(unit__in=own, warn_from__lte=scope.day)
    late = Q(due_on__lt=scope.day) | Q(due_at__lte=scope.now)
    now = {
        kind: (n, overdue)
        for kind, n, overdue in open_rows.order_by()
        .values_list("kind")
        .annotate(n=Count("pk"), overdue=Count("pk", filter=late))
    }
    rows = [
        Usefulness(
            kind=kind,
            acted=counted.get((kind.key, Outcome.ACTED), 0),
            snoozed=counted.get((kind.key, Outcome.SNOOZED), 0),
            ignored=counted.get((kind.key, Outcome.IGNORED), 0),
            open_now=now.get(kind.key, (0, 0))[0],
            late_now=now.get(kind.key, (0, 0))[1],
        )
        for kind in all_kinds()
    ]
    return sorted(
        (row for row in rows if row.closed or row.open_now),
        key=lambda row: (
            not (row.is_put_off or row.is_ignored),
            -(row.snoozed + row.ignored),
            row.kind.key,
        ),
    )
