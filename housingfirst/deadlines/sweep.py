"""The statement that makes the table of deadlines equal to the facts. No row is loaded."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

from housingfirst.deadlines.kinds import FACT_COLUMNS, REQUIRED_COLUMNS, DeadlineKind

LOCK = 0x0DEAD_11E5
"""The advisory lock between a sweep (alone) and the refreshes of single cases (together).

A sweep that ran beside a refresh could write facts that the refresh's transaction has just
changed: its snapshot is older.
"""

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


@dataclass(frozen=True, slots=True)
class Changed:
    """How many deadlines were written (new, changed or come back) and how many closed."""

    written: int = 0
    closed: int = 0

    def __add__(self, other: Changed) -> Changed:
        return Changed(self.written + other.written, self.closed + other.closed)


def lock_for_sweep() -> bool:
    """Keep refreshes and other sweeps out until the transaction ends; False when one is at work."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        row = cursor.fetchone()
    return bool(row and row[0])


def lock_for_refresh(case_ids: Collection[int]) -> None:
    """Wait for a running sweep, and for others who refresh the same cases, to end.

    Its own statement: the next one then sees what they have written.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock_shared(%s), (SELECT count(*) FROM ("
            " SELECT id FROM deadlines_deadline WHERE case_id = ANY(%s) AND closed_at IS NULL"
            " ORDER BY id FOR UPDATE) held)",
            [LOCK, list(case_ids)],
        )


def write(
    kinds: Collection[DeadlineKind],
    day: date,
    *,
    now: datetime,
    case_ids: Collection[int] | None = None,
) -> Changed:
    """Make the deadlines of `kinds` equal to their facts on `day`; only those of `case_ids`, if so.

    Rows that are right already are not touched. What people wrote stays, except that an
    acknowledgement ends when the deadline comes earlier, and that a deadline which was closed and
    comes back is new.
    """
    if not kinds:
        return Changed()
    facts, params = _facts(kinds, day, case_ids)
    sql = f"""
        WITH facts AS MATERIALIZED ({facts}),
        stale AS MATERIALIZED (
            SELECT facts.* FROM facts
            LEFT JOIN deadlines_deadline d
              ON d.kind = facts.kind AND d.object_key = facts.object_key
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
            RETURNING 1
        )
        SELECT (SELECT count(*) FROM written), (SELECT count(*) FROM closed)
    """
    params += [now, now, [kind.key for kind in kinds]]
    if case_ids is not None:
        params.append(list(case_ids))
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        written, closed = cursor.fetchone() or (0, 0)
    return Changed(written=written, closed=closed)


def _facts(
    kinds: Iterable[DeadlineKind], day: date, case_ids: Collection[int] | None
) -> tuple[str, list[Any]]:
    """One SELECT of all that is due, with a row per kind and object.

    An object that a kind gives twice is due when the earlier of the two is.
    """
    parts: list[str] = []
    params: list[Any] = []
    for kind in kinds:
        part = _facts_of(kind, day, case_ids)
        if part is not None:
            parts.append(part[0])
            params += part[1]
    if not parts:
        nothing = ", ".join(f"NULL::{SQL_TYPES[name]} AS {name}" for name in FACT_COLUMNS)
        parts.append(f"SELECT NULL::text AS kind, {nothing} WHERE false")
    union = " UNION ALL ".join(parts)
    return (
        f"SELECT DISTINCT ON (kind, object_key) * FROM ({union}) facts"
        " ORDER BY kind, object_key, due_on, due_at",
        params,
    )


def _facts_of(
    kind: DeadlineKind, day: date, case_ids: Collection[int] | None
) -> tuple[str, list[Any]] | None:
    """The kind's facts with our column names and types; None when it is known to have none."""
    rows = kind.facts(day)
    if case_ids is not None:
        if not kind.case_lookup:
            return None
        rows = rows.filter(**{f"{kind.case_lookup}__in": list(case_ids)})
    given = [name for name in FACT_COLUMNS if f"fact_{name}" in rows.query.annotations]
    missing = set(REQUIRED_COLUMNS) - set(given)
    if missing:
        raise LookupError(f"{kind.key}: no fact_{', fact_'.join(sorted(missing))}")
    rows = rows.order_by().values(*(f"fact_{name}" for name in given))
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return None
    first, last = kind.ladder[0], min((step for step in kind.ladder if step), default=0)
    defaults = {
        "warn_from": f"fact_due_on::date - {int(first)}",
        "now_from": f"fact_due_on::date - {int(last)}",
        "params": "'{}'",
    }
    value = {
        name: f"fact_{name}" if name in given else defaults.get(name, "NULL")
        for name in FACT_COLUMNS
    }
    if "params" in given:
        value["params"] = "COALESCE(fact_params::jsonb, '{}')"
    due = "fact_due_on::date"
    now_from = f"LEAST(({value['now_from']})::date, {due})"
    value["now_from"] = now_from
    value["warn_from"] = f"LEAST(({value['warn_from']})::date, {now_from})"
    columns = ", ".join(f"({value[name]})::{SQL_TYPES[name]} AS {name}" for name in FACT_COLUMNS)
    return f"SELECT %s::text AS kind, {columns} FROM ({sql}) given", [kind.key, *params]


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
    given = [f"{name} = EXCLUDED.{name}" for name in WRITTEN]
    return ", ".join([*given, "closed_at = NULL", *cleared])
