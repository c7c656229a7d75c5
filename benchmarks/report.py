"""The table that is committed."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from django.db import connection

from benchmarks.compute import ComputeFigure
from benchmarks.imports import ImportFigure
from benchmarks.measure import Figure

COUNTED = (
    "cases_citizen", "cases_case", "cases_casegrant", "housing_stay", "housing_reimbursementclock",
    "housing_housingreferral", "housing_offer", "support_visit", "events_event",
    "deadlines_deadline",
)  # fmt: skip


def table_sizes() -> dict[str, int]:
    """Rows of the larger tables."""
    sizes = {}
    with connection.cursor() as cursor:
        for table in COUNTED:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            sizes[table] = cursor.fetchone()[0]
    return sizes


def write(
    path: Path,
    figures: Sequence[Figure],
    imported: ImportFigure,
    computed: ComputeFigure,
    *,
    scale: str,
    loading: float,
    sizes: dict[str, int],
    on: date,
    users: int,
) -> None:
    lines = [
        "# Measured",
        "",
        f"{on:%d-%m-%Y}, scale `{scale}`, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}, embedded PostgreSQL, two gunicorn workers, all on one "
        "machine that also runs the load.",
        "",
        f"Loading the data, with clocks and deadlines: {loading:.0f} s. Rows: "
        + ", ".join(f"{table.split('_', 1)[1]} {count:,}" for table, count in sizes.items())
        + ".",
        "",
        f"`p50` and `p95` are with {users} users who each open the page again about a second after "
        f"they got it; `full` is with {users} users who never pause, so that the cores never rest. "
        "`alone` is the median of one user. "
        "`SQL` is the page's own SELECTs run bare, every row fetched; `trivial` a page of the same "
        "size that does nothing. The two ratios are of `alone` to these floors of the same run. "
        "Milliseconds.",
        "",
        "| page | kB | queries | p50 | p95 | full p50 | full p95 | alone | SQL | x SQL "
        "| trivial | x trivial |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {f.name} | {f.size / 1000:.0f} | {f.queries} | {f.p50:.0f} | {f.p95:.0f} | "
        f"{f.full_p50:.0f} | {f.full_p95:.0f} | "
        f"{f.alone:.1f} | {f.bare_sql:.1f} | {f.to_sql:.1f} | {f.trivial:.1f} | "
        f"{f.to_trivial:.1f} |"
        for f in figures
    ]
    lines += [
        "",
        f"A shelter's file of {imported.rows:,} stays: dry run {imported.dry_run:.1f} s, applied "
        f"in {imported.apply:.1f} s, the dry run of the same file again {imported.again:.1f} s. It "
        f"writes {imported.written:,} rows and their history; inserting the same rows bare takes "
        f"{imported.bare_sql:.2f} s, a ratio of {imported.to_sql:.0f}.",
        "",
        f"`compute_reimbursement` answers {computed.citizens:,} citizens with {computed.stays:,} "
        f"stays in {computed.seconds:.1f} s, its start included; a script that only copies the "
        f"lines takes {computed.floor:.2f} s, a ratio of {computed.to_floor:.0f}.",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
