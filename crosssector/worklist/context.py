"""What the template of a worklist asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crosssector.keyset import paging
from crosssector.worklist.enums import SHOW_LABELS, Show
from crosssector.worklist.forms import snooze_days
from crosssector.worklist.items import item_of, panel_of
from crosssector.worklist.menu import remember_waiting
from crosssector.worklist.rows import Holder, Scope
from crosssector.worklist.selectors import Counts, WorklistPage, page_of, team_of
from housingfirst.access.enums import Act
from housingfirst.access.models import Unit
from housingfirst.base.http import Request
from housingfirst.deadlines.rules import RANKS, Severity
from housingfirst.events.kinds import kind_of as event_kind_of
from housingfirst.events.models import Event
from housingfirst.ui import words
from housingfirst.ui.parts import Filter

ALWAYS_SHOWN: Final = (Show.ALL, Show.DUE, Show.LAW, Show.OFFERS, Show.WAITING, Show.SNOOZED)


@dataclass(frozen=True, slots=True)
class News:
    """What happened, to whom, and where to read on."""

    text: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class HolderLine:
    """Who has the ball, in how many things, and by when."""

    name: str
    things: str
    when: str
    is_late: bool


def worklist_context(
    request: Request, scope: Scope, show: Show, page: WorklistPage, news: Sequence[Event]
) -> dict[str, Any]:
    team, counts = team_of(scope), page.counts
    if scope.unit is None:
        remember_waiting(request, counts.not_in_hand)
    elsewhere = None if page.groups or show == Show.ALL else page_of(scope, Show.ALL)
    return {
        "title": _("%(unit)s, today") % {"unit": scope.unit.name} if scope.unit else _("My day"),
        "unit": scope.unit,
        "own_units": scope.user.units_for(Act.WORKLIST) if scope.unit else (),
        "today": capfirst(words.day_long(scope.day, today=scope.day)),
        "summary": _summary(counts),
        "counts": counts,
        "filters": _filters(scope, show, counts, team),
        "show": show,
        "panels": [panel_of(group, scope) for group in page.groups],
        "page": paging(request, page.previous, page.next),
        "snooze_days": snooze_days(scope.day),
        "back": request.get_full_path(),
        "news": [_news(event) for event in news],
        "holders": [_holder(one, scope) for one in page.holders],
        "team_url": _unit_url(team) if team else "",
        "next_thing": _next_thing(elsewhere, scope),
        "all_url": _own_url(scope),
    }


def _summary(counts: Counts) -> list[tuple[str, str]]:
    """ "9 things with 6 citizens", "1 late", "1 today"; each with its tone."""
    things = counts.shown[Show.ALL]
    if not things:
        return []
    text = ngettext("%(n)d thing", "%(n)d things", things) % {"n": things}
    with_ = ngettext("with %(n)d citizen", "with %(n)d citizens", counts.groups)
    parts = [(f"{text} {with_ % {'n': counts.groups}}", "")]
    if counts.late:
        parts.append((_("%(n)d late") % {"n": counts.late}, "over"))
    if counts.today:
        parts.append((_("%(n)d today") % {"n": counts.today}, "now"))
    return parts


def _filters(scope: Scope, show: Show, counts: Counts, team: Unit | None) -> list[Filter]:
    shown = [*ALWAYS_SHOWN]
    if scope.unit:
        shown.insert(-1, Show.NOBODY)
    if counts.shown[Show.LATER] or show == Show.LATER:
        shown.append(Show.LATER)
    if show == Show.LATE:
        shown.insert(1, Show.LATE)
    filters = [
        Filter(
            label=str(SHOW_LABELS[one]),
            url=_own_url(scope, one),
            is_current=one == show,
            count=counts.shown[one],
        )
        for one in shown
    ]
    if team is not None and counts.team is not None:
        filters.append(Filter(_("The whole unit"), _unit_url(team), count=counts.team))
    if scope.unit is not None:
        filters.append(Filter(_("Only mine"), reverse("deadlines:my_day")))
    return filters


def _own_url(scope: Scope, show: Show = Show.ALL) -> str:
    """The address of the scope's list under a filter."""
    query = {"unit": str(scope.unit.reference)} if scope.unit else {}
    if show != Show.ALL:
        query["f"] = show.value
    url = reverse("deadlines:unit_day" if scope.unit else "deadlines:my_day")
    return f"{url}?{urlencode(query)}" if query else url


def _unit_url(unit: Unit) -> str:
    return f"{reverse('deadlines:unit_day')}?unit={unit.reference}"


def _news(event: Event) -> News:
    case = event.case
    data = dict(event.data)
    if case is not None and case.citizen.is_protected and "place" in data:
        data["place"] = _("place hidden")
    return News(
        text=event_kind_of(event.kind).text(data),
        name=case.citizen.name if case else "",
        url=reverse("cases:case_detail", args=[case.reference]) if case else "",
    )


def _holder(held: Holder, scope: Scope) -> HolderLine:
    things = ngettext("%(n)d thing", "%(n)d things", held.things) % {"n": held.things}
    is_late = held.worst_rank == RANKS[Severity.OVER]
    on = words.day(held.first_due, today=scope.day)
    late = words.relative(held.first_due, today=scope.day)
    return HolderLine(
        name=held.name or _("Others"),
        things=things,
        when=late if is_late else _("answer by %(day)s") % {"day": on},
        is_late=is_late,
    )


def _next_thing(elsewhere: WorklistPage | None, scope: Scope) -> str:
    """ "The next is Thursday 19 November: Answer the offer, Sanne Bay Thorlund." """
    things = [due for group in elsewhere.groups for due in group.deadlines] if elsewhere else []
    if not things:
        return ""
    first = min(things, key=lambda due: due.deadline.due_on)
    case = first.deadline.case
    return _("The next is %(day)s: %(title)s, %(name)s.") % {
        "day": words.day_long(first.deadline.due_on, today=scope.day),
        "title": item_of(first.deadline, scope, waits=first.waits).title,
        "name": case.citizen.name if case else first.deadline.unit.name,
    }
