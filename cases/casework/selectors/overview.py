"""What the overview of a case says, each in one query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.casework.models import Case, CaseGrant, SituationRecord, Wish
from cases.casework.summary import Around, people_of
from cases.casework.whereabouts import unit_shown
from housingfirst.access.enums import Act, Permission, UnitKind
from housingfirst.access.models import Unit, User
from housingfirst.deadlines.kinds import WAITS_FOR, DeadlineKind, all_kinds, kind_of
from housingfirst.deadlines.models import Deadline
from housingfirst.deadlines.rules import Severity, severity_of
from housingfirst.events.models import Event
from housingfirst.ui import words
from housingfirst.ui.parts import Step

STEPS: Final = 6
SITUATIONS: Final = 6
_STATES: Final[dict[Severity, Literal["late", "now", "soon", "wait", "open"]]] = {
    Severity.OVER: "late",
    Severity.NOW: "now",
    Severity.SOON: "soon",
    Severity.WAIT: "wait",
    Severity.OK: "open",
}


def newest_wish(case: Case) -> Wish | None:
    return case.wishes.select_related("written_by").order_by("-said_on", "-pk").first()


@dataclass(frozen=True, slots=True)
class Slept:
    """A situation and how many nights it has lasted."""

    said: SituationRecord
    nights: int


def newest_situations(case: Case, today: date) -> list[Slept]:
    """The newest first; one whose end is open holds now."""
    newest = case.situations.order_by("-starts_on", "-pk")[:SITUATIONS]
    return [Slept(said, max(((said.ends_on or today) - said.starts_on).days, 0)) for said in newest]


@dataclass(frozen=True, slots=True)
class NextSteps:
    """What is due in the case; `has_more` when there is more than is shown."""

    steps: list[Step]
    has_more: bool


def next_steps(case: Case, user: User, today: date, now: datetime) -> NextSteps:
    """The open deadlines of the case, the nearest first.

    Who sees only a part of the case sees what is their own unit's.
    """
    rows = Deadline.objects.open().filter(case=case, kind__in=[kind.key for kind in all_kinds()])
    if Act.CASE_WHOLE not in case.rights:
        rows = rows.filter(unit__in=user.unit_ids_for(Act.WORKLIST))
    found = list(rows.select_related("unit", "person").order_by("due_on", "pk")[: STEPS + 1])
    steps = [_step(deadline, today, now) for deadline in found[:STEPS]]
    return NextSteps(steps, has_more=len(found) > STEPS)


def _step(deadline: Deadline, today: date, now: datetime) -> Step:
    kind = kind_of(deadline.kind)
    severity = severity_of(
        due_on=deadline.due_on,
        due_at=deadline.due_at,
        warn_from=deadline.warn_from,
        now_from=deadline.now_from,
        waits=_waits(kind, deadline),
        day=today,
        now=now,
    )
    when = words.day(deadline.due_on, today=today, weekday=False)
    if deadline.due_at is not None:
        when = words.moment(deadline.due_at, today=today, weekday=False)
    if severity is Severity.OVER:
        when = f"{when}, {words.relative(deadline.due_on, today=today).lower()}"
    owner = deadline.person.name if deadline.person else deadline.unit.name
    cost = kind.written(kind.cost, deadline.params)
    sub = f"{owner}. {cost}" if cost else owner
    if deadline.snoozed_until and deadline.snoozed_until > today:
        until = words.day(deadline.snoozed_until, today=today, weekday=False)
        put_off = _("Put off until %(day)s.") % {"day": until}
        sub = f"{sub} {put_off}"
    return Step(
        text=kind.written(kind.title, deadline.params),
        state=_STATES[severity],
        when=when,
        sub=sub,
        url=kind.url(deadline),
    )


def _waits(kind: DeadlineKind, deadline: Deadline) -> bool:
    return kind.waits_for_others and bool(deadline.params.get(WAITS_FOR, True))


@dataclass(frozen=True, slots=True)
class Person:
    """A line of "Who is around": somebody, and how long since anything was heard of them."""

    around: Around
    last_contact: date | None


def around(case: Case, today: date) -> list[Person]:
    """The adviser, those whom other apps name, and the units that share the case.

    A shelter is not named when the citizen's whereabouts are protected.
    """
    people = [*_responsible(case), *people_of(case, today)]
    named = {person.unit_id for person in people}
    people += [
        unit for unit in _sharing(case) if unit.unit_id not in named and unit.unit_id is not None
    ]
    by_user, by_unit = _last_contacts(case)
    return [
        Person(
            person,
            by_user.get(person.user_id) if person.user_id else by_unit.get(person.unit_id),
        )
        for person in people
    ]


def _responsible(case: Case) -> Iterable[Around]:
    if case.adviser is not None:
        yield Around(
            name=case.adviser.name,
            role=_("Adviser, %(unit)s") % {"unit": case.unit.name if case.unit else "–"},
            phone=case.adviser.phone or (case.unit.phone if case.unit else ""),
            user_id=case.adviser_id,
            unit_id=case.unit_id,
        )
    elif case.unit is not None:
        yield Around(
            name=case.unit.name,
            role=_("Responsible unit; no adviser yet"),
            phone=case.unit.phone,
            unit_id=case.unit_id,
        )


def _sharing(case: Case) -> Iterable[Around]:
    grants = (
        CaseGrant.objects.valid()
        .filter(
            content_object=case,
            permission__codename__in=[Permission.VIEW, Permission.HOUSING],
            group__unit__isnull=False,
        )
        .select_related("group__unit")
        .order_by("granted_at", "pk")
    )
    seen: set[int] = set()
    for grant in grants:
        unit = grant.group.unit
        if unit.pk in seen:
            continue
        seen.add(unit.pk)
        name = unit_shown(unit, case.citizen)
        yield Around(
            name=name,
            role=_role_of(unit),
            since=timezone.localtime(grant.granted_at).date(),
            phone=unit.phone if name == unit.name else "",
            unit_id=unit.pk,
        )


def _role_of(unit: Unit) -> str:
    return str(UnitKind(unit.kind).label)


def _last_contacts(case: Case) -> tuple[dict[int | None, date], dict[int | None, date]]:
    """The day each person, and each unit, last wrote something in the case."""
    rows = (
        Event.objects.filter(case=case)
        .order_by()
        .values("actor_id", "unit_id")
        .annotate(last_at=Max("at"))
        .values_list("actor_id", "unit_id", "last_at")
    )
    by_user: dict[int | None, date] = {}
    by_unit: dict[int | None, date] = {}
    for actor_id, unit_id, last_at in rows:
        on = timezone.localtime(last_at).date()
        by_user[actor_id] = max(on, by_user.get(actor_id, on))
        by_unit[unit_id] = max(on, by_unit.get(unit_id, on))
    return by_user, by_unit
