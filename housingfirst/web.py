"""Gunicorn's configuration, in production as on a newcomer's machine.

One sync worker per core: thread workers halved the throughput of pages in two measurements.
"""

from __future__ import annotations

import gc
import os
from pathlib import Path
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


def when_ready(server: Arbiter) -> None:
    """Before the first worker starts: load what the first requests would wait for."""
    warm_up()
    gc.collect()
    gc.freeze()  # or each worker looks through all of it again, 0.2 s in the middle of a request


def warm_up() -> None:
    """Import every view and compile every template. No connection is opened."""
    from django.template.loader import get_template
    from django.urls import get_resolver

    from housingfirst.settings.base import BASE_DIR

    get_resolver().url_patterns  # noqa: B018  (to look is to load)
    templates: Path = BASE_DIR / "templates"
    for path in templates.rglob("*.html"):
        get_template(str(path.relative_to(templates)))


def child_exit(server: Arbiter, worker: Worker) -> None:
    """Gunicorn calls this when a worker ended: its gauges no longer count."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]  # it has no types
