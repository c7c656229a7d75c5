"""Making the table of deadlines equal to the facts: of whole kinds, or of single cases."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import Any, Final
from weakref import WeakKeyDictionary

from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg2.extensions import AsIs

from housingfirst.deadlines.kinds import DeadlineKind
from housingfirst.deadlines.statement import statement

LOCK = 0x0DEAD_11E5
"""The advisory lock between a sweep (alone) and the refreshes of single cases (together).

A sweep that ran beside a refresh could write facts that the refresh's transaction has just
changed: its snapshot is older.
"""

SWEEP_MEMORY = "128MB"
"""For one statement of one sweep at a time; a refresh of a case needs none of it."""

FEW_CASES: Final = 20
"""More than these are worth a plan of their own: an import brings thousands."""

PREPARED_AT_MOST: Final = 8
PLAN_ONCE: Final = "SET LOCAL plan_cache_mode = force_generic_plan"
_PREPARED: WeakKeyDictionary[Any, OrderedDict[tuple[Any, ...], str]] = WeakKeyDictionary()
"""By the driver's connection, which the database's own session ends with."""
_NUMBERS = count()


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


def give_room() -> None:
    """Memory for the sorts and joins of a whole kind, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL work_mem = '{SWEEP_MEMORY}'")


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
    acknowledgement ends when the deadline comes earlier, that what was given to a colleague goes
    back when another unit gets it, and that a deadline which was closed and comes back is new.
    What closes after it has warned is counted by what became of it.
    """
    if not kinds:
        return Changed()
    with connection.cursor() as cursor:
        if case_ids is not None and len(case_ids) <= FEW_CASES:
            name = _prepared(cursor, kinds, day)
            cursor.execute(f"{PLAN_ONCE}; EXECUTE {name} (%s, %s)", [list(case_ids), now])
        else:
            of = None if case_ids is None else list(case_ids)
            cursor.execute(*statement(kinds, day, now, of))
        written, closed = cursor.fetchone() or (0, 0)
    return Changed(written=written, closed=closed)


def _prepared(cursor: CursorWrapper, kinds: Collection[DeadlineKind], day: date) -> str:
    """The name of the statement for single cases, planned once for a connection and day.

    Planning all kinds takes far longer than looking one case up in them, and an act on a case asks
    at each of its events. A statement is forgotten with its connection, and of the days asked for
    on one the last few are kept.
    """
    known = _PREPARED.setdefault(connection.connection, OrderedDict())
    key = (day, *((kind.key, kind.facts, kind.ladder) for kind in kinds))
    if key in known:
        known.move_to_end(key)
        return known[key]
    name = f"deadlines_of_cases_{next(_NUMBERS)}"
    sql, params = statement(kinds, day, AsIs("$2"), AsIs("$1"))
    cursor.execute(f"PREPARE {name} (bigint[], timestamptz) AS {sql}", params)
    known[key] = name
    if len(known) > PREPARED_AT_MOST:
        _key, oldest = known.popitem(last=False)
        cursor.execute(f"DEALLOCATE {oldest}")
    return name
