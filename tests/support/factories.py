"""Decisions, courses and visits for tests. Every value a test asserts on is named in the test."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import uuid4

from django.utils import timezone

from cases.casework.models import Case
from housingfirst.access.enums import Role
from housingfirst.access.models import User
from support.enrolments import services as enrolments
from support.enrolments.models import Enrolment
from support.methods import services as methods
from support.methods.enums import Method, SupportSection, WishAnswer
from support.methods.models import SupportDecision
from support.visits import services as visits
from support.visits.enums import Channel, Outcome
from support.visits.models import Visit
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case


def make_adviser(case: Case) -> User:
    """An adviser of the case's unit."""
    return make_user(Role.ADVISER, case.unit)


def make_worker(case: Case, *, name: str = "") -> User:
    """A support worker of the case's unit."""
    return make_user(Role.SUPPORT_WORKER, case.unit, name=name)


def make_decision(
    *,
    case: Case | None = None,
    section: SupportSection = SupportSection.S85A,
    method: Method = Method.CTI,
    decided_on: date = date(2026, 11, 26),
    starts_on: date = date(2026, 12, 15),
    ends_on: date | None = None,
    monthly_cost_dkk: Decimal | None = Decimal("12000.00"),
    provider_wish: str = "",
    wish_answer: WishAnswer = WishAnswer.NONE,
    wish_reasons: str = "",
) -> SupportDecision:
    case = case or make_case(unit=make_unit())
    return methods.support_decide(
        case=case,
        section=section,
        method=method,
        decided_on=decided_on,
        starts_on=starts_on,
        ends_on=ends_on,
        monthly_cost_dkk=monthly_cost_dkk,
        provider_wish=provider_wish,
        wish_answer=wish_answer,
        wish_reasons=wish_reasons,
        reasons="Har brug for støtte i overgangen til egen bolig.",
        actor=make_adviser(case),
    )


def make_enrolment(
    *,
    decision: SupportDecision | None = None,
    case: Case | None = None,
    worker: User | None = None,
    started_on: date = date(2026, 12, 1),
    phase_1_on: date | None = None,
) -> Enrolment:
    """A course; phase 1 without a home, where it is given, for the sake of prevention."""
    return enrolments.enrolment_start(
        decision=decision or make_decision(case=case),
        started_on=started_on,
        actor=None,
        worker=worker,
        phase_1_on=phase_1_on,
        phase_1_reason="Forebyggende" if phase_1_on else "",
    )


def make_visit(
    *,
    case: Case,
    worker: User | None = None,
    happened_at: datetime | None = None,
    outcome: Outcome = Outcome.MET,
    channel: Channel = Channel.HOME,
    sentence: str = "",
    minutes: int | None = None,
    next_on: date | None = None,
) -> Visit:
    return visits.visit_log(
        case=case,
        happened_at=happened_at or timezone.now(),
        outcome=outcome,
        channel=channel,
        form_key=uuid4(),
        actor=worker or make_worker(case),
        sentence=sentence,
        minutes=minutes,
        next_on=next_on,
    )
