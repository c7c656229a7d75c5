"""What the pages of the worklist show: groups of a citizen, counts, and what stands beside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final, NamedTuple

from django.db.models import Q
from django.utils import timezone

from cases.access import rights_on
from cases.casework.granted import granted
from cases.casework.listing import is_mine as case_is_mine
from cases.models import Case
from crosssector.worklist.enums import Show
from crosssector.worklist.rows import Board, Holder, Scope, board, is_late
from housing.models import Stay, Tenancy
from housingfirst.access.enums import Act
from housingfirst.access.models import Unit, User
from housingfirst.deadlines.kinds import all_kinds
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

    shown: Mapping[Show, int]
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


class Due(NamedTuple):
    """A deadline, and whether someone else has the ball."""

    deadline: Deadline
    waits: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The things due for one case, the worst first; `case` is None for a thing without one.

    `rights` is what the reader may do on the case.
    """

    deadlines: Sequence[Due]
    case: Case | None
    rights: frozenset[Act]
    whereabouts: Whereabouts


@dataclass(frozen=True, slots=True)
class WorklistPage:
    """`previous` and `next` are the keys that the neighbouring pages end before and begin after."""

    groups: Sequence[Group]
    counts: Counts
    holders: Sequence[Holder]
    previous: str = ""
    next: str = ""

    @property
    def citizen_ids(self) -> list[int]:
        return [group.case.citizen_id for group in self.groups if group.case]


def waiting_for(user: User, day: date, now: datetime) -> int:
    """`not_in_hand` of the user's own list, for other pages' menu; at most 99."""
    rows = (
        Deadline.objects.open()
        .visible_to(user)
        .awake(day)
        .held_by(user)
        .filter(is_late(day, now) | Q(due_on=day))
        .filter(kind__in=[kind.key for kind in all_kinds()])
        .exclude(_in_hand(day))
    )
    return rows.order_by()[:COUNT_CEILING].count()


def page_of(scope: Scope, show: Show, *, after: str = "", before: str = "") -> WorklistPage:
    """A page of groups, worst first, with all that is counted: one query for what is due, one for
    the deadlines with their citizens, two for where those live."""
    team = team_of(scope)
    found = board(scope, show, team=team, after=after, before=before, groups=GROUPS_PER_PAGE)
    keys = list(found.keys)
    has_more = len(keys) > GROUPS_PER_PAGE
    keys = keys[-GROUPS_PER_PAGE:] if before else keys[:GROUPS_PER_PAGE]
    has_previous, has_next = (has_more, True) if before else (bool(after), has_more)
    return WorklistPage(
        groups=_groups(scope, found.rows, [group for _key, group in keys]),
        counts=_counts(found, team),
        holders=found.holders,
        previous=keys[0][0] if keys and has_previous else "",
        next=keys[-1][0] if keys and has_next else "",
    )


def team_of(scope: Scope) -> Unit | None:
    """The unit whose list the user's own list offers as well."""
    units = scope.user.units_for(Act.WORKLIST)
    return units[0] if units and scope.unit is None else None


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


def _counts(found: Board, team: Unit | None) -> Counts:
    counts = found.counts
    return Counts(
        shown={show: counts[show.value] for show in Show},
        groups=counts["groups"],
        late=counts["listed_late"],
        today=counts["listed_today"],
        not_in_hand=counts["not_in_hand"],
        team=counts["team"] if team else None,
    )


def _groups(
    scope: Scope, rows: Sequence[tuple[int, int, bool]], keys: Sequence[int]
) -> list[Group]:
    """The groups of these keys in their order, with their citizens and where they live."""
    wanted = {pk: waits for group, pk, waits in rows if group in set(keys)}
    found = Deadline.objects.select_related(
        "unit", "person", "acknowledged_by", "snoozed_by", "given_to", "given_by"
    ).in_bulk(list(wanted))
    cases = _cases({deadline.case_id for deadline in found.values()}, scope.user)
    by_key: dict[int, list[Deadline]] = defaultdict(list)
    for group, pk, _waits in rows:
        if pk in found and group in set(keys):
            deadline = found[pk]
            if deadline.case_id is not None:
                deadline.case = cases[deadline.case_id]
            by_key[group].append(deadline)
    open_ids = [key for key, case in cases.items() if Act.CASE_VIEW in case.rights]
    stays = _latest(
        Stay.objects.visible_to(scope.user).open().select_related("shelter", "clock"), open_ids
    )
    tenancies = _latest(Tenancy.objects.visible_to(scope.user).current(), open_ids)
    return [
        Group(
            deadlines=[Due(deadline, wanted[deadline.pk]) for deadline in own],
            case=own[0].case,
            rights=own[0].case.rights if own[0].case else frozenset(),
            whereabouts=Whereabouts(stay=stays.get(key), tenancy=tenancies.get(key)),
        )
        for key in keys
        if (own := by_key.get(key))
    ]


def _cases(ids: Collection[int | None], user: User) -> dict[int, Case]:
    """The cases with their citizens, and what the user may do on each: one query for all."""
    cases = (
        Case.objects.filter(pk__in=[pk for pk in ids if pk is not None])
        .select_related("citizen")
        .annotate(granted_now=granted())
        .in_bulk()
    )
    for case in cases.values():
        case.granted = vars(case)["granted_now"]
        case.rights = rights_on(user, case)
    return cases


def _latest(rows: Any, case_ids: Sequence[int]) -> dict[int, Any]:
    """One row for each case."""
    return {row.case_id: row for row in rows.filter(case__in=case_ids).order_by("pk")}
