"""Jobs of the beat and of events: thin, and safe to run twice or late."""

from __future__ import annotations

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from housing.allocation import services, vacancy_deadlines
from housingfirst.events.models import Event


@shared_task
def offers_expire() -> int:
    """End the offers whose time has passed; returns how many."""
    return services.offers_expire(now=timezone.now())


@shared_task
def vacancies_refresh() -> int:
    """Bring the deadlines of vacancies up to date; returns how many changed."""
    return vacancy_deadlines.refresh_vacancies(timezone.localdate())


def refresh_after(_event: Event) -> None:
    """A vacancy or an offer of one has changed."""
    refresh_vacancies_soon()


def refresh_vacancies_soon() -> None:
    """When the transaction is through: these deadlines have no case whose events bring them up to
    date. Many at once are one run."""
    transaction.on_commit(_send, robust=True)


def _send() -> None:
    if vacancy_deadlines.is_first_of_burst():
        vacancies_refresh.apply_async(countdown=vacancy_deadlines.BURST_S)
