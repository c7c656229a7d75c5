"""What runs by itself: the daily mail. It asks for the time in Copenhagen."""

from __future__ import annotations

from datetime import datetime, time
from typing import Final

import structlog
from celery import shared_task
from django.utils import timezone

from crosssector.worklist.digest import digests_send
from housingfirst.law.days import is_working_day

FROM: Final = time(6, 30)
UNTIL: Final = time(12, 0)
"""Local time. A mail that could not be sent is tried again until noon; then it helps nobody."""

logger = structlog.get_logger(__name__)


@shared_task
def send_digests() -> int:
    """Send the morning's mails, on working days. Beat runs it in UTC, at half past several hours,
    so that one of them is half past six in summer and one in winter."""
    now = timezone.localtime()
    if not _is_time(now):
        return 0
    sent = digests_send(now.date(), now)
    logger.info("digests_sent", sent=sent)
    return sent


def _is_time(now: datetime) -> bool:
    return is_working_day(now.date()) and FROM <= now.time() < UNTIL
