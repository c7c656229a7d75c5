"""Several at once, with real transactions; the marker of the tests that use it says so."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection, transaction

from housingfirst.base.errors import DomainError

PATIENCE = 60
"""Seconds until a deadlock of the test itself is given up."""
WAITS_FOR_US = """
SELECT EXISTS (
    SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))
)
"""


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What each act came to, sorted: "done", or the code of its refusal."""
    start = Barrier(len(acts), timeout=PATIENCE)

    def run(act: Callable[[], object]) -> str:
        start.wait()
        return _came_to(act)

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def behind(first: Callable[[], object], second: Callable[[], object]) -> str:
    """What `second` came to, begun after `first` had acted and before it was saved.

    "done", or the code of its refusal. `first` is saved once `second` waits for it, or is over
    without having waited.
    """
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            coming = pool.submit(_came_to, second)
            while not coming.done() and not _is_waited_for():
                pass
        return coming.result(PATIENCE)


def _came_to(act: Callable[[], object]) -> str:
    try:
        act()
    except DomainError as refusal:
        return refusal.code
    finally:
        connection.close()
    return "done"


def _is_waited_for() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITS_FOR_US)
        return bool(cursor.fetchone()[0])
