"""Jobs of the beat: thin, and safe to run twice or late."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from housing.allocation import services


@shared_task
def offers_expire() -> int:
    """End the offers whose time has passed; returns how many."""
    return services.offers_expire(now=timezone.now())
