"""What runs by itself: the phases of CTI are written down on the day they begin."""

from __future__ import annotations

from datetime import date

from celery import shared_task
from django.utils import timezone

from support.enrolments.services import phases_announce


@shared_task
def announce_phases(day: str | None = None) -> int:
    """Write the phases that have begun by `day` (ISO; today in Copenhagen). How many."""
    today = date.fromisoformat(day) if day else timezone.localdate()
    return phases_announce(today=today, now=timezone.now())
