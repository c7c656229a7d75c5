"""Writes: a complaint received, looked at again, sent on, answered; or withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction

from cases.access import require_on
from cases.casework.models import Case
from crosssector.complaints.clock import clock, is_late
from crosssector.complaints.enums import BoardAnswer, Complainant, Reassessment
from crosssector.complaints.errors import (
    ComplaintBeforeDecision,
    ComplaintRuns,
    NeedsReasons,
    NotAtThatStep,
    StepBeforeComplaint,
    ToldBeforeDecision,
)
from crosssector.complaints.events import (
    ANSWERED,
    FORWARDED,
    REASSESSED,
    RECEIVED,
    TOLD,
    WITHDRAWN,
)
from crosssector.complaints.models import Complaint, DecisionTold, Stage
from crosssector.complaints.sources import Appealable
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.access.models import User
from housingfirst.base.db import constraint_as, save_as
from housingfirst.base.errors import DomainError
from housingfirst.events.services import record
from housingfirst.ui import words

CONSTRAINTS: Final[Mapping[str, type[DomainError]]] = {
    "crosssector_complaint_once": ComplaintRuns,
    "crosssector_complaint_says_what": NeedsReasons,
    "crosssector_complaint_reassessed_with_reasons": NeedsReasons,
    "crosssector_complaint_steps_in_order": StepBeforeComplaint,
}


@transaction.atomic
def decision_told(*, case: Case, decision: Appealable, told_on: date, actor: User) -> None:
    """The letter with the decision came on `told_on`: the time to complain runs from that day.

    Again it puts the day right. Raises ToldBeforeDecision.
    """
    require_on(actor, case, Act.SUPPORT_DECIDE, also_closed=True)
    if told_on < decision.decided_on:
        raise ToldBeforeDecision(day=words.day_as_typed(decision.decided_on))
    named = {decision.field: decision.row}
    row = DecisionTold.objects.filter(**named).first() or DecisionTold(case=case, **named)
    row.told_on = told_on
    save_as(actor, row)
    log(actor, LogAction.CHANGED, [case.citizen_id], what="complaint")
    record(
        TOLD,
        actor=actor,
        case=case,
        subject=decision.reference,
        title=decision.title,
        told_on=told_on,
    )


@transaction.atomic
def complaint_register(
    *,
    case: Case,
    decision: Appealable,
    told_on: date,
    received_on: date,
    complainant: Complainant,
    about: str,
    actor: User,
    complainant_name: str = "",
) -> Complaint:
    """A complaint has come. One that comes too late is taken in too: it is sent on.

    Raises ComplaintBeforeDecision, ComplaintRuns, NeedsReasons. Also on a closed case: the time to
    complain runs on.
    """
    require_on(actor, case, Act.SUPPORT_DECIDE, also_closed=True)
    if received_on < told_on:
        raise ComplaintBeforeDecision(day=words.day_as_typed(told_on))
    complaint = Complaint(
        case=case,
        title=decision.title,
        told_on=told_on,
        received_on=received_on,
        complainant=complainant,
        complainant_name=complainant_name.strip(),
        about=about.strip(),
        written_by=actor,
        **{decision.field: decision.row},
    )
    with constraint_as(CONSTRAINTS):
        save_as(actor, complaint)
    _tell(complaint, actor, RECEIVED, title=decision.title, received_on=received_on)
    return complaint


@transaction.atomic
def complaint_reassess(
    *,
    complaint: Complaint,
    outcome: Reassessment,
    on: date,
    reasons: str,
    actor: User,
    version: int,
) -> None:
    """The municipality has looked at its decision again (RSL § 66).

    Raises NotAtThatStep, NeedsReasons, StepBeforeComplaint, StaleVersion.
    """
    _at(complaint, Stage.REASSESS, actor)
    complaint.reassessed_on, complaint.outcome = on, outcome
    complaint.reasons, complaint.reassessed_by = reasons.strip(), actor
    _save(complaint, actor, version)
    _tell(complaint, actor, REASSESSED, outcome=outcome, on=on)


@transaction.atomic
def complaint_forward(*, complaint: Complaint, on: date, actor: User, version: int) -> None:
    """Sent on to Ankestyrelsen: what was upheld, or what came too late and was not looked at.

    Raises NotAtThatStep, StepBeforeComplaint, StaleVersion.
    """
    _at(complaint, (Stage.FORWARD, Stage.REASSESS), actor)
    is_looked_at = complaint.stage is Stage.FORWARD
    if not is_looked_at and not is_late(clock(complaint.case, complaint.told_on, on), complaint):
        raise NotAtThatStep
    complaint.forwarded_on = on
    _save(complaint, actor, version)
    _tell(complaint, actor, FORWARDED, on=on)


@transaction.atomic
def complaint_answer(
    *,
    complaint: Complaint,
    answer: BoardAnswer,
    on: date,
    actor: User,
    version: int,
    text: str = "",
) -> None:
    """Ankestyrelsen has answered. Raises NotAtThatStep, StepBeforeComplaint, StaleVersion."""
    _at(complaint, Stage.AT_BOARD, actor)
    complaint.answered_on, complaint.board_answer = on, answer
    complaint.board_text = text.strip()
    _save(complaint, actor, version)
    _tell(complaint, actor, ANSWERED, answer=answer, on=on)


@transaction.atomic
def complaint_withdraw(*, complaint: Complaint, on: date, actor: User, version: int) -> None:
    """The citizen does not want to go on with it. Raises NotAtThatStep, StaleVersion."""
    _at(complaint, (Stage.REASSESS, Stage.FORWARD, Stage.AT_BOARD), actor)
    complaint.withdrawn_on = on
    _save(complaint, actor, version)
    _tell(complaint, actor, WITHDRAWN, on=on)


def _at(complaint: Complaint, stages: Stage | tuple[Stage, ...], actor: User) -> None:
    """Raises NotPermitted, or NotAtThatStep."""
    require_on(actor, complaint.case, Act.SUPPORT_DECIDE, also_closed=True)
    if complaint.stage not in (stages if isinstance(stages, tuple) else (stages,)):
        raise NotAtThatStep


def _save(complaint: Complaint, actor: User, version: int) -> None:
    with constraint_as(CONSTRAINTS):
        save_as(actor, complaint, version=version)


def _tell(complaint: Complaint, actor: User, event: str, **data: Any) -> None:
    log(actor, LogAction.CHANGED, [complaint.case.citizen_id], what="complaint")
    record(event, actor=actor, case=complaint.case, subject=complaint.reference, **data)
