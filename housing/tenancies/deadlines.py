"""The deadline of a transitional dwelling: what follows is settled before its support ends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db.models import F, QuerySet, Value
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from housing.tenancies.models import Tenancy
from housingfirst.access.enums import Act, Permission
from housingfirst.deadlines.kinds import DeadlineKind, as_text, on_case, register_kind
from housingfirst.deadlines.models import Deadline
from housingfirst.lawbook.expressions import days_before
from housingfirst.ui import words

TRANSITIONAL: Final = "transitional_home"
WARNING_DAYS: Final = (365, 182, 90)
"""A year, half a year and 90 days before; it presses in the last PRESSING_DAYS."""
PRESSING_DAYS: Final = 30


def register() -> None:
    register_kind(
        DeadlineKind(
            key=TRANSITIONAL,
            title=_("Settle what follows the transitional dwelling"),
            why=_("The lease began on %(since)s. Its support may last through %(last)s."),
            cost=_("Without an ordinary lease or another home, the citizen may lose the home."),
            act=_("See the lease"),
            source="ABL § 63",
            is_statutory=True,
            loss=45,
            facts=_facts,
            case_lookup="case",
            url=_url,
            gate=on_case(Act.TENANCY_WRITE),
            warning_days=WARNING_DAYS,
            permission=Permission.HOUSING,
            text_params=_words,
        )
    )


def _facts(day: date) -> QuerySet[Any]:
    """Leases of transitional dwellings that run, and were not made ordinary ones."""
    rows: QuerySet[Any] = Tenancy.objects.transitional().filter(case__unit__isnull=False)
    last_on = days_before("support_ends_on", Value(1))
    due: QuerySet[Any] = rows.annotate(
        fact_object_key=as_text("reference"),
        fact_municipality_id=F("case__municipality_id"),
        fact_unit_id=F("case__unit_id"),
        fact_person_id=F("case__adviser_id"),
        fact_case_id=F("case_id"),
        fact_due_on=last_on,
        fact_now_from=days_before("support_ends_on", Value(PRESSING_DAYS)),
        fact_params=JSONObject(since=as_text("starts_on"), last=as_text(last_on)),
    )
    return due


def _words(params: Mapping[str, Any]) -> Mapping[str, Any]:
    today = timezone.localdate()
    return {
        name: words.day(date.fromisoformat(params[name]), today=today, weekday=False)
        for name in ("since", "last")
    }


def _url(deadline: Deadline) -> str:
    return reverse("housing:tenancy_detail", args=[deadline.object_key])
