"""Gunicorn's configuration, in production as on a newcomer's machine.

One sync worker per core: thread workers halved the throughput of pages in two measurements.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from prometheus_client import multiprocess

if TYPE_CHECKING:
    from gunicorn.arbiter import Arbiter
    from gunicorn.workers.base import Worker

wsgi_app = "housingfirst.wsgi"
workers = int(os.environ.get("WEB_CONCURRENCY") or os.cpu_count() or 1)
preload_app = True
timeout = 30
graceful_timeout = 10
# A worker is replaced now and then, so that no leak grows for weeks.
max_requests = 5000
max_requests_jitter = 500
control_socket_disable = True


def child_exit(server: Arbiter, worker: Worker) -> None:
    """Gunicorn calls this when a worker ended: its gauges no longer count."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]  # it has no types
