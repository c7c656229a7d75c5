"""Writes: an application received, answered or withdrawn; the citizen told when to expect it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction

from cases.access import require_on
from cases.casework.models import Case
from crosssector.applications.enums import Answer, ApplicationKind
from crosssector.applications.errors import (
    AnsweredBeforeReceived,
    ExpectedBeforeTold,
    IsAnswered,
    RefusalNeedsReasons,
)
from crosssector.applications.events import ANSWERED, RECEIVED, TOLD, WITHDRAWN
from crosssector.applications.models import Application, ExpectedAnswer
from crosssector.handoffs.models import Handoff
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.access.models import User
from housingfirst.base.db import constraint_as, save_as
from housingfirst.base.errors import DomainError
from housingfirst.events.services import record

CONSTRAINTS: Final[Mapping[str, type[DomainError]]] = {
    "crosssector_application_answered_after": AnsweredBeforeReceived,
    "crosssector_application_refusal_has_reasons": RefusalNeedsReasons,
    "crosssector_application_one_end": IsAnswered,
    "crosssector_expected_after_told": ExpectedBeforeTold,
}


@transaction.atomic
def application_register(
    *,
    case: Case,
    kind: ApplicationKind,
    received_on: date,
    actor: User,
    text: str = "",
) -> Application:
    """The citizen has applied for something: the municipality's time runs."""
    require_on(actor, case, Act.HANDOFF_ASK)
    row = Application(
        case=case, kind=kind, received_on=received_on, text=text.strip(), written_by=actor
    )
    save_as(actor, row)
    _tell(case, actor)
    record(
        RECEIVED,
        actor=actor,
        case=case,
        subject=row.reference,
        application=kind,
        received_on=received_on,
    )
    return row


@transaction.atomic
def application_answer(
    *,
    application: Application,
    answer: Answer,
    answered_on: date,
    actor: User,
    version: int,
    reasons: str = "",
) -> None:
    """The citizen has the answer. Raises IsAnswered, RefusalNeedsReasons, StaleVersion,
    AnsweredBeforeReceived.
    """
    require_on(actor, application.case, Act.HANDOFF_ASK, also_closed=True)
    if application.answered_on is not None:
        raise IsAnswered
    application.answered_on, application.answer = answered_on, answer
    application.reasons = reasons.strip()
    _save(application, actor, version)
    record(ANSWERED, **_about(application, actor), answer=answer, answered_on=answered_on)


@transaction.atomic
def application_withdraw(*, application: Application, on: date, actor: User, version: int) -> None:
    """The citizen applies no longer. Raises IsAnswered, StaleVersion."""
    require_on(actor, application.case, Act.HANDOFF_ASK, also_closed=True)
    application.withdrawn_on = on
    _save(application, actor, version)
    record(WITHDRAWN, **_about(application, actor), on=on)


@transaction.atomic
def expected_tell(
    *, about: Application | Handoff, told_on: date, expected_on: date, actor: User
) -> ExpectedAnswer:
    """The time cannot be kept: the citizen is told in writing when (RSL § 3, stk. 2).

    Raises ExpectedBeforeTold.
    """
    require_on(actor, about.case, Act.HANDOFF_ASK, also_closed=True)
    row = ExpectedAnswer(told_on=told_on, expected_on=expected_on, written_by=actor)
    if isinstance(about, Application):
        row.application = about
    else:
        row.handoff = about
    with constraint_as(CONSTRAINTS):
        row.save()
    _tell(about.case, actor)
    record(
        TOLD,
        actor=actor,
        case=about.case,
        subject=row.reference,
        told_on=told_on,
        expected_on=expected_on,
    )
    return row


def _save(application: Application, actor: User, version: int) -> None:
    with constraint_as(CONSTRAINTS):
        save_as(actor, application, version=version)
    _tell(application.case, actor)


def _about(application: Application, actor: User) -> dict[str, Any]:
    return {
        "actor": actor,
        "case": application.case,
        "subject": application.reference,
        "application": application.kind,
    }


def _tell(case: Case, actor: User) -> None:
    log(actor, LogAction.CHANGED, [case.citizen_id], what="application")
