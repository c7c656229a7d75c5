"""The deadline of support: the last day on which the state refunds it (SEL § 176 a)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db.models import F, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crosssector.readiness.models import RefundEndReason
from housingfirst.access.enums import Act
from housingfirst.deadlines.kinds import DeadlineKind, as_text, on_case, register_kind
from housingfirst.deadlines.models import Deadline
from housingfirst.ui import words
from support.methods.enums import SupportSection
from support.methods.models import SupportDecision

REFUND_END: Final = "support_refund_end"


def register() -> None:
    register_kind(
        DeadlineKind(
            key=REFUND_END,
            title=_("Look at the support: the last day it is reimbursed is %(day)s"),
            why="%(why)s",
            cost="%(cost)s",
            act=_("See the calculation"),
            source=_("SEL § 176 a"),
            is_statutory=True,
            loss=22,
            facts=_facts,
            case_lookup="case",
            url=_url,
            gate=on_case(Act.REIMBURSEMENT_VIEW),
            warning_days=(90, 30, 14),
            text_params=_words,
        )
    )


def _facts(day: date) -> QuerySet[Any]:
    """Support that goes on after the last refunded day, which is yet to pass; read of the rollup.

    Once the day has passed nothing can be saved any more.
    """
    ends: QuerySet[Any] = SupportDecision.objects.filter(
        refund_end__last_on__gte=day, case__unit__isnull=False, case__closed_on__isnull=True
    )
    due: QuerySet[Any] = ends.annotate(
        fact_object_key=as_text("reference"),
        fact_municipality_id=F("case__municipality_id"),
        fact_unit_id=F("case__unit_id"),
        fact_person_id=F("case__adviser_id"),
        fact_case_id=F("case_id"),
        fact_due_on=F("refund_end__last_on"),
        fact_weekly_cost_dkk=F("refund_end__weekly_after_dkk") - F("refund_end__weekly_before_dkk"),
        fact_params=JSONObject(
            day=as_text("refund_end__last_on"),
            left=as_text("refund_end__left_on"),
            section=F("section"),
            reason=F("refund_end__reason"),
            before=as_text("refund_end__weekly_before_dkk"),
            after=as_text("refund_end__weekly_after_dkk"),
        ),
    )
    return due


def _words(params: Mapping[str, Any]) -> Mapping[str, Any]:
    today = timezone.localdate()
    days = {
        key: words.day(date.fromisoformat(params[key]), today=today, weekday=False)
        for key in ("day", "left")
    }
    is_place = params["section"] == SupportSection.S107
    return days | {
        "why": _why(params, is_place=is_place) % (days | {"years": _years(params)}),
        "cost": _cost(params["before"], params["after"]),
    }


def _why(params: Mapping[str, Any], *, is_place: bool) -> str:
    if params["reason"] == RefundEndReason.MONTHS:
        return gettext("The months of a § 107 place that the state reimburses are used that day.")
    if is_place:
        return gettext(
            "A § 107 place is reimbursed within %(years)s year of the first discharge, %(left)s."
        )
    return gettext("Support is reimbursed for %(years)s years from the first discharge, %(left)s.")


def _years(params: Mapping[str, Any]) -> int:
    """How long the law gives from the discharge: the days run to an anniversary, or its eve."""
    left_on, last_on = (date.fromisoformat(params[key]) for key in ("left", "day"))
    return round((last_on - left_on) / timedelta(days=365.25))


def _cost(before: str | None, after: str | None) -> str:
    if before is None or after is None:
        return gettext(
            "After that the municipality pays all of it. The decision does not say what it costs."
        )
    text = gettext("After that a week costs %(after)s instead of %(before)s.")
    return text % {
        "after": words.money_about(Decimal(after)),
        "before": words.money_about(Decimal(before)),
    }


def _url(deadline: Deadline) -> str:
    assert deadline.case is not None  # the facts give one
    return reverse("housing:reimbursement", args=[deadline.case.reference])
