"""The team lead's pages: who sees them, and that every number opens the rows it counts."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest
import time_machine
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from cases.citizens.enums import Protection
from housing.models import Shelter
from housingfirst.access.enums import LogAction, Role, UnitKind
from housingfirst.access.models import AccessEntry, Unit, User
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case
from tests.crosssector.insight.factories import (
    at,
    make_handoff,
    make_offer,
    make_resident,
    make_vacancy,
    make_wait,
)
from tests.deadlines.factories import DAY, NOON, make_deadline, make_kind, only_kinds

pytestmark = pytest.mark.django_db

TEAM = "/team/"
LISTS = (
    "/team/residents/",
    "/team/referrals/",
    "/team/offers/",
    "/team/handoffs/",
    "/team/empty-homes/",
)


@pytest.fixture(autouse=True)
def _tuesday_noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False), only_kinds(make_kind()):
        yield


def lead_of(unit: Unit) -> User:
    lead = make_user(Role.TEAM_LEAD, unit)
    lead.language = "en"
    lead.save()
    return lead


def fill(unit: Unit, lead: User, rows: int) -> None:
    partner = make_unit(kind=UnitKind.BENEFITS_OFFICE)
    for number in range(rows):
        over = number % 3 == 0
        stay = make_resident(unit=unit, left=number % 70, over=number % 90 + 1 if over else 0)
        referral = make_wait(case=stay.case, days=number * 11, papers_missing=number % 2 == 0)
        if number % 2:
            make_offer(referral=referral, unit=unit)
        make_deadline(unit=unit, case=stay.case, due_on=DAY - timedelta(days=number % 4))
        make_handoff(
            case=stay.case,
            partner=partner,
            due_at=at(DAY + timedelta(days=number % 5 - 2)),
            asker=lead,
        )
        make_vacancy(unit=unit, rent_from=DAY - timedelta(days=number))


def html_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def sheet_of(client: Client, url: str) -> list[tuple[object, ...]]:
    book = load_workbook(io.BytesIO(client.get(url).content))
    return list(book.worksheets[0].values)


def rows_on(client: Client, url: str) -> int:
    """The rows of a list, all its pages together."""
    rows = 0
    base = url.split("?")[0]
    following: str | None = url
    while following:
        html = html_of(client, following)
        rows += html.count('<tr><th scope="row">') + html.count('class="wl-i"')
        found = re.search(r'href="([^"]*)" rel="next"', html)
        following = base + unescape(found[1]) if found else None
    return rows


@pytest.mark.parametrize("rows", [0, 1, 60])
def test_every_number_opens_as_many_rows(client: Client, rows: int) -> None:
    unit = make_unit()
    lead = lead_of(unit)
    fill(unit, lead, rows)
    client.force_login(lead)
    html = html_of(client, TEAM)

    numbers = [
        (unescape(url), int(value.replace(",", "")))
        for url, value in re.findall(r'kpi"><a href="([^"]+)">[^<]+</a><b[^>]*>([\d,]+)<', html)
    ]
    assert len(numbers) == 4
    # the tables: what a linked heading says in its own words, else the first number of its row
    for url, label, first in re.findall(
        r'<tr><th scope="row"><a href="([^"]+)">([^<]+)</a></th><td class="num[^"]*">([\d,]+)<',
        html,
    ):
        in_words = re.search(r"[, ](\d+)( |$)", label)
        is_cost = label.startswith(("Shelter nights", "Of them", "Vacancy rent"))
        says = in_words[1] if is_cost and in_words else first
        numbers.append((unescape(url), int(says.replace(",", ""))))
    for url, value in re.findall(r'<a href="([^"]+late=1)" class="t-over">(\d+)</a>', html):
        numbers.append((unescape(url), int(value)))
    if rows:
        assert len(numbers) >= 4 + 8 + 3 + 4 + 1 + 1
    for url, value in dict(numbers).items():
        assert rows_on(client, url) == value, url


@pytest.mark.parametrize("role", [role for role in Role if role != Role.TEAM_LEAD])
def test_only_a_team_lead_finds_the_pages(client: Client, role: Role) -> None:
    client.force_login(make_user(role))

    for url in (TEAM, *LISTS, "/team/residents.xlsx"):
        assert client.get(url).status_code == 404, url


def test_another_municipalitys_citizens_are_not_counted_nor_listed(client: Client) -> None:
    other = make_unit()
    fill(other, lead_of(other), 4)
    unit = make_unit()
    client.force_login(lead_of(unit))

    html = html_of(client, TEAM)

    assert re.findall(r'kpi"><a href="[^"]+">[^<]+</a><b[^>]*>([\d,]+)<', html) == ["0"] * 4
    assert "Nobody lives at a shelter today." in html
    for url in LISTS:
        assert rows_on(client, url) == 0


def test_a_unit_that_the_lead_does_not_see_is_not_found(client: Client) -> None:
    other = make_unit()
    fill(other, lead_of(other), 1)
    client.force_login(lead_of(make_unit()))

    for url in (TEAM, *LISTS):
        assert client.get(url, {"unit": str(other.reference)}).status_code == 404
        assert client.get(url, {"unit": "nonsense"}).status_code == 404
    assert AccessEntry.objects.filter(action=LogAction.DENIED).count() == 2 * (1 + len(LISTS))


def test_nonsense_in_the_address_shows_all(client: Client) -> None:
    unit = make_unit()
    lead = lead_of(unit)
    fill(unit, lead, 3)
    client.force_login(lead)

    for url in LISTS:
        for query in ("?b=nonsense", "?partner=nonsense", "?after=%00", "?before=x", "?late=x"):
            assert client.get(url + query).status_code == 200, url + query
    assert rows_on(client, "/team/residents/?b=nonsense") == 3


def test_the_citizens_of_a_list_are_logged(client: Client) -> None:
    unit = make_unit()
    stays = [make_resident(unit=unit) for _ in range(3)]
    client.force_login(lead_of(unit))

    html_of(client, "/team/residents/")

    entry = AccessEntry.objects.get(what="resident_stock")
    assert entry.action == LogAction.LISTED
    assert entry.citizen_ids == sorted(stay.citizen_id for stay in stays)


def test_a_protected_citizens_shelter_is_in_neither_list_nor_file(client: Client) -> None:
    unit = make_unit()
    shelter_unit = make_unit(kind=UnitKind.SHELTER, name="Sejlmagergården")
    shelter = Shelter.objects.create(unit=shelter_unit, name="Sejlmagergården")
    make_resident(unit=unit, shelter=shelter, protection=Protection.UNKNOWN)
    client.force_login(lead_of(unit))

    html = html_of(client, "/team/residents/")
    sheet = sheet_of(client, "/team/residents.xlsx")

    assert "Sejlmagergården" not in html
    assert "place hidden" in html
    assert "b-lock" in html
    cells = [str(cell) for row in sheet for cell in row]
    assert "place hidden" in cells
    assert "Sejlmagergården" not in cells


def test_the_file_holds_the_rows_of_the_filter_and_is_logged(client: Client) -> None:
    unit = make_unit()
    over = make_resident(unit=unit, left=0, over=12, weekly_dkk=Decimal("9401.00"))
    near = make_resident(unit=unit, left=5)
    make_resident(unit=unit, left=None)
    client.force_login(lead_of(unit))

    rows = sheet_of(client, "/team/residents.xlsx?b=over")

    assert len(rows) == 2
    named = dict(zip(rows[0], rows[1], strict=True))
    assert named["Case number"] == over.case.number
    assert named["Days over"] == 12
    assert named["Days left"] == 0
    assert named["The municipality's cost a week"] == 9401
    entry = AccessEntry.objects.get(action=LogAction.EXPORTED)
    assert (entry.citizen_ids, entry.detail) == ([over.citizen_id], "1 rows")
    everyone = sheet_of(client, "/team/residents.xlsx")
    assert len(everyone) == 4
    assert near.case.number in [row[0] for row in everyone]


def test_an_offer_is_named_by_citizen_and_size_but_not_by_address(client: Client) -> None:
    unit = make_unit()
    case = make_case(unit=unit)
    offer = make_offer(
        referral=make_wait(case=case, days=3), unit=unit, answer_by=NOON - timedelta(hours=3)
    )
    client.force_login(lead_of(unit))

    for url in (TEAM, "/team/offers/"):
        html = html_of(client, url)
        assert case.citizen.name in html
        assert "2 rooms, 54 m²" in html
        assert "3 hours over" in html
        assert offer.dwelling.address not in html


@pytest.mark.parametrize("rows", [1, 20])
def test_the_number_of_queries_does_not_grow(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    unit = make_unit()
    lead = lead_of(unit)
    fill(unit, lead, rows)
    client.force_login(lead)
    client.get(TEAM)  # warms the caches

    for url in (TEAM, *LISTS, "/team/residents.xlsx"):
        with django_assert_max_num_queries(16):  # the test's own savepoint and release among them
            client.get(url)
