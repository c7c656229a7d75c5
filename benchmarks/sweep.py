"""`python -m benchmarks.sweep --objects 1000000`: the sweep against the bare SQL of its facts.

Fills a throw-away database with so many active objects, each a stay, a notice or a phase of a
course that something is due for, and measures a sweep of all kinds: into an empty table, when
nothing has changed, and on a day when a tenth has. The floor is each kind's own facts, computed by
PostgreSQL and counted, with nothing written and nothing compared. Prints a table and a line for
RESULTS.md; writes no file.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from time import perf_counter

import django

from housingfirst.local.throwaway import Guarded

ROUNDS = 3
STAYS, NOTICES, COURSES = 0.5, 0.3, 0.2
"""Shares of the objects. A stay has several kinds of deadlines, a notice and a course's phase one
or two: an object is counted once."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sweep")
    parser.add_argument("--objects", type=int, default=50_000)
    objects = parser.parse_args().objects
    guarded = Guarded()
    try:
        cluster = guarded.servers.cluster
        cluster.start()
        os.environ["DATABASE_URL"] = cluster.url
        os.environ["STATEMENT_TIMEOUT_SECONDS"] = "0"
        os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
        django.setup()
        run(objects)
    finally:
        guarded.close()


def run(objects: int) -> None:
    from django.core.management import call_command
    from django.utils import timezone

    from housingfirst.deadlines.services import sweep

    today = timezone.localdate()
    call_command("migrate", verbosity=0)
    call_command("demo_data", scale="small")
    started = perf_counter()
    fill(objects)
    print(f"filled {objects:,} objects in {perf_counter() - started:.0f} s", flush=True)
    _sql("TRUNCATE deadlines_deadline, deadlines_alertoutcome")
    bare = min(_timed(lambda: bare_facts(today)) for _round in range(ROUNDS))
    first = _timed(lambda: sweep(today))
    _sql("VACUUM ANALYZE deadlines_deadline")
    due = _number("SELECT count(*) FROM deadlines_deadline WHERE closed_at IS NULL")
    again = min(_timed(lambda: sweep(today)) for _round in range(ROUNDS))
    _sql(
        "UPDATE housing_reimbursementclock SET last_refundable_on = last_refundable_on + 1"
        " WHERE id % 5 = 0"
    )
    changed = _timed(lambda: sweep(today + timedelta(days=1)))
    print(f"{due:,} deadlines of {objects:,} objects; bare SQL {bare:.2f} s")
    for name, seconds in (("first", first), ("unchanged", again), ("a tenth changed", changed)):
        print(f"{name}: {seconds:.2f} s, x {seconds / bare:.2f}")
    print(
        f"A sweep of {objects:,} active objects with {due:,} deadlines: {again:.1f} s when nothing"
        f" has changed, {changed:.1f} s when a tenth has, {first:.1f} s into an empty table; the"
        f" bare SQL of the same dates {bare:.1f} s, ratios {again / bare:.1f},"
        f" {changed / bare:.1f} and {first / bare:.1f}."
    )


def bare_facts(day: date) -> None:
    """Compute every kind's dates, texts' facts and keys, and count them."""
    from django.core.exceptions import EmptyResultSet
    from django.db import connection

    from housingfirst.deadlines.kinds import all_kinds

    for kind in all_kinds():
        rows = kind.facts(day)
        given = [name for name in rows.query.annotations if name.startswith("fact_")]
        try:
            sql, params = rows.order_by().values(*given).query.sql_with_params()
        except EmptyResultSet:
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(facts.*) FROM ({sql}) facts", params)


def fill(objects: int) -> None:
    """Clone an open stay with all that belongs to it, its notices, and a course with its phases."""
    stays = int(objects * STAYS)
    notices, courses = int(objects * NOTICES), int(objects * COURSES)
    stay = _number(
        "SELECT s.id FROM housing_stay s JOIN housing_reimbursementclock k ON k.stay_id = s.id"
        " JOIN cases_case c ON c.id = s.case_id"
        " WHERE s.discharged_on IS NULL AND c.unit_id IS NOT NULL ORDER BY s.id LIMIT 1"
    )
    case = _number(f"SELECT case_id FROM housing_stay WHERE id = {stay}")
    citizen = _number(f"SELECT citizen_id FROM housing_stay WHERE id = {stay}")
    clock = _number(f"SELECT id FROM housing_reimbursementclock WHERE stay_id = {stay}")
    notice = _number("SELECT min(id) FROM housing_notice")
    course = _number("SELECT enrolment_id FROM support_phase WHERE kind = 'p1' LIMIT 1")
    base = 10_000_000
    people = max(stays, courses)
    mine = {"citizen_id": f"{base} + g", "case_id": f"{base} + g"}
    _clone("cases_citizen", citizen, people, {"cpr_index": "NULL", "cpr_sealed": "NULL"}, base)
    number = {"citizen_id": f"{base} + g", "number": "'B-' || g"}
    _clone("cases_case", case, people, number, base)
    since = "CURRENT_DATE - (g % 120)::int"
    free = {"bed_id": "NULL", "bed_from": "NULL", "form_key": "NULL", "admitted_on": since}
    _clone("housing_stay", stay, stays, {**mine, **free, "external_id": "''"}, base)
    limit = {"stay_id": f"{base} + g", "last_refundable_on": "CURRENT_DATE + (g % 120 - 30)::int"}
    _clone("housing_reimbursementclock", clock, stays, limit, base)
    unsent = {
        "stay_id": f"{base} + 1 + g % {stays}",
        "kind": "CASE WHEN g % 2 = 0 THEN 'admission' ELSE 'discharge' END",
        "sent_at": "NULL",
        "sent_by_id": "NULL",
        "acknowledged_at": "NULL",
        "acknowledged_by_id": "NULL",
        "answer": "''",
        "answer_due_on": "NULL",
        "due_on": "CURRENT_DATE + (g % 5)::int",
    }
    _clone("housing_notice", notice, notices, unsent, base)
    running = {"case_id": f"{base} + g", "ended_on": "NULL", "end_reason": "''"}
    _clone("support_enrolment", course, courses, running, base)
    for phase in _numbers(f"SELECT id FROM support_phase WHERE enrolment_id = {course}"):
        kind = phase * 1_000_000_000
        _clone("support_phase", phase, courses, {"enrolment_id": f"{base} + g"}, kind)
    _sql("VACUUM ANALYZE")


def _clone(table: str, row: int, times: int, changes: Mapping[str, str], base: int) -> None:
    """Copies of a row; `changes` gives columns as SQL in which `g` is the copy's number."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = %s AND is_generated = 'NEVER'",
            [table],
        )
        columns = [name for (name,) in cursor.fetchall()]
        own = {"id": f"{base} + g", "reference": "gen_random_uuid()", **changes}
        given = ", ".join(own.get(name, f't."{name}"') for name in columns)
        names = ", ".join(f'"{name}"' for name in columns)
        given = given.replace("%", "%%")  # the driver reads a single one as a place
        cursor.execute(
            f"INSERT INTO {table} ({names})"
            f" SELECT {given}"
            f" FROM {table} t, generate_series(1, %s) g WHERE t.id = %s",
            [times, row],
        )


def _timed(act: Callable[[], object]) -> float:
    started = perf_counter()
    act()
    return perf_counter() - started


def _sql(sql: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql)


def _number(sql: str) -> int:
    return _numbers(sql)[0]


def _numbers(sql: str) -> list[int]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [int(row[0]) for row in cursor.fetchall()]


if __name__ == "__main__":
    main()
