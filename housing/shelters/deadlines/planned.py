"""The deadline of a planned discharge: on its day it happens, or is planned anew."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db.models import F, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from housing.shelters.models import Stay
from housingfirst.access.enums import Act
from housingfirst.deadlines.kinds import DeadlineKind, as_text, in_unit, register_kind
from housingfirst.deadlines.models import Deadline
from housingfirst.ui import words

PLANNED: Final = "planned_discharge"


def register() -> None:
    register_kind(
        DeadlineKind(
            key=PLANNED,
            title=_("Register the discharge, or plan it anew"),
            why=_("The discharge was planned for %(day)s."),
            cost=_("Until then the bed is taken, and every night is counted and paid."),
            act=_("Open the stay"),
            source=_("The shelter's own plan"),
            is_statutory=False,
            loss=40,
            facts=planned_discharges,
            case_lookup="case",
            url=_url,
            gate=in_unit(Act.STAY_REGISTER),
            warning_days=(2, 0),
            text_params=_in_words,
        )
    )


def planned_discharges(day: date) -> QuerySet[Any]:
    stays: QuerySet[Any] = Stay.objects.open().filter(discharge_planned_on__isnull=False)
    due: QuerySet[Any] = stays.annotate(
        fact_object_key=as_text("reference"),
        fact_municipality_id=F("shelter__unit__municipality"),
        fact_unit_id=F("shelter__unit"),
        fact_case_id=F("case"),
        fact_due_on=F("discharge_planned_on"),
        fact_weekly_cost_dkk=(F("daily_rate_dkk") - F("resident_payment_dkk")) * 7,
        fact_params=JSONObject(day=as_text("discharge_planned_on")),
    )
    return due


def _in_words(params: Mapping[str, Any]) -> Mapping[str, Any]:
    day = date.fromisoformat(params["day"])
    return {"day": words.day(day, today=timezone.localdate(), weekday=False)}


def _url(deadline: Deadline) -> str:
    return reverse("housing:stay_detail", args=[deadline.object_key])
