"""The rows of a worklist in SQL: whose they are, how bad each is, what comes first, how many.

One statement answers it all, so that what the user may see is worked out once for a page.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q, Value
from django.db.models.functions import Coalesce

from crosssector.worklist.enums import Show
from housingfirst.access.models import Unit, User
from housingfirst.deadlines.kinds import WAITS_FOR, all_kinds
from housingfirst.deadlines.models import Deadline, is_held_by
from housingfirst.deadlines.rules import RANKS, Severity

NEAR_DAYS: Final = 14
"""What is due within so many days is on the list even before its first warning."""
OFFER_KINDS: Final = ("offer_answer",)
COST_CEILING: Final = 10**10
"""Above any weekly cost that the column can hold."""
HOLDERS_SHOWN: Final = 6

CONDITIONS: Final[Mapping[Show, str]] = {
    Show.ALL: "awake AND near",
    Show.DUE: "awake AND (late OR due_today)",
    Show.LATE: "late",
    Show.LAW: "awake AND near AND is_statutory",
    Show.OFFERS: "awake AND near AND is_offer",
    Show.WAITING: "awake AND waits",
    Show.NOBODY: "awake AND near AND person_id IS NULL",
    Show.SNOOZED: "NOT awake",
    Show.LATER: "awake AND NOT near",
}
"""What each filter shows of the columns of MARKED.

What is put off shows under that filter alone, except that late is late all the same.
"""

MARKED: Final = f"""
    SELECT seen.id, seen.held_by_id AS person_id, seen.due_on, seen.inside, seen.in_team,
           kind.is_statutory, kind.is_offer, mark.late, mark.waits, mark.holder,
           coalesce(seen.case_id, -seen.id) AS group_key,
           seen.due_on = now.day AS due_today,
           seen.snoozed_until IS NULL OR seen.snoozed_until <= now.day AS awake,
           seen.warn_from <= now.day OR seen.due_on <= now.near OR mark.waits AS near,
           seen.acknowledged_at IS NOT NULL
             AND (seen.acknowledged_until IS NULL OR seen.acknowledged_until > now.day) AS in_hand,
           CASE WHEN mark.late THEN {RANKS[Severity.OVER]}
                WHEN mark.waits THEN {RANKS[Severity.WAIT]}
                WHEN seen.now_from <= now.day THEN {RANKS[Severity.NOW]}
                WHEN seen.warn_from <= now.day THEN {RANKS[Severity.SOON]}
                ELSE {RANKS[Severity.OK]} END AS rank,
           lpad(kind.loss::text, 3, '0')
             || lpad(({COST_CEILING} - coalesce(seen.weekly_cost_dkk, 0))::bigint::text, 11, '0')
             || to_char(seen.due_on, 'YYYYMMDD') || lpad(seen.id::text, 12, '0') AS within
    FROM seen CROSS JOIN now
    JOIN unnest(%s::text[], %s::int[], %s::bool[], %s::bool[], %s::bool[])
      AS kind (key, loss, is_statutory, may_wait, is_offer) ON kind.key = seen.kind
    CROSS JOIN LATERAL (
      SELECT seen.due_on < now.day OR coalesce(seen.due_at <= now.at, false) AS late,
             kind.may_wait AND coalesce(seen.params ->> '{WAITS_FOR}', '?') <> '' AS waits,
             seen.params ->> '{WAITS_FOR}' AS holder) AS mark
"""
"""`rank` is `severity_of` in SQL. The order is `rank`, then `within`: what is lost (the kind's
`loss`), then the cost per week, then the day, and at last the row itself."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose worklist it is, at which moment: the user's own, or that of a unit."""

    user: User
    day: date
    now: datetime
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has the ball, in how many things; when the first is due, and the worst severity."""

    name: str
    things: int
    first_due: date
    worst_rank: int


@dataclass(frozen=True, slots=True)
class Board:
    """The answer: rows of a page as (group, id, waits), groups in order with their first key.

    `counts` holds every filter's number by its value, and beside them `groups` (citizens),
    `listed_late`, `listed_today`, `not_in_hand` (late or today, and nobody has it) and `team`.
    """

    counts: Mapping[str, int]
    holders: Sequence[Holder]
    rows: Sequence[tuple[int, int, bool]]
    keys: Sequence[tuple[str, int]]


def is_inside(scope: Scope) -> Q:
    return Q(unit=scope.unit) if scope.unit else is_held_by(scope.user)


def is_late(day: date, now: datetime) -> Q:
    """The due day has passed, or the due time of today has."""
    return Q(due_on__lt=day) | Q(due_at__lte=now)


def board(
    scope: Scope, show: Show, *, team: Unit | None, after: str, before: str, groups: int
) -> Board:
    """The rows of `show` in the scope: `groups` citizens after one key, or ended before another.

    One group more is fetched to know whether others follow. `team` is counted beside.
    """
    try:
        seen, params = _seen(scope, team)
    except EmptyResultSet:
        nothing = dict.fromkeys([name.strip('"') for name, _where in _COUNTED], 0)
        return Board(counts={**nothing, "groups": 0}, holders=(), rows=(), keys=())
    kinds = all_kinds()
    params += [
        scope.day,
        scope.now,
        scope.day + timedelta(days=NEAR_DAYS),
        [kind.key for kind in kinds],
        [kind.loss for kind in kinds],
        [kind.is_statutory for kind in kinds],
        [kind.waits_for_others for kind in kinds],
        [kind.key in OFFER_KINDS for kind in kinds],
    ]
    if before:
        having, order = "HAVING min(order_key) < %s", "DESC"
    else:
        having, order = "HAVING min(order_key) > %s", "ASC"
    params += [before or after, groups + 1, HOLDERS_SHOWN]
    counted = ", ".join(f"count(*) FILTER (WHERE {where}) AS {name}" for name, where in _COUNTED)
    sql = f"""
        WITH seen AS MATERIALIZED ({seen}),
        now AS (SELECT %s::date AS day, %s::timestamptz AS at, %s::date AS near),
        marked AS MATERIALIZED ({MARKED}),
        shown AS MATERIALIZED (
            SELECT id, waits, group_key, rank::text || within AS order_key FROM marked
            WHERE inside AND {CONDITIONS[show]}),
        groups AS (
            SELECT group_key, min(order_key) AS worst FROM shown GROUP BY group_key
            {having} ORDER BY worst {order} LIMIT %s),
        counts AS (
            SELECT {counted},
                count(DISTINCT group_key) FILTER (WHERE inside AND awake AND near) AS groups
            FROM marked),
        holders AS (
            SELECT jsonb_agg(held) AS holders FROM (
                SELECT holder, count(*) AS things, min(due_on) AS first_due, min(rank) AS worst
                FROM marked WHERE inside AND waits
                GROUP BY holder ORDER BY first_due, holder LIMIT %s) held)
        SELECT to_jsonb(counts), holders.holders, groups.worst, groups.group_key,
            shown.id, shown.waits
        FROM counts CROSS JOIN holders
        LEFT JOIN (groups JOIN shown USING (group_key)) ON true
        ORDER BY groups.worst, shown.order_key
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found = cursor.fetchall()
    return _board(found)


_COUNTED: Final = (
    *((f'"{show.value}"', f"inside AND {where}") for show, where in CONDITIONS.items()),
    ("listed_late", "inside AND awake AND near AND late"),
    ("listed_today", "inside AND awake AND near AND due_today AND NOT late"),
    ("not_in_hand", f"inside AND {CONDITIONS[Show.DUE]} AND NOT in_hand"),
    ("team", f"in_team AND {CONDITIONS[Show.ALL]}"),
)


def _seen(scope: Scope, team: Unit | None) -> tuple[str, list[Any]]:
    """The open rows in the scope, and of the team, that the user may see: the only door."""
    inside = is_inside(scope)
    in_team: Any = _claim(Q(unit=team)) if team else Value(False)
    rows = (
        Deadline.objects.open()
        .visible_to(scope.user)
        .filter(inside | Q(unit=team) if team else inside)
        .annotate(
            inside=_claim(inside), in_team=in_team, held_by_id=Coalesce("given_to_id", "person_id")
        )
        .values(
            "id",
            "kind",
            "case_id",
            "held_by_id",
            "due_on",
            "due_at",
            "warn_from",
            "now_from",
            "weekly_cost_dkk",
            "params",
            "snoozed_until",
            "acknowledged_at",
            "acknowledged_until",
            "inside",
            "in_team",
        )
    )
    sql, params = rows.query.sql_with_params()
    return sql, list(params)


def _claim(where: Q) -> ExpressionWrapper[Q]:
    return ExpressionWrapper(where, output_field=BooleanField())


def _board(found: Sequence[tuple[Any, ...]]) -> Board:
    counts, holders = found[0][0], found[0][1]
    counts = json.loads(counts) if isinstance(counts, str) else counts
    holders = json.loads(holders) if isinstance(holders, str) else holders
    rows = [(group, pk, waits) for _c, _h, _worst, group, pk, waits in found if pk is not None]
    keys = {group: worst for _c, _h, worst, group, _pk, _waits in found if group is not None}
    return Board(
        counts=counts,
        holders=[
            Holder(
                name=one["holder"] or "",
                things=one["things"],
                first_due=date.fromisoformat(one["first_due"]),
                worst_rank=one["worst"],
            )
            for one in holders or ()
        ],
        rows=rows,
        keys=[(worst, group) for group, worst in keys.items()],
    )
