"""What the overview of a case says, in as few queries as can be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Max, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.access import SEEING, grants_of
from cases.casework.enums import Situation
from cases.casework.models import Case, SituationRecord, Wish
from cases.casework.summary import Around, people_of
from cases.casework.whereabouts import hidden_name, unit_shown
from housingfirst.access.enums import Act, UnitKind
from housingfirst.access.models import User
from housingfirst.deadlines.kinds import WAITS_FOR, DeadlineKind, all_kinds, kind_of, overdue_from
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


@dataclass(frozen=True, slots=True)
class Said:
    """The citizen's newest wish."""

    words: str
    on: date
    writer: str


@dataclass(frozen=True, slots=True)
class Slept:
    """A situation, and how many nights it has lasted. One whose end is open holds now."""

    situation: str
    starts_on: date
    ends_on: date | None
    remark: str
    nights: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What the case itself says: the newest wish, where she slept (newest first), who wrote when.

    `by_user` and `by_unit` give the day each last wrote something in the case.
    """

    wish: Said | None
    situations: list[Slept]
    by_user: dict[int | None, date]
    by_unit: dict[int | None, date]


def facts_of(case: Case, today: date) -> Facts:
    """All of it in one query."""
    wishes = Wish.objects.filter(case=OuterRef("pk")).order_by("-said_on", "-pk")
    situations = SituationRecord.objects.filter(case=OuterRef("pk")).order_by("-starts_on", "-pk")
    contacts = Event.objects.filter(case=OuterRef("pk")).order_by().values("actor_id", "unit_id")
    row = Case.objects.filter(pk=case.pk).values(
        wish=Subquery(
            wishes.values(json=JSONObject(words="words", on="said_on", writer="written_by__name"))[
                :1
            ]
        ),
        slept=ArraySubquery(
            situations.values(
                json=JSONObject(
                    situation="situation", starts="starts_on", ends="ends_on", remark="remark"
                )
            )[:SITUATIONS]
        ),
        heard=ArraySubquery(
            contacts.annotate(last_at=Max("at")).values(
                json=JSONObject(actor="actor_id", unit="unit_id", at="last_at")
            )
        ),
    )
    found = row.get()
    by_user, by_unit = _last_contacts(found["heard"])
    wish = found["wish"]
    return Facts(
        wish=Said(wish["words"], date.fromisoformat(wish["on"]), wish["writer"]) if wish else None,
        situations=[_slept(said, today) for said in found["slept"]],
        by_user=by_user,
        by_unit=by_unit,
    )


def _slept(said: Mapping[str, Any], today: date) -> Slept:
    starts_on = date.fromisoformat(said["starts"])
    ends_on = date.fromisoformat(said["ends"]) if said["ends"] else None
    return Slept(
        situation=str(Situation(said["situation"]).label),
        starts_on=starts_on,
        ends_on=ends_on,
        remark=said["remark"],
        nights=max(((ends_on or today) - starts_on).days, 0),
    )


def _last_contacts(
    rows: Iterable[Mapping[str, Any]],
) -> tuple[dict[int | None, date], dict[int | None, date]]:
    by_user: dict[int | None, date] = {}
    by_unit: dict[int | None, date] = {}
    for row in rows:
        on = timezone.localtime(datetime.fromisoformat(row["at"])).date()
        by_user[row["actor"]] = max(on, by_user.get(row["actor"], on))
        by_unit[row["unit"]] = max(on, by_unit.get(row["unit"], on))
    return by_user, by_unit


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
    own = user.unit_ids_for(Act.WORKLIST)
    if Act.CASE_WHOLE not in case.rights:
        rows = rows.filter(unit__in=own)
    found = list(
        rows.select_related("unit", "person", "given_to").order_by("due_on", "pk")[: STEPS + 1]
    )
    for deadline in found:
        deadline.case = case
    steps = [
        _step(deadline, case, user, today, now, is_ours=deadline.unit_id in own)
        for deadline in found[:STEPS]
    ]
    return NextSteps(steps, has_more=len(found) > STEPS)


def _step(
    deadline: Deadline, case: Case, user: User, today: date, now: datetime, *, is_ours: bool
) -> Step:
    """A deadline of another unit has no link, nor one whose act the reader may not take."""
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
        when = f"{when}, {words.relative(overdue_from(deadline), today=today).lower()}"
    holder = deadline.given_to or deadline.person
    owner = holder.name if holder else unit_shown(deadline.unit, case.citizen)
    cost = kind.written(kind.cost, deadline.params)
    sub = f"{owner}. {cost}" if cost else owner
    if deadline.snoozed_until and deadline.snoozed_until > today:
        until = words.day(deadline.snoozed_until, today=today, weekday=False)
        put_off = words.sentence(_("Put off until %(day)s.") % {"day": until})
        sub = f"{sub} {put_off}"
    return Step(
        text=kind.written(kind.title, deadline.params),
        state=_STATES[severity],
        when=when,
        sub=sub,
        url=kind.url(deadline) if is_ours and kind.gate(deadline, user, case.rights) else "",
    )


def _waits(kind: DeadlineKind, deadline: Deadline) -> bool:
    return kind.waits_for_others and bool(deadline.params.get(WAITS_FOR, True))


@dataclass(frozen=True, slots=True)
class Person:
    """A line of "Who is around": somebody, and how long since anything was heard of them."""

    around: Around
    last_contact: date | None


def around(case: Case, facts: Facts, today: date) -> list[Person]:
    """The adviser, those whom other apps name, and the units that share the case.

    A shelter is not named when the citizen's whereabouts are protected.
    """
    people = [*_responsible(case), *people_of(case, today)]
    named = {person.unit_id for person in people}
    people += [unit for unit in _sharing(case) if unit.unit_id not in named]
    return [
        Person(
            person,
            facts.by_user.get(person.user_id)
            if person.user_id
            else facts.by_unit.get(person.unit_id),
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
    """Each unit that sees the case, or what housing needs of it, once."""
    seen: set[int] = set()
    for grant in grants_of(case):
        unit, kind = grant["unit"], grant["kind"]
        if unit is None or kind is None or unit in seen or grant["permission"] not in SEEING:
            continue
        seen.add(unit)
        hidden = hidden_name(kind, case.citizen)
        yield Around(
            name=hidden or grant["name"] or "",
            role=str(UnitKind(kind).label),
            since=timezone.localtime(datetime.fromisoformat(grant["since"])).date(),
            phone="" if hidden else grant["phone"] or "",
            unit_id=unit,
        )
