"""Reads: whom a support worker sees today, and what was logged."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from cases.casework.models import Case
from housingfirst.access.models import User
from support.enrolments.course import SHORT
from support.enrolments.enums import PhaseKind
from support.enrolments.models import Enrolment
from support.enrolments.phases import phase_on
from support.methods.enums import Method
from support.visits.models import Visit
from support.visits.rules import HELD, guide_days, is_silent

ROWS_AT_MOST = 200
"""More citizens than any worker has; the rest would wait unseen, so the page says so."""


@dataclass(frozen=True, slots=True)
class Row:
    """A citizen of a worker: when next, and when somebody last had contact."""

    case: Case
    enrolment: Enrolment | None
    phase: PhaseKind | None
    next_on: date | None
    last_contact: Visit | None
    last: Visit | None
    is_silent: bool

    @property
    def phase_short(self) -> str:
        return str(SHORT[self.phase]) if self.phase else ""

    @property
    def last_contact_on(self) -> date | None:
        return self.last_contact.happened_on if self.last_contact else None


@dataclass(frozen=True, slots=True)
class Today:
    """A worker's citizens. `due` are to be seen today or should have been; `unplanned` have no
    next time; `seen` were visited today; `later` have a day to come.
    """

    due: list[Row]
    unplanned: list[Row]
    later: list[Row]
    seen: list[Row]
    is_cut: bool

    @property
    def rows(self) -> list[Row]:
        return [*self.due, *self.unplanned, *self.later, *self.seen]


def today_of(user: User, today: date) -> Today:
    """The citizens whose course the user carries, or whom the user agreed to see again.

    The next time is what the newest visit of the case says, whoever made it.
    """
    carried = Enrolment.objects.active().filter(worker=user).values("case_id")
    agreed = Visit.objects.filter(worker=user, next_on__isnull=False).values("case_id")
    cases = list(
        Case.objects.visible_to(user)
        .filter(pk__in=carried.union(agreed), closed_on__isnull=True)
        .select_related("citizen")
        .order_by("citizen__name_order", "pk")[: ROWS_AT_MOST + 1]
    )
    is_cut = len(cases) > ROWS_AT_MOST
    rows = _rows(cases[:ROWS_AT_MOST], user, today)
    mine = [row for row in rows if _is_mine(row, user)]
    seen = [row for row in mine if row.last and row.last.happened_on == today]
    rest = [row for row in mine if row not in seen]
    due = [row for row in rest if row.next_on is not None and row.next_on <= today]
    later = [row for row in rest if row.next_on is not None and row.next_on > today]
    return Today(
        due=sorted(due, key=lambda row: (row.next_on or today, not row.is_silent)),
        unplanned=sorted(
            (row for row in rest if row.next_on is None),
            key=lambda row: row.last_contact_on or date.min,
        ),
        later=sorted(later, key=lambda row: row.next_on or today),
        seen=seen,
        is_cut=is_cut,
    )


def row_of(case: Case, user: User, today: date) -> Row:
    """The same of one citizen."""
    return _rows([case], user, today)[0]


def visits_by(user: User) -> QuerySet[Visit]:
    """The visits a worker made to citizens whose case is still visible, newest first."""
    return (
        Visit.objects.visible_to(user)
        .filter(worker=user)
        .select_related("case__citizen")
        .order_by("-happened_at", "-pk")
    )


def contacts_in(case: Case, user: User) -> QuerySet[Visit]:
    """The contacts and attempts of a case, whoever made them, newest first."""
    return (
        Visit.objects.visible_to(user)
        .filter(case=case)
        .select_related("worker")
        .order_by("-happened_at", "-pk")
    )


def last_contact_in(case: Case, user: User, newest: Sequence[Visit]) -> Visit | None:
    """The last time somebody reached the citizen; `newest` are contacts at hand, newest first."""
    at_hand = next((visit for visit in newest if visit.outcome in HELD), None)
    return at_hand or contacts_in(case, user).filter(outcome__in=HELD).first()


def is_quiet(course: Enrolment, last_contact_on: date | None, today: date) -> bool:
    """Whether nobody has reached the citizen for longer than the course's guide bears."""
    guide = guide_days(_phase(course, today))
    return is_silent(last_contact_on, course.started_on, today=today, guide=guide)


def _rows(cases: Collection[Case], user: User, today: date) -> list[Row]:
    visits = Visit.objects.visible_to(user).filter(case__in=cases).select_related("worker")
    newest = _one_per_case(visits)
    held = _one_per_case(visits.filter(outcome__in=HELD))
    courses: dict[int, Enrolment] = {}
    active = Enrolment.objects.active().filter(case__in=cases).order_by("-started_on", "-pk")
    for course in active:
        known = courses.get(course.case_id)
        if known is None or (course.worker_id == user.pk and known.worker_id != user.pk):
            courses[course.case_id] = course
    return [
        _row(case, courses.get(case.pk), newest.get(case.pk), held.get(case.pk), today)
        for case in cases
    ]


def _row(
    case: Case, course: Enrolment | None, newest: Visit | None, held: Visit | None, today: date
) -> Row:
    return Row(
        case=case,
        enrolment=course,
        phase=_phase(course, today) if course is not None else None,
        next_on=newest.next_on if newest else None,
        last_contact=held,
        last=newest,
        is_silent=course is not None
        and is_quiet(course, held.happened_on if held else None, today),
    )


def _phase(course: Enrolment, today: date) -> PhaseKind | None:
    if course.method != Method.CTI:
        return None
    return phase_on(today, started_on=course.started_on, phase_1_on=course.phase_1_on)


def _one_per_case(visits: QuerySet[Visit]) -> dict[int, Visit]:
    """The newest of each case, in one query."""
    found: Iterable[Visit] = visits.order_by("case_id", "-happened_at", "-pk").distinct("case_id")
    return {visit.case_id: visit for visit in found}


def _is_mine(row: Row, user: User) -> bool:
    """Carried by the user, or agreed by the user in the newest visit of the case."""
    carries = row.enrolment is not None and row.enrolment.worker_id == user.pk
    agreed = row.last is not None and row.last.worker_id == user.pk and row.next_on is not None
    return carries or agreed
