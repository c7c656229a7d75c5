"""A small municipality with people who log in, for journeys in a real browser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from crosssector.handoffs.enums import HandoffKind
from crosssector.models import ServiceLevel
from housing.models import Shelter, Vacancy
from housingfirst.access.enums import Role, UnitKind
from housingfirst.access.models import Unit, User
from tests.access.factories import make_municipality, make_unit, make_user
from tests.housing.factories import make_bed, make_shelter
from tests.housing.homes import (
    make_area,
    make_dwelling,
    make_estate,
    make_organisation,
    make_vacancy,
)

PASSWORD = "kaffe med mælk og sukker"


@dataclass(frozen=True, slots=True)
class Town:
    team: Unit
    shelter: Shelter
    vacancy: Vacancy
    night_worker: User
    adviser: User
    allocator: User
    benefits: User
    support_worker: User
    team_lead: User


def make_town() -> Town:
    """Fjordby with one shelter, one vacant dwelling, and six people with the same password."""
    place = make_municipality(name="Fjordby")
    team = make_unit(municipality=place, name="Team Bolig", takes_intake=True)
    allocation = make_unit(municipality=place, kind=UnitKind.ALLOCATION, name="Boliganvisningen")
    office = make_unit(municipality=place, kind=UnitKind.BENEFITS_OFFICE, name="Ydelsescenter")
    ServiceLevel.objects.create(
        unit=office, kind=HandoffKind.DEPOSIT_LOAN, hours=24, working_days_only=False
    )
    shelter = make_shelter(municipality=place, name="Kilden")
    make_bed(shelter=shelter, label="101")
    estate = make_estate(
        area=make_area(municipality=place, name="Havnekvarteret"),
        unit=make_organisation(municipality=place, name="Fjordbo"),
        name="Havnen",
    )
    dwelling = make_dwelling(
        estate=estate, rooms=1, rent_dkk=Decimal(3480), deposit_dkk=Decimal(17400)
    )
    vacancy = make_vacancy(
        dwelling=dwelling, available_from=timezone.localdate() - timedelta(days=1)
    )
    return Town(
        team=team,
        shelter=shelter,
        vacancy=vacancy,
        night_worker=person(Role.SHELTER_STAFF, shelter.unit, "Bjarne Odde"),
        adviser=person(Role.ADVISER, team, "Sidsel Hald"),
        allocator=person(Role.ALLOCATOR, allocation, "Peter Nymark"),
        benefits=person(Role.PARTNER, office, "Anja Frøslev"),
        support_worker=person(Role.SUPPORT_WORKER, team, "Mads Ryvang"),
        team_lead=person(Role.TEAM_LEAD, team, "Hanne Grønvang"),
    )


def person(role: Role, unit: Unit, name: str) -> User:
    user = make_user(role, unit, name=name)
    user.set_password(PASSWORD)
    user.save()
    return user
