"""A resident moves to another bed: from tonight, with the beds before kept."""

from datetime import date, datetime

import pytest
from django.test import Client

from housing.shelters import services
from housing.shelters.enums import DischargeTo
from housing.shelters.errors import AlreadyDischarged, BedNotUsable, BedTaken
from housing.shelters.models import Bed, EarlierBed, Shelter, Stay
from housing.shelters.selectors.beds import rooms_at
from housingfirst.access.enums import LogAction, Role
from housingfirst.access.models import AccessEntry
from housingfirst.events.models import Event
from housingfirst.law.days import COPENHAGEN
from tests.access.factories import make_user
from tests.cases.factories import make_citizen
from tests.housing.factories import make_bed, make_stay
from tests.housing.shelters.pages import address, log_in
from tests.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]

TODAY = date(2026, 8, 4)


@pytest.fixture
def beds(shelter: Shelter) -> list[Bed]:
    return [make_bed(shelter=shelter, label=label) for label in ("101", "102", "103")]


@pytest.fixture
def stay(beds: list[Bed]) -> Stay:
    citizen = make_citizen(name="Mads Holm")
    return make_stay(bed=beds[0], citizen=citizen, admitted_on=date(2026, 7, 20))


def move(stay: Stay, bed: Bed | None, on: date = TODAY) -> None:
    services.stay_move(stay=stay, bed=bed, on=on, actor=None)


def nights(shelter: Shelter) -> dict[str, int]:
    user = make_user(Role.SHELTER_STAFF, shelter.unit)
    rooms = rooms_at(user, shelter, TODAY)
    return {line.bed.label: line.nights for room in rooms for line in room.lines}


def test_on_the_page_with_its_history(client: Client, beds: list[Bed], stay: Stay) -> None:
    log_in(client, Role.SHELTER_STAFF, stay.shelter.unit)
    page = address("stay_detail", stay.reference)
    html = read(client.get(page))
    assert str(beds[1].reference) in html
    assert f'value="{beds[0].reference}"' not in html

    response = client.post(
        address("stay_move", stay.reference),
        {"bed": str(beds[1].reference), "version": stay.version},
        follow=True,
    )

    html = read(response)
    assert "Flyttet, fra i nat." in html
    stay.refresh_from_db()
    assert (stay.bed, stay.bed_from) == (beds[1], TODAY)
    earlier = EarlierBed.objects.get()
    assert (earlier.bed, earlier.starts_on, earlier.ends_on) == (
        beds[0],
        date(2026, 7, 20),
        TODAY,
    )
    assert "20. juli – 3. aug." in html
    assert Event.objects.filter(kind="stay.moved", case=stay.case).exists()
    assert "Flyttet til en anden plads: 102" in html
    assert AccessEntry.objects.filter(action=LogAction.CHANGED, what="stay_move").count() == 1


def test_to_a_bed_that_somebody_left_during_the_stay(beds: list[Bed], stay: Stay) -> None:
    make_stay(bed=beds[1], admitted_on=date(2026, 7, 21), discharged_on=date(2026, 8, 2))

    move(stay, beds[1])

    assert stay.bed == beds[1]


def test_the_bed_left_is_free_for_the_next(beds: list[Bed], stay: Stay) -> None:
    move(stay, beds[1])

    newcomer = make_stay(bed=beds[0], admitted_on=TODAY)

    assert newcomer.bed == beds[0]


def test_not_to_a_bed_that_is_taken(client: Client, beds: list[Bed], stay: Stay) -> None:
    make_stay(bed=beds[1], admitted_on=TODAY)
    with pytest.raises(BedTaken):
        move(stay, beds[1])
    log_in(client, Role.SHELTER_STAFF, stay.shelter.unit)

    response = client.post(
        address("stay_move", stay.reference),
        {"bed": str(beds[1].reference), "version": stay.version},
    )

    assert response.status_code == 422
    assert "Pladsen er lige blevet optaget" in read(response)
    stay.refresh_from_db()
    assert stay.bed == beds[0]
    assert not EarlierBed.objects.exists()


def test_not_to_another_shelters_bed_nor_one_out_of_use(shelter: Shelter, stay: Stay) -> None:
    for bed in (make_bed(), make_bed(shelter=shelter, in_use=False)):
        with pytest.raises(BedNotUsable):
            move(stay, bed)


def test_not_after_the_discharge(beds: list[Bed], stay: Stay) -> None:
    services.stay_discharge(
        stay=stay, discharged_on=TODAY, to=DischargeTo.FAMILY, reason="Flyttet", actor=None
    )

    with pytest.raises(AlreadyDischarged):
        move(stay, beds[1])


def test_twice_on_a_day_keeps_the_last(beds: list[Bed], stay: Stay) -> None:
    move(stay, beds[1])
    move(stay, beds[2])

    assert stay.bed == beds[2]
    assert [one.bed for one in EarlierBed.objects.all()] == [beds[0]]


def test_to_the_same_bed_changes_nothing(beds: list[Bed], stay: Stay) -> None:
    move(stay, beds[0])

    assert stay.bed_from is None
    assert not Event.objects.filter(kind="stay.moved").exists()


def test_to_no_bed_and_back(beds: list[Bed], stay: Stay) -> None:
    move(stay, None, date(2026, 7, 25))
    move(stay, beds[0], TODAY)

    assert (stay.bed, stay.bed_from) == (beds[0], TODAY)
    assert nights(stay.shelter)["101"] == 5


def test_nights_are_counted_where_they_were_slept(beds: list[Bed], stay: Stay) -> None:
    move(stay, beds[1], date(2026, 8, 1))

    assert nights(stay.shelter) == {"101": 12, "102": 3, "103": 0}


@pytest.mark.parametrize(
    ("discharged_on", "label", "bed_from"),
    [
        pytest.param(date(2026, 8, 4), "103", date(2026, 8, 3), id="after-both"),
        pytest.param(date(2026, 8, 3), "102", date(2026, 8, 1), id="on-the-day-of-the-last"),
        pytest.param(date(2026, 8, 2), "102", date(2026, 8, 1), id="between"),
        pytest.param(date(2026, 8, 1), "101", None, id="on-the-day-of-the-first"),
        pytest.param(date(2026, 7, 25), "101", None, id="before-both"),
        pytest.param(date(2026, 7, 20), "103", date(2026, 8, 3), id="on-the-day-of-admission"),
    ],
)
def test_a_discharge_on_an_earlier_day_takes_later_moves_back(
    beds: list[Bed], stay: Stay, discharged_on: date, label: str, bed_from: date | None
) -> None:
    move(stay, beds[1], date(2026, 8, 1))
    move(stay, beds[2], date(2026, 8, 3))

    services.stay_discharge(
        stay=stay, discharged_on=discharged_on, to=DischargeTo.FAMILY, reason="x", actor=None
    )

    stay.refresh_from_db()
    assert stay.bed is not None
    assert (stay.bed.label, stay.bed_from) == (label, bed_from)


def test_two_windows_the_second_reads_why(client: Client, beds: list[Bed], stay: Stay) -> None:
    log_in(client, Role.SHELTER_STAFF, stay.shelter.unit)
    url, seen = address("stay_move", stay.reference), stay.version
    client.post(url, {"bed": str(beds[1].reference), "version": seen})

    response = client.post(url, {"bed": str(beds[2].reference), "version": seen})

    assert response.status_code == 422
    assert "En kollega har ændret opholdet imens." in read(response)


def test_a_moved_resident_is_in_the_list_at_the_new_bed(
    client: Client, beds: list[Bed], stay: Stay
) -> None:
    move(stay, beds[2])
    log_in(client, Role.SHELTER_STAFF, stay.shelter.unit)

    rows = read(client.get(address("resident_list"))).split("<tr>")

    row = next(row for row in rows if "Mads Holm" in row)
    assert ">103<" in row
    assert datetime.now(COPENHAGEN).date() == TODAY
