"""The deadline of a plan: to be followed up on the day it says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.plans.enums import SHORT_NAMES, PlanKind
from cases.plans.models import PlanRecord
from housingfirst.access.enums import Act
from housingfirst.deadlines.kinds import DeadlineKind, as_text, on_case, register_kind
from housingfirst.deadlines.models import Deadline
from housingfirst.ui import words

FOLLOW_UP: Final = "plan_follow_up"


def register() -> None:
    register_kind(
        DeadlineKind(
            key=FOLLOW_UP,
            title=_("Follow up: %(plan)s"),
            why=_("Made on %(day)s, with this day to follow up."),
            cost=_("A plan that nobody follows up helps nobody."),
            act=_("See the plan"),
            source=_("The day the plan itself says"),
            is_statutory=False,
            loss=75,
            facts=_facts,
            case_lookup="case",
            url=_url,
            gate=on_case(Act.PLAN_WRITE),
            warning_days=(14, 2),
            text_params=_words,
        )
    )


def _facts(day: date) -> QuerySet[Any]:
    """Plans with a day to follow up, until a newer one is registered.

    A newer plan of any kind takes an older one's place, and a newer assessment an older one's.
    """
    is_assessment = Q(kind=PlanKind.ASSESSMENT)
    newer = PlanRecord.objects.made().filter(case=OuterRef("case"), made_on__gt=OuterRef("made_on"))
    replaced = (is_assessment & Exists(newer.filter(is_assessment))) | (
        ~is_assessment & Exists(newer.plans())
    )
    open_ones = PlanRecord.objects.filter(
        ~replaced,
        follow_up_on__isnull=False,
        case__unit__isnull=False,
        case__closed_on__isnull=True,
    )
    return open_ones.annotate(
        fact_object_key=as_text("reference"),
        fact_municipality_id=F("case__municipality_id"),
        fact_unit_id=F("case__unit_id"),
        fact_person_id=F("case__adviser_id"),
        fact_case_id=F("case_id"),
        fact_due_on=F("follow_up_on"),
        fact_params=JSONObject(kind=F("kind"), day=as_text("made_on")),
    )


def _words(params: Mapping[str, Any]) -> Mapping[str, Any]:
    made_on = date.fromisoformat(params["day"])
    return {
        "plan": words.inside(SHORT_NAMES[PlanKind(params["kind"])]),
        "day": words.day(made_on, today=timezone.localdate(), weekday=False),
    }


def _url(deadline: Deadline) -> str:
    assert deadline.case is not None  # the kind gives a case to each
    return reverse("cases:plan_tab", args=[deadline.case.reference])
