"""Deadlines of handoffs: for the unit that was asked, and for those who wait for its answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db.models import (
    CharField,
    DateField,
    DurationField,
    ExpressionWrapper,
    F,
    Model,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast, JSONObject, TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crosssector.handoffs.enums import HandoffKind, HandoffStatus
from crosssector.handoffs.models import Handoff
from housingfirst.deadlines.kinds import DeadlineKind, register_kind
from housingfirst.deadlines.models import Deadline
from housingfirst.ui import words

DUE: Final = "handoff_due"
WAIT: Final = "handoff_wait"
QUESTION: Final = "handoff_question"

REPLY_DAYS: Final = 1
"""A question is answered by the day after it was asked: the home waits."""


def register() -> None:
    register_kind(
        DeadlineKind(
            key=DUE,
            title=_("Answer: %(kind)s, %(amount)s"),
            why=_("Asked by %(from_unit)s."),
            cost=_("Without an answer the home may be lost."),
            act=_("Answer"),
            source=_("Agreed with %(from_unit)s"),
            is_statutory=False,
            loss=30,
            facts=_due,
            case_lookup="case",
            url=_task_url,
            warning_days=(3, 1),
            text_params=_words,
        )
    )
    register_kind(
        DeadlineKind(
            key=WAIT,
            title=_("%(kind)s: waits for %(to_unit)s"),
            why=_("Asked for %(amount)s."),
            cost=_("Without an answer the home may be lost. Call %(to_unit)s when it is late."),
            act=_("See the handoff"),
            source=_("Agreed with %(to_unit)s"),
            is_statutory=False,
            loss=30,
            facts=_wait,
            case_lookup="case",
            url=_case_url,
            warning_days=(3, 1),
            waits_for_others=True,
            text_params=_words,
        )
    )
    register_kind(
        DeadlineKind(
            key=QUESTION,
            title=_("Answer the question from %(to_unit)s"),
            why=_("%(kind)s: %(to_unit)s asks before it can answer."),
            cost=_("Their clock stands until you reply; the offer's own deadline does not."),
            act=_("Reply"),
            source=_("Agreed with %(to_unit)s"),
            is_statutory=False,
            loss=30,
            facts=_question,
            case_lookup="case",
            url=_case_url,
            warning_days=(1, 1),
            text_params=_words,
        )
    )


def _due(day: date) -> QuerySet[Model]:
    rows: QuerySet[Model] = _facts(HandoffStatus.ASKED).annotate(
        fact_unit_id=F("to_unit_id"),
        fact_due_on=TruncDate("due_at"),
        fact_due_at=F("due_at"),
    )
    return rows


def _wait(day: date) -> QuerySet[Model]:
    rows: QuerySet[Model] = _facts(HandoffStatus.ASKED).annotate(
        fact_unit_id=F("from_unit_id"),
        fact_person_id=F("case__adviser_id"),
        fact_due_on=TruncDate("due_at"),
        fact_due_at=F("due_at"),
    )
    return rows


def _question(day: date) -> QuerySet[Model]:
    one_day = Value(timedelta(days=REPLY_DAYS), output_field=DurationField())
    rows: QuerySet[Model] = _facts(HandoffStatus.QUESTION).annotate(
        fact_unit_id=F("from_unit_id"),
        fact_person_id=F("case__adviser_id"),
        fact_due_on=ExpressionWrapper(
            TruncDate("asked_back_at") + one_day, output_field=DateField()
        ),
    )
    return rows


def _facts(status: HandoffStatus) -> QuerySet[Model]:
    """What all three have in common."""
    return Handoff.objects.filter(status=status).annotate(
        fact_object_key=Cast("reference", CharField()),
        fact_municipality_id=F("case__municipality_id"),
        fact_case_id=F("case_id"),
        fact_params=JSONObject(
            case=Cast("case__reference", CharField()),
            kind_of=F("kind"),
            amount_dkk=Cast("amount_dkk", CharField()),
            to_unit=F("to_unit__name"),
            from_unit=F("from_unit__name"),
            waits_for=F("to_unit__name"),
        ),
    )


def _words(params: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "kind": words.inside(HandoffKind(params["kind_of"]).label),
        "amount": words.money(Decimal(params["amount_dkk"])),
        "to_unit": params["to_unit"],
        "from_unit": params["from_unit"],
    }


def _task_url(deadline: Deadline) -> str:
    return reverse("crosssector:handoff_task", args=[deadline.object_key])


def _case_url(deadline: Deadline) -> str:
    return reverse("crosssector:handoff_tab", args=[deadline.params["case"]])
