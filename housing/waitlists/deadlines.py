"""The deadline of B10: a resident is on ordinary waiting lists from the first days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import DateField, DurationField, Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from housing.shelters.enums import Section
from housing.shelters.models import Stay
from housing.tenancies.models import Tenancy
from housing.waitlists.models import ListMembership
from housingfirst.access.enums import Act
from housingfirst.deadlines.kinds import DeadlineKind, as_text, on_case, register_kind
from housingfirst.deadlines.models import Deadline
from housingfirst.ui import words

SIGN_UP: Final = "waitlist_signup"
SIGN_UP_DAYS: Final = 7
"""Days from the admission: a local target, no rule asks for it."""


def register() -> None:
    register_kind(
        DeadlineKind(
            key=SIGN_UP,
            title=_("Sign up on ordinary waiting lists"),
            why=_("Admitted on %(day)s, and on no housing organisation's list."),
            cost=_("The place on a list counts from the day of signing up, here too."),
            act=_("Register the lists"),
            source=_("Local target: within a week of the admission"),
            is_statutory=False,
            loss=65,
            facts=_facts,
            case_lookup="case",
            url=_url,
            gate=on_case(Act.REFERRAL_WRITE),
            warning_days=(7, 2),
            text_params=_words,
        )
    )


def _facts(day: date) -> QuerySet[Any]:
    """The shelter's: residents on no list, who have neither a home nor said that they want none."""
    listed = ListMembership.objects.current().filter(case=OuterRef("case"))
    homes = Tenancy.objects.current().filter(case=OuterRef("case"))
    span = Value(timedelta(days=SIGN_UP_DAYS), output_field=DurationField())
    stays: QuerySet[Any] = Stay.objects.open().filter(shelter__section=Section.S110)
    due: QuerySet[Any] = stays.filter(~Exists(listed), ~Exists(homes)).annotate(
        fact_object_key=as_text("reference"),
        fact_municipality_id=F("shelter__unit__municipality"),
        fact_unit_id=F("shelter__unit"),
        fact_case_id=F("case"),
        fact_due_on=Cast(F("admitted_on") + span, DateField()),
        fact_params=JSONObject(day=as_text("admitted_on")),
    )
    return due


def _words(params: Mapping[str, Any]) -> Mapping[str, Any]:
    day = date.fromisoformat(params["day"])
    return {"day": words.day(day, today=timezone.localdate(), weekday=False)}


def _url(deadline: Deadline) -> str:
    assert deadline.case is not None  # the kind gives a case to each
    return reverse("housing:waitlists", args=[deadline.case.reference])
