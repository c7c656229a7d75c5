"""The rows of a worklist in SQL: whose they are, how bad each is, and what comes first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    CharField,
    F,
    Func,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, Concat

from crosssector.keyset import ID_DIGITS, day_digits, digits
from crosssector.worklist.enums import Show
from housingfirst.access.enums import Act
from housingfirst.access.models import Unit, User
from housingfirst.deadlines.kinds import WAITS_FOR, all_kinds
from housingfirst.deadlines.models import Deadline, DeadlineQuerySet
from housingfirst.deadlines.rules import RANKS, Severity

NEAR_DAYS: Final = 14
"""What is due within so many days is on the list even before its first warning."""
OFFER_KINDS: Final = ("offer_answer",)
COST_CEILING: Final = 10**10
"""Above any weekly cost that the column can hold."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose worklist it is, at which moment: the user's own, or that of a unit."""

    user: User
    day: date
    now: datetime
    unit: Unit | None = None


def rows_of(scope: Scope, *, beside: Q | None = None) -> QuerySet[Any]:
    """What is open in the scope and visible to its user, with `waits`, `rank` and `order_key`.

    With `beside` also the rows of that condition. `order_key` sorts as text: severity, then what
    is lost (the kind's `loss`), then the cost per week, then the day, and at last the row itself.
    """
    rows = Deadline.objects.open().visible_to(scope.user)
    inside = Q(unit=scope.unit) if scope.unit else is_mine(scope.user)
    return marked(rows.filter(inside | beside if beside else inside), scope)


def marked(rows: DeadlineQuerySet, scope: Scope) -> QuerySet[Any]:
    """With `waits`, `rank` and `order_key`, of kinds that are registered."""
    rows = rows.filter(kind__in=[kind.key for kind in all_kinds()])
    return rows.annotate(waits=_waits(), rank=_rank(scope)).annotate(order_key=_order_key())


def is_mine(user: User) -> Q:
    """One's own, and what in one's units is nobody's yet."""
    return Q(person=user) | Q(person__isnull=True, unit__in=user.unit_ids_for(Act.WORKLIST))


def is_late(day: date, now: datetime) -> Q:
    """The due day has passed, or the due time of today has."""
    return Q(due_on__lt=day) | Q(due_at__lte=now)


def condition(show: Show, scope: Scope) -> Q:
    """Which rows of `rows_of` a filter shows.

    What is put off shows under that filter alone, except that late is late all the same.
    """
    day = scope.day
    awake = Q(snoozed_until__isnull=True) | Q(snoozed_until__lte=day)
    near = Q(warn_from__lte=day) | Q(due_on__lte=day + timedelta(days=NEAR_DAYS)) | Q(waits=True)
    late = is_late(day, scope.now)
    listed = awake & near
    conditions = {
        Show.ALL: listed,
        Show.DUE: awake & (late | Q(due_on=day)),
        Show.LATE: late,
        Show.LAW: listed & Q(kind__in=[kind.key for kind in all_kinds() if kind.is_statutory]),
        Show.OFFERS: listed & Q(kind__in=OFFER_KINDS),
        Show.WAITING: awake & Q(waits=True),
        Show.NOBODY: listed & Q(person__isnull=True),
        Show.SNOOZED: ~awake,
        Show.LATER: awake & ~near,
    }
    return conditions[show]


def group_key() -> Coalesce:
    """Rows of one citizen's case belong together; one without a case stands alone."""
    return Coalesce("case_id", -F("id"), output_field=BigIntegerField())


def _waits() -> Case:
    """Whether someone else has the ball."""
    kinds = [kind.key for kind in all_kinds() if kind.waits_for_others]
    holder = Coalesce(KeyTextTransform(WAITS_FOR, "params"), Value("?"))
    is_held = Func(
        holder,
        Value(""),
        template="(%(expressions)s)",
        arg_joiner=" <> ",
        output_field=BooleanField(),
    )
    return Case(
        When(kind__in=kinds, then=is_held), default=Value(False), output_field=BooleanField()
    )


def _rank(scope: Scope) -> Case:
    """`severity_of` in SQL, as its rank."""
    return Case(
        When(is_late(scope.day, scope.now), then=RANKS[Severity.OVER]),
        When(waits=True, then=RANKS[Severity.WAIT]),
        When(now_from__lte=scope.day, then=RANKS[Severity.NOW]),
        When(warn_from__lte=scope.day, then=RANKS[Severity.SOON]),
        default=RANKS[Severity.OK],
        output_field=IntegerField(),
    )


def _order_key() -> Concat:
    loss = Case(
        *(When(kind=kind.key, then=kind.loss) for kind in all_kinds()),
        default=999,
        output_field=IntegerField(),
    )
    cost = COST_CEILING - Coalesce(Cast("weekly_cost_dkk", BigIntegerField()), 0)
    return Concat(
        Cast("rank", CharField()),
        digits(loss, 3),
        digits(cost, 11),
        day_digits(F("due_on")),
        digits(F("id"), ID_DIGITS),
        output_field=CharField(),
    )
