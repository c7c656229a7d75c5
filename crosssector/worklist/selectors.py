"""What the pages of the worklist show: groups of a citizen, counts, and what stands beside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone

from cases.casework.listing import is_mine as case_is_mine
from cases.models import Case
from crosssector.keyset import find
from crosssector.worklist.enums import Show
from crosssector.worklist.rows import Scope, condition, group_key, is_mine, rows_of
from housing.models import Stay, Tenancy
from housingfirst.access.enums import Act
from housingfirst.access.models import Unit, User
from housingfirst.deadlines.kinds import WAITS_FOR
from housingfirst.deadlines.models import Deadline
from housingfirst.events.models import Event

GROUPS_PER_PAGE: Final = 20
NEWS_LINES: Final = 6
COUNT_CEILING: Final = 99


@dataclass(frozen=True, slots=True)
class Counts:
    """How many things each filter shows, and of how many citizens; late and today of `all`.

    `not_in_hand` are those late or due today that nobody has acknowledged.
    """

    shown: dict[Show, int]
    groups: int
    late: int
    today: int
    not_in_hand: int
    team: int | None = None


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What is registered of where a citizen lives today, as far as the reader may know."""

    stay: Stay | None = None
    tenancy: Tenancy | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The things due for one case, the worst first; `case` is None for a thing without one."""

    deadlines: Sequence[Deadline]
    case: Case | None
    may_open: bool
    whereabouts: Whereabouts


@dataclass(frozen=True, slots=True)
class WorklistPage:
    """`previous` and `next` are the keys that the neighbouring pages end before and begin after."""

    groups: Sequence[Group]
    previous: str = ""
    next: str = ""

    @property
    def citizen_ids(self) -> list[int]:
        return [group.case.citizen_id for group in self.groups if group.case]


def counts_of(scope: Scope, *, team: Unit | None = None) -> Counts:
    """One query. `team` counts the list of that unit as well."""
    inside = Q(unit=scope.unit) if scope.unit else is_mine(scope.user)
    rows = rows_of(scope, beside=Q(unit=team) if team else None)
    shown = {show: inside & condition(show, scope) for show in Show}
    everything = condition(Show.ALL, scope)
    row = rows.aggregate(
        **{show.value: Count("pk", filter=where) for show, where in shown.items()},
        groups=Count(group_key(), filter=shown[Show.ALL], distinct=True),
        late_listed=Count("pk", filter=shown[Show.ALL] & condition(Show.LATE, scope)),
        today_listed=Count(
            "pk", filter=shown[Show.ALL] & Q(due_on=scope.day) & ~condition(Show.LATE, scope)
        ),
        not_in_hand=Count("pk", filter=shown[Show.DUE] & ~_in_hand(scope.day)),
        team=Count("pk", filter=everything & Q(unit=team) if team else Q(pk=None)),
    )
    return Counts(
        shown={show: row[show.value] for show in Show},
        groups=row["groups"],
        late=row["late_listed"],
        today=row["today_listed"],
        not_in_hand=row["not_in_hand"],
        team=row["team"] if team else None,
    )


def waiting_for(user: User, day: date, now: datetime) -> int:
    """`not_in_hand` of the user's own list, for other pages' menu; at most 99."""
    scope = Scope(user=user, day=day, now=now)
    rows = rows_of(scope).filter(condition(Show.DUE, scope)).exclude(_in_hand(day))
    return rows.order_by()[:COUNT_CEILING].count()


def page_of(scope: Scope, show: Show, *, after: str = "", before: str = "") -> WorklistPage:
    """A page of groups, worst first; three queries and those of the whereabouts."""
    rows = rows_of(scope).filter(condition(show, scope))
    groups = rows.annotate(group=group_key()).values("group").annotate(worst=Min("order_key"))
    found = find(groups, "worst", after=after, before=before, size=GROUPS_PER_PAGE)
    if not found.rows:
        return WorklistPage(groups=())
    return WorklistPage(
        groups=_groups(scope, rows, [row["group"] for row in found.rows]),
        previous=found.previous,
        next=found.next,
    )


def first_of(scope: Scope, show: Show) -> Deadline | None:
    """What comes first under another filter: told where this one has nothing."""
    rows = rows_of(scope).filter(condition(show, scope))
    return rows.select_related("case__citizen").order_by("due_on", "order_key").first()


def held_by_others(scope: Scope) -> list[dict[str, Any]]:
    """Who has the ball, in how many things, and when the first of them is due."""
    rows = rows_of(scope).filter(waits=True)
    return list(
        rows.annotate(holder=KeyTextTransform(WAITS_FOR, "params"))
        .values("holder")
        .annotate(things=Count("pk"), first_due=Min("due_on"), worst_rank=Min("rank"))
        .order_by("first_due", "holder")[:NEWS_LINES]
    )


def news_of(scope: Scope) -> list[Event]:
    """What others have done on the scope's cases since yesterday morning, newest first."""
    since = timezone.make_aware(datetime.combine(scope.day - timedelta(days=1), time()))
    cases = Case.objects.visible_to(scope.user)
    cases = (
        cases.filter(unit=scope.unit)
        if scope.unit
        else cases.filter(case_is_mine(scope.user, scope.day))
    )
    return list(
        Event.objects.filter(at__gte=since, at__lte=scope.now, case__in=cases)
        .exclude(actor=scope.user)
        .select_related("case__citizen", "actor")
        .order_by("-at", "-pk")[:NEWS_LINES]
    )


def is_readable(user: User, unit: Unit) -> bool:
    """Whether the list of a unit is the user's to read: their own, or one with things of theirs."""
    if unit.pk in user.unit_ids_for(Act.WORKLIST):
        return True
    return Deadline.objects.open().visible_to(user).filter(unit=unit).exists()


def _in_hand(day: date) -> Q:
    still = Q(acknowledged_until__isnull=True) | Q(acknowledged_until__gt=day)
    return Q(acknowledged_at__isnull=False) & still


def _groups(scope: Scope, rows: Any, keys: Sequence[int]) -> list[Group]:
    """The groups of these keys in their order, with their citizens and where they live."""
    wanted = Q(case__in=[key for key in keys if key > 0])
    wanted |= Q(case__isnull=True, pk__in=[-key for key in keys if key < 0])
    opens = Case.objects.visible_to(scope.user).filter(pk=OuterRef("case_id"))
    by_key: dict[int, list[Any]] = defaultdict(list)  # deadlines with `may_open`
    found = (
        rows.filter(wanted)
        .annotate(may_open=Exists(opens))
        .select_related("case__citizen", "unit", "person", "acknowledged_by", "snoozed_by")
        .order_by("order_key")
    )
    for deadline in found:
        by_key[deadline.case_id or -deadline.pk].append(deadline)
    open_ids = [key for key, own in by_key.items() if key > 0 and own[0].may_open]
    stays = _latest(
        Stay.objects.visible_to(scope.user).open().select_related("shelter", "clock"), open_ids
    )
    tenancies = _latest(Tenancy.objects.visible_to(scope.user).current(), open_ids)
    return [
        Group(
            deadlines=own,
            case=own[0].case,
            may_open=own[0].may_open,
            whereabouts=Whereabouts(stay=stays.get(key), tenancy=tenancies.get(key)),
        )
        for key in keys
        if (own := by_key.get(key))
    ]


def _latest(rows: Any, case_ids: Sequence[int]) -> dict[int, Any]:
    """One row for each case."""
    return {row.case_id: row for row in rows.filter(case__in=case_ids).order_by("pk")}
