"""Writes: the decision on support."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from cases.access import require_on
from cases.casework.models import Case
from housingfirst.access.enums import Act
from housingfirst.access.models import User
from housingfirst.base.db import constraint_as, save_as
from housingfirst.events.services import record
from housingfirst.ui import words
from support.methods.enums import Method, SupportSection, WishAnswer
from support.methods.errors import (
    DecidedBeforeCase,
    DecisionNeedsReasons,
    MethodDoesNotFit,
    SupportEndsBeforeStart,
    WishNeedsReasons,
    WishNotAnswered,
)
from support.methods.events import SUPPORT_CORRECTED, SUPPORT_DECIDED
from support.methods.models import SupportDecision
from support.methods.rules import method_fits, wish_is_answered

CONSTRAINTS = {
    "support_decision_method_fits_paragraph": MethodDoesNotFit,
    "support_decision_wish_is_answered": WishNotAnswered,
    "support_decision_wish_not_followed_has_reasons": WishNeedsReasons,
    "support_decision_has_reasons": DecisionNeedsReasons,
    "support_decision_ends_after_start": SupportEndsBeforeStart,
}


@transaction.atomic
def support_decide(
    *,
    case: Case,
    section: SupportSection,
    method: Method,
    decided_on: date,
    starts_on: date,
    reasons: str,
    actor: User,
    ends_on: date | None = None,
    monthly_cost_dkk: Decimal | None = None,
    provider_wish: str = "",
    wish_answer: WishAnswer = WishAnswer.NONE,
    wish_reasons: str = "",
    form_key: UUID | None = None,
) -> SupportDecision:
    """Write a decision. `decided_on` is the day that counts against the discharge from § 110.

    A `form_key` that was used gives the decision it made. Raises one of CONSTRAINTS' refusals, or
    DecidedBeforeCase.
    """
    require_on(actor, case, Act.SUPPORT_DECIDE)
    if form_key is not None:
        made = SupportDecision.objects.filter(form_key=form_key, case=case).first()
        if made is not None:
            return made
    if decided_on < case.opened_on:
        raise DecidedBeforeCase(opened_on=words.day(case.opened_on, today=decided_on))
    decision = SupportDecision(
        case=case,
        section=section,
        method=method,
        decided_on=decided_on,
        starts_on=starts_on,
        ends_on=ends_on,
        monthly_cost_dkk=monthly_cost_dkk,
        provider_wish=provider_wish.strip(),
        wish_answer=wish_answer,
        wish_reasons=_reasons_if_asked(wish_answer, wish_reasons),
        reasons=reasons.strip(),
        decided_by=actor,
        form_key=form_key,
    )
    _save(decision, actor)
    record(
        SUPPORT_DECIDED,
        actor=actor,
        case=case,
        subject=decision.reference,
        section=section,
        method=method,
        decided_on=decided_on,
        wish_answer=wish_answer,
    )
    return decision


@transaction.atomic
def support_correct(
    *,
    decision: SupportDecision,
    starts_on: date,
    reasons: str,
    actor: User,
    version: int,
    ends_on: date | None = None,
    monthly_cost_dkk: Decimal | None = None,
    provider_wish: str = "",
    wish_answer: WishAnswer = WishAnswer.NONE,
    wish_reasons: str = "",
) -> None:
    """Put right what a decision says. Its paragraph, method and day stay: they are the decision.

    Raises StaleVersion when somebody saved it after `version`.
    """
    require_on(actor, decision.case, Act.SUPPORT_DECIDE, also_closed=True)
    decision.starts_on, decision.ends_on = starts_on, ends_on
    decision.monthly_cost_dkk = monthly_cost_dkk
    decision.provider_wish = provider_wish.strip()
    decision.wish_answer = wish_answer
    decision.wish_reasons = _reasons_if_asked(wish_answer, wish_reasons)
    decision.reasons = reasons.strip()
    _save(decision, actor, version=version)
    record(
        SUPPORT_CORRECTED,
        actor=actor,
        case=decision.case,
        subject=decision.reference,
        section=decision.section,
        method=decision.method,
    )


def _save(decision: SupportDecision, actor: User, *, version: int | None = None) -> None:
    if not method_fits(SupportSection(decision.section), Method(decision.method)):
        raise MethodDoesNotFit
    if not wish_is_answered(decision.provider_wish, WishAnswer(decision.wish_answer)):
        raise WishNotAnswered
    with constraint_as(CONSTRAINTS):
        save_as(actor, decision, version=version)


def _reasons_if_asked(answer: WishAnswer, reasons: str) -> str:
    """Reasons belong to a wish that is not followed; with any other answer they are nobody's."""
    return reasons.strip() if answer == WishAnswer.NOT_FOLLOWED else ""
