"""The deadline of X3: a wish for activity is answered while the citizen still has it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import DateField, DurationField, F, QuerySet, Value
from django.db.models.functions import Cast, JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from housingfirst.access.enums import Act
from housingfirst.deadlines.kinds import DeadlineKind, as_text, on_case, register_kind
from housingfirst.deadlines.models import Deadline
from housingfirst.ui import words
from support.activities.models import ActivityWish

WISH: Final = "activity_wish"
ANSWER_DAYS: Final = 5
"""Days from what was said: a local target, no rule asks for it."""


def register() -> None:
    register_kind(
        DeadlineKind(
            key=WISH,
            title=_("Answer the wish for activity"),
            why=_("The citizen said on %(day)s what they would like to do."),
            cost=_("A wish that lies is lost: the wish must be caught while it is there."),
            act=_("See the wish"),
            source=_("Local target: within five days"),
            is_statutory=False,
            loss=58,
            facts=_facts,
            case_lookup="case",
            url=_url,
            gate=on_case(Act.CASE_CHANGE),
            warning_days=(5, 2),
            text_params=_words,
        )
    )


def _facts(day: date) -> QuerySet[Any]:
    """Wishes without an answer. The citizen's words stay on the case."""
    wishes: QuerySet[Any] = ActivityWish.objects.unanswered().filter(
        case__unit__isnull=False, case__closed_on__isnull=True
    )
    span = Value(timedelta(days=ANSWER_DAYS), output_field=DurationField())
    due: QuerySet[Any] = wishes.annotate(
        fact_object_key=as_text("reference"),
        fact_municipality_id=F("case__municipality_id"),
        fact_unit_id=F("case__unit_id"),
        fact_person_id=F("case__adviser_id"),
        fact_case_id=F("case_id"),
        fact_due_on=Cast(F("said_on") + span, DateField()),
        fact_params=JSONObject(day=as_text("said_on")),
    )
    return due


def _words(params: Mapping[str, Any]) -> Mapping[str, Any]:
    day = date.fromisoformat(params["day"])
    return {"day": words.day(day, today=timezone.localdate(), weekday=False)}


def _url(deadline: Deadline) -> str:
    assert deadline.case is not None  # the kind gives a case to each
    return reverse("support:activities", args=[deadline.case.reference])
