"""Estates, dwellings and vacancies: who may, what is refused, and the meter of vacancy rent."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from housing.supply import services
from housing.supply.enums import VacancyEnd
from housing.supply.errors import (
    AnswerBeforeReport,
    AreaElsewhere,
    AreaNameInUse,
    ClosedBeforeReport,
    DwellingNumberInUse,
    EstateNameInUse,
    VacancyIsClosed,
    VacancyIsOpen,
)
from housing.supply.models import Dwelling, Estate, Vacancy
from housing.supply.services import DwellingValues, EstateValues
from housingfirst.access.enums import Role, UnitKind
from housingfirst.access.models import User
from housingfirst.base.errors import NotPermitted, StaleVersion
from tests.access.factories import make_unit, make_user
from tests.housing.homes import (
    make_area,
    make_dwelling,
    make_estate,
    make_organisation,
    make_vacancy,
)

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 2)
NOON = datetime(2026, 11, 10, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))


@pytest.fixture
def dwelling() -> Dwelling:
    return make_dwelling(rent_dkk=Decimal("4930.00"), deposit_dkk=Decimal("23200.00"))


@pytest.fixture
def partner(dwelling: Dwelling) -> User:
    return make_user(Role.PARTNER, dwelling.estate.unit)


@pytest.fixture
def allocator(dwelling: Dwelling) -> User:
    unit = make_unit(kind=UnitKind.ALLOCATION, municipality=dwelling.estate.area.municipality)
    return make_user(Role.ALLOCATOR, unit)


def report(dwelling: Dwelling, actor: User | None, **values: object) -> Vacancy:
    return services.vacancy_report(
        dwelling=dwelling,
        reported_on=DAY,
        available_from=DAY,
        actor=actor,
        **values,  # type: ignore[arg-type]  # named by the test
    )


def test_a_vacancy_has_the_dwellings_rent_unless_another_is_named(
    dwelling: Dwelling, partner: User
) -> None:
    vacancy = report(dwelling, partner)

    assert (vacancy.rent_dkk, vacancy.deposit_dkk) == (Decimal("4930.00"), Decimal("23200.00"))
    assert vacancy.municipality == dwelling.estate.area.municipality
    services.vacancy_close(
        vacancy=vacancy, ended=VacancyEnd.WITHDRAWN, closed_on=DAY, actor=partner
    )
    assert report(dwelling, partner, rent_dkk=Decimal(0)).rent_dkk == 0


def test_a_dwelling_is_vacant_once_at_a_time(dwelling: Dwelling, partner: User) -> None:
    report(dwelling, partner)

    with pytest.raises(VacancyIsOpen):
        report(dwelling, partner)

    assert Vacancy.objects.count() == 1


def test_the_same_form_twice_gives_one_vacancy(dwelling: Dwelling, partner: User) -> None:
    key = uuid4()

    assert report(dwelling, partner, form_key=key) == report(dwelling, partner, form_key=key)


def test_an_answer_is_not_due_before_the_report(dwelling: Dwelling, partner: User) -> None:
    with pytest.raises(AnswerBeforeReport):
        report(dwelling, partner, answer_by=NOON - timedelta(days=9))


def test_a_housing_organisation_reports_its_own_and_sees_its_own(
    dwelling: Dwelling, partner: User
) -> None:
    rival = make_user(Role.PARTNER, make_organisation())
    with pytest.raises(NotPermitted):
        report(dwelling, rival)

    vacancy = report(dwelling, partner)

    assert list(Vacancy.objects.visible_to(partner)) == [vacancy]
    assert not Vacancy.objects.visible_to(rival).exists()
    assert not Dwelling.objects.visible_to(rival).exists()
    assert not Estate.objects.visible_to(rival).exists()
    assert Dwelling.objects.visible_to(partner).exists()


def test_the_municipality_sees_what_is_reported_to_it(dwelling: Dwelling, allocator: User) -> None:
    vacancy = report(dwelling, allocator)
    elsewhere = make_vacancy()

    assert list(Vacancy.objects.visible_to(allocator)) == [vacancy]
    with pytest.raises(NotPermitted):
        report(make_dwelling(), allocator)
    with pytest.raises(NotPermitted):
        services.vacancy_close(
            vacancy=elsewhere,
            ended=VacancyEnd.RETURNED_RENT,
            closed_on=elsewhere.reported_on,
            actor=allocator,
        )


@pytest.mark.parametrize("kind", [UnitKind.BENEFITS_OFFICE, UnitKind.JOB_CENTRE])
def test_other_partners_neither_see_nor_report(kind: UnitKind, dwelling: Dwelling) -> None:
    unit = make_unit(kind=kind, municipality=dwelling.estate.area.municipality)
    other = make_user(Role.PARTNER, unit)
    report(dwelling, None)

    assert not Vacancy.objects.visible_to(other).exists()
    with pytest.raises(NotPermitted):
        report(make_dwelling(estate=dwelling.estate), other)


@pytest.mark.parametrize("role", [Role.ADVISER, Role.SHELTER_STAFF, Role.AUDITOR])
def test_only_organisations_and_allocators_report(role: Role, dwelling: Dwelling) -> None:
    unit = make_unit(municipality=dwelling.estate.area.municipality)

    with pytest.raises(NotPermitted):
        report(dwelling, make_user(role, unit))


def test_a_correction_and_two_who_correct_at_once(dwelling: Dwelling, partner: User) -> None:
    vacancy = report(dwelling, partner)

    def change(rent: int, version: int) -> None:
        services.vacancy_change(
            vacancy=Vacancy.objects.get(pk=vacancy.pk),
            available_from=DAY + timedelta(days=30),
            answer_by=NOON,
            vacancy_rent_from=None,
            rent_dkk=Decimal(rent),
            deposit_dkk=Decimal(1),
            remark="Ny maling",
            actor=partner,
            version=version,
        )

    change(5000, version=1)
    with pytest.raises(StaleVersion):
        change(6000, version=1)

    vacancy.refresh_from_db()
    assert (vacancy.rent_dkk, vacancy.remark) == (Decimal(5000), "Ny maling")


@pytest.mark.parametrize("ended", [end for end in VacancyEnd if end != VacancyEnd.LET])
def test_closing_says_why_and_happens_once(
    ended: VacancyEnd, dwelling: Dwelling, allocator: User
) -> None:
    vacancy = report(dwelling, allocator)

    services.vacancy_close(vacancy=vacancy, ended=ended, closed_on=DAY, actor=allocator)

    vacancy.refresh_from_db()
    assert (vacancy.ended, vacancy.closed_on) == (ended, DAY)
    with pytest.raises(VacancyIsClosed):
        services.vacancy_close(vacancy=vacancy, ended=ended, closed_on=DAY, actor=allocator)
    with pytest.raises(VacancyIsClosed):
        services.vacancy_change(
            vacancy=vacancy,
            available_from=DAY,
            answer_by=None,
            vacancy_rent_from=None,
            rent_dkk=Decimal(1),
            deposit_dkk=Decimal(1),
            remark="",
            actor=allocator,
        )


def test_not_closed_before_it_was_reported(dwelling: Dwelling, allocator: User) -> None:
    vacancy = report(dwelling, allocator)

    with pytest.raises(ClosedBeforeReport):
        services.vacancy_close(
            vacancy=vacancy,
            ended=VacancyEnd.WITHDRAWN,
            closed_on=DAY - timedelta(days=1),
            actor=allocator,
        )


@pytest.mark.parametrize(
    ("starts", "day", "through", "kroner"),
    [
        pytest.param(None, DAY, None, "0", id="no-vacancy-rent"),
        pytest.param(DAY, DAY, None, "152.08", id="first-day-counts"),
        pytest.param(DAY, DAY + timedelta(days=9), None, "1520.83", id="ten-days"),
        pytest.param(DAY + timedelta(days=1), DAY, None, "0.00", id="not-begun"),
        pytest.param(
            DAY, DAY + timedelta(days=90), DAY + timedelta(days=1), "304.17", id="stopped"
        ),
    ],
)
def test_vacancy_rent(starts: date | None, day: date, through: date | None, kroner: str) -> None:
    vacancy = Vacancy(
        rent_dkk=Decimal("4562.50"), vacancy_rent_from=starts, vacancy_rent_through=through
    )

    assert vacancy.vacancy_rent_to(day) == Decimal(kroner)


def test_names_and_numbers_are_unique_where_they_are_used(
    dwelling: Dwelling, allocator: User
) -> None:
    estate, area = dwelling.estate, dwelling.estate.area

    with pytest.raises(AreaNameInUse):
        services.area_save(municipality=area.municipality, name=area.name, actor=allocator)
    with pytest.raises(EstateNameInUse):
        services.estate_save(
            unit=estate.unit, values=EstateValues(name=estate.name, area=area), actor=allocator
        )
    with pytest.raises(DwellingNumberInUse):
        services.dwelling_save(
            estate=estate,
            values=DwellingValues(
                number=dwelling.number,
                address="Anden vej 2",
                rooms=1,
                size_m2=30,
                rent_dkk=Decimal(3000),
                deposit_dkk=Decimal(9000),
            ),
            actor=allocator,
        )


def test_a_bar_keeps_its_reason_and_loses_it_when_lifted(
    dwelling: Dwelling, allocator: User
) -> None:
    estate = dwelling.estate
    values = EstateValues(
        name=estate.name,
        area=estate.area,
        allocation_barred=True,
        barred_reason="Omdannelsesområde",
        flexible_letting=True,
    )

    services.estate_save(unit=estate.unit, values=values, actor=allocator, estate=estate)
    barred = Estate.objects.get(pk=estate.pk)
    assert (barred.allocation_barred, barred.barred_reason) == (True, "Omdannelsesområde")
    services.estate_save(
        unit=estate.unit,
        values=EstateValues(name=estate.name, area=estate.area, barred_reason="glemt"),
        actor=allocator,
        estate=barred,
    )
    assert Estate.objects.get(pk=estate.pk).barred_reason == ""


def test_estates_are_the_allocators_and_stay_in_their_municipality(
    dwelling: Dwelling, allocator: User, partner: User
) -> None:
    estate = dwelling.estate
    values = EstateValues(name="Ny", area=estate.area)
    with pytest.raises(NotPermitted):
        services.estate_save(unit=estate.unit, values=values, actor=partner, estate=estate)
    with pytest.raises(NotPermitted):
        services.area_save(municipality=estate.area.municipality, name="Ny", actor=partner)
    with pytest.raises(AreaElsewhere):
        services.estate_save(
            unit=estate.unit,
            values=EstateValues(name="Ny", area=make_area()),
            actor=None,
            estate=estate,
        )


def test_a_vacancy_of_another_estate_is_not_seen_by_name(partner: User) -> None:
    make_estate(unit=make_organisation())

    assert Estate.objects.visible_to(partner).count() == 1
