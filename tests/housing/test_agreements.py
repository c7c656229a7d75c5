"""The quarter rule: whose turn a vacancy is, by law or by agreement, and who keeps the terms."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from housing.agreements.counting import Group, group_of, groups_of
from housing.agreements.errors import CountedTooMany, EstateOfAnother
from housing.agreements.models import AllocationAgreement
from housing.agreements.services import agreement_save
from housing.supply import services as supply
from housing.supply.enums import DwellingKind, VacancyEnd
from housing.supply.models import Dwelling, Estate, Vacancy
from housingfirst.access.enums import Role
from housingfirst.access.models import Municipality, Unit, User
from housingfirst.base.errors import NotPermitted
from housingfirst.law.allocation import TurnReason
from tests.access.factories import make_municipality, make_user
from tests.housing.homes import (
    make_allocator,
    make_area,
    make_dwelling,
    make_estate,
    make_organisation,
)
from tests.reading import read

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 2)
OURS, KEPT, RELEASED, WITHDRAWN = "x", ".", "r", "w"


@pytest.fixture
def place() -> Municipality:
    return make_municipality()


@pytest.fixture
def unit(place: Municipality) -> Unit:
    return make_organisation(municipality=place, name="Fjordbo")


@pytest.fixture
def estate(place: Municipality, unit: Unit) -> Estate:
    return make_estate(area=make_area(municipality=place), unit=unit, name="Bådevej")


@pytest.fixture
def allocator(place: Municipality) -> User:
    return make_allocator(place)


def reported(estate: Estate, what: str, *, start: date = DAY) -> list[Vacancy]:
    """A vacancy a day, each in a dwelling of its own: x is ours, . is kept, r is let go."""
    found = []
    for n, one in enumerate(what):
        vacancy = supply.vacancy_report(
            dwelling=make_dwelling(estate=estate),
            reported_on=start + timedelta(days=n),
            available_from=start + timedelta(days=n + 30),
            is_given=one != KEPT,
            actor=None,
        )
        if one in (RELEASED, WITHDRAWN):
            ended = VacancyEnd.RETURNED_RENT if one == RELEASED else VacancyEnd.WITHDRAWN
            supply.vacancy_close(
                vacancy=vacancy, ended=ended, closed_on=vacancy.reported_on, actor=None
            )
        found.append(vacancy)
    return found


def count(group: Group) -> tuple[int, int, int]:
    return group.quarter.due, group.quarter.received, group.quarter.until_next


def reasons(group: Group) -> list[TurnReason]:
    return [turn.reason for turn in group.quarter.turns]


def test_without_an_agreement_every_fourth_of_the_estate_is_ours(estate: Estate) -> None:
    reported(estate, "...x...r..x")

    group = group_of(estate, DAY + timedelta(days=90))

    assert count(group) == (2, 3, 1)
    assert group.is_next
    assert reasons(group)[3::4] == [TurnReason.MUNICIPALITYS_TURN, TurnReason.RELEASED]
    assert reasons(group)[-1] == TurnReason.GIVEN_OUT_OF_TURN


def test_what_was_ours_and_was_not_given_is_owed(estate: Estate) -> None:
    reported(estate, "....")

    group = group_of(estate, DAY + timedelta(days=90))

    assert reasons(group)[3] == TurnReason.NOT_GIVEN
    assert group.quarter.balance == 1


def test_only_family_dwellings_that_were_vacant_count(estate: Estate) -> None:
    reported(estate, "..w.")
    youth = reported(estate, "x")[0].dwelling
    Dwelling.objects.filter(pk=youth.pk).update(kind=DwellingKind.YOUTH)

    assert len(group_of(estate, DAY + timedelta(days=90)).quarter.turns) == 3


def test_an_agreement_counts_from_its_day_and_earlier_ones_are_kept(
    unit: Unit, estate: Estate, allocator: User
) -> None:
    reported(estate, ".....")
    agreement_save(
        unit=unit, starts_on=DAY + timedelta(days=4), every=3, counted_before=1, actor=allocator
    )
    day = DAY + timedelta(days=90)

    group = group_of(estate, day)
    assert (group.quarter.every, len(group.quarter.turns), group.is_next) == (3, 1, True)
    assert group.quarter.is_by_agreement

    agreement_save(unit=unit, starts_on=DAY + timedelta(days=80), every=2, actor=allocator)
    assert group_of(estate, DAY + timedelta(days=79)).quarter.every == 3
    assert group_of(estate, day).quarter.every == 2
    assert AllocationAgreement.objects.count() == 2


def test_an_agreement_of_the_same_day_is_put_right(unit: Unit, allocator: User) -> None:
    first = agreement_save(unit=unit, starts_on=DAY, every=3, actor=allocator)
    again = agreement_save(unit=unit, starts_on=DAY, every=2, actor=allocator)

    assert again.pk == first.pk
    assert [row.every for row in again.history.order_by("history_id")] == [3, 2]


def test_an_estate_of_its_own_is_counted_apart_from_the_rest(
    place: Municipality, unit: Unit, estate: Estate, allocator: User
) -> None:
    area = make_area(municipality=place)
    others = [make_estate(area=area, unit=unit, name=name) for name in ("Agervej", "Cedervej")]
    agreement_save(unit=unit, starts_on=DAY, every=2, actor=allocator)
    agreement_save(unit=unit, estate=estate, starts_on=DAY, every=5, actor=allocator)
    reported(estate, "..")
    for other in others:
        reported(other, "..")

    together, apart = groups_of([unit.pk], DAY + timedelta(days=90))[unit.pk]

    assert (together.estate, together.quarter.every, len(together.quarter.turns)) == (None, 2, 4)
    assert (apart.estate, apart.quarter.every, len(apart.quarter.turns)) == (estate, 5, 2)
    assert group_of(others[1], DAY + timedelta(days=90)).quarter == together.quarter


def test_what_cannot_be_agreed(unit: Unit, allocator: User) -> None:
    with pytest.raises(CountedTooMany, match="3"):
        agreement_save(unit=unit, starts_on=DAY, every=4, counted_before=4, actor=allocator)
    with pytest.raises(EstateOfAnother):
        agreement_save(unit=unit, estate=make_estate(), starts_on=DAY, every=4, actor=allocator)
    with pytest.raises(NotPermitted):
        agreement_save(unit=unit, starts_on=DAY, every=4, actor=make_allocator(make_municipality()))


def test_what_the_organisation_keeps_costs_nothing_and_is_closed(estate: Estate) -> None:
    (vacancy,) = reported(estate, KEPT)

    assert (vacancy.closed_on, vacancy.ended) == (DAY, VacancyEnd.KEPT)
    assert (vacancy.answer_by, vacancy.vacancy_rent_from) == (None, None)


def test_the_report_says_whose_turn_it_is_and_who_gets_it(
    client: Client, unit: Unit, estate: Estate
) -> None:
    today = timezone.localdate()
    reported(estate, "...", start=today - timedelta(days=9))
    dwelling = make_dwelling(estate=estate)
    client.force_login(make_user(Role.PARTNER, unit))
    address = f"{reverse('housing:vacancy_report')}?dwelling={dwelling.reference}"

    assert "Kommunens tur" in read(client.get(address))
    response = client.post(
        address,
        {
            "available_from": "i dag", "rent_dkk": "4.500", "deposit_dkk": "20.000",
            "gets": "organisation", "form_key": "0b2f4c1e-0000-4000-8000-000000000001",
        },
    )  # fmt: skip

    assert response.status_code == 302
    assert Vacancy.objects.get(dwelling=dwelling).ended == VacancyEnd.KEPT
    page = read(client.get(response["Location"]))
    assert "Kommunens tur, ikke modtaget (nr. 4 i optællingen)" in page
    assert "kommunen betaler ikke" in page
    assert "Kommunens om 4" in read(client.get(f"{address[:-36]}{_other(estate)}"))


def _other(estate: Estate) -> str:
    return str(make_dwelling(estate=estate).reference)


def test_the_allocator_reads_the_turns_and_agrees_anew(
    client: Client, unit: Unit, estate: Estate, allocator: User
) -> None:
    reported(estate, "...r.")
    client.force_login(allocator)
    address = reverse("housing:agreement_detail", args=[unit.reference])

    page = read(client.get(address))
    assert "Kommunens tur, givet fri: den tæller" in page
    assert "Kommunens om 3 ledige boliger" in page
    assert "Uden aftale gælder lovens andel: hver 4. ledige familiebolig" in page

    wrong = client.post(address, {"every": "3", "starts_on": "1-1-2026", "counted_before": "3"})
    assert wrong.status_code == 422
    assert "Skriv 2 eller færre" in read(wrong)
    client.post(address, {"every": "3", "starts_on": "1-1-2026", "counted_before": "1"})

    page = read(client.get(address))
    assert "hver 3. ledige familiebolig" in page
    assert "1 ledig bolig var talt med på forhånd" in page
    assert "Fjordbo" in read(client.get(reverse("housing:agreement_list")))


def test_what_one_estate_is_owed_is_not_paid_by_another(
    client: Client, place: Municipality, unit: Unit, estate: Estate, allocator: User
) -> None:
    other = make_estate(area=make_area(municipality=place), unit=unit)
    reported(estate, "....")
    reported(other, "xx..")
    client.force_login(allocator)

    response = client.get(reverse("housing:agreement_list"))

    (row,) = response.context["rows"]
    assert (row.due, row.received, row.owed) == (2, 2, 1)


def test_only_the_municipalitys_own_allocators(client: Client, unit: Unit) -> None:
    client.force_login(make_allocator(make_municipality()))

    assert client.get(reverse("housing:agreement_detail", args=[unit.reference])).status_code == 404


@pytest.mark.parametrize("many", [1, 20])
def test_queries_do_not_grow(
    client: Client,
    place: Municipality,
    unit: Unit,
    estate: Estate,
    allocator: User,
    many: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    area = make_area(municipality=place)
    for n in range(many):
        other = make_organisation(municipality=place)
        reported(make_estate(area=area, unit=other), ".")
        reported(estate, "x", start=DAY + timedelta(days=n))
    client.force_login(allocator)

    with django_assert_max_num_queries(15):
        client.get(reverse("housing:agreement_list"))
    with django_assert_max_num_queries(15):
        client.get(reverse("housing:agreement_detail", args=[unit.reference]))
