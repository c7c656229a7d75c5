"""The municipality itself: units, people, shelters with beds, organisations with dwellings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import F

from crosssector.demo.names import AREAS, FIRST, LAST, ORGANISATIONS, SHELTERS, STAFF, STREETS
from crosssector.handoffs.enums import HandoffKind
from crosssector.models import ServiceLevel
from housing.models import Area, Bed, Dwelling, Estate, Room, Shelter, ShelterRate
from housing.supply.enums import DwellingKind
from housingfirst.access.enums import OrganisationKind, Role, UnitKind
from housingfirst.access.models import Membership, Municipality, Organisation, Unit, User
from housingfirst.access.services import unit_create
from housingfirst.local.demo import DOMAIN

if TYPE_CHECKING:
    from crosssector.demo.rows import Rows


@dataclass(slots=True)
class Town:
    """What the lives are played out in."""

    municipality: Municipality
    neighbours: list[Municipality]
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, list[User]] = field(default_factory=dict)
    """By the unit's key and by role, such as "shelter:0" and "adviser"."""
    shelters: list[Shelter] = field(default_factory=list)
    beds: dict[int, list[Bed]] = field(default_factory=dict)
    areas: list[Area] = field(default_factory=list)
    free_dwellings: list[Dwelling] = field(default_factory=list)

    def pick(self, rows: Rows, key: str) -> User:
        return rows.random.choice(self.people[key])

    def pick_adviser(self, rows: Rows) -> User:
        """Half of all cases are the first adviser's: a full list for whoever tries the demo."""
        first, *others = self.people["adviser"]
        return first if rows.chance(0.5) else rows.random.choice(others)


def build_town(
    rows: Rows,
    municipality: Municipality,
    *,
    neighbours: list[Municipality],
    beds: int,
    password: str,
) -> Town:
    """Units, people, beds and dwellings of one municipality, written at once.

    `beds` is the number of beds in the largest shelter (the others have a few less); `password`
    is encoded, the same for all.
    """
    town = Town(municipality, neighbours)
    _units(town)
    _staff(rows, town, password)
    since = rows.today - timedelta(days=3 * 365)
    for number, (name, rate, payment, size) in enumerate(SHELTERS):
        _shelter(town, number, name, Decimal(rate), Decimal(payment), size * beds // 20, since)
    _dwellings(rows, town)
    ServiceLevel.objects.create(
        unit=town.units["benefits"],
        kind=HandoffKind.DEPOSIT_LOAN,
        hours=24,
        working_days_only=False,
        contact_name=town.people["benefits"][0].name,
        contact_phone="99 00 41 60",
    )
    return town


def _units(town: Town) -> None:
    place = town.municipality
    city = Organisation.objects.create(
        name=f"{place.name} Kommune", kind=OrganisationKind.MUNICIPAL, municipality=place
    )
    region = Organisation.objects.create(name="Region Fjord", kind=OrganisationKind.REGION)

    def unit(
        key: str, name: str, kind: UnitKind, organisation: Organisation, phone: str, **more: bool
    ) -> None:
        town.units[key] = unit_create(
            organisation=organisation,
            municipality=place,
            name=name,
            kind=kind,
            phone=phone,
            **more,
        )

    unit("team", "Team Bolig", UnitKind.TEAM, city, "99 00 41 00", takes_intake=True)
    unit("allocation", "Boliganvisningen", UnitKind.ALLOCATION, city, "99 00 41 50")
    unit("benefits", "Ydelsescenter", UnitKind.BENEFITS_OFFICE, city, "99 00 41 60")
    unit("job_centre", "Jobcenter", UnitKind.JOB_CENTRE, city, "99 00 41 70")
    unit("administration", "Stab og it", UnitKind.ADMINISTRATION, city, "99 00 41 80")
    unit("psychiatry", "Distriktspsykiatrien", UnitKind.PSYCHIATRY, region, "99 00 43 00")
    for number, (name, *_rest) in enumerate(SHELTERS):
        operator = Organisation.objects.create(
            name=f"{name} S/I", kind=OrganisationKind.SHELTER_OPERATOR, municipality=place
        )
        unit(f"shelter:{number}", name, UnitKind.SHELTER, operator, _shelter_phone(number))
    for number, name in enumerate(ORGANISATIONS):
        landlord = Organisation.objects.create(
            name=name, kind=OrganisationKind.HOUSING, municipality=place
        )
        unit(f"housing:{number}", name, UnitKind.HOUSING, landlord, f"99 00 44 {number}0")


def _shelter_phone(number: int) -> str:
    return f"99 00 42 {number + 1}0"


def _staff(rows: Rows, town: Town, password: str) -> None:
    is_first = town.municipality.name == "Fjordby"
    for number, (name, title, role, key) in enumerate(STAFF):
        if not is_first:
            name = f"{rows.random.choice(FIRST)} {rows.random.choice(LAST)}"
        login = name.split()[0].lower().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
        local = login if is_first else f"{login}.{number}.{town.municipality.code}"
        user = User.objects.create_user(
            f"{local}@{DOMAIN}", name=name, title=title, phone=f"99 00 45 {number:02d}"
        )
        User.objects.filter(pk=user.pk).update(password=password)
        Membership.objects.create(
            user=user,
            unit=town.units[key],
            role=Role(role),
            valid_from=rows.today - timedelta(days=3 * 365),
        )
        town.people.setdefault(key, []).append(user)
        town.people.setdefault(role, []).append(user)
    for role in ("adviser", "support_worker"):
        town.people[role] += town.people["hybrid"]


def _shelter(
    town: Town,
    number: int,
    name: str,
    rate: Decimal,
    payment: Decimal,
    size: int,
    since: date,
) -> None:
    shelter = Shelter.objects.create(
        unit=town.units[f"shelter:{number}"],
        name=name,
        address=f"{('Kildevej', 'Havnegade', 'Fyrvej')[number]} {10 + number}",
        phone=_shelter_phone(number),
        registered_number=f"{280100 + number}",
    )
    for year in range(since.year, since.year + 4):
        ShelterRate.objects.create(
            shelter=shelter,
            valid_from=max(since, date(year, 1, 1)),
            daily_rate_dkk=rate - 25 * (since.year + 3 - year),
            resident_payment_dkk=payment - 3 * (since.year + 3 - year),
        )
    shelter.rates.update(registered_at=F("valid_from"))  # in the demo it was done in time
    rooms = Room.objects.bulk_create(
        Room(shelter=shelter, name=f"{101 + n}") for n in range(max(size, 2))
    )
    town.beds[number] = Bed.objects.bulk_create(Bed(room=room, label=room.name) for room in rooms)
    town.shelters.append(shelter)


def _dwellings(rows: Rows, town: Town) -> None:
    town.areas = Area.objects.bulk_create(
        Area(municipality=town.municipality, name=name) for name in AREAS
    )
    for number in range(len(ORGANISATIONS)):
        for _ in range(2):
            area = rows.random.choice(town.areas)
            street = rows.random.choice(STREETS[area.name])
            estate, created = Estate.objects.get_or_create(
                unit=town.units[f"housing:{number}"],
                name=f"Afdeling {street}",
                defaults={"area": area, "allocation_barred": area.name == "Nordbyen"},
            )
            if not created:
                continue
            youth = "Ungdom" in ORGANISATIONS[number]
            for door in range(40):
                rooms = 1 if youth else rows.random.choice((1, 2, 2, 2, 3))
                size = 22 + 16 * rooms + rows.random.randint(0, 12)
                rent = Decimal(round((1300 + size * 62 + rows.random.randint(-300, 300)) / 10) * 10)
                dwelling = Dwelling(
                    estate=estate,
                    number=f"{street[:2].upper()}-{door + 1:03d}",
                    address=f"{street} {2 + door // 2}, {('st.', '1.', '2.', '3.')[door % 4]} "
                    f"{('tv.', 'th.')[door % 2]}",
                    kind=DwellingKind.YOUTH if youth else DwellingKind.FAMILY,
                    rooms=rooms,
                    size_m2=size,
                    floor=door % 4,
                    has_lift=rows.chance(0.2),
                    step_free=door % 4 == 0 and rows.chance(0.5),
                    has_outdoor_space=rows.chance(0.4),
                    pets_allowed=rows.chance(0.6),
                    rent_dkk=rent,
                    deposit_dkk=rent * 5,
                )
                town.free_dwellings.append(rows.add(dwelling))
    rows.random.shuffle(town.free_dwellings)
