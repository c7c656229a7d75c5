"""Writes about the case."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from cases.access import case_held, require_on
from cases.casework.closing import still_running
from cases.casework.enums import CloseReason
from cases.casework.errors import (
    AdviserElsewhere,
    CaseIsNotClosed,
    CaseIsOpen,
    CaseStillRuns,
    CloseDayImpossible,
)
from cases.casework.events import CASE_ASSIGNED, CASE_CLOSED, CASE_OPENED, CASE_REOPENED
from cases.casework.grants import FULL, end_unit_grants, grant_unit
from cases.casework.models import Case, CaseCounter
from cases.casework.selectors.staff import ADVISERS
from cases.citizens.models import Citizen
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.access.models import Municipality, Unit, User
from housingfirst.base.db import constraint_as, save_as
from housingfirst.events.services import record
from housingfirst.ui import words

RESPONSIBLE = "responsible unit"
"""The reason of the grants that the responsible unit holds."""


@transaction.atomic
def case_open(
    *,
    citizen: Citizen,
    municipality: Municipality,
    opened_on: date,
    actor: User | None,
    unit: Unit | None = None,
    adviser: User | None = None,
) -> Case:
    """A new case in the acting municipality, given to `unit`, or to the unit that takes intake.

    Raises CaseIsOpen when the citizen has an open case there. Who may open one is asked by the
    caller: an adviser at intake, or a shelter that admits.
    """
    case = Case(
        citizen=citizen,
        municipality=municipality,
        number=next_case_number(municipality, opened_on.year),
        unit=unit or municipality.units.filter(takes_intake=True).first(),
        adviser=adviser,
        opened_on=opened_on,
    )
    with constraint_as({"cases_case_one_open_per_citizen_and_municipality": CaseIsOpen}):
        save_as(actor, case)
    if case.unit is not None:
        grant_unit(case, case.unit, FULL, reason=RESPONSIBLE, actor=actor)
    record(CASE_OPENED, actor=actor, case=case, subject=case.reference)
    return case


@transaction.atomic
def case_for_stay(
    *, citizen: Citizen, municipality: Municipality, on: date, actor: User | None
) -> Case:
    """The citizen's open case in the municipality; opened when there is none.

    Held until the transaction ends. One that is being closed at this moment is waited for, and
    then another is opened; one that is being opened is waited for and taken.
    """
    found = Case.objects.filter(
        citizen=citizen, municipality=municipality, closed_on__isnull=True
    ).select_for_update(of=("self",), no_key=True)
    case = found.first()
    if case is not None:
        return case
    try:
        return case_open(citizen=citizen, municipality=municipality, opened_on=on, actor=actor)
    except CaseIsOpen:
        return found.get()


@transaction.atomic
def case_assign(
    *, case: Case, unit: Unit, adviser: User | None, on: date, actor: User, version: int
) -> None:
    """Give the case to `unit` and `adviser`; the unit that had it sees it no longer after `on`.

    Raises AdviserElsewhere, CaseIsClosed, StaleVersion.
    """
    require_on(actor, case, Act.CASE_ASSIGN)
    if adviser is not None and not _advises_in(adviser, unit, on):
        raise AdviserElsewhere(name=adviser.name, unit=unit.name)
    before = case.unit
    case.unit, case.adviser = unit, adviser
    save_as(actor, case, version=version, reason="assigned")
    if before is not None and before != unit:
        end_unit_grants(case, before, last_day=on, reason=RESPONSIBLE)
    grant_unit(case, unit, FULL, reason=RESPONSIBLE, actor=actor)
    record(CASE_ASSIGNED, actor=actor, case=case, subject=case.reference, unit=unit.name)


@transaction.atomic
def case_close(
    *, case: Case, reason: CloseReason, closed_on: date, today: date, actor: User, version: int
) -> None:
    """Close the case: it is read as before, and takes nothing new until it is reopened.

    Raises CaseStillRuns while something in it must be ended first, CloseDayImpossible,
    CaseIsClosed, StaleVersion. Whoever opens something in it holds the case too
    (`cases.access.require_open`), so that nothing begins behind the back of the check.
    """
    require_on(actor, case, Act.CASE_CLOSE)
    if not case.opened_on <= closed_on <= today:
        raise CloseDayImpossible(day=words.day_as_typed(case.opened_on))
    if running := still_running(case):
        raise CaseStillRuns(what=" ".join(running))
    case.closed_on, case.close_reason = closed_on, reason
    save_as(actor, case, version=version, reason="closed")
    log(actor, LogAction.CHANGED, [case.citizen_id], what="case_close")
    record(CASE_CLOSED, actor=actor, case=case, subject=case.reference, reason=reason.value)


@transaction.atomic
def case_reopen(*, case: Case, actor: User) -> None:
    """Open a closed case again, under its number and with the unit it had.

    Raises CaseIsNotClosed; CaseIsOpen when the citizen has got another case there since.
    """
    require_on(actor, case, Act.CASE_CLOSE, also_closed=True)
    # Of two who press at once, the second reads what the first did.
    case = case_held(case)
    closed_on = case.closed_on
    if closed_on is None:
        raise CaseIsNotClosed
    case.closed_on, case.close_reason = None, ""
    with constraint_as({"cases_case_one_open_per_citizen_and_municipality": CaseIsOpen}):
        save_as(actor, case, reason="reopened")
    if case.unit is not None:
        grant_unit(case, case.unit, FULL, reason=RESPONSIBLE, actor=actor)
    log(actor, LogAction.CHANGED, [case.citizen_id], what="case_reopen")
    record(CASE_REOPENED, actor=actor, case=case, subject=case.reference, closed_on=closed_on)


def _advises_in(adviser: User, unit: Unit, day: date) -> bool:
    held = adviser.memberships.on(day).with_roles(ADVISERS)
    return adviser.is_active and held.filter(unit=unit).exists()


def next_case_number(municipality: Municipality, year: int) -> str:
    """The next number of the year, such as 2026-0148. Concurrent callers wait for each other."""
    return next_case_numbers(municipality, year, 1)[0]


def next_case_numbers(municipality: Municipality, year: int, count: int) -> list[str]:
    """The next `count` numbers of the year, in order."""
    counter, _created = CaseCounter.objects.get_or_create(municipality=municipality, year=year)
    counter = CaseCounter.objects.select_for_update().get(pk=counter.pk)
    first = counter.last + 1
    counter.last += count
    counter.save(update_fields=["last"])
    return [f"{year}-{number:04d}" for number in range(first, first + count)]
