"""What a municipality's choice changes here: when the rents of its leases rise."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import ngettext

from housing.rents.models import RentReduction
from housing.rents.services import reviews_write
from housingfirst.deadlines.services import refresh_cases
from housingfirst.lawbook.effects import Effect, register_effect
from housingfirst.lawbook.selectors import choices_of


def register() -> None:
    register_effect(Effect("rents", {"rent"}, _told, rents_of_municipality))


def rents_of_municipality(municipality_id: int, today: date) -> None:
    """Count the schedules of the leases that run anew."""
    reductions = list(_running(municipality_id).select_related("tenancy"))
    reviews_write(reductions, choices_of(municipality_id).rent)
    refresh_cases(sorted({row.tenancy.case_id for row in reductions}), today)


def _running(municipality_id: int) -> QuerySet[RentReduction]:
    return RentReduction.objects.filter(
        tenancy__case__municipality=municipality_id, tenancy__ends_on__isnull=True
    )


def _told(municipality_id: int) -> str:
    n = _running(municipality_id).count()
    text = ngettext(
        "The schedule of %(n)s reduced rent is counted anew.",
        "The schedules of %(n)s reduced rents are counted anew.",
        n,
    )
    return text % {"n": n}
