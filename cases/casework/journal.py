"""Writes of the journal: notes, the citizen's wishes, and where people say that she sleeps."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from cases.access import require_on
from cases.casework.enums import Audience, NoteKind, Situation, Source
from cases.casework.errors import SituationFollows, SituationOverlaps
from cases.casework.events import (
    NOTE_CORRECTED,
    NOTE_IMPORTANT,
    NOTE_WRITTEN,
    SITUATION_CHANGED,
    WISH_SAID,
)
from cases.casework.models import Case, Note, SituationRecord, Wish
from cases.casework.situations import situation_begin
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.access.models import Unit, User
from housingfirst.base.db import constraint_as, save_as
from housingfirst.base.errors import NotPermitted
from housingfirst.events.services import record


@transaction.atomic
def note_write(
    *,
    case: Case,
    kind: NoteKind,
    happened_at: datetime,
    text: str,
    audience: Audience,
    is_important: bool,
    form_key: UUID,
    actor: User,
) -> Note:
    """A note in the journal. The same `form_key` twice gives the first one."""
    require_on(actor, case, Act.NOTE_WRITE)
    earlier = Note.objects.filter(form_key=form_key, case=case, author=actor).first()
    if earlier is not None:
        return earlier
    note = Note(
        case=case,
        kind=kind,
        happened_at=happened_at,
        text=text,
        audience=audience,
        is_important=is_important,
        author=actor,
        unit=unit_on(actor, case, Act.NOTE_WRITE),
        form_key=form_key,
    )
    save_as(actor, note)
    log(actor, LogAction.CHANGED, [case.citizen_id], what="note")
    record(
        NOTE_IMPORTANT if is_important else NOTE_WRITTEN,
        actor=actor,
        case=case,
        subject=note.reference,
        at=happened_at,
        note_kind=kind.value,
    )
    return note


@transaction.atomic
def note_correct(
    *,
    note: Note,
    kind: NoteKind,
    happened_at: datetime,
    text: str,
    audience: Audience,
    is_important: bool,
    actor: User,
    version: int,
) -> None:
    """Correct one's own note; what stood there is kept. Raises StaleVersion."""
    require_on(actor, note.case, Act.NOTE_WRITE, also_closed=True)
    if note.author_id != actor.pk:
        raise NotPermitted
    note.kind, note.happened_at, note.text = kind, happened_at, text
    note.audience, note.is_important = audience, is_important
    save_as(actor, note, version=version)
    log(actor, LogAction.CHANGED, [note.case.citizen_id], what="note")
    record(NOTE_CORRECTED, actor=actor, case=note.case, subject=note.reference)


@transaction.atomic
def wish_say(*, case: Case, words: str, said_on: date, actor: User) -> Wish:
    """The citizen's own words, as they were said on a day. The newest is the one that counts."""
    require_on(actor, case, Act.NOTE_WRITE)
    wish = Wish(case=case, words=words, said_on=said_on, written_by=actor)
    save_as(actor, wish)
    log(actor, LogAction.CHANGED, [case.citizen_id], what="wish")
    record(WISH_SAID, actor=actor, case=case, subject=wish.reference)
    return wish


@transaction.atomic
def situation_say(
    *,
    case: Case,
    situation: Situation,
    starts_on: date,
    ends_on: date | None,
    source: Source,
    remark: str,
    actor: User,
) -> SituationRecord:
    """Where the citizen sleeps from `starts_on`.

    Without an end it holds until the next situation that is known, and ends the one before.
    With `ends_on` (the day it no longer holds) it must fit between the others: raises
    SituationOverlaps. What follows from a stay or a tenancy is not ended so: SituationFollows.
    """
    require_on(actor, case, Act.CASE_CHANGE)
    if ends_on is None:
        covering = Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on)
        for other in case.situations.filter(covering, starts_on__lte=starts_on):
            _require_said(other)
        said = situation_begin(
            case=case,
            situation=situation,
            starts_on=starts_on,
            source=source,
            remark=remark,
            actor=actor,
        )
    else:
        said = SituationRecord(
            case=case,
            situation=situation,
            starts_on=starts_on,
            ends_on=ends_on,
            source=source,
            remark=remark,
        )
        with constraint_as({"cases_situation_one_at_a_time": SituationOverlaps}):
            save_as(actor, said)
    _situation_said(said, actor)
    return said


@transaction.atomic
def situation_correct(
    *,
    said: SituationRecord,
    situation: Situation,
    starts_on: date,
    ends_on: date | None,
    source: Source,
    remark: str,
    actor: User,
    version: int,
) -> None:
    """Correct a situation, or end it. Raises SituationOverlaps, SituationFollows, StaleVersion."""
    require_on(actor, said.case, Act.CASE_CHANGE, also_closed=True)
    _require_said(said)
    said.situation, said.starts_on, said.ends_on = situation, starts_on, ends_on
    said.source, said.remark = source, remark
    with constraint_as({"cases_situation_one_at_a_time": SituationOverlaps}):
        save_as(actor, said, version=version)
    _situation_said(said, actor)


def unit_on(actor: User, case: Case, act: Act) -> Unit:
    """The unit in whose name the actor does `act` on the case: the one that it is shared with."""
    units = actor.units_for(act)
    shared = set(
        case.grants.valid()
        .filter(group__in=[unit.group_id for unit in units])
        .values_list("group_id", flat=True)
    )
    return next((unit for unit in units if unit.group_id in shared), units[0])


def _require_said(situation: SituationRecord) -> None:
    if not situation.is_said:
        raise SituationFollows


def _situation_said(said: SituationRecord, actor: User) -> None:
    log(actor, LogAction.CHANGED, [said.case.citizen_id], what="situation")
    record(
        SITUATION_CHANGED,
        actor=actor,
        case=said.case,
        subject=said.reference,
        situation=said.situation,
        starts_on=said.starts_on,
    )
