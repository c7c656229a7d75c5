"""The statement that makes the table of deadlines equal to the facts. No row is loaded."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet
from psycopg2.extensions import AsIs

from housingfirst.deadlines.enums import Outcome
from housingfirst.deadlines.kinds import FACT_COLUMNS, REQUIRED_COLUMNS, DeadlineKind

SQL_TYPES = {
    "object_key": "text",
    "municipality_id": "bigint",
    "unit_id": "bigint",
    "person_id": "bigint",
    "case_id": "bigint",
    "due_on": "date",
    "due_at": "timestamptz",
    "warn_from": "date",
    "now_from": "date",
    "weekly_cost_dkk": "numeric(12, 2)",
    "params": "jsonb",
}
WRITTEN = (*FACT_COLUMNS[1:],)
"""The columns that follow the facts; `object_key` names the row."""


def statement(
    kinds: Collection[DeadlineKind],
    day: date,
    now: datetime | AsIs,
    case_ids: list[int] | AsIs | None,
) -> tuple[str, list[Any]]:
    """The whole write of these kinds; only of the cases in the array, if given."""
    facts, params = _facts(kinds, day, case_ids)
    sql = f"""
        WITH facts AS MATERIALIZED ({facts}),
        stale AS MATERIALIZED (
            SELECT facts.* FROM facts
            LEFT JOIN deadlines_deadline d
              ON d.kind = facts.kind AND d.object_key = facts.object_key AND d.kind = ANY(%s)
            WHERE d.id IS NULL OR d.closed_at IS NOT NULL
               OR ({_columns("d")}) IS DISTINCT FROM ({_columns("facts")})
        ),
        written AS (
            INSERT INTO deadlines_deadline AS d
                (reference, created_at, snooze_reason, kind, object_key, {_columns()})
            SELECT gen_random_uuid(), %s, '', kind, object_key, {_columns()}
            FROM stale ORDER BY kind, object_key
            ON CONFLICT (kind, object_key) DO UPDATE SET {_assignments()}
            RETURNING 1
        ),
        closed AS (
            UPDATE deadlines_deadline d SET closed_at = %s
            WHERE d.kind = ANY(%s) AND d.closed_at IS NULL
              {"" if case_ids is None else "AND d.case_id = ANY(%s)"}
              AND NOT EXISTS (
                SELECT 1 FROM facts
                WHERE facts.kind = d.kind AND facts.object_key = d.object_key)
            RETURNING d.kind, d.unit_id, d.warn_from, d.due_on, d.due_at, d.times_snoozed,
                d.times_acknowledged
        ),
        counted AS (
            INSERT INTO deadlines_alertoutcome (kind, unit_id, closed_on, outcome)
            SELECT kind, unit_id, today.day, CASE
                WHEN times_snoozed > 0 THEN '{Outcome.SNOOZED}'
                WHEN times_acknowledged > 0 THEN '{Outcome.ACTED}'
                WHEN due_on < today.day OR due_at < %s THEN '{Outcome.IGNORED}'
                ELSE '{Outcome.ACTED}' END
            FROM closed CROSS JOIN (SELECT %s::date AS day) today
            WHERE warn_from <= today.day
            RETURNING 1
        )
        SELECT (SELECT count(*) FROM written), (SELECT count(*) FROM closed)
    """
    keys = [kind.key for kind in kinds]
    params += [keys, now, now, keys]
    if case_ids is not None:
        params.append(case_ids)
    return sql, [*params, now, day]


def _facts(
    kinds: Iterable[DeadlineKind], day: date, case_ids: list[int] | AsIs | None
) -> tuple[str, list[Any]]:
    """One SELECT of all that is due, with a row per kind and object.

    An object that a kind gives twice is due when the earlier of the two is.
    """
    parts: list[str] = []
    params: list[Any] = []
    for kind in kinds:
        whole = case_ids is None
        part = _facts_of(kind.key, kind.facts, kind.ladder, bool(kind.case_lookup), day, whole)
        if part is None:
            continue
        sql, given = part
        params += given
        if case_ids is not None:
            sql += " WHERE given.fact_case_id = ANY(%s)"
            params.append(case_ids)
        parts.append(sql)
    if not parts:
        nothing = ", ".join(f"NULL::{SQL_TYPES[name]} AS {name}" for name in FACT_COLUMNS)
        parts.append(f"SELECT NULL::text AS kind, {nothing} WHERE false")
    union = " UNION ALL ".join(parts)
    return (
        f"SELECT DISTINCT ON (kind, object_key) * FROM ({union}) facts"
        " ORDER BY kind, object_key, due_on, due_at",
        params,
    )


@lru_cache(maxsize=1024)
def _facts_of(
    key: str,
    facts: Callable[[date], QuerySet[Any]],
    ladder: Sequence[int],
    has_case: bool,
    day: date,
    whole: bool,
) -> tuple[str, tuple[Any, ...]] | None:
    """A kind's facts with our column names and types; None when it is known to have none.

    Kept for the day: an act on a case asks for them at each of its events. Of a `whole` kind each
    expression is worked out once for a row; of one case's rows the index must be reached instead.
    """
    rows = facts(day)
    given = [name for name in FACT_COLUMNS if f"fact_{name}" in rows.query.annotations]
    missing = {*REQUIRED_COLUMNS, *(("case_id",) if has_case else ())} - set(given)
    if missing:
        raise LookupError(f"{key}: no fact_{', fact_'.join(sorted(missing))}")
    try:
        sql, params = (
            rows.order_by().values(*(f"fact_{name}" for name in given)).query.sql_with_params()
        )
    except EmptyResultSet:
        return None
    first, last = ladder[0], min((step for step in ladder if step), default=0)
    value = {
        "warn_from": f"fact_due_on::date - {int(first)}",
        "now_from": f"fact_due_on::date - {int(last)}",
    } | {name: f"fact_{name}" for name in given}
    value["params"] = "COALESCE(fact_params::jsonb, '{}')" if "params" in given else "'{}'"
    value["now_from"] = f"LEAST(({value['now_from']})::date, fact_due_on::date)"
    value["warn_from"] = f"LEAST(({value['warn_from']})::date, {value['now_from']})"
    columns = ", ".join(
        f"({value.get(name, 'NULL')})::{SQL_TYPES[name]} AS {name}" for name in FACT_COLUMNS
    )
    once = " OFFSET 0" if whole else ""
    return f"SELECT %s::text AS kind, {columns} FROM ({sql}{once}) given", (key, *params)


def _columns(table: str = "") -> str:
    return ", ".join(f"{table}.{name}" if table else name for name in WRITTEN)


def _assignments() -> str:
    """The facts as given, and the columns of people cleared where they no longer hold."""
    earlier = "EXCLUDED.due_on < d.due_on OR EXCLUDED.due_at < d.due_at"
    back = "d.closed_at IS NOT NULL"
    cleared = [
        f"{column} = CASE WHEN {back} OR {earlier} THEN NULL ELSE d.{column} END"
        for column in ("acknowledged_at", "acknowledged_by_id", "acknowledged_until")
    ]
    cleared += [
        f"{column} = CASE WHEN {back} THEN {empty} ELSE d.{column} END"
        for column, empty in (
            ("snoozed_until", "NULL"),
            ("snoozed_by_id", "NULL"),
            ("snooze_reason", "''"),
        )
    ]
    moved = "EXCLUDED.unit_id <> d.unit_id"
    cleared += [
        f"{column} = CASE WHEN {back} OR {moved} THEN {empty} ELSE d.{column} END"
        for column, empty in (
            ("given_to_id", "NULL"),
            ("given_by_id", "NULL"),
            ("given_at", "NULL"),
            ("given_reason", "''"),
        )
    ]
    cleared += [
        f"{column} = CASE WHEN {back} THEN 0 ELSE d.{column} END"
        for column in ("times_acknowledged", "times_snoozed")
    ]
    given = [f"{name} = EXCLUDED.{name}" for name in WRITTEN]
    return ", ".join([*given, "closed_at = NULL", *cleared])
