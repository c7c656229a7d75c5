"""The deadlines of RSL § 3: answer in the municipality's own time, or tell in writing when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db.models import Case as SqlCase
from django.db.models import F, IntegerField, QuerySet, When
from django.db.models.functions import Coalesce, JSONObject, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crosssector.applications.enums import ApplicationKind
from crosssector.applications.models import Application, newest_expected
from crosssector.handoffs.enums import HandoffKind
from crosssector.handoffs.models import Handoff
from housingfirst.access.enums import Act
from housingfirst.deadlines.kinds import DeadlineKind, as_text, on_case, register_kind
from housingfirst.law.days import COPENHAGEN
from housingfirst.lawbook.expressions import chosen_number, days_after
from housingfirst.ui import words

ANSWER: Final = "application_answer"
LOAN: Final = "loan_answer"


def register() -> None:
    register_kind(
        DeadlineKind(
            key=ANSWER,
            title="%(title)s",
            why="%(why)s",
            cost=_("The citizen waits without knowing for how long, and the law is broken."),
            act=_("See the application"),
            source=_("RSL § 3; the day is the municipality's own target"),
            is_statutory=True,
            loss=50,
            facts=_applications,
            case_lookup="case",
            url=lambda deadline: reverse(
                "crosssector:application", args=[deadline.params["application"]]
            ),
            gate=on_case(Act.HANDOFF_ASK),
            warning_days=(7, 2),
            text_params=_words,
        )
    )
    register_kind(
        DeadlineKind(
            key=LOAN,
            title="%(title)s",
            why="%(why)s",
            cost=_("The citizen waits without knowing for how long, and the law is broken."),
            act=_("See the handoff"),
            source=_("RSL § 3; the day is the municipality's own target"),
            is_statutory=True,
            loss=50,
            facts=_loans,
            case_lookup="case",
            url=lambda deadline: reverse("crosssector:handoff_tab", args=[deadline.params["case"]]),
            gate=on_case(Act.HANDOFF_ASK),
            warning_days=(3, 1),
            text_params=_words,
        )
    )


def _applications(day: date) -> QuerySet[Any]:
    """Not answered, nor withdrawn; a decision on the support asked for is an answer."""
    target = SqlCase(
        *(
            When(kind=kind, then=chosen_number(f"processing.{kind}_days", municipality=_PLACE))
            for kind in ApplicationKind
        ),
        output_field=IntegerField(),
    )
    rows = Application.objects.open().filter(case__unit__isnull=False)
    return _due(
        rows.annotate(received=F("received_on"), told_for=newest_expected("application")),
        target,
        person_id=F("case__adviser_id"),
        params={"application": as_text("reference"), "kind_of": F("kind")},
    )


def _loans(day: date) -> QuerySet[Any]:
    """Loans that nobody has answered; the agreement with the office runs beside it."""
    rows = Handoff.objects.open().filter(kind=HandoffKind.DEPOSIT_LOAN, case__unit__isnull=False)
    return _due(
        rows.annotate(
            received=TruncDate("asked_at", tzinfo=COPENHAGEN), told_for=newest_expected("handoff")
        ),
        chosen_number("processing.deposit_loan_days", municipality=_PLACE),
        person_id=F("case__adviser_id"),
        params={"case": as_text("case__reference"), "kind_of": F("kind")},
    )


_PLACE: Final = "case__municipality"


def _due(
    rows: QuerySet[Any], target: Any, *, person_id: F, params: Mapping[str, Any]
) -> QuerySet[Any]:
    """Due at the target, then on the day the citizen was last told."""
    due_on = Coalesce(F("told_for"), days_after(F("received"), target))
    due: QuerySet[Any] = rows.annotate(
        fact_object_key=as_text("reference"),
        fact_municipality_id=F("case__municipality_id"),
        fact_unit_id=F("case__unit_id"),
        fact_person_id=person_id,
        fact_case_id=F("case_id"),
        fact_due_on=due_on,
        fact_params=JSONObject(
            day=as_text("received"),
            due=as_text(due_on),
            expected=as_text("told_for"),
            **params,
        ),
    )
    return due


def _words(params: Mapping[str, Any]) -> Mapping[str, Any]:
    today = timezone.localdate()
    due_on = date.fromisoformat(params["due"])
    received = words.day(date.fromisoformat(params["day"]), today=today, weekday=False)
    kind = params["kind_of"]
    is_loan = kind == HandoffKind.DEPOSIT_LOAN
    label = HandoffKind(kind).label if is_loan else ApplicationKind(kind).label
    facts = {"kind": words.inside(label), "day": received}
    if today > due_on:
        title = gettext("Tell the citizen in writing when to expect the answer: %(kind)s")
    else:
        title = gettext("Answer the application: %(kind)s")
    if params.get("expected"):
        told = words.day(date.fromisoformat(params["expected"]), today=today, weekday=False)
        why = gettext(
            "Applied for on %(day)s; the citizen was told to expect an answer on %(told)s."
        )
        facts |= {"told": told}
    else:
        why = gettext("Applied for on %(day)s; due by the municipality's own target.")
    return {"title": title % facts, "why": why % facts}
