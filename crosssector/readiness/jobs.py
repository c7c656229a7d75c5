"""What runs by itself."""

from __future__ import annotations

import structlog
from celery import shared_task

from crosssector.readiness.refund_ends import refund_ends_rebuild

logger = structlog.get_logger(__name__)


@shared_task
def rebuild_refund_ends() -> int:
    """Count anew when the state stops refunding support; in how many cases that moved.

    Nightly: what was written past the services, such as a first load, is counted too. May run
    twice.
    """
    moved = refund_ends_rebuild()
    logger.info("refund_ends_rebuilt", moved=moved)
    return moved
