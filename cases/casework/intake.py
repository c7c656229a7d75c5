"""The act of taking a citizen in: the person, the case, and what was said the first time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from cases.casework.duplicates import require_linkable
from cases.casework.enums import Audience, DespiteReason, NoteKind, Situation, Source
from cases.casework.journal import note_write, situation_say, wish_say
from cases.casework.models import Case
from cases.casework.services import case_open
from cases.citizens.cpr import Cpr
from cases.citizens.enums import Protection
from cases.citizens.models import Citizen
from cases.citizens.services import citizen_register
from housingfirst.access.enums import Act, LogAction, Purpose
from housingfirst.access.log import log
from housingfirst.access.models import Unit, User
from housingfirst.access.services import require
from housingfirst.base.errors import NotPermitted


@dataclass(frozen=True, slots=True)
class Person:
    """Who comes. For a citizen who is registered already only the record counts."""

    name: str
    cpr: Cpr | None = None
    birth_date: date | None = None
    protection: Protection = Protection.UNKNOWN
    language: str = "Dansk"
    needs_interpreter: bool = False
    phone: str = ""


@dataclass(frozen=True, slots=True)
class FirstWords:
    """What is known from the first talk; empty where nothing is."""

    situation: Situation | None = None
    situation_from: date | None = None
    wish: str = ""
    note: str = ""


@transaction.atomic
def case_take_in(
    *,
    person: Person | Citizen,
    said: FirstWords,
    unit: Unit,
    adviser: User | None,
    at: datetime,
    on: date,
    form_key: UUID,
    actor: User,
    despite: DespiteReason | None = None,
) -> Case:
    """Register the citizen, unless one is given, and open a case with the actor's unit.

    `despite` says why, when the asker was told that somebody like it is here. Raises CprInUse,
    CaseIsOpen, CitizenTaken.
    """
    require(actor, Act.CASE_CREATE)
    if unit.pk not in actor.unit_ids_for(Act.CASE_CREATE):
        raise NotPermitted
    if isinstance(person, Citizen):
        require_linkable(actor, unit.municipality, person)
        citizen = person
    else:
        citizen = citizen_register(
            name=person.name,
            cpr=person.cpr,
            birth_date=person.birth_date,
            protection=person.protection,
            language=person.language,
            needs_interpreter=person.needs_interpreter,
            phone=person.phone,
            actor=actor,
        )
    case = case_open(
        citizen=citizen,
        municipality=unit.municipality,
        opened_on=on,
        unit=unit,
        adviser=adviser,
        actor=actor,
    )
    log(
        actor,
        LogAction.CHANGED,
        [citizen.pk],
        what="case_create",
        purpose=Purpose.INTAKE,
        detail=f"despite: {despite.value}" if despite else "",
    )
    _write_down(case, said, at=at, on=on, form_key=form_key, actor=actor)
    return case


def _write_down(
    case: Case, said: FirstWords, *, at: datetime, on: date, form_key: UUID, actor: User
) -> None:
    if said.situation is not None:
        situation_say(
            case=case,
            situation=said.situation,
            starts_on=said.situation_from or on,
            ends_on=None,
            source=Source.CITIZEN,
            remark="",
            actor=actor,
        )
    if said.wish:
        wish_say(case=case, words=said.wish, said_on=on, actor=actor)
    if said.note:
        note_write(
            case=case,
            kind=NoteKind.MEETING,
            happened_at=at,
            text=said.note,
            audience=Audience.CASE,
            is_important=False,
            form_key=form_key,
            actor=actor,
        )
