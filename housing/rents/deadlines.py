"""The deadlines of a reduced rent: look at the economy 12 and 6 months before each rise (B9)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import F, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from housing.rents.models import RentReview
from housingfirst.access.enums import Act, Permission
from housingfirst.deadlines.kinds import DeadlineKind, as_text, on_case, register_kind
from housingfirst.deadlines.models import Deadline
from housingfirst.ui import words

RENT: Final = "rent_step"


def register() -> None:
    register_kind(
        DeadlineKind(
            key=RENT,
            title=_("Look at the economy: the rent rises on %(day)s"),
            why=_("It rises by %(rise)s to %(rent)s a month, as the reduction tapers off."),
            cost=_("A rent that cannot be paid loses the home."),
            act=_("See the rent"),
            source=_("The schedule of the temporary rent reduction"),
            is_statutory=False,
            loss=55,
            facts=_facts,
            case_lookup="reduction__tenancy__case",
            url=_url,
            gate=on_case(Act.TENANCY_WRITE),
            warning_days=(30, 7),
            permission=Permission.HOUSING,
            text_params=_words,
        )
    )


def _facts(day: date) -> QuerySet[Any]:
    """Looks not yet taken, of leases that run, at rises to come."""
    reviews: QuerySet[Any] = RentReview.objects.filter(
        done_on__isnull=True,
        step_on__gt=day,
        reduction__tenancy__ends_on__isnull=True,
        reduction__tenancy__case__unit__isnull=False,
    )
    due: QuerySet[Any] = reviews.annotate(
        fact_object_key=as_text("reference"),
        fact_municipality_id=F("reduction__tenancy__case__municipality_id"),
        fact_unit_id=F("reduction__tenancy__case__unit_id"),
        fact_person_id=F("reduction__tenancy__case__adviser_id"),
        fact_case_id=F("reduction__tenancy__case_id"),
        fact_due_on=F("due_on"),
        fact_params=JSONObject(
            lease=as_text("reduction__tenancy__reference"),
            day=as_text("step_on"),
            rise=as_text("rise_dkk"),
            rent=as_text("rent_dkk"),
        ),
    )
    return due


def _words(params: Mapping[str, Any]) -> Mapping[str, Any]:
    day = date.fromisoformat(params["day"])
    return {
        "day": words.day(day, today=timezone.localdate(), weekday=False),
        "rise": words.money(Decimal(params["rise"])),
        "rent": words.money(Decimal(params["rent"])),
    }


def _url(deadline: Deadline) -> str:
    return reverse("housing:rent", args=[deadline.params["lease"]])
