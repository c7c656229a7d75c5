"""The facts of the plan backwards: what is done of the way out of a shelter, and since when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import DateTimeField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, JSONObject
from django.utils import timezone

from cases.casework.glance import glance
from cases.casework.models import Case
from cases.plans.enums import SHELTER_PLANS, PlanKind
from cases.plans.models import PlanRecord
from crosssector.handoffs.enums import HandoffKind, HandoffStatus
from crosssector.handoffs.models import Handoff
from housing.allocation.enums import ReferralStatus
from housing.allocation.models import HousingReferral
from housing.shelters.enums import NoticeKind, Section
from housing.shelters.models import Notice, Stay
from housing.tenancies.models import Tenancy
from housingfirst.law.backward import BackwardPlan, OutBy, PlanStep, backward_plan
from housingfirst.law.choices import Choices
from housingfirst.law.plans import plan_due_on
from support.methods.enums import SupportSection
from support.methods.models import SupportDecision

PLAN_COUNTS_DAYS: Final = 90
"""A plan made so many days before the admission still does; a move between shelters needs none."""
ASSESSMENT_COUNTS_DAYS: Final = 365
"""An assessment made so many days before the admission still does."""


def residents() -> QuerySet[Stay]:
    """Stays at § 110 boforme that go on."""
    return Stay.objects.open().filter(shelter__section=Section.S110)


def plans_of_stay(admitted_on: F | OuterRef) -> QuerySet[PlanRecord]:
    """The plans that do for a stay, of the case and the admission in the outer query."""
    since = admitted_on - Value(timedelta(days=PLAN_COUNTS_DAYS))
    return PlanRecord.objects.made().filter(
        case=OuterRef("case"), kind__in=SHELTER_PLANS, made_on__gte=since
    )


def assessed() -> QuerySet[PlanRecord]:
    """The assessments that do for a stay, of the case and the admission in the outer query."""
    return PlanRecord.objects.filter(
        case=OuterRef("case"),
        kind=PlanKind.ASSESSMENT,
        made_on__gte=OuterRef("admitted_on") - Value(timedelta(days=ASSESSMENT_COUNTS_DAYS)),
    )


def supported() -> QuerySet[SupportDecision]:
    """Decisions on § 85 a that have not run out, of the case in the outer query."""
    return SupportDecision.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=OuterRef("admitted_on")),
        case=OuterRef("case"),
        section=SupportSection.S85A,
    )


def referred() -> QuerySet[HousingReferral]:
    """Referrals that wait or have led to a home, of the case in the outer query."""
    return HousingReferral.objects.filter(
        case=OuterRef("case"),
        status__in=[ReferralStatus.WAITING, ReferralStatus.HOUSED],
        sent_at__isnull=False,
    ).filter(Q(ended_on__isnull=True) | Q(ended_on__gte=OuterRef("admitted_on")))


def noticed_at() -> Coalesce:
    """When the municipality was told of the admission; the admission itself while it is not."""
    sent = Notice.objects.filter(stay=OuterRef("pk"), kind=NoticeKind.ADMISSION)
    return Coalesce(
        Subquery(sent.values("sent_at")[:1]), F("admitted_at"), Cast("admitted_on", DateTimeField())
    )


def way_out() -> Subquery:
    """The running stay of the case in the outer query with all that the plan asks for, as JSON."""
    homes = Tenancy.objects.current().filter(case=OuterRef("case"))
    loans = Handoff.objects.filter(
        case=OuterRef("case"),
        kind=HandoffKind.DEPOSIT_LOAN,
        asked_at__gte=Cast(OuterRef("admitted_on"), DateTimeField()),
    )
    told = Notice.objects.filter(stay=OuterRef("pk"), kind=NoticeKind.DISCHARGE)
    stays = residents().filter(case=OuterRef("pk"), clock__isnull=False)
    return Subquery(
        stays.order_by("-admitted_on").values(
            json=JSONObject(
                admitted="admitted_on",
                noticed=noticed_at(),
                limit="clock__last_refundable_on",
                planned="discharge_planned_on",
                assessment=Subquery(assessed().order_by("-made_on").values("made_on")[:1]),
                plan=Subquery(
                    plans_of_stay(OuterRef("admitted_on")).order_by("made_on").values("made_on")[:1]
                ),
                referral=Subquery(referred().order_by("sent_at").values("sent_at")[:1]),
                home=Subquery(
                    homes.annotate(said=Coalesce("offer__ended_at", "created_at")).values("said")[
                        :1
                    ]
                ),
                lease=Subquery(homes.values("signed_on")[:1]),
                keys=Subquery(homes.values("keys_on")[:1]),
                loan=Subquery(
                    loans.filter(status=HandoffStatus.GRANTED)
                    .order_by("answered_at")
                    .values("answered_at")[:1]
                ),
                loan_with=Subquery(
                    loans.filter(status=HandoffStatus.ASKED).values("to_unit__name")[:1]
                ),
                support=Subquery(supported().order_by("decided_on").values("decided_on")[:1]),
                notice=Subquery(told.values("sent_at")[:1]),
            )
        )[:1]
    )


@dataclass(frozen=True, slots=True)
class WayOut:
    """A resident's way out: the plan as it stands, and what its drawing says beside.

    `limit_on` is the last refundable day; the plan is counted from it unless a discharge is
    planned. `loan_with` is who has been asked for the deposit loan.
    """

    plan: BackwardPlan
    admitted_on: date
    limit_on: date
    loan_with: str


def way_out_of(case: Case, today: date, choices: Choices) -> WayOut | None:
    """The way out of a case's running § 110 stay; None without one.

    `choices` are those of the case's municipality.
    """
    facts = glance(case, "way_out")
    if facts is None:
        return None
    limit_on, noticed_on = _day(facts["limit"]), _day(facts["noticed"])
    planned_on = _day(facts["planned"]) if facts["planned"] else None
    plan = backward_plan(
        out_on=planned_on or limit_on,
        out_by=OutBy.DISCHARGE if planned_on else OutBy.LIMIT,
        plan_due_on=plan_due_on(noticed_on, choices.plans),
        done=_done(facts),
        waiting=[PlanStep.LOAN] if facts["loan_with"] else [],
        today=today,
        leads=choices.backward,
        calendar=choices.calendar,
    )
    return WayOut(plan, _day(facts["admitted"]), limit_on, facts["loan_with"] or "")


_KEYS: Final = {
    PlanStep.ASSESSMENT: "assessment",
    PlanStep.PLAN: "plan",
    PlanStep.REFERRAL: "referral",
    PlanStep.HOME: "home",
    PlanStep.LOAN: "loan",
    PlanStep.LEASE: "lease",
    PlanStep.SUPPORT: "support",
    PlanStep.NOTICE: "notice",
    PlanStep.MOVE: "keys",
}


def _done(facts: Mapping[str, Any]) -> dict[PlanStep, date]:
    return {step: _day(facts[key]) for step, key in _KEYS.items() if facts[key]}


def _day(text: str) -> date:
    """The Copenhagen date of a day or an instant as JSON holds it."""
    if "T" not in text:
        return date.fromisoformat(text)
    return timezone.localtime(datetime.fromisoformat(text)).date()
