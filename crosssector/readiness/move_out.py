"""May the municipality discharge (SEL § 110, stk. 5)? A case's facts, and the answer in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cases.casework.models import Case
from cases.plans.models import PlanRecord
from crosssector.readiness.wording import day_near
from housing.allocation.enums import DeclinedBy, OfferStatus
from housing.allocation.models import Offer
from housing.tenancies.models import Tenancy
from housingfirst.access.enums import Act
from housingfirst.law.moveout import (
    Condition,
    ConditionAnswer,
    ConditionState,
    Evidence,
    Missing,
    MoveOutCheck,
    MoveOutFacts,
    Route,
    move_out_check,
)
from housingfirst.ui.parts import Severity
from support.methods.enums import SupportSection
from support.methods.models import SupportDecision

TITLES: Final[dict[Condition, str | Promise]] = {
    Condition.PLAN: gettext_lazy("There is a plan under § 141 or § 142"),
    Condition.PLACE: gettext_lazy("A home is allocated, or a place under § 107 is decided"),
    Condition.SUPPORT: gettext_lazy("Help that matches the need to keep the home is decided"),
    Condition.MOVE_IN: gettext_lazy(
        "The lease is signed, the citizen can move in and receive the support"
    ),
    Condition.FACILITY_READY: gettext_lazy("The citizen can move in to the facility"),
}
MISSING: Final[dict[Missing, str | Promise]] = {
    Missing.PLAN: gettext_lazy("No plan is registered."),
    Missing.HOME_OR_FACILITY: gettext_lazy("The citizen has no lease, and no place is decided."),
    Missing.HOME_WAS_REFUSED: gettext_lazy(
        "The citizen said no to a home. That meets nothing: nr. 4 asks for a signed lease."
    ),
    Missing.SUPPORT_DECISION: gettext_lazy("No support is decided."),
    Missing.LEASE: gettext_lazy("The lease is not signed."),
    Missing.MOVE_IN_DAY: gettext_lazy("The day to move in is not known."),
    Missing.SUPPORT_START: gettext_lazy("The day the support begins is not known."),
    Missing.FACILITY_DAY: gettext_lazy("The day the place is free is not known."),
}
STATES: Final[dict[ConditionState, tuple[Severity, str | Promise]]] = {
    ConditionState.MET: ("done", pgettext_lazy("condition", "Met")),
    ConditionState.MISSING: ("over", gettext_lazy("Missing")),
    ConditionState.NOT_APPLICABLE: ("line", gettext_lazy("Does not apply")),
}


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """A condition as it is read: what shows it, or what is missing and where it is put right."""

    number: int
    title: str
    severity: Severity
    mark: str
    said: list[str]
    link: Link | None


@dataclass(frozen=True, slots=True)
class MoveOut:
    check: MoveOutCheck
    rows: list[ConditionRow]

    @property
    def may_discharge(self) -> bool:
        return self.check.may_discharge

    @property
    def earliest_on(self) -> date | None:
        return self.check.earliest_on


def move_out_of(case: Case, today: date) -> MoveOut:
    """The five conditions of a case, each with its evidence; a query for each kind of fact."""
    told = _Told(today)
    check = move_out_check(_facts(case, told))
    return MoveOut(check, [_row(answer, case, told.words) for answer in check.conditions])


class _Told:
    """Gathers evidence, with each object's words by its reference."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.words: dict[str, str] = {}

    def say(self, reference: object, on: date, words: str) -> Evidence:
        self.words[str(reference)] = words
        return Evidence(str(reference), on)

    def decision(self, decision: SupportDecision | None) -> Evidence | None:
        if decision is None:
            return None
        words = _("%(paragraph)s decided %(day)s, from %(from)s") % {
            "paragraph": SupportSection(decision.section).paragraph,
            "day": day_near(decision.decided_on, self.today),
            "from": day_near(decision.starts_on, self.today),
        }
        return self.say(decision.reference, decision.decided_on, words)

    def plan(self, plan: PlanRecord | None) -> Evidence | None:
        if plan is None:
            return None
        day = day_near(plan.made_on, self.today)
        words = _("%(plan)s, %(day)s") % {"plan": plan.name, "day": day}
        return self.say(plan.reference, plan.made_on, words)

    def home(self, lease: Tenancy | None) -> Evidence | None:
        if lease is None:
            return None
        words = _("Lease from %(day)s") % {"day": day_near(lease.starts_on, self.today)}
        return self.say(lease.reference, lease.starts_on, words)

    def signature(self, lease: Tenancy | None) -> Evidence | None:
        if lease is None or lease.signed_on is None:
            return None
        words = _("Lease signed %(day)s") % {"day": day_near(lease.signed_on, self.today)}
        return self.say(f"{lease.reference} signed", lease.signed_on, words)


def _facts(case: Case, told: _Told) -> MoveOutFacts:
    plan = PlanRecord.objects.filter(case=case).made().plans().order_by("-made_on", "-pk").first()
    lease = Tenancy.objects.current().filter(case=case).order_by("-starts_on").first()
    answered = [OfferStatus.ACCEPTED, OfferStatus.DECLINED]
    offer = Offer.objects.filter(case=case, status__in=answered).order_by("-ended_at").first()
    is_refused = offer is not None and offer.declined_by == DeclinedBy.CITIZEN
    running = [
        decision
        for decision in SupportDecision.objects.filter(
            case=case, decided_on__lte=told.today
        ).order_by("-decided_on", "-pk")
        if decision.ends_on is None or decision.ends_on > told.today
    ]
    support = next((one for one in running if one.section != SupportSection.S107), None)
    facility = next((one for one in running if one.section == SupportSection.S107), None)
    refused_at = offer.ended_at if offer is not None and is_refused else None
    return MoveOutFacts(
        plan=told.plan(plan),
        home=told.home(lease),
        home_refused_on=timezone.localdate(refused_at) if refused_at else None,
        facility=told.decision(facility),
        support=told.decision(support),
        support_from=support.starts_on if support else None,
        lease=told.signature(lease),
        move_in_on=max(lease.starts_on, lease.keys_on or lease.starts_on) if lease else None,
        facility_from=facility.starts_on if facility else None,
    )


def _row(answer: ConditionAnswer, case: Case, said: dict[str, str]) -> ConditionRow:
    severity, mark = STATES[answer.state]
    is_missing = answer.state is ConditionState.MISSING
    return ConditionRow(
        number=int(answer.condition),
        title=str(TITLES[answer.condition]),
        severity=severity,
        mark=str(mark),
        said=[
            *(said[one.reference] for one in answer.evidence),
            *(str(MISSING[one]) for one in answer.missing),
        ],
        link=_link(answer.condition, case) if is_missing else None,
    )


_LINKS: Final[dict[Condition, tuple[Act, str, str, str | Promise]]] = {
    Condition.PLAN: (
        Act.PLAN_WRITE, "cases:plan_create", "?kind=142", gettext_lazy("Register the plan"),
    ),
    Condition.PLACE: (
        Act.REFERRAL_VIEW, "housing:housing_tab", "", gettext_lazy("See the home"),
    ),
    Condition.SUPPORT: (
        Act.SUPPORT_DECIDE, "support:decision_create", "", gettext_lazy("Decide on support"),
    ),
    Condition.MOVE_IN: (
        Act.REFERRAL_VIEW, "housing:housing_tab", "", gettext_lazy("See the home"),
    ),
    Condition.FACILITY_READY: (
        Act.CASE_VIEW, "support:support_tab", "", gettext_lazy("See the support"),
    ),
}  # fmt: skip


def _link(condition: Condition, case: Case) -> Link | None:
    """Where what is missing is put right, for who may."""
    act, name, query, label = _LINKS[condition]
    if act not in case.rights or case.closed_on is not None:
        return None
    return Link(str(label), reverse(name, args=[case.reference]) + query)


def route_in_words(check: MoveOutCheck) -> str:
    """To what the citizen is discharged, by what is known."""
    if check.route is Route.OWN_HOME:
        return _("to a home of the citizen's own")
    return _("to a facility under § 107")
