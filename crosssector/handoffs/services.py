"""Writes: work asked of another unit, and its answer."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cases.access import require_on
from cases.casework.models import Case
from cases.citizens.services import cpr_reveal
from crosssector.handoffs.enums import HandoffKind, HandoffStatus
from crosssector.handoffs.errors import (
    BasisMissing,
    HandoffIsAnswered,
    HandoffIsOpen,
    NoQuestion,
    NoServiceLevel,
    NotAsked,
    OfferOfAnotherCase,
    RefusalNeedsReasons,
    TextMissing,
    UnitCannotAnswer,
)
from crosssector.handoffs.events import (
    HANDOFF_ASKED,
    HANDOFF_GRANTED,
    HANDOFF_OPENED,
    HANDOFF_QUESTION,
    HANDOFF_REFUSED,
    HANDOFF_REPLIED,
    HANDOFF_WITHDRAWN,
)
from crosssector.handoffs.models import Handoff, HandoffMessage, ServiceLevel
from crosssector.handoffs.rules import (
    ANSWERING_UNITS,
    OPEN,
    Step,
    due_after_pause,
    due_at,
    next_status,
)
from crosssector.handoffs.selectors import level_of
from housing.allocation.models import Offer
from housingfirst.access.enums import Act
from housingfirst.access.models import Unit, User
from housingfirst.base.db import constraint_as, save_as
from housingfirst.base.errors import NotPermitted
from housingfirst.events.services import record
from housingfirst.lawbook.selectors import choices_of


@transaction.atomic
def handoff_ask(
    *,
    case: Case,
    kind: HandoffKind,
    to_unit: Unit,
    amount_dkk: Decimal,
    actor: User | None,
    offer: Offer | None = None,
    rent_dkk: Decimal | None = None,
    income_dkk: Decimal | None = None,
    text: str = "",
    legal_basis: str = "",
    form_key: UUID | None = None,
) -> Handoff:
    """Ask `to_unit`; due by its agreement, and never later than the offer's own deadline.

    Raises HandoffIsOpen when the same is asked already, NoServiceLevel when neither an agreement
    nor an offer says when an answer is due. A `form_key` that was used gives what it asked.
    """
    if actor is not None:
        require_on(actor, case, Act.HANDOFF_ASK)
    return ask(
        case=case,
        kind=kind,
        to_unit=to_unit,
        amount_dkk=amount_dkk,
        actor=actor,
        offer=offer,
        rent_dkk=rent_dkk,
        income_dkk=income_dkk,
        text=text,
        legal_basis=legal_basis,
        form_key=form_key,
    )


@transaction.atomic
def ask(
    *,
    case: Case,
    kind: HandoffKind,
    to_unit: Unit,
    amount_dkk: Decimal,
    actor: User | None,
    offer: Offer | None,
    rent_dkk: Decimal | None,
    income_dkk: Decimal | None,
    text: str,
    legal_basis: str,
    form_key: UUID | None,
) -> Handoff:
    """`handoff_ask` for those whose right was asked elsewhere: an offer that asks for the loan."""
    if form_key is not None:
        asked = Handoff.objects.filter(form_key=form_key, case=case).first()
        if asked is not None:
            return asked
    if to_unit.kind not in ANSWERING_UNITS[kind] or to_unit.municipality_id != case.municipality_id:
        raise UnitCannotAnswer
    if offer is not None and offer.case_id != case.pk:
        raise OfferOfAnotherCase
    if not legal_basis.strip():
        raise BasisMissing
    now = timezone.now()
    level = level_of(to_unit, kind)
    handoff = Handoff(
        case=case,
        kind=kind,
        to_unit=to_unit,
        from_unit=case.unit or _home_of(actor) or to_unit,
        offer=offer,
        amount_dkk=amount_dkk,
        rent_dkk=rent_dkk,
        income_dkk=income_dkk,
        text=text.strip(),
        legal_basis=legal_basis.strip(),
        asked_at=now,
        asked_by=actor,
        due_at=_due(to_unit, level, now, offer),
        working_days_only=level is None or level.working_days_only,
        form_key=form_key,
    )
    with constraint_as({"crosssector_handoff_one_open": HandoffIsOpen}):
        save_as(actor, handoff)
    _record(HANDOFF_ASKED, handoff, actor, amount_dkk=amount_dkk, due_at=handoff.due_at)
    return handoff


@transaction.atomic
def handoff_open(*, handoff: Handoff, actor: User) -> None:
    """The unit asked has looked at it; the first time is kept and told to the one who asked.

    A look at one that was withdrawn meanwhile is nobody's news.
    """
    _require_answerer(actor, handoff)
    _lock(handoff)
    if handoff.opened_at is not None or handoff.status not in OPEN:
        return
    _step(handoff, Step.OPEN)
    handoff.opened_at = timezone.now()
    save_as(actor, handoff, reason="opened")
    _record(HANDOFF_OPENED, handoff, actor)


@transaction.atomic
def handoff_question(*, handoff: Handoff, text: str, actor: User) -> None:
    """Ask the one who asked. The clock stands until the reply."""
    _require_answerer(actor, handoff)
    _lock(handoff)
    if handoff.status == HandoffStatus.QUESTION:
        raise NotAsked
    _step(handoff, Step.ASK_BACK)
    _write(handoff, text, actor)
    handoff.asked_back_at = timezone.now()
    save_as(actor, handoff, reason="question")
    _record(HANDOFF_QUESTION, handoff, actor)


@transaction.atomic
def handoff_reply(*, handoff: Handoff, text: str, actor: User) -> None:
    """Answer the question. The clock goes on with the time that was left."""
    require_on(actor, handoff.case, Act.HANDOFF_ASK, also_closed=True)
    _lock(handoff)
    stopped_at = handoff.asked_back_at
    if handoff.status != HandoffStatus.QUESTION or stopped_at is None:
        raise NoQuestion
    _step(handoff, Step.REPLY)
    _write(handoff, text, actor)
    handoff.due_at = due_after_pause(
        handoff.due_at,
        stopped_at=stopped_at,
        resumed_at=timezone.now(),
        working_days_only=handoff.working_days_only,
        no_later_than=handoff.offer.answer_by if handoff.offer else None,
        calendar=choices_of(handoff.to_unit.municipality_id).calendar,
    )
    handoff.asked_back_at = None
    save_as(actor, handoff, reason="reply")
    _record(HANDOFF_REPLIED, handoff, actor)


@transaction.atomic
def handoff_grant(
    *,
    handoff: Handoff,
    granted_dkk: Decimal,
    actor: User,
    text: str = "",
) -> None:
    """Grant the amount asked for, or another. Whoever grants may see the CPR number."""
    _require_answerer(actor, handoff)
    _lock(handoff)
    _step(handoff, Step.GRANT)
    handoff.granted_dkk = granted_dkk
    _answer(handoff, text, actor)
    _record(HANDOFF_GRANTED, handoff, actor, amount_dkk=granted_dkk)


@transaction.atomic
def handoff_refuse(*, handoff: Handoff, text: str, actor: User) -> None:
    """Refuse, with reasons."""
    _require_answerer(actor, handoff)
    _lock(handoff)
    _step(handoff, Step.REFUSE)
    refusals = {"crosssector_handoff_refusal_has_reasons": RefusalNeedsReasons}
    with constraint_as(refusals):
        _answer(handoff, text, actor)
    _record(HANDOFF_REFUSED, handoff, actor)


@transaction.atomic
def handoff_withdraw(*, handoff: Handoff, actor: User | None) -> None:
    """Ask for it no longer. `actor` is None when what it was asked for fell away."""
    if actor is not None:
        require_on(actor, handoff.case, Act.HANDOFF_ASK, also_closed=True)
    _lock(handoff)
    _step(handoff, Step.WITHDRAW)
    save_as(actor, handoff, reason="withdrawn")
    _record(HANDOFF_WITHDRAWN, handoff, actor)


@transaction.atomic
def handoff_cpr(*, handoff: Handoff, actor: User) -> str | None:
    """The citizen's CPR number for the unit that was asked; the look is logged.

    Raises HandoffIsAnswered when it is asked no longer: then the number is not needed.
    """
    _require_answerer(actor, handoff)
    if handoff.status == HandoffStatus.WITHDRAWN:
        raise HandoffIsAnswered
    return cpr_reveal(citizen=handoff.case.citizen, actor=actor)


def _due(unit: Unit, level: ServiceLevel | None, now: datetime, offer: Offer | None) -> datetime:
    if level is not None:
        return due_at(
            now,
            hours=level.hours,
            working_days_only=level.working_days_only,
            no_later_than=offer.answer_by if offer else None,
            calendar=choices_of(unit.municipality_id).calendar,
        )
    if offer is not None:
        return offer.answer_by
    raise NoServiceLevel(unit=unit.name)


def _require_answerer(actor: User, handoff: Handoff) -> None:
    if not Handoff.objects.inbox_of(actor).filter(pk=handoff.pk).exists():
        raise NotPermitted


def _lock(handoff: Handoff) -> None:
    """Hold the row and see it as it is now: of two answers at once, the second is refused."""
    handoff.refresh_from_db(from_queryset=Handoff.objects.select_for_update())


def _step(handoff: Handoff, step: Step) -> None:
    status = next_status(HandoffStatus(handoff.status), step)
    if status is None:
        raise HandoffIsAnswered
    handoff.status = status


def _answer(handoff: Handoff, text: str, actor: User) -> None:
    handoff.answer_text = text.strip()
    handoff.answered_at = timezone.now()
    handoff.answered_by = actor
    handoff.opened_at = handoff.opened_at or handoff.answered_at
    save_as(actor, handoff, reason=handoff.status)


def _write(handoff: Handoff, text: str, actor: User) -> None:
    if not text.strip():
        raise TextMissing
    HandoffMessage.objects.create(handoff=handoff, author=actor, text=text.strip())


def _home_of(actor: User | None) -> Unit | None:
    return actor.home_unit if actor else None


def _record(kind: str, handoff: Handoff, actor: User | None, **data: Any) -> None:
    record(
        kind,
        actor=actor,
        case=handoff.case,
        subject=handoff.reference,
        kind_of=handoff.kind,
        unit=handoff.to_unit.name,
        **data,
    )
