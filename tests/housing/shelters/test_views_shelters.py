"""A shelter that the administrator made a unit for: its leader registers it, and then works."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from housing.shelters import services
from housing.shelters.enums import Section
from housing.shelters.errors import NotAShelterUnit, ShelterNameMissing
from housing.shelters.models import ReimbursementClock, Shelter
from housingfirst.access.enums import Role, UnitKind
from housingfirst.access.models import Membership, Unit, User
from housingfirst.base.errors import NotPermitted
from housingfirst.events.models import Event
from tests.access.factories import LONG_AGO, make_unit, make_user
from tests.housing.factories import intake_of, make_shelter, make_stay
from tests.housing.shelters.pages import NOW, address, admission, log_in
from tests.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]

PAGES = ["resident_list", "stay_admit", "bed_list", "rate_list", "notice_list"]


@pytest.fixture
def unit() -> Unit:
    return make_unit(kind=UnitKind.SHELTER, name="Kilden")


def typed(**changes: str) -> dict[str, str]:
    return {
        "name": "Boformen Kilden",
        "section": "110",
        "address": "Kildevej 4, 9999 Fjordby",
        "phone": "99 00 41 10",
        "registered_number": "1234567",
    } | changes


def save(unit: Unit, actor: User | None = None, **changes: Any) -> Shelter:
    values: dict[str, Any] = typed() | {"section": Section.S110} | changes
    shelter, _is_new = services.shelter_save(unit=unit, today=NOW.date(), actor=actor, **values)
    return shelter


def test_from_an_empty_unit_to_the_first_admission(client: Client, unit: Unit) -> None:
    leader = log_in(client, Role.SHELTER_LEADER, unit)
    intake_of(unit.municipality)

    first = read(client.get(address("resident_list")))
    assert address("shelter_edit") in first
    assert 'value="Kilden"' in read(client.get(address("shelter_edit")))
    beds = client.post(address("shelter_edit"), typed(), follow=True)

    shelter = Shelter.objects.get(unit=unit)
    assert (shelter.name, shelter.phone) == ("Boformen Kilden", "99 00 41 10")
    assert beds.redirect_chain[0][0] == f"{address('bed_list')}?shelter={shelter.reference}"
    assert "Tilføj pladserne" in read(beds)
    assert Event.objects.filter(kind="shelter.saved", actor=leader).count() == 1
    client.post(address("bed_list"), {"room_name": "1", "label": "1 A"})
    client.post(
        address("rate_list"),
        {"valid_from": "01-08-2026", "daily_rate_dkk": "1.450", "resident_payment_dkk": "107"},
    )
    bed = shelter.rooms.get().beds.get()
    client.post(
        address("stay_admit"),
        admission(shelter, bed=str(bed.reference), daily_rate_dkk="", resident_payment_dkk=""),
    )
    assert "Mads Holm" in read(client.get(address("resident_list")))


@pytest.mark.parametrize("page", PAGES)
def test_until_then_each_page_says_so(client: Client, unit: Unit, page: str) -> None:
    log_in(client, Role.SHELTER_STAFF, unit)
    told = read(client.get(address(page)))

    assert "Boformen er ikke oprettet endnu" in told
    assert "Boformens leder opretter den" in told
    assert address("shelter_edit") not in told
    client.force_login(make_user(Role.SHELTER_LEADER, unit))
    assert address("shelter_edit") in read(client.get(address(page)))


def test_what_is_known_is_changed_from_the_rates(client: Client, unit: Unit) -> None:
    shelter = save(unit)
    log_in(client, Role.SHELTER_LEADER, unit)
    edit = f"{address('shelter_edit')}?shelter={shelter.reference}"

    assert edit in read(client.get(address("rate_list")))
    assert "Kildevej 4" in read(client.get(edit))
    after = client.post(edit, typed(name="Kilden og Kildehuset", version="1"), follow=True)

    assert Shelter.objects.get().name == "Kilden og Kildehuset"
    assert after.redirect_chain[0][0] == f"{address('rate_list')}?shelter={shelter.reference}"
    log_in(client, Role.SHELTER_STAFF, unit)
    assert address("shelter_edit") not in read(client.get(address("rate_list")))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param({"name": "  "}, "navn mangler", id="no-name"),
        pytest.param({"section": "111"}, "Vælg", id="no-such-section"),
        pytest.param({"phone": "9" * 21}, "20", id="too-long"),
    ],
)
def test_bad_input_is_kept_and_explained(
    client: Client, unit: Unit, changes: dict[str, str], message: str
) -> None:
    log_in(client, Role.SHELTER_LEADER, unit)

    response = client.post(address("shelter_edit"), typed(**changes))

    html = read(response)
    assert response.status_code == 422
    assert message in html
    assert 'value="1234567"' in html
    assert not Shelter.objects.exists()


def test_only_its_own_leader_may(client: Client, unit: Unit) -> None:
    shelter = save(unit)
    other = make_user(Role.SHELTER_LEADER, make_shelter().unit)
    for actor in (other, make_user(Role.SHELTER_STAFF, unit)):
        with pytest.raises(NotPermitted):
            save(unit, actor)
    client.force_login(other)
    for query in (f"?shelter={shelter.reference}", f"?unit={unit.reference}", "?shelter=x"):
        assert client.get(address("shelter_edit") + query).status_code == 404
    log_in(client, Role.SHELTER_STAFF, unit)
    assert client.get(address("shelter_edit")).status_code == 403
    assert client.post(address("shelter_edit"), typed()).status_code == 403


def test_a_second_unit_of_the_same_leader_comes_first_until_it_is_registered(
    client: Client, unit: Unit
) -> None:
    shelter = make_shelter(name="Havnen")
    leader = log_in(client, Role.SHELTER_LEADER, shelter.unit)
    Membership.objects.create(user=leader, unit=unit, role=Role.SHELTER_LEADER, valid_from=LONG_AGO)
    client.force_login(User.objects.get(pk=leader.pk))

    html = read(client.get(address("shelter_edit")))

    assert "Opret Kilden" in html
    assert f"?shelter={shelter.reference}" in html
    client.post(f"{address('shelter_edit')}?unit={unit.reference}", typed())
    assert Shelter.objects.get(unit=unit).name == "Boformen Kilden"


@pytest.mark.parametrize("page", ["resident_list", "bed_list", "rate_list", "notice_list"])
def test_a_second_unit_stands_on_each_page_until_it_is_registered(
    client: Client, unit: Unit, page: str
) -> None:
    shelter = make_shelter(name="Havnen")
    leader = log_in(client, Role.SHELTER_LEADER, shelter.unit)
    Membership.objects.create(user=leader, unit=unit, role=Role.SHELTER_LEADER, valid_from=LONG_AGO)
    register = f'{address("shelter_edit")}?unit={unit.reference}">Opret Kilden'
    client.force_login(User.objects.get(pk=leader.pk))

    here = f"{address(page)}?shelter={shelter.reference}"

    assert register in read(client.get(here))

    save(unit)
    assert register not in read(client.get(here))


def test_who_only_works_there_is_not_asked_to_register_it(client: Client, unit: Unit) -> None:
    staff = log_in(client, Role.SHELTER_STAFF, make_shelter().unit)
    Membership.objects.create(user=staff, unit=unit, role=Role.SHELTER_STAFF, valid_from=LONG_AGO)
    client.force_login(User.objects.get(pk=staff.pk))

    assert "Opret Kilden" not in read(client.get(address("resident_list")))


def test_of_two_leaders_the_second_chooses(client: Client, unit: Unit) -> None:
    shelter = save(unit)
    save(unit, make_user(Role.SHELTER_LEADER, unit, name="Ida Lund"), phone="11 11 11 11")
    log_in(client, Role.SHELTER_LEADER, unit)
    edit = f"{address('shelter_edit')}?shelter={shelter.reference}"
    assert 'name="version" value="2"' in read(client.get(edit))

    response = client.post(edit, typed(name="Kilden Vest", phone="22 22 22 22", version="1"))

    html = read(response)
    assert response.status_code == 409
    assert "Ida Lund gemte" in html
    assert "11 11 11 11" in html
    assert "22 22 22 22" in html
    chosen = {"choice-name": "mine", "choice-phone": "theirs"}
    client.post(edit, typed(name="Kilden Vest", phone="22 22 22 22", version="2") | chosen)
    shelter.refresh_from_db()
    assert (shelter.name, shelter.phone) == ("Kilden Vest", "11 11 11 11")


def test_of_two_who_register_it_the_second_chooses(client: Client, unit: Unit) -> None:
    log_in(client, Role.SHELTER_LEADER, unit)
    save(unit)

    response = client.post(
        f"{address('shelter_edit')}?unit={unit.reference}", typed(name="Kildehuset")
    )

    assert response.status_code == 409
    assert "Kildehuset" in read(response)
    assert Shelter.objects.get(unit=unit).name == "Boformen Kilden"


def test_the_service_holds_what_a_shelter_is(unit: Unit) -> None:
    with pytest.raises(ShelterNameMissing):
        save(unit, name=" ")
    with pytest.raises(NotAShelterUnit):
        save(make_unit(kind=UnitKind.TEAM))
    assert save(unit).pk == save(unit, name="Igen").pk


def test_the_clock_follows_what_it_runs_under() -> None:
    shelter = make_shelter()
    make_stay(shelter=shelter, admitted_on=NOW.date())
    assert ReimbursementClock.objects.exists()

    save(shelter.unit, section=Section.S107)

    assert not ReimbursementClock.objects.exists()


def test_few_queries(
    client: Client, unit: Unit, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    log_in(client, Role.SHELTER_LEADER, unit)
    with django_assert_max_num_queries(12):
        client.get(address("shelter_edit"))
