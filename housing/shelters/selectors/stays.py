"""What the page of one stay shows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from housing.shelters.models import Notice, ReimbursementClock, Stay
from housing.shelters.selectors.notices import lines
from housingfirst.access.models import User
from housingfirst.events.kinds import kind_of
from housingfirst.events.models import Event
from housingfirst.ui import parts, words
from housingfirst.ui.parts import Fact


def stay_page(user: User, stay: Stay, today: date, *, hides_place: bool) -> dict[str, Any]:
    """Facts, nights away, notices and history. `hides_place`: the reader is not of the shelter."""
    hides = hides_place and stay.citizen.is_protected
    notices = lines(Notice.objects.visible_to(user).filter(stay=stay).order_by("kind"), today)
    clock = ReimbursementClock.objects.filter(stay=stay).first()
    return {
        "place": "" if hides else stay.shelter.name,
        "facts": _facts(stay, today, clock),
        "price": _price(stay),
        "beds": _beds(stay, today),
        "absences": list(stay.absences.order_by("-starts_on")),
        "notices": notices,
        "history": _history(stay, [line.notice for line in notices], hides=hides),
    }


def _facts(stay: Stay, today: date, clock: ReimbursementClock | None) -> list[Fact]:
    until = stay.discharged_on or today + timedelta(days=1)
    nights = max((until - stay.admitted_on).days, 1)
    admitted = words.day(stay.admitted_on, today=today)
    if stay.admitted_at is not None:
        admitted = f"{admitted} {words.clock(stay.admitted_at)}"
    facts = [Fact(_("Admitted"), admitted)]
    if stay.discharged_on is not None:
        facts.append(Fact(_("Discharged"), words.day(stay.discharged_on, today=today)))
        facts.append(Fact(_("Goes to"), stay.get_discharge_to_display()))
    facts.append(Fact(_("Days"), words.number(nights)))
    if clock is not None:
        said = {"day": clock.used_on(today), "limit": clock.limit}
        facts.append(Fact("§\u00a0110", _("day %(day)d of %(limit)d") % said))
    return facts


def _beds(stay: Stay, today: date) -> list[tuple[str, str]]:
    """The beds slept in and when, the newest first; empty for one who has not moved."""
    earlier = list(stay.earlier_beds.select_related("bed").order_by("-starts_on"))
    if not earlier:
        return []
    spans = [(one.bed.label, one.starts_on, one.ends_on - timedelta(days=1)) for one in earlier]
    said = [(label, words.day_span(first, last, today=today)) for label, first, last in spans]
    since = words.day_span(stay.bed_from or stay.admitted_on, None, today=today)
    return [(stay.bed.label if stay.bed else _("No fixed bed"), since), *said]


def _price(stay: Stay) -> list[Fact]:
    return [
        Fact(_("Bed"), stay.bed.label if stay.bed else _("No fixed bed")),
        Fact(_("Comes from"), stay.get_route_display()),
        Fact(_("Target group"), stay.get_need_display()),
        Fact(_("Why now?"), stay.reason),
        Fact(_("Daily rate"), words.money(stay.daily_rate_dkk)),
        Fact(_("Resident pays per day"), words.money(stay.resident_payment_dkk)),
        Fact(_("Acting municipality"), stay.case.municipality.name),
    ]


def _history(stay: Stay, notices: list[Notice], *, hides: bool) -> list[parts.Event]:
    """What happened to the stay and its notices, newest first."""
    subjects = [stay.reference, *(notice.reference for notice in notices)]
    events = (
        Event.objects.filter(case=stay.case_id, subject__in=subjects)
        .select_related("actor")
        .order_by("-at", "-id")[:50]
    )
    return [
        parts.Event(
            on=timezone.localdate(event.at),
            at=words.clock(event.at),
            text=kind_of(event.kind).text(event.data),
            who=event.actor.name if event.actor else "",
            sub="" if hides else str(event.data.get("place", "")),
            matters=event.is_important,
        )
        for event in events
    ]
