"""The deadlines of the way out of a shelter (X7): assessment, plan, referral, decision on support.

The days are those of `housingfirst.law.backward`, counted by the sweep in SQL.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, JSONObject, Least, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crosssector.readiness.way_out import (
    assessed,
    noticed_at,
    plans_of_stay,
    referred,
    residents,
    supported,
)
from housing.tenancies.models import Tenancy
from housingfirst.access.enums import Act
from housingfirst.deadlines.kinds import DeadlineKind, as_text, on_case, register_kind
from housingfirst.deadlines.models import Deadline
from housingfirst.deadlines.workdays import WorkingDayBefore, working_day_until
from housingfirst.law.days import COPENHAGEN
from housingfirst.lawbook.expressions import chosen_number, days_after, days_before
from housingfirst.ui import words

ASSESSMENT: Final = "assessment_due"
PLAN: Final = "shelter_plan"
REFERRAL: Final = "referral_due"
SUPPORT: Final = "support_decision"

MUNICIPALITY: Final = "case__municipality"

PLANNED, HOME, LIMIT = "planned", "home", "limit"
"""What a day out is: a planned discharge, the first day of a lease, the last day of the refund."""


def register() -> None:
    register_kind(
        DeadlineKind(
            key=PLAN,
            title=_("Make the action plan under § 142"),
            why=_("The municipality heard of the admission on %(noticed)s."),
            cost=_("Without a plan nobody can be discharged by decision (§ 110, stk. 5)."),
            act=_("Register the plan"),
            source=_("SEL § 142; the day is the municipality's own target"),
            is_statutory=False,
            loss=45,
            facts=_plans,
            case_lookup="case",
            url=lambda deadline: f"{_url(deadline, 'cases:plan_create')}?kind=142",
            gate=on_case(Act.PLAN_WRITE),
            warning_days=(14, 3),
            text_params=_words,
        )
    )
    register_kind(
        DeadlineKind(
            key=ASSESSMENT,
            title=_("Make the assessment (VUM)"),
            why=_("The action plan that rests on it is due on %(plan)s."),
            cost=_("Without it the plan has nothing to stand on. It delays no referral."),
            act=_("Register the assessment"),
            source=_("The municipality's plan backwards"),
            is_statutory=False,
            loss=70,
            facts=_assessments,
            case_lookup="case",
            url=lambda deadline: f"{_url(deadline, 'cases:plan_create')}?kind=vum",
            gate=on_case(Act.PLAN_WRITE),
            warning_days=(7, 2),
            text_params=_words,
        )
    )
    register_kind(
        DeadlineKind(
            key=REFERRAL,
            title=_("Refer to housing"),
            why="%(out)s",
            cost=_("The wait counts from the referral. It can be sent with papers missing."),
            act=_("Write the referral"),
            source=_("The municipality's plan backwards"),
            is_statutory=False,
            loss=25,
            facts=_referrals,
            case_lookup="case",
            url=lambda deadline: _url(deadline, "housing:referral_edit"),
            gate=on_case(Act.REFERRAL_WRITE),
            warning_days=(42, 7),
            text_params=_words,
        )
    )
    register_kind(
        DeadlineKind(
            key=SUPPORT,
            title=_("Decide on support under § 85 a, before the discharge"),
            why="%(out)s",
            cost=_(
                "Decided on the day of the discharge or later, the reimbursement of half the "
                "support for two years is lost."
            ),
            act=_("Decide on support"),
            source=_("SEL § 176 a (1); the day is the municipality's plan backwards"),
            is_statutory=False,
            loss=15,
            facts=_decisions,
            case_lookup="case",
            url=lambda deadline: _url(deadline, "support:decision_create"),
            gate=on_case(Act.SUPPORT_DECIDE),
            warning_days=(14, 3),
            text_params=_words,
        )
    )


def _residents(day: date) -> QuerySet[Any]:
    """Residents with the day out that the plan is counted from, and the day of their plan."""
    stays: QuerySet[Any] = residents().filter(
        clock__isnull=False, case__unit__isnull=False, case__closed_on__isnull=True
    )
    limit_or_plan = Coalesce(F("discharge_planned_on"), F("clock__last_refundable_on"))
    found: QuerySet[Any] = stays.annotate(
        out_on=limit_or_plan,
        noticed_on=TruncDate(noticed_at(), tzinfo=COPENHAGEN),
        plan_on=Least(
            days_after(F("noticed_on"), _chosen("plans.shelter_plan_days")),
            _support_by(F("out_on"), day),
        ),
        fact_object_key=as_text("reference"),
        fact_municipality_id=F("case__municipality_id"),
        fact_unit_id=F("case__unit_id"),
        fact_person_id=F("case__adviser_id"),
        fact_case_id=F("case_id"),
    )
    return found


def _support_by(out_on: F, day: date) -> WorkingDayBefore:
    return _before(out_on, "backward.support_working_days", day)


def _before(on: F, days: str, day: date) -> WorkingDayBefore:
    """So many of the municipality's working days before a date."""
    return WorkingDayBefore(on, _chosen(days), day, municipality=MUNICIPALITY)


def _chosen(key: str) -> Coalesce:
    return chosen_number(key, municipality=MUNICIPALITY)


def _plans(day: date) -> QuerySet[Any]:
    due: QuerySet[Any] = (
        _residents(day)
        .filter(~Exists(plans_of_stay(OuterRef("admitted_on"))))
        .annotate(
            fact_due_on=F("plan_on"),
            fact_params=JSONObject(noticed=as_text("noticed_on")),
        )
    )
    return due


def _assessments(day: date) -> QuerySet[Any]:
    """Until it is made, or the plan is, which needs no assessment any more."""
    due: QuerySet[Any] = (
        _residents(day)
        .filter(~Exists(assessed()), ~Exists(plans_of_stay(OuterRef("admitted_on"))))
        .annotate(
            fact_due_on=_before(F("plan_on"), "backward.assessment_working_days", day),
            fact_params=JSONObject(plan=as_text("plan_on")),
        )
    )
    return due


def _homes() -> QuerySet[Tenancy]:
    return Tenancy.objects.current().filter(case=OuterRef("case"))


def _referrals(day: date) -> QuerySet[Any]:
    """Those without a referral that waits, and without a home."""
    first_day = days_before(F("out_on"), _chosen("backward.referral_days"))
    due: QuerySet[Any] = (
        _residents(day)
        .filter(~Exists(referred()), ~Exists(_homes()))
        .annotate(
            fact_due_on=working_day_until(first_day, day, municipality=MUNICIPALITY),
            fact_weekly_cost_dkk=F("clock__weekly_after_dkk"),
            fact_params=JSONObject(out=as_text("out_on"), by=_what_it_is()),
        )
    )
    return due


def _what_it_is(is_home: When | None = None) -> Case:
    planned = When(discharge_planned_on__isnull=False, then=Value(PLANNED))
    cases = [planned, *([is_home] if is_home else [])]
    return Case(*cases, default=Value(LIMIT), output_field=CharField())


def _decisions(day: date) -> QuerySet[Any]:
    """Those who are to leave: on a planned day, for a home, or before the refund runs out.

    Of one who stays on beyond the limit, without a home in sight, no decision is asked.
    """
    lease_on = Subquery(_homes().values("starts_on")[:1])
    ahead = Q(leaves_on__isnull=False) | Q(out_on__gte=day)
    due: QuerySet[Any] = (
        _residents(day)
        .filter(~Exists(supported()))
        .annotate(
            lease_on=lease_on,
            leaves_on=Coalesce(F("discharge_planned_on"), F("lease_on")),
            last_on=Coalesce(F("leaves_on"), F("out_on")),
            fact_due_on=_support_by(F("last_on"), day),
            fact_params=JSONObject(
                out=as_text("last_on"),
                by=_what_it_is(When(lease_on__isnull=False, then=Value(HOME))),
            ),
        )
        .filter(ahead)
    )
    return due


def _words(params: Mapping[str, Any]) -> Mapping[str, Any]:
    today = timezone.localdate()
    days = {
        key: words.day(date.fromisoformat(params[key]), today=today, weekday=False)
        for key in ("noticed", "plan", "out")
        if params.get(key)
    }
    if "by" not in params:
        return days
    text = {
        PLANNED: gettext("The discharge is planned for %(day)s."),
        HOME: gettext("The lease begins on %(day)s."),
        LIMIT: gettext("The last day with reimbursement is %(day)s."),
    }[params["by"]]
    return {**days, "out": text % {"day": days["out"]}}


def _url(deadline: Deadline, name: str) -> str:
    assert deadline.case is not None  # each of these kinds gives a case
    return reverse(name, args=[deadline.case.reference])
