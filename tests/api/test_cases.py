"""Cases over the API: the same door as the pages, in another shape."""

from uuid import uuid4

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from housingfirst.access.enums import LogAction, Role
from housingfirst.access.models import AccessEntry
from tests.access.factories import make_unit, make_user
from tests.api.factories import make_system, system_client
from tests.cases.factories import make_case

pytestmark = pytest.mark.django_db


def test_a_system_gets_a_token_with_its_secret_and_nothing_without() -> None:
    system = make_system(make_user(Role.ADVISER))
    ask = {"grant_type": "client_credentials", "client_id": system.client_id}

    good = APIClient().post(reverse("api:token"), {**ask, "client_secret": "secret"})
    bad = APIClient().post(reverse("api:token"), {**ask, "client_secret": "guess"})

    assert (good.status_code, bad.status_code) == (200, 401)
    assert good.json()["expires_in"] == 15 * 60


def test_a_system_lists_the_cases_of_its_own_unit() -> None:
    unit = make_unit()
    mine = make_case(unit=unit)
    make_case(unit=make_unit(municipality=unit.municipality))

    answer = system_client(make_user(Role.ADVISER, unit), "cases:read").get(
        reverse("api:case-list")
    )

    assert [row["reference"] for row in answer.json()["results"]] == [str(mine.reference)]
    entry = AccessEntry.objects.get(what="api:cases")
    assert entry.citizen_ids == [mine.citizen_id]


def test_a_case_comes_without_its_cpr_number_and_with_its_version() -> None:
    unit = make_unit()
    case = make_case(unit=unit)

    answer = system_client(make_user(Role.ADVISER, unit), "cases:read").get(
        reverse("api:case-detail", args=[case.reference])
    )

    assert answer.status_code == 200
    assert answer["ETag"] == f'"{case.version}"'
    assert "cpr" not in answer.content.decode().lower()


def test_T07_another_units_case_is_not_found_and_the_attempt_is_logged() -> None:
    case = make_case(unit=make_unit())
    client = system_client(make_user(Role.ADVISER), "cases:read")

    answer = client.get(reverse("api:case-detail", args=[case.reference]))
    missing = client.get(reverse("api:case-detail", args=[uuid4()]))

    assert answer.status_code == missing.status_code == 404
    assert answer.json() == missing.json()
    assert answer["Content-Type"] == "application/problem+json"
    denied = AccessEntry.objects.filter(action=LogAction.DENIED, citizen_ids=[case.citizen_id])
    assert denied.exists()


@pytest.mark.parametrize(
    ("scopes", "status"), [("cases:read", 200), ("stays:read", 403), ("stays:write", 403)]
)
def test_T36_a_scope_narrows_what_the_user_may(scopes: str, status: int) -> None:
    client = system_client(make_user(Role.ADVISER), scopes)

    assert client.get(reverse("api:case-list")).status_code == status


def test_without_a_token_the_api_says_how_to_log_in() -> None:
    answer = APIClient().get(reverse("api:case-list"))

    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("rows", [1, 20])
def test_query_count_does_not_grow(
    django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    unit = make_unit()
    for _ in range(rows):
        make_case(unit=unit)
    client = APIClient()
    client.force_login(make_user(Role.ADVISER, unit))
    url = reverse("api:case-list")
    client.get(url)

    # transaction in and out, session, user, memberships, cases (with blocks), the log's entry
    with django_assert_num_queries(7):
        client.get(url)


def test_an_address_that_is_none_is_refused_in_json() -> None:
    answer = APIClient().get("/api/v1/nothing/")

    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "not_found"


@pytest.mark.parametrize("size", ["0", "201", "ten", "-1", "²", "9" * 5000])
def test_a_page_size_that_is_none_is_refused_in_words(size: str) -> None:
    unit = make_unit()
    client = system_client(make_user(Role.ADVISER, unit), "cases:read")

    answer = client.get(reverse("api:case-list"), {"page_size": size})

    assert answer.status_code == 400
    assert answer.json()["errors"] == {"page_size": ["A whole number from 1 to 200."]}
