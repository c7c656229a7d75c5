"""Shelters, stays and homes for tests. Every value a test asserts on is named in the test."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import count

from cases.citizens.models import Citizen
from housing.shelters import services as shelters
from housing.shelters.enums import AcuteNeed, AdmissionRoute, DischargeTo, Section
from housing.shelters.models import Bed, Room, Shelter, ShelterRate, Stay
from housingfirst.access.enums import OrganisationKind, UnitKind
from housingfirst.access.models import Municipality, User
from tests.access.factories import LONG_AGO, make_municipality, make_unit
from tests.cases.factories import make_citizen

_numbers = count(1)


def make_shelter(
    *,
    municipality: Municipality | None = None,
    name: str = "",
    section: Section = Section.S110,
    daily_rate_dkk: Decimal | None = Decimal("1450.00"),
    resident_payment_dkk: Decimal = Decimal("107.00"),
) -> Shelter:
    """A shelter with its own unit, and a rate from long ago unless `daily_rate_dkk` is None."""
    n = next(_numbers)
    unit = make_unit(
        kind=UnitKind.SHELTER,
        municipality=municipality,
        name=name or f"Boform {n}",
        organisation_kind=OrganisationKind.SHELTER_OPERATOR,
    )
    shelter = Shelter.objects.create(unit=unit, name=unit.name, section=section)
    if daily_rate_dkk is not None:
        make_rate(
            shelter=shelter,
            valid_from=LONG_AGO,
            daily_rate_dkk=daily_rate_dkk,
            resident_payment_dkk=resident_payment_dkk,
        )
    return shelter


def make_rate(
    *,
    shelter: Shelter,
    valid_from: date,
    daily_rate_dkk: Decimal,
    resident_payment_dkk: Decimal = Decimal("107.00"),
) -> ShelterRate:
    return ShelterRate.objects.create(
        shelter=shelter,
        valid_from=valid_from,
        daily_rate_dkk=daily_rate_dkk,
        resident_payment_dkk=resident_payment_dkk,
    )


def make_bed(*, shelter: Shelter | None = None, label: str = "", in_use: bool = True) -> Bed:
    """A bed in a room of its own."""
    n = next(_numbers)
    room = Room.objects.create(shelter=shelter or make_shelter(), name=f"Værelse {n}")
    return Bed.objects.create(room=room, label=label or str(n), in_use=in_use)


def make_stay(
    *,
    shelter: Shelter | None = None,
    citizen: Citizen | None = None,
    municipality: Municipality | None = None,
    admitted_on: date = date(2026, 8, 3),
    discharged_on: date | None = None,
    bed: Bed | None = None,
    route: AdmissionRoute = AdmissionRoute.SELF,
    reason: str = "Sov på gaden, bange for at blive slået ned.",
    keeps_own_home: bool = False,
    actor: User | None = None,
) -> Stay:
    """A stay through the services, so with its case, grants, notice and clock.

    The acting municipality is the shelter's own, and one that uses the system and takes intake.
    """
    place = shelter or (bed.room.shelter if bed else make_shelter())
    stay = shelters.stay_admit(
        shelter=place,
        citizen=citizen or make_citizen(),
        municipality=municipality or intake_of(place.unit.municipality),
        admitted_on=admitted_on,
        bed=bed,
        route=route,
        need=AcuteNeed.HOME_UNUSABLE if keeps_own_home else AcuteNeed.NO_HOME,
        reason=reason,
        keeps_own_home=keeps_own_home,
        actor=actor,
    )
    if discharged_on is not None:
        shelters.stay_discharge(
            stay=stay,
            discharged_on=discharged_on,
            to=DischargeTo.OWN_HOME,
            reason="Flyttede i egen bolig.",
            actor=actor,
        )
    return stay


def intake_of(municipality: Municipality | None = None) -> Municipality:
    """The municipality (or a new one), with a unit that takes intake."""
    place = municipality or make_municipality()
    if not place.units.filter(takes_intake=True).exists():
        make_unit(municipality=place, takes_intake=True)
    return place
