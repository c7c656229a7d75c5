"""What a municipality's choice changes here: by when applications are to be answered."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import ngettext

from crosssector.applications.models import Application
from crosssector.handoffs.models import Handoff
from housingfirst.deadlines.services import refresh_cases
from housingfirst.lawbook.effects import Effect, register_effect


def register() -> None:
    register_effect(Effect("applications", {"processing"}, _told, times_of_municipality))


def times_of_municipality(municipality_id: int, today: date) -> None:
    """Bring the deadlines of those who wait for an answer up to date."""
    cases = {*_open(municipality_id).values_list("case_id", flat=True)}
    cases |= {*_asked(municipality_id).values_list("case_id", flat=True)}
    refresh_cases(sorted(cases), today)


def _open(municipality_id: int) -> QuerySet[Application]:
    return Application.objects.open().filter(case__municipality=municipality_id)


def _asked(municipality_id: int) -> QuerySet[Handoff]:
    return Handoff.objects.open().filter(case__municipality=municipality_id)


def _told(municipality_id: int) -> str:
    n = _open(municipality_id).count() + _asked(municipality_id).count()
    if not n:
        return ""
    text = ngettext(
        "The time of %(n)s application is counted anew.",
        "The times of %(n)s applications are counted anew.",
        n,
    )
    return text % {"n": n}
