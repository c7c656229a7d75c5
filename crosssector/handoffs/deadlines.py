"""The deadline of a handoff: with the partner until it asks a question, with us until we reply.

It stands on the worklist of the unit that asked. The unit that was asked has its inbox.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db.models import (
    Case,
    DateField,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    Model,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import JSONObject, TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crosssector.handoffs.enums import HandoffKind, HandoffStatus
from crosssector.handoffs.models import Handoff
from housingfirst.access.enums import Act
from housingfirst.deadlines.kinds import WAITS_FOR, DeadlineKind, as_text, on_case, register_kind
from housingfirst.deadlines.models import Deadline
from housingfirst.ui import words

HANDOFF_DUE: Final = "handoff_due"

REPLY_DAYS: Final = 1
"""A question is answered by the day after it was asked: the home waits."""


def register() -> None:
    register_kind(
        DeadlineKind(
            key=HANDOFF_DUE,
            title="%(title)s",
            why="%(why)s",
            cost="%(cost)s",
            act="%(act)s",
            source=gettext_lazy("Agreed with %(unit)s"),
            is_statutory=False,
            loss=30,
            facts=_facts,
            case_lookup="case",
            url=_url,
            gate=on_case(Act.HANDOFF_ASK),
            warning_days=(3, 1),
            waits_for_others=True,
            text_params=_words,
        )
    )


def _facts(day: date) -> QuerySet[Model]:
    """Open handoffs. Due by the agreement; a question is ours, and due the day after it came."""
    is_ours = When(status=HandoffStatus.QUESTION, then=_day_after_question())
    nothing = Value(None, output_field=DateTimeField())
    rows: QuerySet[Model] = Handoff.objects.open().annotate(
        fact_object_key=as_text("reference"),
        fact_municipality_id=F("case__municipality_id"),
        fact_unit_id=F("from_unit_id"),
        fact_person_id=F("case__adviser_id"),
        fact_case_id=F("case_id"),
        fact_due_on=Case(is_ours, default=TruncDate("due_at"), output_field=DateField()),
        fact_due_at=Case(When(status=HandoffStatus.QUESTION, then=nothing), default=F("due_at")),
        fact_params=JSONObject(
            case=as_text("case__reference"),
            kind_of=F("kind"),
            amount_dkk=as_text("amount_dkk"),
            unit=F("to_unit__name"),
            **{
                WAITS_FOR: Case(
                    When(status=HandoffStatus.QUESTION, then=Value("")),
                    default=F("to_unit__name"),
                )
            },
        ),
    )
    return rows


def _day_after_question() -> ExpressionWrapper[Any]:
    span = Value(timedelta(days=REPLY_DAYS), output_field=DurationField())
    return ExpressionWrapper(TruncDate("asked_back_at") + span, output_field=DateField())


def _words(params: Mapping[str, Any]) -> Mapping[str, Any]:
    facts = {
        "kind": HandoffKind(params["kind_of"]).label,
        "amount": words.money(Decimal(params["amount_dkk"])),
        "unit": params["unit"],
    }
    if params.get(WAITS_FOR):
        texts = {
            "title": _("%(kind)s: waits for %(unit)s"),
            "why": _("Asked for %(amount)s."),
            "cost": _("Without an answer the home may be lost. Call %(unit)s when it is late."),
            "act": _("See the handoff"),
        }
    else:
        texts = {
            "title": _("Answer the question from %(unit)s"),
            "why": _("%(kind)s, %(amount)s: %(unit)s asks before it can answer."),
            "cost": _("Their clock stands until you reply; the offer's own deadline does not."),
            "act": _("Reply"),
        }
    return {**facts, **{name: text % facts for name, text in texts.items()}}


def _url(deadline: Deadline) -> str:
    return reverse("crosssector:handoff_tab", args=[deadline.params["case"]])
