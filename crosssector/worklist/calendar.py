"""A person's list as a calendar (RFC 5545): what kind of thing is due and when, and no more.

Neither name, case number, address nor CPR number leaves the system: calendars are kept by others.
A link leads back, and asks for a login.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Final

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from crosssector.worklist.rows import Scope
from housingfirst.access.what import detail_name
from housingfirst.deadlines.kinds import all_kinds
from housingfirst.deadlines.models import Deadline
from housingfirst.law.days import COPENHAGEN

AHEAD_DAYS: Final = 180
EVENTS_AT_MOST: Final = 1_000
BEFORE_A_TIME: Final = timedelta(minutes=30)
"""What is due at a time stands in the calendar as the half hour before it."""


def due_in_calendar(scope: Scope) -> list[Deadline]:
    """What is the person's and not put off, by day; two queries at most, whatever there is."""
    rows = Deadline.objects.open().visible_to(scope.user).held_by(scope.user).awake(scope.day)
    rows = rows.filter(
        kind__in=[kind.key for kind in all_kinds()],
        due_on__lte=scope.day + timedelta(days=AHEAD_DAYS),
    )
    return list(rows.order_by("due_on", "pk")[:EVENTS_AT_MOST])


def calendar_of(scope: Scope, address: Callable[[Deadline], str]) -> bytes:
    """The calendar's text. `address` gives the link of a thing.

    The same list gives the same bytes all day, so that a calendar is told that nothing changed.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Housing First//Worklist//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Housing First: my deadlines"))
    calendar.add("x-wr-timezone", COPENHAGEN.key)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"value": "DURATION"})
    stamp = datetime.combine(scope.day, time(), COPENHAGEN)
    for deadline in due_in_calendar(scope):
        calendar.add_component(_event(deadline, stamp, address(deadline)))
    calendar.add_missing_timezones(
        first_date=date(scope.day.year - 1, 1, 1), last_date=date(scope.day.year + 2, 1, 1)
    )
    text: bytes = calendar.to_ical()
    return text


def _event(deadline: Deadline, stamp: datetime, link: str) -> Event:
    event = Event()
    event.add("uid", f"{deadline.reference}@housingfirst")
    event.add("dtstamp", stamp)
    event.add("summary", capfirst(detail_name(deadline.kind)))
    if deadline.due_at is not None:
        until = deadline.due_at.astimezone(COPENHAGEN)
        event.add("dtstart", until - BEFORE_A_TIME)
        event.add("dtend", until)
    else:
        event.add("dtstart", deadline.due_on)
        event.add("dtend", deadline.due_on + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    event.add("description", _("Open it in Housing First: %(link)s") % {"link": link})
    event.add("url", link)
    return event
