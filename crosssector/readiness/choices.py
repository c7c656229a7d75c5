"""What a municipality's choice changes here: the days of the plan backwards."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import ngettext

from crosssector.readiness.refund_ends import refund_ends_of_municipality, supported_cases
from crosssector.readiness.way_out import residents
from housing.shelters.models import Stay
from housingfirst.deadlines.services import refresh_cases
from housingfirst.lawbook.effects import Effect, register_effect


def register() -> None:
    register_effect(
        Effect("backward", {"backward", "plans", "calendar"}, _told, plans_of_municipality)
    )
    register_effect(
        Effect("refund_ends", {"support"}, _refund_ends_told, refund_ends_of_municipality)
    )


def plans_of_municipality(municipality_id: int, today: date) -> None:
    """Bring the deadlines of the municipality's residents up to date."""
    refresh_cases(sorted(_residents(municipality_id).values_list("case_id", flat=True)), today)


def _residents(municipality_id: int) -> QuerySet[Stay]:
    return residents().filter(case__municipality=municipality_id)


def _told(municipality_id: int) -> str:
    n = _residents(municipality_id).count()
    text = ngettext(
        "The plan backwards of %(n)s resident is counted anew.",
        "The plans backwards of %(n)s residents are counted anew.",
        n,
    )
    return text % {"n": n}


def _refund_ends_told(municipality_id: int) -> str:
    n = supported_cases(municipality_id).count()
    text = ngettext(
        "The reimbursed time of support in %(n)s case is counted anew.",
        "The reimbursed time of support in %(n)s cases is counted anew.",
        n,
    )
    return text % {"n": n}
