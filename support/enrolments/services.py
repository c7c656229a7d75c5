"""Writes: courses of support, their phases by date, and how they end."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction

from cases.access import require_on
from cases.casework.models import Case
from housingfirst.access.enums import Act
from housingfirst.access.models import User
from housingfirst.base.db import constraint_as, save_as
from housingfirst.base.errors import DomainError
from housingfirst.events.services import record
from housingfirst.law.days import COPENHAGEN
from housingfirst.ui import words
from support.enrolments.enums import EndReason
from support.enrolments.errors import (
    EarlyEndNeedsWords,
    EndsBeforeStart,
    EnrolmentHasEnded,
    EnrolmentIsActive,
    LostHomeNeedsWords,
    NoCourseAtFacility,
    OnlyCtiHasPhases,
    OtherEndNeedsWords,
    PhaseBeforeCourse,
    PhaseNeedsReason,
    WorkerNotOnCase,
)
from support.enrolments.events import (
    ENROLMENT_CHANGED,
    ENROLMENT_ENDED,
    ENROLMENT_STARTED,
    PHASE_STARTED,
)
from support.enrolments.homes import home_of
from support.enrolments.models import Enrolment, Phase
from support.enrolments.phases import last_day, planned_phases
from support.enrolments.rules import Question, question_for
from support.enrolments.selectors import workers_for
from support.methods.enums import Method, SupportSection
from support.methods.models import SupportDecision
from support.methods.rules import is_course


@transaction.atomic
def enrolment_start(
    *,
    decision: SupportDecision,
    started_on: date,
    actor: User | None,
    worker: User | None = None,
    phase_1_on: date | None = None,
    phase_1_reason: str = "",
) -> Enrolment:
    """Start the course that `decision` grants, with a contact period until phase 1 of CTI.

    Raises NoCourseAtFacility for a place under § 107, EnrolmentIsActive when the citizen has one
    with the method, WorkerNotOnCase, or what `phase_1_set` raises.
    """
    case, method = decision.case, Method(decision.method)
    if actor is not None:
        require_on(actor, case, Act.CASE_CHANGE)
    if not is_course(SupportSection(decision.section)):
        raise NoCourseAtFacility
    _require_worker(case, worker, started_on)
    enrolment = Enrolment(
        case=case, decision=decision, method=method, worker=worker, started_on=started_on
    )
    if phase_1_on is not None:
        _place_phase_1(enrolment, phase_1_on, phase_1_reason)
    active = EnrolmentIsActive(method=words.inside(method.label))
    with constraint_as({"support_enrolment_one_active_per_method": active}):
        save_as(actor, enrolment)
    _write_phases(enrolment)
    record(
        ENROLMENT_STARTED,
        actor=actor,
        case=case,
        subject=enrolment.reference,
        method=method,
        started_on=started_on,
        phase_1_on=phase_1_on,
    )
    return enrolment


@transaction.atomic
def phase_1_set(
    *,
    enrolment: Enrolment,
    on: date,
    actor: User | None,
    reason: str = "",
    version: int | None = None,
) -> None:
    """Give a CTI course the day its phases count from: the move-in, or another transition.

    All phases are computed anew from `on`. Without a tenancy it asks why (`reason`).
    """
    if actor is not None:
        require_on(actor, enrolment.case, Act.CASE_CHANGE)
    if enrolment.ended_on is not None:
        raise EnrolmentHasEnded
    _place_phase_1(enrolment, on, reason)
    save_as(actor, enrolment, version=version, reason="phase 1")
    _write_phases(enrolment)
    record(
        ENROLMENT_CHANGED,
        actor=actor,
        case=enrolment.case,
        subject=enrolment.reference,
        method=enrolment.method,
        phase_1_on=on,
    )


@transaction.atomic
def worker_set(
    *, enrolment: Enrolment, worker: User | None, on: date, actor: User, version: int | None = None
) -> None:
    """Give the course to another support worker, or to nobody yet. `on` is today."""
    require_on(actor, enrolment.case, Act.CASE_CHANGE)
    if enrolment.ended_on is not None:
        raise EnrolmentHasEnded
    _require_worker(enrolment.case, worker, on)
    enrolment.worker = worker
    save_as(actor, enrolment, version=version, reason="worker")


@transaction.atomic
def enrolment_end(
    *,
    enrolment: Enrolment,
    ended_on: date,
    reason: EndReason,
    actor: User | None,
    remark: str = "",
    version: int | None = None,
) -> None:
    """End a course. Some endings must be explained: see `rules.question_for`."""
    if actor is not None:
        require_on(actor, enrolment.case, Act.CASE_CHANGE, also_closed=True)
    if enrolment.ended_on is not None:
        raise EnrolmentHasEnded
    if ended_on < enrolment.started_on:
        raise EndsBeforeStart(started_on=_day(enrolment.started_on, ended_on))
    lost_on = home_of(enrolment.case).lost_on
    last_on = last_day(enrolment.phase_1_on)
    question = question_for(reason, ended_on=ended_on, lost_on=lost_on, last_on=last_on)
    if question is not None and not remark.strip():
        raise _asked(question, ended_on=ended_on, lost_on=lost_on, last_on=last_on)
    enrolment.ended_on, enrolment.end_reason = ended_on, reason
    enrolment.end_remark = remark.strip()
    enrolment.ended_after_lost_home = question == Question.LOST_HOME
    save_as(actor, enrolment, version=version, reason="ended")
    record(
        ENROLMENT_ENDED,
        actor=actor,
        case=enrolment.case,
        subject=enrolment.reference,
        method=enrolment.method,
        reason=reason,
        ended_on=ended_on,
        after_lost_home=enrolment.ended_after_lost_home,
    )


@transaction.atomic
def phases_announce(*, today: date, now: datetime) -> int:
    """Write in the timeline which phases of running courses have begun; how many were written.

    Each is written once, on the day it began, however often, late or many at a time this runs.
    """
    begun = list(
        Phase.objects.filter(
            announced_at__isnull=True, starts_on__lte=today, enrolment__ended_on__isnull=True
        )
        .select_related("enrolment__case")
        .select_for_update(of=("self",), skip_locked=True)
        .order_by("starts_on", "pk")
    )
    Phase.objects.filter(pk__in=[phase.pk for phase in begun]).update(announced_at=now)
    for phase in begun:
        record(
            PHASE_STARTED,
            actor=None,
            case=phase.enrolment.case,
            subject=phase.enrolment.reference,
            at=datetime.combine(phase.starts_on, time.min, tzinfo=COPENHAGEN),
            phase=phase.kind,
            starts_on=phase.starts_on,
        )
    return len(begun)


def _require_worker(case: Case, worker: User | None, on: date) -> None:
    if worker is not None and not workers_for(case, on).filter(pk=worker.pk).exists():
        raise WorkerNotOnCase


def _place_phase_1(enrolment: Enrolment, on: date, reason: str) -> None:
    if enrolment.method != Method.CTI:
        raise OnlyCtiHasPhases
    if on < enrolment.started_on:
        raise PhaseBeforeCourse(started_on=_day(enrolment.started_on, on))
    has_home = home_of(enrolment.case).starts_on is not None
    if not has_home and not reason.strip():
        raise PhaseNeedsReason
    enrolment.phase_1_on = on
    enrolment.phase_1_reason = "" if has_home else reason.strip()


def _write_phases(enrolment: Enrolment) -> None:
    """Replace the rows by what follows from the dates; what was announced stays announced."""
    if enrolment.method != Method.CTI:
        return
    announced = {
        (phase.kind, phase.starts_on): phase.announced_at for phase in enrolment.phases.all()
    }
    enrolment.phases.all().delete()
    Phase.objects.bulk_create(
        Phase(
            enrolment=enrolment,
            kind=phase.kind,
            starts_on=phase.starts_on,
            ends_on=phase.ends_on,
            announced_at=announced.get((phase.kind, phase.starts_on)),
        )
        for phase in planned_phases(enrolment.started_on, enrolment.phase_1_on)
    )


def _asked(
    question: Question, *, ended_on: date, lost_on: date | None, last_on: date | None
) -> DomainError:
    """The refusal that asks the question."""
    if question == Question.LOST_HOME and lost_on is not None:
        return LostHomeNeedsWords(lost_on=_day(lost_on, ended_on))
    if question == Question.EARLY and last_on is not None:
        return EarlyEndNeedsWords(last_on=_day(last_on, ended_on))
    return OtherEndNeedsWords()


def _day(day: date, near: date) -> str:
    return words.day(day, today=near, weekday=False)
