"""What happened in a case, newest first, as far as its reader may see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Left
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.casework.events import ABOUT_NOTES, NOTE_IMPORTANT, NOTE_WRITTEN
from cases.casework.models import Case, Note
from housingfirst.access.enums import Act
from housingfirst.access.models import User
from housingfirst.base.keyset import window
from housingfirst.events.kinds import Category, kind_of
from housingfirst.events.models import Event
from housingfirst.ui import parts, words

PAGE: Final = 12
IMPORTANT: Final = "important"
SNIPPET: Final = 80
READ: Final = 4 * SNIPPET
"""So much of a note is read for its first words: white space in it is drawn together."""
TELLING: Final = (NOTE_WRITTEN, NOTE_IMPORTANT)
"""Events under which the note's first words stand."""
PARTIAL: Final = (Category.STAY, Category.HOUSING)
"""What a shelter sees of what others did."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Some lines of the timeline, and the query of the older ones ("" when there are none)."""

    lines: list[parts.Event]
    older: str


def timeline(case: Case, user: User, query: Mapping[str, str]) -> Timeline:
    """The lines the address asks for: `show` is "important" or a category, `after` a line."""
    events = events_for(case, user)
    show = query.get("show", "")
    if show == IMPORTANT:
        events = events.filter(is_important=True)
    elif show in Category.values:
        events = events.filter(category=show)
    page = window(events.select_related("actor"), order=("-at", "-pk"), size=PAGE, query={**query})
    hides = case.citizen.is_protected
    _previous, older = page.addresses({"show": show} if show else {})
    return Timeline([_line(event, hides=hides) for event in page.rows], older)


def events_for(case: Case, user: User) -> QuerySet[Event]:
    """The events of the case that the user may know of.

    Who sees a part of the case sees stays, housing and what their own units did; an event about a
    note is seen by the note's readers.
    """
    events = Event.objects.filter(case=case)
    if Act.CASE_WHOLE not in case.rights:
        own = user.unit_ids_for(Act.CASE_VIEW)
        events = events.filter(Q(category__in=PARTIAL) | Q(unit__in=own))
    note = Note.objects.filter(reference=OuterRef("subject")).readable_by(user)
    events = events.annotate(
        note_text=Subquery(note.annotate(first=Left("text", READ)).values("first")[:1])
    )
    return events.filter(~Q(kind__in=ABOUT_NOTES) | Q(note_text__isnull=False))


def filters(path: str, show: str) -> list[parts.Filter]:
    """All, important, and one for each category."""
    choices = [("", _("All")), (IMPORTANT, _("Important"))]
    choices += [(category.value, str(category.label)) for category in Category]
    known = show if show in dict(choices) else ""
    return [
        parts.Filter(label, f"{path}?show={key}" if key else path, is_current=key == known)
        for key, label in choices
    ]


def _line(event: Event, *, hides: bool) -> parts.Event:
    at = timezone.localtime(event.at)
    sub = ""
    if event.kind in TELLING:
        sub = _shortened(vars(event)["note_text"])
    if place := str(event.data.get("place", "")):
        sub = _("Place is protected") if hides else place
    return parts.Event(
        on=at.date(),
        at=f"{at.hour}{':' if words.language() == 'en' else '.'}{at.minute:02d}",
        text=sentence(event, hides=hides),
        who=event.actor.name if event.actor else "",
        sub=sub,
        matters=event.is_important,
    )


def sentence(event: Event, *, hides: bool) -> str:
    """What happened, in the reader's language; a protected place is not named."""
    data = event.data
    if hides and "place" in data:
        data = {**data, "place": _("a protected place")}
    try:
        return kind_of(event.kind).text(data)
    except (KeyError, ValueError):  # written by an older version, or by an app that is gone
        return str(Category(event.category).label) if event.category in Category.values else "–"


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SNIPPET else f"{line[:SNIPPET].rsplit(' ', 1)[0]} …"
