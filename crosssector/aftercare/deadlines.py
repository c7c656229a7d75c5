"""The deadlines of aftercare: it is decided soon after a discharge, and its end is planned.

They stand with the shelter, which gives it; the municipality's people read them on the case.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import (
    CharField,
    DateField,
    DurationField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast, JSONObject, Least
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crosssector.aftercare.enums import AftercareAnswer
from crosssector.aftercare.models import AftercarePlan
from housing.shelters.enums import DischargeTo, Section
from housing.shelters.models import Stay
from housingfirst.access.enums import Act
from housingfirst.deadlines.kinds import DeadlineKind, as_text, in_unit, register_kind
from housingfirst.deadlines.models import Deadline
from housingfirst.lawbook.expressions import chosen_number, days_before
from housingfirst.ui import words
from support.methods.enums import SupportSection
from support.methods.models import SupportDecision

UNDECIDED: Final = "aftercare_undecided"
ENDS: Final = "aftercare_ends"
MAX_MONTHS: Final = "aftercare.max_months"
UNDECIDED_DAYS: Final = 7
"""Days from the discharge: a local target, no rule asks for it."""
ASKED_DAYS: Final = 90
"""So long after a discharge the question is asked; then the contact is lost."""
NO_AFTERCARE: Final = (DischargeTo.DEAD, DischargeTo.OTHER_SHELTER)


def register() -> None:
    register_kind(
        DeadlineKind(
            key=UNDECIDED,
            title=_("Decide on aftercare"),
            why=_("Discharged %(day)s. What was said of help after the stay is not registered."),
            cost=_("Without it the citizen stands alone until the support begins."),
            act=_("Decide on aftercare"),
            source=_("SEL § 110, stk. 1; local target: within a week of the discharge"),
            is_statutory=False,
            loss=62,
            facts=_undecided,
            case_lookup="case",
            url=_url,
            gate=in_unit(Act.STAY_REGISTER),
            warning_days=(7, 2),
            text_params=_words,
        )
    )
    register_kind(
        DeadlineKind(
            key=ENDS,
            title=_("Agree on what follows the aftercare"),
            why=_("%(who)s gives it through %(day)s."),
            cost=_("Without an agreement the contact just stops."),
            act=_("See the aftercare"),
            source=_("SEL § 110, stk. 1, and the municipality's own limit"),
            is_statutory=False,
            loss=66,
            facts=_ending,
            case_lookup="stay__case",
            url=_url,
            gate=in_unit(Act.STAY_REGISTER),
            warning_days=(30, 7),
            text_params=_words,
        )
    )


def _undecided(day: date) -> QuerySet[Any]:
    """Discharges of the last ASKED_DAYS that no support followed, and nobody came back from.

    Of open cases: a closed one takes nothing new.
    """
    stays: QuerySet[Any] = Stay.objects.filter(
        discharged_on__lte=day,
        discharged_on__gte=day - timedelta(days=ASKED_DAYS),
        shelter__section=Section.S110,
        aftercare__isnull=True,
        case__closed_on__isnull=True,
    ).exclude(discharge_to__in=NO_AFTERCARE)
    supported = SupportDecision.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=day),
        case=OuterRef("case"),
        section__in=[SupportSection.S85, SupportSection.S85A],
        starts_on__lte=day,
    )
    back = Stay.objects.filter(
        citizen=OuterRef("citizen"), admitted_on__gte=OuterRef("discharged_on")
    ).exclude(pk=OuterRef("pk"))
    months = chosen_number(MAX_MONTHS, municipality="case__municipality")
    span = Value(timedelta(days=UNDECIDED_DAYS), output_field=DurationField())
    due: QuerySet[Any] = (
        stays.filter(~Exists(supported), ~Exists(back))
        .alias(months=months)
        .filter(months__gt=0)
        .annotate(
            fact_object_key=as_text("reference"),
            fact_municipality_id=F("shelter__unit__municipality"),
            fact_unit_id=F("shelter__unit"),
            fact_case_id=F("case"),
            fact_due_on=Cast(F("discharged_on") + span, DateField()),
            fact_params=JSONObject(
                stay=as_text("reference"), day=as_text("discharged_on"), who=_text("")
            ),
        )
    )
    return due


def _ending(day: date) -> QuerySet[Any]:
    """Aftercare that runs, through its own last day or the municipality's, whichever is first."""
    plans: QuerySet[Any] = AftercarePlan.objects.filter(
        answer=AftercareAnswer.ACCEPTED, ended_on__isnull=True, stay__discharged_on__isnull=False
    )
    back = Stay.objects.filter(
        citizen=OuterRef("stay__citizen"), admitted_on__gte=OuterRef("stay__discharged_on")
    ).exclude(pk=OuterRef("stay"))
    limit = Func(
        F("stay__discharged_on"),
        chosen_number(MAX_MONTHS, municipality="stay__case__municipality"),
        template="(%(expressions)s))::date",
        arg_joiner=" + make_interval(months => ",
        output_field=DateField(),
    )
    last_on = days_before(Least(F("ends_on"), limit), Value(1))
    due: QuerySet[Any] = plans.filter(~Exists(back)).annotate(
        fact_object_key=as_text("reference"),
        fact_municipality_id=F("stay__shelter__unit__municipality"),
        fact_unit_id=F("stay__shelter__unit"),
        fact_case_id=F("stay__case"),
        fact_due_on=last_on,
        fact_params=JSONObject(
            stay=as_text("stay__reference"), day=as_text(last_on), who=F("given_by")
        ),
    )
    return due


def _text(text: str) -> Value:
    return Value(text, output_field=CharField())


def _words(params: Mapping[str, Any]) -> Mapping[str, Any]:
    day = date.fromisoformat(params["day"])
    return {
        "day": words.day(day, today=timezone.localdate(), weekday=False),
        "who": params["who"],
    }


def _url(deadline: Deadline) -> str:
    return reverse("crosssector:aftercare", args=[deadline.params["stay"]])
