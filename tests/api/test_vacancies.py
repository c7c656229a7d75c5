"""Vacancies over the API."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from housing.supply.models import Dwelling, Vacancy
from housingfirst.access.enums import Role
from tests.access.factories import make_user
from tests.api.factories import system_client
from tests.housing.homes import make_dwelling, make_organisation, make_vacancy

pytestmark = pytest.mark.django_db

LIST = "api:vacancy-list"


def report(dwelling: Dwelling, /, **changes: Any) -> dict[str, Any]:
    today = timezone.localdate().isoformat()
    return {
        "dwelling": str(dwelling.reference),
        "form_key": str(uuid4()),
        "reported_on": today,
        "available_from": today,
    } | changes


def test_a_housing_organisation_reports_its_own_dwelling_once() -> None:
    dwelling = make_dwelling()
    client = system_client(
        make_user(Role.PARTNER, dwelling.estate.unit), "vacancies:read vacancies:write"
    )
    body = report(dwelling)

    answers = [client.post(reverse(LIST), body, format="json") for _ in range(2)]
    again = client.post(reverse(LIST), report(dwelling), format="json")

    assert [answer.status_code for answer in answers] == [201, 201]
    assert (again.status_code, Vacancy.objects.count()) == (409, 1)


def test_a_key_that_was_used_for_another_dwelling_is_refused() -> None:
    dwelling = make_dwelling()
    other = make_dwelling(estate=dwelling.estate)
    client = system_client(make_user(Role.PARTNER, dwelling.estate.unit), "vacancies:write")
    body = report(dwelling)
    client.post(reverse(LIST), body, format="json")

    answer = client.post(reverse(LIST), body | {"dwelling": str(other.reference)}, format="json")

    assert (answer.status_code, answer.json()["code"]) == (409, "vacancy_key_taken")
    assert Vacancy.objects.count() == 1


def test_another_organisations_dwelling_is_not_to_be_told_from_none() -> None:
    client = system_client(make_user(Role.PARTNER, make_organisation()), "vacancies:write")

    theirs = client.post(reverse(LIST), report(make_dwelling()), format="json")
    none = client.post(reverse(LIST), report(make_dwelling(), dwelling=str(uuid4())), format="json")

    assert theirs.status_code == none.status_code == 400
    assert theirs.json() == none.json()


def test_an_organisation_reads_its_own_vacancies_alone() -> None:
    mine, theirs = make_vacancy(), make_vacancy()
    client = system_client(make_user(Role.PARTNER, mine.dwelling.estate.unit), "vacancies:read")

    rows = client.get(reverse(LIST)).json()["results"]

    assert [row["reference"] for row in rows] == [str(mine.reference)]
    address = reverse("api:vacancy-detail", args=[theirs.reference])
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "changes",
    [
        {"available_from": "snart"},
        {"rent_dkk": "-1"},
        {"rent_dkk": "mange"},
        {"form_key": "x"},
        {"reported_on": None},
    ],
)
def test_bad_input_names_the_field(changes: dict[str, Any]) -> None:
    dwelling = make_dwelling()
    client = system_client(make_user(Role.PARTNER, dwelling.estate.unit), "vacancies:write")

    answer = client.post(reverse(LIST), report(dwelling, **changes), format="json")

    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == list(changes)
