"""What runs by itself."""

from __future__ import annotations

from datetime import date

import structlog
from celery import shared_task
from django.utils import timezone

from housing.shelters.clock import clocks_rebuild

logger = structlog.get_logger(__name__)


@shared_task
def rebuild_clocks(day: str | None = None) -> int:
    """Count every running reimbursement clock anew on `day` (ISO; today in Copenhagen).

    Nightly: limits fall, running years begin anew and prices change without anybody's act. Returns
    how many run. May run twice.
    """
    on = date.fromisoformat(day) if day else timezone.localdate()
    running = clocks_rebuild(on)
    logger.info("clocks_rebuilt", running=running)
    return running
