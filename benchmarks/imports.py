"""How long a shelter's file of 10,000 stays takes, against inserting the same rows bare."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from time import perf_counter

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from housing.shelters.models import Shelter
from housingfirst.imports.enums import LineStatus
from housingfirst.imports.importers import importer_of
from housingfirst.imports.services import plan_of

ROWS = 10_000
STAYS_EACH = 4
WRITTEN = (
    "cases_citizen", "cases_case", "cases_casegrant", "cases_situationrecord", "housing_stay",
    "housing_notice", "housing_reimbursementclock", "events_event", "deadlines_deadline",
)  # fmt: skip
"""The tables that an import of stays adds rows to."""


@dataclass(frozen=True, slots=True)
class ImportFigure:
    """Seconds for the dry run, for applying it, for the same file again, and for the bare rows."""

    rows: int
    written: int
    dry_run: float
    apply: float
    again: float
    bare_sql: float

    @property
    def to_sql(self) -> float:
        return (self.dry_run + self.apply) / self.bare_sql


def measure_import(today: date) -> ImportFigure:
    """Import the file into the first shelter. Raises AssertionError if a line is not taken."""
    shelter = Shelter.objects.order_by("pk")[0]
    stays, content = importer_of("stays"), file_of(today)
    before = _newest()

    started = perf_counter()
    plan = plan_of(stays, shelter.unit, content, None)
    checked = perf_counter()
    refused = [line for line in plan if line.status is not LineStatus.NEW]
    assert not refused, refused[:3]
    with transaction.atomic():
        stays.apply(plan, shelter.unit, None, lambda _done: None)
    applied = perf_counter()

    again_from = perf_counter()
    again = plan_of(stays, shelter.unit, content, None)
    again_seconds = perf_counter() - again_from
    assert {line.status for line in again} == {LineStatus.SAME}

    written, bare = _bare(before)
    return ImportFigure(
        rows=len(plan),
        written=written,
        dry_run=checked - started,
        apply=applied - checked,
        again=again_seconds,
        bare_sql=bare,
    )


def file_of(today: date) -> bytes:
    """Four stays each of 2,500 invented citizens, over the last two and a half years."""
    lines = ["Løbenummer;CPR;Navn;Fødselsdato;Indskrevet;Udskrevet"]
    for number in range(ROWS):
        citizen, turn = divmod(number, STAYS_EACH)
        admitted = today - timedelta(days=900 - 200 * turn - citizen % 90)
        left = admitted + timedelta(days=40 + citizen % 50)
        cpr = f"3111{60 + citizen % 30:02d}-{citizen:04d}"  # 31 November: nobody's
        days = f"{admitted:%d-%m-%Y};{left:%d-%m-%Y}"
        lines.append(f"B-{number};{cpr};Prøve Import {citizen};;{days}")
    return "\n".join(lines).encode()


def _newest() -> dict[str, int]:
    with connection.cursor() as cursor:
        found = {}
        for table in WRITTEN:
            cursor.execute(f'SELECT coalesce(max(id), 0) FROM "{table}"')
            found[table] = cursor.fetchone()[0]
        return found


def _bare(before: dict[str, int]) -> tuple[int, float]:
    """The rows there are now and were not `before`, inserted anew beside their tables."""
    written, seconds = 0, 0.0
    with transaction.atomic(), connection.cursor() as cursor:
        for table, newest in before.items():
            cursor.execute(f'CREATE TEMP TABLE bare_{table} (LIKE "{table}" INCLUDING ALL)')
            columns = _columns(cursor, table)
            started = perf_counter()
            cursor.execute(
                f'INSERT INTO bare_{table} ({columns}) SELECT {columns} FROM "{table}" '
                "WHERE id > %s",
                [newest],
            )
            seconds += perf_counter() - started
            written += cursor.rowcount
        transaction.set_rollback(True)
    return written, seconds


def _columns(cursor: CursorWrapper, table: str) -> str:
    """Those that a row is written with; the others follow from them."""
    cursor.execute(
        "SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns "
        "WHERE table_name = %s AND is_generated = 'NEVER'",
        [table],
    )
    columns: str = cursor.fetchone()[0]
    return columns
