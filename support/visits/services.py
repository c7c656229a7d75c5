"""Writes: a visit, once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cases.access import case_held, require_on, require_open
from cases.casework.models import Case
from housingfirst.access.enums import Act
from housingfirst.access.models import User
from housingfirst.base.db import constraint_as, save_as
from housingfirst.base.errors import DomainError
from housingfirst.events.services import record
from support.enrolments.models import Enrolment
from support.visits.enums import Channel, Outcome
from support.visits.errors import NextBeforeVisit, VisitInFuture, VisitKeyTaken, WorkerMissing
from support.visits.events import VISIT_LOGGED
from support.visits.models import Visit
from support.visits.rules import channel_of

CLOCK_TOLERANCE: Final = timedelta(minutes=1)


class _SentTwice(DomainError):
    """Another request with the same key was first; never leaves `visit_log`."""


@transaction.atomic
def visit_log(
    *,
    case: Case,
    happened_at: datetime,
    outcome: Outcome,
    form_key: UUID,
    actor: User | None,
    worker: User | None = None,
    sentence: str = "",
    channel: Channel = Channel.HOME,
    minutes: int | None = None,
    next_on: date | None = None,
) -> Visit:
    """Write a contact, or an attempt at one, made by `worker` (the actor unless said).

    The same `form_key` again gives the visit that is there already. A visit from before the case
    was closed may be sent late; one after it raises CaseIsClosed. Raises VisitInFuture,
    NextBeforeVisit, or VisitKeyTaken for a key that was used for another case.
    """
    if actor is not None:
        require_on(actor, case, Act.VISIT_LOG, also_closed=True)
    made_by = worker or actor
    if made_by is None:
        raise WorkerMissing
    if (sent := Visit.objects.filter(form_key=form_key).first()) is not None:
        return _the_first(sent, case)
    if happened_at > timezone.now() + CLOCK_TOLERANCE:
        raise VisitInFuture
    closed_on = case_held(case).closed_on
    if closed_on is not None and timezone.localtime(happened_at).date() > closed_on:
        require_open(case)
    if next_on is not None and next_on < timezone.localtime(happened_at).date():
        raise NextBeforeVisit
    visit = Visit(
        case=case,
        enrolment=_course_of(case, made_by),
        worker=made_by,
        happened_at=happened_at,
        outcome=outcome,
        channel=channel_of(outcome, channel),
        minutes=minutes,
        sentence=sentence.strip(),
        next_on=next_on,
        form_key=form_key,
    )
    try:
        with constraint_as({"support_visit_form_key_key": _SentTwice}):
            save_as(actor, visit)
    except _SentTwice:
        return _the_first(Visit.objects.get(form_key=form_key), case)
    record(
        VISIT_LOGGED,
        actor=actor or made_by,
        case=case,
        subject=visit.reference,
        at=happened_at,
        outcome=outcome,
        next_on=next_on,
    )
    return visit


def _the_first(visit: Visit, case: Case) -> Visit:
    if visit.case_id != case.pk:
        raise VisitKeyTaken
    return visit


def _course_of(case: Case, worker: User) -> Enrolment | None:
    """The running course the visit belongs to: the worker's own, else the newest."""
    courses = Enrolment.objects.active().filter(case=case).order_by("-started_on", "-pk")
    mine = [course for course in courses if course.worker_id == worker.pk]
    return next(iter(mine or courses), None)
