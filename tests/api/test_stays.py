"""Stays over the API: admit, discharge, and every way it can be asked wrongly."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from housing.shelters.models import Shelter, Stay
from housingfirst.access.enums import Role
from tests.access.factories import make_user
from tests.api.factories import system_client
from tests.housing.factories import make_shelter, make_stay

pytestmark = pytest.mark.django_db

LIST = "api:stay-list"


def client_of(shelter: Shelter, scopes: str = "stays:read stays:write") -> APIClient:
    return system_client(make_user(Role.SHELTER_STAFF, shelter.unit), scopes)


def admission(shelter: Shelter, /, **changes: Any) -> dict[str, Any]:
    return {
        "shelter": str(shelter.reference),
        "form_key": str(uuid4()),
        "cpr": "300280-0001",
        "name": "Alma Prøve",
        "municipality": shelter.unit.municipality.code,
        "admitted_on": timezone.localdate().isoformat(),
        "route": "self",
        "need": "no_home",
        "reason": "Sov i en opgang",
    } | changes


def test_an_admission_makes_a_stay_and_never_sends_the_number_back() -> None:
    shelter = make_shelter()

    answer = client_of(shelter).post(reverse(LIST), admission(shelter), format="json")

    assert answer.status_code == 201
    assert Stay.objects.get().citizen.cpr_opened() == "3002800001"
    assert "0001" not in answer.content.decode()
    assert answer["ETag"] == '"1"'


def test_R11_the_same_call_twice_makes_one_stay() -> None:
    shelter = make_shelter()
    client, body = client_of(shelter), admission(shelter)

    answers = [client.post(reverse(LIST), body, format="json") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json()["reference"] == answers[1].json()["reference"]
    assert Stay.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        pytest.param({"cpr": "12"}, 400, "invalid", id="wrong-cpr"),
        pytest.param({"cpr": None}, 400, "invalid", id="nobody-named"),
        pytest.param({"name": ""}, 400, "invalid", id="name-missing"),
        pytest.param({"name": "a" * 10_000}, 400, "invalid", id="very-long-name"),
        pytest.param({"reason": "\x00"}, 400, "invalid", id="nul"),
        pytest.param({"municipality": "0000"}, 400, "invalid", id="no-such-municipality"),
        pytest.param({"route": "sky"}, 400, "invalid", id="unknown-route"),
        pytest.param({"shelter": str(uuid4())}, 400, "invalid", id="no-such-shelter"),
        pytest.param({"bed": str(uuid4())}, 400, "invalid", id="no-such-bed"),
        pytest.param({"admitted_on": "i dag"}, 400, "invalid", id="not-a-date"),
        pytest.param({"admitted_on": "2999-01-01"}, 409, "admission_in_future", id="future"),
        pytest.param(
            {"resident_payment_dkk": "9000"}, 409, "payment_above_rate", id="pays-more-than-rate"
        ),
        pytest.param({"name": "😀"}, 201, None, id="emoji-is-fine"),
    ],
)
def test_bad_input_is_refused_in_words(
    changes: dict[str, Any], status: int, code: str | None
) -> None:
    shelter = make_shelter()

    answer = client_of(shelter).post(reverse(LIST), admission(shelter, **changes), format="json")

    assert answer.status_code == status
    assert answer.json().get("code") == code


def test_a_citizen_who_stays_elsewhere_is_refused_without_saying_where() -> None:
    elsewhere = make_shelter(name="Det Hemmelige Sted")
    client_of(elsewhere).post(reverse(LIST), admission(elsewhere), format="json")
    shelter = make_shelter()

    answer = client_of(shelter).post(reverse(LIST), admission(shelter), format="json")

    assert (answer.status_code, answer.json()["code"]) == (409, "stay_overlaps")
    assert "Hemmelige" not in answer.content.decode()


def test_a_discharge_needs_the_version_and_is_refused_for_an_old_one() -> None:
    stay = make_stay(admitted_on=timezone.localdate() - timedelta(days=9))
    client = client_of(stay.shelter)
    address = reverse("api:stay-discharge", args=[stay.reference])
    body = {"discharged_on": timezone.localdate().isoformat(), "discharge_to": "street"}

    without = client.post(address, body, format="json")
    old = client.post(address, body, format="json", headers={"if-match": '"7"'})
    right = client.post(address, body, format="json", headers={"if-match": f'"{stay.version}"'})

    assert [a.status_code for a in (without, old, right)] == [428, 412, 200]
    assert right.json()["discharged_on"] == body["discharged_on"]


def test_a_reversed_discharge_says_what_to_write() -> None:
    stay = make_stay(admitted_on=timezone.localdate() - timedelta(days=9))
    body = {
        "discharged_on": (timezone.localdate() - timedelta(days=20)).isoformat(),
        "discharge_to": "street",
    }

    answer = client_of(stay.shelter).post(
        reverse("api:stay-discharge", args=[stay.reference]),
        body,
        format="json",
        headers={"if-match": f'"{stay.version}"'},
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "discharge_before_admission")


def test_T04_another_shelters_stay_is_not_found() -> None:
    stay = make_stay()
    client = client_of(make_shelter())

    assert client.get(reverse("api:stay-detail", args=[stay.reference])).status_code == 404
    assert client.get(reverse(LIST)).json()["results"] == []


def test_reading_alone_gives_no_right_to_write() -> None:
    shelter = make_shelter()

    answer = client_of(shelter, "stays:read").post(reverse(LIST), admission(shelter), format="json")

    assert answer.status_code == 403
