"""What machines ask: is the process alive, may it get requests, how is it doing."""

from __future__ import annotations

import hmac
import logging
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from django_prometheus.exports import ExportToDjangoView
from redis.backoff import NoBackoff
from redis.retry import Retry

logger = logging.getLogger(__name__)

OK: Final = "ok"
DEGRADED: Final = "degraded"
FAILED: Final = "failed"
WORST_FIRST = (FAILED, DEGRADED, OK)

# Below this the disk is nearly full: letters and logs will soon not fit.
LEAST_FREE_BYTES = 500 * 1024 * 1024

_migrated = False  # once true it stays true for the life of the process


# Asked by a proxy or an orchestrator that has no user; tells nothing but words.
@login_not_required
@require_safe
@transaction.non_atomic_requests
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


# Asked by a proxy or an orchestrator that has no user; tells nothing but words.
@login_not_required
@require_safe
@transaction.non_atomic_requests
def readyz(request: HttpRequest) -> JsonResponse:
    """Whether requests may be sent here: 503 when the database is away or behind the code.

    Without the broker pages still work (what counts is in the database), so it only degrades.
    """
    checks: dict[str, Callable[[], str]] = {
        "database": _database,
        "migrations": _migrations,
        "broker": _broker,
        "disk": _disk,
    }
    parts = {name: check() for name, check in checks.items()}
    status = next(word for word in WORST_FIRST if word in parts.values())
    return JsonResponse({"status": status, **parts}, status=503 if status == FAILED else 200)


# Asked by Prometheus, which shows a token or comes from a known address.
@login_not_required
@require_safe
@transaction.non_atomic_requests
def metrics(request: HttpRequest) -> HttpResponse:
    """Counters for Prometheus; for others the page does not exist."""
    if not _may_see_metrics(request):
        raise Http404
    response: HttpResponse = ExportToDjangoView(request)
    return response


def _may_see_metrics(request: HttpRequest) -> bool:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    expected: str = settings.METRICS_TOKEN
    if expected and scheme.lower() == "bearer":
        return hmac.compare_digest(token.strip().encode(), expected.encode())
    return request.META.get("REMOTE_ADDR") in settings.METRICS_ADDRESSES


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        logger.exception("database_unreachable")
        return FAILED
    return OK


def _migrations() -> str:
    global _migrated
    try:
        if not _migrated:
            executor = MigrationExecutor(connection)
            _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error:
        logger.exception("migrations_unknown")
        return FAILED
    return OK if _migrated else FAILED


def _broker() -> str:
    client = redis.Redis.from_url(
        settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1, retry=Retry(NoBackoff(), 0)
    )
    try:
        client.ping()
    except (redis.RedisError, OSError):
        logger.warning("broker_unreachable")
        return DEGRADED
    finally:
        client.close()
    return OK


def _disk() -> str:
    place = Path(settings.MEDIA_ROOT)
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    return OK if free >= LEAST_FREE_BYTES else DEGRADED
