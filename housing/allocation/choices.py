"""What a municipality's choice changes here: when its open vacancies are answered and paid for."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db.models import Q
from django.utils.translation import ngettext
from simple_history.utils import bulk_update_with_history

from housing.allocation.jobs import refresh_vacancies_soon
from housing.supply.models import Vacancy, VacancyQuerySet
from housing.supply.rent import BY_RULE, settle
from housingfirst.lawbook.effects import Effect, register_effect
from housingfirst.lawbook.selectors import choices_of

BATCH: Final = 500
REASON: Final = "the municipality's rule"


def register() -> None:
    register_effect(
        Effect("vacancies", {"allocation", "calendar"}, _told, vacancies_of_municipality)
    )


def vacancies_of_municipality(municipality_id: int, today: date) -> None:
    """Set anew when open vacancies are answered and paid for, where nothing was agreed."""
    choices = choices_of(municipality_id)
    moved = []
    rows = _by_rule(municipality_id).select_related("dwelling").order_by("pk")
    for vacancy in rows.select_for_update(of=("self",)):
        before = vacancy.answer_by, vacancy.vacancy_rent_from
        settle(vacancy, choices)
        if before != (vacancy.answer_by, vacancy.vacancy_rent_from):
            moved.append(vacancy)
    if moved:
        bulk_update_with_history(
            moved,
            Vacancy,
            ["answer_by", "vacancy_rent_from"],
            batch_size=BATCH,
            default_change_reason=REASON,
        )
        refresh_vacancies_soon()


def _by_rule(municipality_id: int) -> VacancyQuerySet:
    """Open vacancies of which something follows from the municipality's rule."""
    not_agreed = Q(answer_agreed_by__isnull=True) | Q(rent_agreed_from__isnull=True)
    return Vacancy.objects.open().filter(
        not_agreed, municipality=municipality_id, dwelling__kind__in=BY_RULE
    )


def _told(municipality_id: int) -> str:
    n = _by_rule(municipality_id).count()
    text = ngettext(
        "The days of %(n)s open vacancy are set anew.",
        "The days of %(n)s open vacancies are set anew.",
        n,
    )
    return text % {"n": n}
