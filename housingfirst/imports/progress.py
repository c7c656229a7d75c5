"""Progress that others can see while one long transaction runs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from types import TracebackType

from django.db import connection

from housingfirst.imports.models import ImportRun


class VisibleProgress:
    """Writes the count over a connection of its own, so that it shows before the commit."""

    def __init__(self, run: ImportRun) -> None:
        self._run_id = run.pk
        self._thread = ThreadPoolExecutor(1)

    def __enter__(self) -> VisibleProgress:
        return self

    def __call__(self, done: int) -> None:
        self._thread.submit(self._write, done)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._thread.submit(connection.close)
        self._thread.shutdown(wait=True)

    def _write(self, done: int) -> None:
        ImportRun.objects.filter(pk=self._run_id).update(done=done)
