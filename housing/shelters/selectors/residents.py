"""The resident list: the shelter's beds, who is in them, how far each is on the way to a home.

One query for each kind of thing, however many beds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from django.db.models import F, FilteredRelation, Q, QuerySet

from cases.casework.models import Case
from cases.casework.path import PathState, path_of, with_path
from housing.shelters.clock import up_to_date
from housing.shelters.models import Bed, ReimbursementClock, Shelter, Stay
from housing.shelters.selectors.resident_rows import Away, Row, Task, natural
from housingfirst.access.models import User
from housingfirst.deadlines.kinds import kind_of
from housingfirst.deadlines.models import Deadline
from housingfirst.deadlines.rules import RANKS, severity_of


class Show(StrEnum):
    """Which rows are shown; the values stand in the address."""

    ALL = ""
    NEAR = "near"
    TASKS = "tasks"
    AWAY = "away"
    FREE = "free"


class Order(StrEnum):
    """How the rows are ordered; the values stand in the address."""

    BED = ""
    LEFT = "left"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class ResidentList:
    """What the page shows. The counts are of all rows, whichever are shown."""

    rows: Sequence[Row]
    counts: dict[Show, int]
    occupied: int
    beds: int
    free_beds: Sequence[Bed] = field(default_factory=tuple)

    @property
    def citizen_ids(self) -> list[int]:
        return [row.stay.citizen_id for row in self.rows if row.stay]


_SHOWN: Final[dict[Show, Callable[[Row], bool]]] = {
    Show.ALL: lambda row: True,
    Show.NEAR: lambda row: row.is_near,
    Show.TASKS: lambda row: bool(row.tasks),
    Show.AWAY: lambda row: row.absence is not None,
    Show.FREE: lambda row: row.is_free,
}


def residents_at(
    user: User, shelter: Shelter, *, now: datetime, today: date, show: Show, order: Order
) -> ResidentList:
    """Every bed in use and every resident of the shelter, as `user` may see them."""
    stays = list(
        away_on(today, Stay.objects.visible_to(user).open().filter(shelter=shelter)).select_related(
            "citizen", "case__municipality", "bed__room", "shelter__unit", "clock"
        )
    )
    by_bed = {stay.bed_id: stay for stay in stays if stay.bed_id}
    hidden = _hidden_beds(user, shelter, stays)
    clocks = {clock.stay_id: clock for clock in up_to_date(_clocks_of(stays), today)}
    paths = paths_of({stay.case_id for stay in stays})
    tasks = tasks_of(shelter, {stay.case_id for stay in stays}, now=now, today=today)

    def row(bed: Bed | None, stay: Stay | None) -> Row:
        if stay is None:
            return Row(bed, is_hidden=bed is not None and bed.pk in hidden)
        return Row(
            bed=bed,
            stay=stay,
            absence=_away(stay),
            clock=clocks.get(stay.pk),
            today=today,
            path=paths.get(stay.case_id),
            tasks=tasks.get(stay.case_id, ()),
        )

    beds = list(Bed.objects.filter(room__shelter=shelter).select_related("room"))
    rows = [row(bed, by_bed.get(bed.pk)) for bed in beds if bed.in_use or bed.pk in by_bed]
    rows += [row(None, stay) for stay in stays if not stay.bed_id]
    rows.sort(key=_key(order))
    free = [b for b in beds if b.in_use and b.pk not in by_bed and b.pk not in hidden]
    return ResidentList(
        rows=[r for r in rows if _SHOWN[show](r)],
        counts={one: sum(map(_SHOWN[one], rows)) for one in Show},
        occupied=sum(not r.is_free for r in rows),
        beds=sum(bed.in_use for bed in beds),
        free_beds=sorted(free, key=natural),
    )


def away_on(day: date, stays: QuerySet[Stay]) -> QuerySet[Stay]:
    """With the absence during the night of `day`: there is one at most."""
    is_on = Q(absences__starts_on__lte=day) & (
        Q(absences__ends_on__isnull=True) | Q(absences__ends_on__gt=day)
    )
    return stays.annotate(away=FilteredRelation("absences", condition=is_on)).annotate(
        away_from=F("away__starts_on"), away_to=F("away__ends_on")
    )


def _away(stay: Stay) -> Away | None:
    row = vars(stay)
    return Away(row["away_from"], row["away_to"]) if row["away_from"] else None


def _clocks_of(stays: Iterable[Stay]) -> Iterator[ReimbursementClock]:
    """The clocks that came with the stays."""
    for stay in stays:
        if hasattr(stay, "clock"):
            yield stay.clock


def free_beds_at(shelter: Shelter) -> list[Bed]:
    """The beds in use that nobody stays in, in their order."""
    taken = Stay.objects.open().filter(shelter=shelter, bed__isnull=False).values("bed")
    beds = Bed.objects.filter(room__shelter=shelter, in_use=True).exclude(pk__in=taken)
    return sorted(beds.select_related("room"), key=natural)


def _hidden_beds(user: User, shelter: Shelter, seen: Collection[Stay]) -> set[int | None]:
    """Beds of residents whom the user may never see: taken all the same."""
    if not user.blocked_citizen_ids:
        return set()
    stays = Stay.objects.open().filter(shelter=shelter, bed__isnull=False)
    taken = stays.exclude(pk__in=[stay.pk for stay in seen]).values_list("bed_id", flat=True)
    return set(taken)


def _key(order: Order) -> Callable[[Row], tuple[object, ...]]:
    """Free beds come last unless the order is that of the beds."""
    if order is Order.LEFT:
        return lambda row: (row.stay is None, row.left, -row.over)
    if order is Order.NAME:
        return lambda row: (row.stay is None, row.stay.citizen.name_order if row.stay else "")
    return lambda row: (row.bed is None, natural(row.bed) if row.bed else ())


def paths_of(case_ids: Collection[int]) -> dict[int, PathState]:
    """The way to a home of each of the cases, in one query."""
    rows = with_path(Case.objects.filter(pk__in=case_ids))
    return {row.pk: path_of(row) for row in rows}


def tasks_of(
    shelter: Shelter, case_ids: Collection[int], *, now: datetime, today: date
) -> dict[int, list[Task]]:
    """The open deadlines of the shelter's unit on these cases, what hurts most first."""
    found: dict[int, list[Task]] = defaultdict(list)
    deadlines = (
        Deadline.objects.open()
        .awake(today)
        .filter(unit=shelter.unit_id, case__in=case_ids)
        .select_related("case")
        .order_by("due_on", "pk")
    )
    for deadline in deadlines:
        kind = kind_of(deadline.kind)
        severity = severity_of(
            due_on=deadline.due_on,
            due_at=deadline.due_at,
            warn_from=deadline.warn_from,
            now_from=deadline.now_from,
            waits=False,
            day=today,
            now=now,
        )
        if deadline.case_id is not None:
            found[deadline.case_id].append(
                Task(
                    severity,
                    kind.written(kind.act, deadline.params),
                    deadline.due_on,
                    kind.url(deadline),
                )
            )
    for tasks in found.values():
        tasks.sort(key=lambda task: (RANKS[task.severity], task.due_on))
    return found
