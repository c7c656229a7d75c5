"""Estates, vacancies, referrals, offers and leases for tests.

Every value a test asserts on is named in the test. Dates are counted from the day the test runs,
so that an offer made now has its time ahead of it.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count

from django.utils import timezone

from cases.casework.grants import ALLOCATION, grant_unit
from cases.models import Case
from housing.allocation import services as allocation
from housing.allocation.models import HousingReferral, Offer
from housing.allocation.services import ReferralValues
from housing.supply import services as supply
from housing.supply.models import Area, Dwelling, Estate, Vacancy
from housing.supply.services import DwellingValues, EstateValues
from housing.tenancies import services as tenancies
from housing.tenancies.models import Tenancy
from housingfirst.access.enums import OrganisationKind, Role, UnitKind
from housingfirst.access.models import Municipality, Unit, User
from tests.access.factories import make_municipality, make_unit, make_user
from tests.cases.factories import make_case

_numbers = count(1)


def make_area(*, municipality: Municipality | None = None, name: str = "") -> Area:
    return supply.area_save(
        municipality=municipality or make_municipality(),
        name=name or f"Område {next(_numbers)}",
        actor=None,
    )


def make_organisation(*, municipality: Municipality | None = None, name: str = "") -> Unit:
    """A housing organisation's unit."""
    return make_unit(
        kind=UnitKind.HOUSING,
        municipality=municipality,
        name=name or f"Boligforening {next(_numbers)}",
        organisation_kind=OrganisationKind.HOUSING,
    )


def make_estate(
    *,
    area: Area | None = None,
    unit: Unit | None = None,
    name: str = "",
    allocation_barred: bool = False,
    barred_reason: str = "",
) -> Estate:
    area = area or make_area()
    return supply.estate_save(
        unit=unit or make_organisation(municipality=area.municipality),
        values=EstateValues(
            name=name or f"Afdeling {next(_numbers)}",
            area=area,
            allocation_barred=allocation_barred,
            barred_reason=barred_reason,
        ),
        actor=None,
    )


def make_dwelling(
    *,
    estate: Estate | None = None,
    area: Area | None = None,
    address: str = "",
    rooms: int = 2,
    floor: int = 0,
    has_lift: bool = False,
    pets_allowed: bool = True,
    has_outdoor_space: bool = False,
    rent_dkk: Decimal = Decimal("4500.00"),
    deposit_dkk: Decimal = Decimal("15000.00"),
) -> Dwelling:
    n = next(_numbers)
    return supply.dwelling_save(
        estate=estate or make_estate(area=area),
        values=DwellingValues(
            number=f"B-{n:04d}",
            address=address or f"Prøvevej {n}, st. tv.",
            rooms=rooms,
            size_m2=51,
            floor=floor,
            has_lift=has_lift,
            pets_allowed=pets_allowed,
            has_outdoor_space=has_outdoor_space,
            rent_dkk=rent_dkk,
            deposit_dkk=deposit_dkk,
        ),
        actor=None,
    )


def make_vacancy(
    *,
    municipality: Municipality | None = None,
    dwelling: Dwelling | None = None,
    reported_on: date | None = None,
    available_from: date | None = None,
    answer_by: datetime | None = None,
    vacancy_rent_from: date | None = None,
    rent_dkk: Decimal = Decimal("4500.00"),
    rooms: int = 2,
    address: str = "",
) -> Vacancy:
    """A vacancy reported today, in a new dwelling of the municipality unless one is named."""
    today = timezone.localdate()
    if dwelling is None:
        area = make_area(municipality=municipality)
        dwelling = make_dwelling(area=area, rent_dkk=rent_dkk, rooms=rooms, address=address)
    return supply.vacancy_report(
        dwelling=dwelling,
        reported_on=reported_on or today,
        available_from=available_from or today,
        answer_by=answer_by,
        vacancy_rent_from=vacancy_rent_from,
        actor=None,
    )


def make_referral(
    *,
    case: Case | None = None,
    unit: Unit | None = None,
    values: ReferralValues | None = None,
    waits_from: date | None = None,
    is_sent: bool = True,
    actor: User | None = None,
) -> HousingReferral:
    """A referral sent today, or a draft; `waits_from` sets how long the citizen has waited."""
    referral = allocation.referral_save(
        case=case or make_case(unit=unit or make_unit()),
        values=values or ReferralValues(),
        actor=actor,
    )
    if waits_from is not None:
        HousingReferral.objects.filter(pk=referral.pk).update(waits_from=waits_from)
        referral.waits_from = waits_from
    if is_sent:
        allocation.referral_send(referral=referral, actor=actor)
    return referral


def make_allocator(municipality: Municipality, *, name: str = "") -> User:
    """An allocator in an allocation unit of their own, with no grants yet."""
    unit = make_unit(kind=UnitKind.ALLOCATION, municipality=municipality)
    return make_user(Role.ALLOCATOR, unit, name=name)


def let_see(user: User, case: Case) -> None:
    """Give the allocator's unit the grant that a sent referral gives."""
    unit = user.home_unit
    assert unit is not None
    grant_unit(case, unit, ALLOCATION, reason="housing referral", actor=None)


def make_offer(
    *,
    vacancy: Vacancy | None = None,
    referral: HousingReferral | None = None,
    actor: User | None = None,
    answer_by: datetime | None = None,
) -> Offer:
    """A live offer with two days to answer, made by an allocator who may see the case."""
    referral = referral or make_referral()
    municipality = referral.municipality
    vacancy = vacancy or make_vacancy(municipality=municipality)
    if actor is None:
        actor = make_allocator(municipality)
        let_see(actor, referral.case)
    return allocation.offer_make(
        vacancy=vacancy,
        referral=referral,
        answer_by=answer_by or timezone.now() + timedelta(days=2),
        actor=actor,
        why_not_first="Prøve",
    )


def make_tenancy(
    *,
    case: Case | None = None,
    dwelling: Dwelling | None = None,
    starts_on: date | None = None,
    rent_dkk: Decimal = Decimal("4500.00"),
) -> Tenancy:
    """A lease that no offer led to."""

    case = case or make_case(unit=make_unit())
    return tenancies.tenancy_start(
        case=case,
        dwelling=dwelling or make_dwelling(area=make_area(municipality=case.municipality)),
        starts_on=starts_on or timezone.localdate(),
        rent_dkk=rent_dkk,
        deposit_dkk=Decimal("15000.00"),
        actor=None,
    )


class Town:
    """One municipality with an adviser and an allocator to whom everything is referred."""

    def __init__(self) -> None:
        self.unit = make_unit()
        self.municipality: Municipality = self.unit.municipality
        self.adviser: User = make_user(Role.ADVISER, self.unit, name="Line Aagaard")
        self.allocator: User = make_allocator(self.municipality, name="Peter Nymark")

    def waiting(self, *, days: int = 0, **values: object) -> HousingReferral:
        return make_referral(
            case=make_case(unit=self.unit),
            values=ReferralValues(**values),  # type: ignore[arg-type]  # named by the test
            waits_from=timezone.localdate() - timedelta(days=days),
        )

    def vacancy(
        self,
        *,
        rent_dkk: Decimal = Decimal("4500.00"),
        answer_by: datetime | None = None,
        available_from: date | None = None,
    ) -> Vacancy:
        return make_vacancy(
            municipality=self.municipality,
            rent_dkk=rent_dkk,
            answer_by=answer_by,
            available_from=available_from,
        )

    def offer(self, vacancy: Vacancy, referral: HousingReferral, *, hours: int = 48) -> Offer:
        return allocation.offer_make(
            vacancy=vacancy,
            referral=referral,
            answer_by=timezone.now() + timedelta(hours=hours),
            actor=self.allocator,
        )
