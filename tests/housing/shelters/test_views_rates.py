"""A shelter's prices: from a day on, held by the database, and what they do to those who stay."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError
from django.test import Client

from housing.shelters import services
from housing.shelters.errors import RateBeforeHistory, RateHolds, RateTaken
from housing.shelters.models import ReimbursementClock, Shelter, ShelterRate, Stay
from housingfirst.access.enums import Role
from housingfirst.base.errors import NotPermitted
from housingfirst.events.models import Event
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_citizen
from tests.housing.factories import make_rate, make_shelter, make_stay
from tests.housing.shelters.pages import address, admission, frozen, log_in
from tests.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]

TODAY = date(2026, 8, 4)


def typed(**changes: str) -> dict[str, str]:
    return {
        "valid_from": "01-01-2027",
        "daily_rate_dkk": "1.502,50",
        "resident_payment_dkk": "109",
    } | changes


def add(shelter: Shelter, valid_from: date, rate: str = "1500.00") -> ShelterRate:
    return services.rate_add(
        shelter=shelter,
        valid_from=valid_from,
        daily_rate_dkk=Decimal(rate),
        resident_payment_dkk=Decimal(109),
        today=TODAY,
        actor=None,
    )


def test_a_leader_adds_one_and_the_history_stands_there(client: Client, shelter: Shelter) -> None:
    leader = log_in(client, Role.SHELTER_LEADER, shelter.unit)

    response = client.post(address("rate_list"), typed(), follow=True)

    html = read(response)
    assert "1.502,50 kr." in html
    assert "1.450" in html
    assert "Kommende" in html
    assert "Gælder nu" in html
    rate = shelter.rates.get(valid_from=date(2027, 1, 1))
    assert (rate.registered_by, rate.daily_rate_dkk) == (leader, Decimal("1502.50"))
    assert Event.objects.filter(kind="rate.set", actor=leader).exists()


def test_staff_read_it_and_may_not_write(client: Client, shelter: Shelter) -> None:
    log_in(client, Role.SHELTER_STAFF, shelter.unit)

    assert "Tilføj taksten" not in read(client.get(address("rate_list")))
    assert client.post(address("rate_list"), typed()).status_code == 403
    assert shelter.rates.count() == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param({"valid_from": ""}, "mangler", id="no-day"),
        pytest.param({"valid_from": "31-02-2027"}, "31-02-2027", id="no-such-day"),
        pytest.param({"daily_rate_dkk": "meget"}, "meget", id="not-an-amount"),
        pytest.param({"daily_rate_dkk": "100"}, "mindre", id="pays-more-than-it-costs"),
        pytest.param({"valid_from": "01-01-2019"}, "regnet med", id="before-what-holds-now"),
        pytest.param({"valid_from": "01-01-2020"}, "en takst fra den dag", id="the-same-day"),
    ],
)
def test_bad_input_is_kept_and_explained(
    client: Client, shelter: Shelter, changes: dict[str, str], message: str
) -> None:
    log_in(client, Role.SHELTER_LEADER, shelter.unit)

    response = client.post(address("rate_list"), typed(**changes))

    html = read(response)
    assert response.status_code == 422
    assert message in html
    assert 'value="109"' in html
    assert shelter.rates.count() == 1


def test_a_coming_one_is_removed_and_one_in_force_is_not(client: Client, shelter: Shelter) -> None:
    log_in(client, Role.SHELTER_LEADER, shelter.unit)
    add(shelter, date(2027, 1, 1))

    client.post(address("rate_remove"), {"valid_from": "01-01-2027"})
    kept = client.post(address("rate_remove"), {"valid_from": "01-01-2020"}, follow=True)

    # The factory's rate was registered today: only then may one that holds be taken back.
    assert shelter.rates.count() == 0
    assert "Taksten er fjernet" in read(kept)


def test_one_in_force_since_yesterday_is_not_removed(shelter: Shelter) -> None:
    with frozen():
        ShelterRate.objects.update(registered_at=None)

    with pytest.raises(RateHolds):
        services.rate_remove(shelter=shelter, valid_from=date(2020, 1, 1), today=TODAY, actor=None)


def test_what_stands_before_the_rate_in_force_is_not_changed(shelter: Shelter) -> None:
    add(shelter, date(2026, 1, 1))

    with pytest.raises(RateBeforeHistory):
        add(shelter, date(2025, 6, 1))


def test_the_database_holds_one_for_each_day(shelter: Shelter) -> None:
    add(shelter, date(2026, 9, 1))

    with pytest.raises(RateTaken):
        add(shelter, date(2026, 9, 1))
    with pytest.raises(IntegrityError):
        make_rate(
            shelter=shelter,
            valid_from=date(2026, 10, 1),
            daily_rate_dkk=Decimal(100),
            resident_payment_dkk=Decimal(101),
        )


def test_an_admission_takes_the_rate_of_its_day(client: Client, shelter: Shelter) -> None:
    add(shelter, TODAY, "1600.00")
    log_in(client, Role.SHELTER_STAFF, shelter.unit)

    client.post(
        address("stay_admit"),
        admission(shelter, daily_rate_dkk="", admitted_at="03-08-2026 kl. 22.40"),
    )
    client.post(
        address("stay_admit"),
        admission(shelter, daily_rate_dkk="", name="Ib Lund", admitted_at="04-08-2026 kl. 0.10"),
    )

    rates = Stay.objects.order_by("admitted_on").values_list("daily_rate_dkk", flat=True)
    assert list(rates) == [Decimal("1450.00"), Decimal("1600.00")]


def test_what_a_week_costs_follows_at_once(shelter: Shelter) -> None:
    make_stay(shelter=shelter, citizen=make_citizen(), admitted_on=TODAY - timedelta(days=3))
    before = ReimbursementClock.objects.get().weekly_after_dkk

    add(shelter, TODAY, "1550.00")

    after = ReimbursementClock.objects.get().weekly_after_dkk
    assert after - before == 7 * (Decimal(100) - Decimal(2))


def test_another_shelters_leader_may_not(shelter: Shelter, client: Client) -> None:
    other = make_shelter()
    leader = make_user(Role.SHELTER_LEADER, other.unit)

    with pytest.raises(NotPermitted):
        services.rate_add(
            shelter=shelter,
            valid_from=TODAY,
            daily_rate_dkk=Decimal(1),
            resident_payment_dkk=Decimal(1),
            today=TODAY,
            actor=leader,
        )
    client.force_login(leader)
    url = f"{address('rate_list')}?shelter={shelter.reference}"
    assert client.get(url).status_code == 404
    client.force_login(make_user(Role.ADVISER, make_unit()))
    assert client.get(address("rate_list")).status_code == 403
