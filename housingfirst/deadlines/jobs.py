"""What runs by itself: the sweep, and the refresh after each event. They ask for today's day."""

from __future__ import annotations

from datetime import date

import structlog
from celery import shared_task
from celery.signals import worker_ready
from django.utils import timezone

from housingfirst.deadlines.services import refresh_cases, sweep
from housingfirst.events.models import Event

logger = structlog.get_logger(__name__)


@shared_task
def sweep_deadlines(day: str | None = None) -> int:
    """Bring all deadlines up to date on `day` (ISO; today in Copenhagen). How many changed.

    Beat runs it often and in UTC; the first run after midnight in Copenhagen sees the new day.
    """
    on = date.fromisoformat(day) if day else timezone.localdate()
    changed = sweep(on)
    logger.info("deadlines_swept", written=changed.written, closed=changed.closed)
    return changed.written + changed.closed


@worker_ready.connect
def sweep_at_start(**_signal: object) -> None:
    """After an interruption nobody waits a quarter of an hour for today's list."""
    sweep_deadlines.delay()


def refresh_after(event: Event) -> None:
    """Bring the deadlines of the event's case up to date, in the event's transaction."""
    if event.case_id is not None:
        refresh_cases([event.case_id], timezone.localdate())
