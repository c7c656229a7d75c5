"""Deadlines of courses: the next change of a CTI course by the calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import (
    Case,
    CharField,
    DateField,
    DurationField,
    ExpressionWrapper,
    F,
    Model,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Concat, JSONObject
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from housingfirst.access.enums import Act
from housingfirst.deadlines.kinds import DeadlineKind, as_text, on_case, register_kind
from housingfirst.deadlines.models import Deadline
from housingfirst.law.cti import DEFAULT_CTI
from housingfirst.lawbook.expressions import chosen_number, days_before
from housingfirst.ui import words
from support.enrolments.enums import PhaseKind
from support.enrolments.models import Phase

CTI_PHASE: Final = "cti_phase"
REVIEW_DAYS: Final = DEFAULT_CTI.review_days
"""How long before a change the review of the phase is held (methods.md D6), unless chosen."""

ENDS: Final = "end"


def register() -> None:
    register_kind(
        DeadlineKind(
            key=CTI_PHASE,
            title=_("CTI: %(change)s"),
            why=_("%(phase)s lasts three months and changes by the calendar."),
            cost=_("Hold the review with the citizen before: what goes on, what is handed over?"),
            act=_("See the course"),
            source=_("CTI, the method's calendar"),
            is_statutory=False,
            loss=80,
            facts=_facts,
            case_lookup="enrolment__case",
            url=_url,
            gate=on_case(Act.CASE_VIEW),
            warning_days=(REVIEW_DAYS, 2),
            text_params=_words,
        )
    )


def _facts(day: date) -> QuerySet[Model]:
    """The running phase of each course: due is the first day of the next one, or the last of all.

    A change to the next phase takes care of itself on its day; the end waits for somebody to end
    the course.
    """
    one_day = Value(timedelta(days=1), output_field=DurationField())
    last_day = ExpressionWrapper(F("ends_on") - one_day, output_field=DateField())
    is_last = PhaseKind.HAND_OVER
    due_on = Case(When(kind=is_last, then=last_day), default=F("ends_on"), output_field=DateField())
    running = Phase.objects.filter(
        enrolment__ended_on__isnull=True,
        enrolment__case__unit__isnull=False,
        starts_on__lte=day,
        ends_on__isnull=False,
    ).exclude(kind=PhaseKind.CONTACT)
    return (running.filter(ends_on__gte=day) | running.filter(kind=is_last)).annotate(
        fact_object_key=Concat(
            as_text("enrolment__reference"), Value(":"), F("kind"),
            output_field=CharField(),
        ),
        fact_municipality_id=F("enrolment__case__municipality_id"),
        fact_unit_id=F("enrolment__case__unit_id"),
        fact_person_id=F("enrolment__worker_id"),
        fact_case_id=F("enrolment__case_id"),
        fact_due_on=due_on,
        fact_warn_from=days_before(
            due_on, chosen_number("cti.review_days", municipality="enrolment__case__municipality")
        ),
        fact_params=JSONObject(
            case=as_text("enrolment__case__reference"),
            phase=F("kind"),
        ),
    )  # fmt: skip


def _words(params: Mapping[str, Any]) -> Mapping[str, Any]:
    phase = PhaseKind(params["phase"])
    following = {
        PhaseKind.TRANSITION: PhaseKind.TRY_OUT,
        PhaseKind.TRY_OUT: PhaseKind.HAND_OVER,
    }.get(phase)
    change = words.inside(following.label) if following else _("last day of the course")
    return {"phase": words.inside(phase.label), "change": change}


def _url(deadline: Deadline) -> str:
    return reverse("support:support_tab", args=[deadline.params["case"]])
