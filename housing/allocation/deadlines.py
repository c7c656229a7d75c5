"""Deadlines of finding a home: an offer's answer, and papers that a referral still needs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import Case, DecimalField, F, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, JSONObject, TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from housing.allocation.enums import PaperKind, ReferralStatus
from housing.allocation.models import Offer, ReferralPaper
from housing.shelters.models import ReimbursementClock
from housing.supply import wording
from housingfirst.access.enums import Act, Permission, UnitKind
from housingfirst.access.models import Unit
from housingfirst.deadlines.kinds import DeadlineKind, as_text, on_case, register_kind
from housingfirst.deadlines.models import Deadline
from housingfirst.ui import words

ANSWER: Final = "offer_answer"
PAPER: Final = "referral_paper"


def register() -> None:
    register_kind(
        DeadlineKind(
            key=ANSWER,
            title=_("Register the answer to the offer of a home"),
            why=_("%(rooms)s, %(rent)s. The dwelling is held until then."),
            cost=_("Without an answer the dwelling is vacant again, and another may get it."),
            act=_("Register the answer"),
            source=_("The offer's own time to answer"),
            is_statutory=False,
            loss=20,
            facts=_answers,
            case_lookup="case",
            url=_offer_url,
            gate=on_case(Act.OFFER_ANSWER),
            warning_days=(7, 2),
            permission=Permission.HOUSING,
            text_params=_answer_words,
        )
    )
    register_kind(
        DeadlineKind(
            key=PAPER,
            title=_("Get a paper for the housing referral: %(paper)s"),
            why=_("The referral was sent without it. The wait counts all the same."),
            cost=_("A lease may be delayed while the paper is missing."),
            act=_("See the papers"),
            source=_("Local target: five working days after the referral"),
            is_statutory=False,
            loss=60,
            facts=_papers,
            case_lookup="referral__case",
            url=_tab_url,
            gate=on_case(Act.REFERRAL_VIEW),
            warning_days=(3, 1),
            permission=Permission.HOUSING,
            text_params=_paper_words,
        )
    )


def _answers(day: date) -> QuerySet[Any]:
    return (
        Offer.objects.live()
        .annotate(
            fact_object_key=as_text("reference"),
            fact_municipality_id=F("case__municipality_id"),
            fact_unit_id=_unit("case"),
            fact_person_id=F("case__adviser_id"),
            fact_case_id=F("case_id"),
            fact_due_on=TruncDate("answer_by"),
            fact_due_at=F("answer_by"),
            fact_weekly_cost_dkk=_week_at_the_shelter(day),
            fact_params=JSONObject(rooms=F("dwelling__rooms"), rent=as_text("vacancy__rent_dkk")),
        )
        .filter(fact_unit_id__isnull=False)
    )


def _papers(day: date) -> QuerySet[Any]:
    return (
        ReferralPaper.objects.filter(
            referral__status=ReferralStatus.WAITING,
            received_on__isnull=True,
            due_on__isnull=False,
        )
        .annotate(
            fact_object_key=as_text("reference"),
            fact_municipality_id=F("referral__municipality_id"),
            fact_unit_id=_unit("referral__case"),
            fact_person_id=Coalesce(F("responsible_id"), F("referral__case__adviser_id")),
            fact_case_id=F("referral__case_id"),
            fact_due_on=F("due_on"),
            fact_params=JSONObject(paper=F("kind")),
        )
        .filter(fact_unit_id__isnull=False)
    )


def _unit(case: str) -> Coalesce:
    """The case's responsible unit; where nobody has it yet, the municipality's allocators."""
    allocators = Unit.objects.filter(
        municipality=OuterRef(f"{case}__municipality_id"), kind=UnitKind.ALLOCATION
    ).order_by("pk")
    return Coalesce(F(f"{case}__unit_id"), Subquery(allocators.values("pk")[:1]))


def _week_at_the_shelter(day: date) -> Subquery:
    """What another week of the running stay costs the municipality; nothing without one."""
    clock = ReimbursementClock.objects.filter(
        stay__citizen=OuterRef("case__citizen_id"), stay__discharged_on__isnull=True
    ).annotate(
        week=Case(
            When(last_refundable_on__lt=day, then=F("weekly_after_dkk")),
            default=F("weekly_before_dkk"),
            output_field=DecimalField(max_digits=10, decimal_places=2),
        )
    )
    return Subquery(clock.values("week")[:1])


def _answer_words(params: Mapping[str, Any]) -> dict[str, str]:
    return {
        "rooms": wording.rooms(int(params["rooms"])),
        "rent": words.money(Decimal(params["rent"])),
    }


def _paper_words(params: Mapping[str, Any]) -> dict[str, str]:
    return {"paper": words.inside(PaperKind(params["paper"]).label)}


def _offer_url(deadline: Deadline) -> str:
    return reverse("housing:offer_detail", args=[deadline.object_key])


def _tab_url(deadline: Deadline) -> str:
    assert deadline.case is not None  # the kind gives a case to each
    return reverse("housing:housing_tab", args=[deadline.case.reference])
