"""What a municipality's choice changes here: when the reviews of CTI courses are announced."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import ngettext

from housingfirst.deadlines.services import refresh_cases
from housingfirst.lawbook.effects import Effect, register_effect
from support.enrolments.models import Enrolment
from support.methods.enums import Method


def register() -> None:
    register_effect(Effect("courses", {"cti"}, _told, courses_of_municipality))


def courses_of_municipality(municipality_id: int, today: date) -> None:
    """Bring the deadlines of the municipality's running CTI courses up to date."""
    refresh_cases(sorted(set(_running(municipality_id).values_list("case_id", flat=True))), today)


def _running(municipality_id: int) -> QuerySet[Enrolment]:
    return Enrolment.objects.active().filter(method=Method.CTI, case__municipality=municipality_id)


def _told(municipality_id: int) -> str:
    n = _running(municipality_id).count()
    text = ngettext(
        "The dates of %(n)s running CTI course are counted anew.",
        "The dates of %(n)s running CTI courses are counted anew.",
        n,
    )
    return text % {"n": n}
