"""Citizens and cases for tests."""

from __future__ import annotations

from datetime import date
from itertools import count

from cases.casework import services as casework
from cases.casework.models import Case
from cases.citizens import services as citizens
from cases.citizens.cpr import parse_cpr
from cases.citizens.enums import Protection
from cases.citizens.models import Citizen
from cases.plans.enums import Participation, PlanKind
from cases.plans.models import PlanRecord
from cases.plans.services import plan_register
from housingfirst.access.models import Municipality, Unit, User
from tests.access.factories import make_municipality

_numbers = count(1)


def make_citizen(
    *,
    name: str = "",
    cpr: str | None = None,
    birth_date: date | None = date(1980, 5, 17),
    protection: Protection = Protection.NO,
) -> Citizen:
    return citizens.citizen_register(
        name=name or f"Borger {next(_numbers)}",
        cpr=parse_cpr(cpr) if cpr else None,
        birth_date=birth_date,
        protection=protection,
        actor=None,
        is_demo=True,
    )


def make_case(
    *,
    unit: Unit | None = None,
    citizen: Citizen | None = None,
    municipality: Municipality | None = None,
    adviser: User | None = None,
    opened_on: date = date(2026, 8, 3),
) -> Case:
    """An open case of `unit` (and in its municipality), or in `municipality` without a unit."""
    place = municipality or (unit.municipality if unit else make_municipality())
    return casework.case_open(
        citizen=citizen or make_citizen(),
        municipality=place,
        opened_on=opened_on,
        unit=unit,
        adviser=adviser,
        actor=None,
    )


def make_plan(
    *,
    case: Case,
    actor: User,
    kind: PlanKind = PlanKind.SHELTER_PLAN,
    made_on: date = date(2026, 8, 20),
    participation: Participation = Participation.TOOK_PART,
    follow_up_on: date | None = None,
) -> PlanRecord:
    """A plan in a few words, registered by `actor`, who must have the right to it."""
    return plan_register(
        case=case,
        kind=kind,
        made_on=made_on,
        participation=participation,
        text="Egen bolig og ro om aftenen.",
        follow_up_on=follow_up_on,
        actor=actor,
    )
