"""Writes about deadlines: bringing them up to date, and what people say about them."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta
from typing import Final

import structlog
from django.db import DatabaseError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.access.models import Membership, User
from housingfirst.access.services import require
from housingfirst.base.errors import NotPermitted
from housingfirst.deadlines.errors import (
    ColleagueCannotTakeIt,
    DeadlineIsClosed,
    GivingNeedsReason,
    SnoozeDayUnfit,
    SnoozeNeedsReason,
)
from housingfirst.deadlines.kinds import all_kinds, kind_of
from housingfirst.deadlines.models import Deadline
from housingfirst.deadlines.rules import next_step
from housingfirst.deadlines.selectors import may_take
from housingfirst.deadlines.sweep import Changed, give_room, lock_for_refresh, lock_for_sweep, write

SNOOZE_DAYS_AT_MOST: Final = 30
LOCK_ATTEMPTS: Final = 50
LOCK_PAUSE_S: Final = 0.1

ACKNOWLEDGEMENT: Final = ("acknowledged_at", "acknowledged_by", "acknowledged_until")

logger = structlog.get_logger(__name__)

_put_off: ContextVar[set[int] | None] = ContextVar("deadlines_put_off", default=None)


class SweepFailed(Exception):
    """Some kinds could not be swept; the others were."""


def sweep(today: date) -> Changed:
    """Bring all deadlines up to date, kind by kind, each in its own transaction.

    May run twice, late, or several at a time: what is right already is not touched, and what a
    killed sweep left is done by the next. Raises SweepFailed after the last kind.
    """
    changed, failed = Changed(), []
    release_from_leavers(today)
    for kind in all_kinds():
        try:
            changed += refresh_kind(kind.key, today)
        except DatabaseError:
            logger.exception("deadlines_sweep_failed", kind=kind.key)
            failed.append(kind.key)
    if failed:
        raise SweepFailed(", ".join(failed))
    return changed


def refresh_kind(key: str, today: date) -> Changed:
    """Bring the deadlines of one kind up to date.

    Waits for others who write deadlines; after five seconds it leaves the work to the next sweep.
    """
    kind = kind_of(key)
    for _attempt in range(LOCK_ATTEMPTS):
        with transaction.atomic():
            if lock_for_sweep():
                give_room()
                return write([kind], today, now=timezone.now())
        time.sleep(LOCK_PAUSE_S)
    logger.warning("deadlines_sweep_postponed", kind=key)
    return Changed()


@transaction.atomic
def refresh_cases(case_ids: Collection[int], today: date) -> Changed:
    """Bring the deadlines of these cases up to date, in the transaction that changed their facts.

    Inside `refreshed_together` it only notes the cases.
    """
    noted = _put_off.get()
    if noted is not None:
        noted.update(case_ids)
        return Changed()
    kinds = [kind for kind in all_kinds() if kind.case_lookup]
    if not case_ids or not kinds:
        return Changed()
    lock_for_refresh(case_ids)
    return write(kinds, today, now=timezone.now(), case_ids=case_ids)


@contextmanager
def refreshed_together(today: date) -> Iterator[None]:
    """Within an import or another act on many cases: all of them are brought up to date at its end.

    Open it inside the transaction of the act.
    """
    noted: set[int] = set()
    token = _put_off.set(noted)
    try:
        yield
    finally:
        _put_off.reset(token)
    refresh_cases(noted, today)


@transaction.atomic
def acknowledge(*, deadline: Deadline, actor: User, today: date) -> Deadline:
    """Say that it is seen and in hand, until the ladder of its kind warns anew."""
    deadline = _locked(deadline, actor)
    ladder = kind_of(deadline.kind).ladder
    deadline.acknowledged_at = timezone.now()
    deadline.acknowledged_by = actor
    deadline.acknowledged_until = next_step(due_on=deadline.due_on, ladder=ladder, day=today)
    deadline.times_acknowledged += 1
    deadline.save(update_fields=[*ACKNOWLEDGEMENT, "times_acknowledged"])
    _write_down(deadline, actor, "deadline_acknowledge")
    return deadline


@transaction.atomic
def snooze(*, deadline: Deadline, until: date, reason: str, actor: User, today: date) -> Deadline:
    """Take it off the list until a day, and say why. The day it is due does not move.

    Raises SnoozeDayUnfit, SnoozeNeedsReason, or DeadlineIsClosed when it was done meanwhile.
    """
    deadline = _locked(deadline, actor)
    if not today < until <= today + timedelta(days=SNOOZE_DAYS_AT_MOST):
        raise SnoozeDayUnfit(days=SNOOZE_DAYS_AT_MOST)
    if not reason.strip():
        raise SnoozeNeedsReason
    deadline.snoozed_until = until
    deadline.snoozed_by = actor
    deadline.snooze_reason = reason.strip()
    deadline.times_snoozed += 1
    deadline.save(update_fields=["snoozed_until", "snoozed_by", "snooze_reason", "times_snoozed"])
    _write_down(deadline, actor, "deadline_snooze")
    return deadline


@transaction.atomic
def wake(*, deadline: Deadline, actor: User) -> Deadline:
    """Take what was put off back onto the list."""
    deadline = _locked(deadline, actor)
    deadline.snoozed_until = None
    deadline.snoozed_by = None
    deadline.snooze_reason = ""
    deadline.save(update_fields=["snoozed_until", "snoozed_by", "snooze_reason"])
    _write_down(deadline, actor, "deadline_wake")
    return deadline


@transaction.atomic
def give(*, deadline: Deadline, to: User, reason: str, actor: User, today: date) -> Deadline:
    """Give it to a colleague in its unit, who reads from whom and why. Its day does not move.

    What was said of it before (in hand, put off) falls: somebody else begins. Given back to whose
    it is by the facts, it is theirs again. Raises GivingNeedsReason, ColleagueCannotTakeIt,
    DeadlineIsClosed.
    """
    deadline = _locked(deadline, actor)
    if not reason.strip():
        raise GivingNeedsReason
    if to.pk == (deadline.given_to_id or deadline.person_id) or not may_take(deadline, to):
        raise ColleagueCannotTakeIt
    for column in (*ACKNOWLEDGEMENT, "snoozed_until", "snoozed_by"):
        setattr(deadline, column, None)
    deadline.snooze_reason = ""
    if to.pk == deadline.person_id:
        _take_from(deadline)
    else:
        deadline.given_to, deadline.given_by = to, actor
        deadline.given_at, deadline.given_reason = timezone.now(), reason.strip()
    deadline.save(
        update_fields=[
            *ACKNOWLEDGEMENT,
            *("snoozed_until", "snoozed_by", "snooze_reason"),
            *("given_to", "given_by", "given_at", "given_reason"),
        ]
    )
    _write_down(deadline, actor, "deadline_give")
    return deadline


@transaction.atomic
def give_back(*, deadline: Deadline, actor: User) -> Deadline:
    """What was given goes back to whose it is by the facts, or to the unit."""
    deadline = _locked(deadline, actor)
    _take_from(deadline)
    deadline.save(update_fields=["given_to", "given_by", "given_at", "given_reason"])
    _write_down(deadline, actor, "deadline_give_back")
    return deadline


def _take_from(deadline: Deadline) -> None:
    deadline.given_to = deadline.given_by = deadline.given_at = None
    deadline.given_reason = ""


def release_from_leavers(today: date) -> int:
    """Take back what was given to people who are no longer in its unit. How many there were."""
    still = Membership.objects.on(today).filter(
        user=OuterRef("given_to"), unit=OuterRef("unit"), user__is_active=True
    )
    return (
        Deadline.objects.open()
        .filter(~Exists(still), given_to__isnull=False)
        .update(given_to=None, given_by=None, given_at=None, given_reason="")
    )


def _locked(deadline: Deadline, actor: User) -> Deadline:
    """The row as it is now, held. Raises NotPermitted, or DeadlineIsClosed."""
    require(actor, Act.WORKLIST)
    if not Deadline.objects.visible_to(actor).filter(pk=deadline.pk).exists():
        raise NotPermitted
    deadline = (
        Deadline.objects.select_for_update(of=("self",)).select_related("case").get(pk=deadline.pk)
    )
    if deadline.closed_at is not None:
        raise DeadlineIsClosed
    return deadline


def _write_down(deadline: Deadline, actor: User, what: str) -> None:
    citizens = [deadline.case.citizen_id] if deadline.case else []
    log(actor, LogAction.CHANGED, citizens, what=what, detail=deadline.kind)
