"""The deadline of the refund: the last day on which a stay is reimbursed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import DateField, DurationField, F, Func, QuerySet
from django.db.models.functions import Cast, Greatest, JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from housing.shelters.models import ReimbursementClock
from housingfirst.access.enums import Act
from housingfirst.deadlines.kinds import OVERDUE_FROM, DeadlineKind, as_text, on_case, register_kind
from housingfirst.deadlines.models import Deadline
from housingfirst.ui import words

REIMBURSEMENT_STEPS = (30, 14, 7, 0)
"""Days left at which the municipality is warned."""


def reimbursement_limits(day: date) -> QuerySet[ReimbursementClock]:
    """The responsible unit's: the last refundable day of one who stays on, read of the rollup."""
    return ReimbursementClock.objects.filter(
        stay__discharged_on__isnull=True, stay__case__unit__isnull=False
    ).annotate(
        fact_object_key=as_text("stay__reference"),
        fact_municipality_id=F("stay__case__municipality"),
        fact_unit_id=F("stay__case__unit"),
        fact_person_id=F("stay__case__adviser"),
        fact_case_id=F("stay__case"),
        fact_due_on=F("last_refundable_on"),
        fact_weekly_cost_dkk=F("weekly_after_dkk") - F("weekly_before_dkk"),
        fact_params=JSONObject(
            day=as_text("last_refundable_on"),
            limit=F("limit"),
            resets=as_text("year_resets_on"),
            before=as_text("weekly_before_dkk"),
            after=as_text("weekly_after_dkk"),
            **{OVERDUE_FROM: as_text(_over_from())},
        ),
    )


def _over_from() -> Any:
    """The day from which the clock's days over count (`ReimbursementClock.over_on`).

    For one who came back after the refund had run out, that is not the last refundable day: the
    days between the stays are nobody's.
    """
    runs_out = Greatest(F("counted_on"), F("last_refundable_on"))
    return Cast(runs_out - _days(F("over")), DateField())


def _days(number: F) -> Any:
    """Whole days as SQL adds them to a date."""
    return Func(
        number, template="make_interval(days => %(expressions)s)", output_field=DurationField()
    )


def _in_words(params: Mapping[str, Any]) -> Mapping[str, Any]:
    """Days and amounts as they are read; they are kept as ISO dates and plain digits."""
    today = timezone.localdate()
    last_on = date.fromisoformat(params["day"])
    resets_on = date.fromisoformat(params["resets"])
    day = words.day(last_on, today=today, weekday=False)
    text = (
        gettext("reimbursement stopped after %(day)s")
        if last_on < today
        else gettext("the last day with reimbursement is %(day)s")
    )
    return {
        **params,
        "until": text % {"day": day},
        "day": day,
        "resets": words.day(resets_on, today=today, weekday=False),
        "before": words.money_about(Decimal(params["before"])),
        "after": words.money_about(Decimal(params["after"])),
    }


def _calculation(deadline: Deadline) -> str:
    case = deadline.case
    return reverse("housing:reimbursement", args=[case.reference]) if case else ""


def register() -> None:
    register_kind(
        DeadlineKind(
            key="reimbursement_limit",
            title=_("Plan the way out: %(until)s"),
            why=_("New days open on %(resets)s: %(limit)s days of a running year are reimbursed."),
            cost=_("After that a week costs %(after)s instead of %(before)s."),
            act=_("See the calculation"),
            source=_("SEL § 177"),
            is_statutory=True,
            loss=20,
            facts=reimbursement_limits,
            case_lookup="stay__case",
            url=_calculation,
            gate=on_case(Act.REIMBURSEMENT_VIEW),
            warning_days=REIMBURSEMENT_STEPS,
            text_params=_in_words,
        )
    )
