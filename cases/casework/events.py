"""The kinds of events this subject publishes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.casework.enums import CloseReason, NoteKind, Situation
from housingfirst.events.kinds import Category, register_kind
from housingfirst.ui import words

CASE_OPENED = "case.opened"
CASE_ASSIGNED = "case.assigned"
CASE_CLOSED = "case.closed"
CASE_REOPENED = "case.reopened"
NOTE_WRITTEN = "note.written"
WISH_SAID = "wish.said"
SITUATION_CHANGED = "situation.changed"
NOTE_IMPORTANT = "note.important"
NOTE_CORRECTED = "note.corrected"
CITIZEN_CHANGED = "citizen.changed"
PROTECTION_CHANGED = "protection.changed"
ABOUT_NOTES = (NOTE_WRITTEN, NOTE_IMPORTANT, NOTE_CORRECTED)
"""Events whose subject is a note: only its readers see them."""


def register() -> None:
    register_kind(CASE_OPENED, Category.CASE, _("Case opened"))
    register_kind(CASE_ASSIGNED, Category.CASE, _("Case given to %(unit)s"))
    register_kind(
        CASE_CLOSED,
        Category.CASE,
        _("Case closed: %(why)s"),
        is_important=True,
        text_params=_close,
    )
    register_kind(CASE_REOPENED, Category.CASE, _("Case reopened"), is_important=True)
    register_kind(NOTE_WRITTEN, Category.CONTACT, "%(kind)s", text_params=_note)
    register_kind(
        NOTE_IMPORTANT, Category.CONTACT, "%(kind)s", is_important=True, text_params=_note
    )
    register_kind(NOTE_CORRECTED, Category.CONTACT, _("Note corrected"))
    register_kind(WISH_SAID, Category.CASE, _("The citizen's wish written down"), is_important=True)
    register_kind(
        SITUATION_CHANGED,
        Category.CASE,
        _("Sleeps from %(starts_on)s: %(situation)s"),
        text_params=_situation,
    )
    register_kind(CITIZEN_CHANGED, Category.CASE, _("Details of the citizen changed"))
    register_kind(
        PROTECTION_CHANGED,
        Category.CASE,
        _("Name and address protection changed"),
        is_important=True,
    )


def _close(data: Mapping[str, Any]) -> Mapping[str, Any]:
    reason = data.get("reason", "")
    return {"why": CloseReason(reason).label if reason in CloseReason.values else "–"}


def _note(data: Mapping[str, Any]) -> Mapping[str, Any]:
    kind = data.get("note_kind", NoteKind.NOTE)
    return {"kind": NoteKind(kind).label if kind in NoteKind.values else kind}


def _situation(data: Mapping[str, Any]) -> Mapping[str, Any]:
    situation, starts_on = data.get("situation", ""), data.get("starts_on")
    return {
        "situation": Situation(situation).label if situation in Situation.values else "–",
        "starts_on": words.day(
            date.fromisoformat(starts_on), today=timezone.localdate(), weekday=False
        )
        if starts_on
        else "–",
    }
