"""The deadlines of a complaint: look at the decision again, and send on what stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crosssector.complaints.models import TO_FORWARD, TO_REASSESS, Complaint
from housingfirst.access.enums import Act
from housingfirst.deadlines.kinds import DeadlineKind, as_text, on_case, register_kind
from housingfirst.deadlines.models import Deadline
from housingfirst.law.complaints import COMPLAINT_TERMS
from housingfirst.lawbook.expressions import days_after
from housingfirst.ui import words

REASSESS: Final = "complaint_reassess"
FORWARD: Final = "complaint_forward"


def register() -> None:
    register_kind(
        DeadlineKind(
            key=REASSESS,
            title=_("Look at a decision again after a complaint"),
            why=_("%(title)s: the complaint came on %(day)s."),
            cost=_("The citizen waits for Ankestyrelsen all that longer, and the law is broken."),
            act=_("See the complaint"),
            source=_("RSL § 66"),
            is_statutory=True,
            loss=20,
            facts=_to_reassess,
            case_lookup="case",
            url=_url,
            gate=on_case(Act.SUPPORT_DECIDE),
            warning_days=(14, 4),
            text_params=_words,
        )
    )
    register_kind(
        DeadlineKind(
            key=FORWARD,
            title=_("Send the complaint on to Ankestyrelsen"),
            why=_("%(title)s: the decision stands, and the complaint came on %(day)s."),
            cost=_("Nobody else looks at the decision before it is sent."),
            act=_("See the complaint"),
            source=_("RSL § 66"),
            is_statutory=True,
            loss=20,
            facts=_to_forward,
            case_lookup="case",
            url=_url,
            gate=on_case(Act.SUPPORT_DECIDE),
            warning_days=(7, 2),
            text_params=_words,
        )
    )


def _facts(which: Q, day: date) -> QuerySet[Any]:
    weeks = COMPLAINT_TERMS.on(day).value.reconsider_weeks
    due: QuerySet[Any] = Complaint.objects.filter(which, case__unit__isnull=False).annotate(
        fact_object_key=as_text("reference"),
        fact_municipality_id=F("case__municipality_id"),
        fact_unit_id=F("case__unit_id"),
        fact_person_id=F("case__adviser_id"),
        fact_case_id=F("case_id"),
        fact_due_on=days_after(F("received_on"), Value(7 * weeks)),
        fact_params=JSONObject(
            complaint=as_text("reference"), title=F("title"), day=as_text("received_on")
        ),
    )
    return due


def _to_reassess(day: date) -> QuerySet[Any]:
    return _facts(TO_REASSESS, day)


def _to_forward(day: date) -> QuerySet[Any]:
    return _facts(TO_FORWARD, day)


def _words(params: Mapping[str, Any]) -> Mapping[str, Any]:
    day = date.fromisoformat(params["day"])
    return {
        "title": params["title"],
        "day": words.day(day, today=timezone.localdate(), weekday=False),
    }


def _url(deadline: Deadline) -> str:
    return reverse("crosssector:complaint", args=[deadline.params["complaint"]])
