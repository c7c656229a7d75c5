"""Rooms and beds: adding, renaming, taking out of use."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from housing.shelters.models import Bed, Shelter
from housingfirst.access.enums import Role
from tests.access.factories import make_unit
from tests.cases.factories import make_citizen
from tests.housing.factories import make_bed, make_shelter, make_stay
from tests.housing.shelters.pages import address, log_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]


@pytest.fixture
def shelter() -> Shelter:
    return make_shelter()


def test_the_beds_with_who_is_in_them_and_how_they_are_used(
    client: Client, shelter: Shelter
) -> None:
    bed = make_bed(shelter=shelter, label="101")
    make_bed(shelter=shelter, label="102", in_use=False)
    make_stay(bed=bed, citizen=make_citizen(name="Mads Holm"), admitted_on=date(2026, 7, 20))
    log_in(client, Role.SHELTER_STAFF, shelter.unit)

    html = client.get(address("bed_list")).content.decode()

    assert "Mads Holm" in html
    assert "Ude af brug" in html
    assert "1 af 1 pladser optaget" in html
    assert "50 %" in html  # 15 of the last 30 nights


def test_a_bed_is_added_to_a_room_that_is_there_or_new(client: Client, shelter: Shelter) -> None:
    log_in(client, Role.SHELTER_LEADER, shelter.unit)

    for room, label in (("Blå", "1"), ("Blå", "2"), ("Rød", "1")):
        client.post(address("bed_list"), {"room_name": room, "label": label})

    assert shelter.rooms.count() == 2
    assert Bed.objects.filter(room__shelter=shelter).count() == 3


def test_a_bed_is_renamed_taken_out_and_taken_back(client: Client, shelter: Shelter) -> None:
    bed = make_bed(shelter=shelter)
    log_in(client, Role.SHELTER_STAFF, shelter.unit)
    url = address("bed_change", bed.reference)

    client.post(url, {"act": "rename", "room_name": "Havnen", "label": "7 B"})
    client.post(url, {"act": "out"})
    bed = Bed.objects.select_related("room").get()
    assert (bed.room.name, bed.label, bed.in_use) == ("Havnen", "7 B", False)
    client.post(url, {"act": "back"})
    assert Bed.objects.get().in_use


def test_refused_changes_are_answered_in_a_sentence(client: Client, shelter: Shelter) -> None:
    bed, other = make_bed(shelter=shelter, label="1"), make_bed(shelter=shelter, label="2")
    make_stay(bed=bed)
    log_in(client, Role.SHELTER_STAFF, shelter.unit)

    taken = client.post(address("bed_change", bed.reference), {"act": "out"})
    same_room = client.post(
        address("bed_change", bed.reference),
        {"act": "rename", "room_name": other.room.name, "label": "1"},
    )
    nothing = client.post(address("bed_change", bed.reference), {"act": "rename"})
    same_bed = client.post(
        address("bed_list"), {"room_name": other.room.name, "label": other.label}
    )
    too_long = client.post(address("bed_list"), {"room_name": "x" * 41, "label": ""})

    for response, says in (
        (taken, "Pladsen er optaget"),
        (same_room, "har allerede et værelse"),
        (nothing, "mangler"),
        (same_bed, "har allerede en plads"),
        (too_long, "41"),
    ):
        assert response.status_code == 422
        assert says in response.content.decode()
    assert Bed.objects.filter(in_use=False).count() == 0


def test_T04_nobody_else_touches_the_beds(client: Client, shelter: Shelter) -> None:
    bed = make_bed(shelter=shelter)
    log_in(client, Role.SHELTER_LEADER, make_shelter().unit)
    assert client.post(address("bed_change", bed.reference), {"act": "out"}).status_code == 404
    log_in(client, Role.ADVISER, make_unit())
    assert client.get(address("bed_list")).status_code == 403
    assert client.post(address("bed_change", bed.reference), {"act": "out"}).status_code == 404


@pytest.mark.parametrize("rows", [1, 20])
def test_the_number_of_queries_does_not_grow(
    client: Client, shelter: Shelter, rows: int, django_assert_max_num_queries: Any
) -> None:
    for _ in range(rows):
        make_stay(bed=make_bed(shelter=shelter))
    log_in(client, Role.SHELTER_STAFF, shelter.unit)
    client.get(address("bed_list"))

    with django_assert_max_num_queries(15):
        client.get(address("bed_list"))
