"""The journal's pages: notes, wishes, situations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from cases.casework.enums import NoteKind
from cases.casework.models import Case, CaseGrant, Note, SituationRecord, Wish
from cases.casework.whereabouts import unit_shown
from housingfirst.access.denied import Denied
from housingfirst.access.enums import Permission
from housingfirst.access.models import Unit, User
from housingfirst.base.keyset import window
from housingfirst.ui.parts import Page

ROWS: Final = 20
WISHES: Final = 5


@dataclass(frozen=True, slots=True)
class Notes:
    rows: list[Note]
    page: Page


def notes_of(case: Case, user: User, query: Mapping[str, str]) -> Notes:
    """The notes that the user may read, newest first; `kind` and `important` filter."""
    notes = case.notes.readable_by(user).select_related("author", "unit")
    if (kind := query.get("kind", "")) in NoteKind.values:
        notes = notes.filter(kind=kind)
    if query.get("important") == "1":
        notes = notes.filter(is_important=True)
    page = window(notes, order=("-happened_at", "-pk"), size=ROWS, query=query)
    return Notes(page.rows, Page(*page.addresses(query)))


def note_for(case: Case, user: User, reference: UUID) -> Note:
    """A note of the case that the user may read. Raises Denied."""
    note = (
        case.notes.readable_by(user)
        .select_related("author", "unit")
        .filter(reference=reference)
        .first()
    )
    if note is None:
        raise Denied("note", (case.citizen_id,))
    note.case = case  # with its citizen and the reader's rights
    return note


def situation_for(case: Case, reference: UUID) -> SituationRecord:
    """A situation of the case. Raises Denied."""
    said = case.situations.filter(reference=reference).first()
    if said is None:
        raise Denied("situation", (case.citizen_id,))
    said.case = case
    return said


def wishes_of(case: Case) -> list[Wish]:
    """The newest first; the first is the one that counts."""
    return list(case.wishes.select_related("written_by").order_by("-said_on", "-pk")[:WISHES])


def situations_of(case: Case) -> QuerySet[SituationRecord]:
    return case.situations.order_by("-starts_on", "-pk")[:50]


def earlier_versions(note: Note) -> list[Any]:
    """What stood in the note before it was corrected, newest first."""
    history: Any = note.history
    return list(history.select_related("history_user").order_by("-history_date")[1:])


def readers_of(case: Case) -> list[str]:
    """The units whose people read a note that is for everyone on the case, as they are shown."""
    grants = CaseGrant.objects.valid().filter(
        content_object=case, permission__codename=Permission.VIEW, group__unit__isnull=False
    )
    units = Unit.objects.filter(group__in=grants.values("group")).order_by("name")
    return [unit_shown(unit, case.citizen) for unit in units]
