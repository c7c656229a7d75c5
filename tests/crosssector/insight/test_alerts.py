"""The team lead sees which rules warn in vain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from crosssector.insight.selectors.alerts import usefulness_of
from crosssector.insight.selectors.scope import Scope
from housingfirst.access.enums import Role
from housingfirst.access.models import Unit, User
from housingfirst.access.what import name_details
from housingfirst.deadlines.enums import Outcome
from housingfirst.deadlines.models import AlertOutcome
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case
from tests.cases.pages import queries
from tests.deadlines.factories import DAY, NOON, make_deadline, make_kind, only_kinds

pytestmark = pytest.mark.django_db

URL = "/team/alerts/"


@pytest.fixture(autouse=True)
def _kinds() -> Iterator[None]:
    name_details({"test_wish": "a wish", "test_vain": "a vain rule"})
    with (
        time_machine.travel(NOON, tick=False),
        only_kinds(make_kind(), make_kind("test_vain", title="In vain")),
    ):
        yield


@pytest.fixture
def unit() -> Unit:
    return make_unit()


@pytest.fixture
def lead(unit: Unit) -> User:
    return make_user(Role.TEAM_LEAD, unit)


def closed(unit: Unit, kind: str, outcome: Outcome, n: int, *, days_ago: int = 5) -> None:
    AlertOutcome.objects.bulk_create(
        AlertOutcome(
            kind=kind, unit=unit, closed_on=DAY - timedelta(days=days_ago), outcome=outcome
        )
        for _one in range(n)
    )


def scope(user: User) -> Scope:
    return Scope(user=user, day=DAY, now=NOON)


def page(client: Client, user: User) -> str:
    client.force_login(user)
    return client.get(URL).content.decode()


def test_a_rule_that_is_mostly_put_off_stands_first_and_says_so(
    client: Client, unit: Unit, lead: User
) -> None:
    closed(unit, "test_wish", Outcome.ACTED, 30)
    closed(unit, "test_wish", Outcome.IGNORED, 2)
    closed(unit, "test_vain", Outcome.SNOOZED, 9)
    closed(unit, "test_vain", Outcome.ACTED, 3)

    first, second = usefulness_of(scope(lead))
    assert (first.kind.key, first.is_put_off, first.closed) == ("test_vain", True, 12)
    assert (second.kind.key, second.is_put_off, second.is_ignored) == ("test_wish", False, False)
    html = page(client, lead)
    assert html.index("A vain rule") < html.index("A wish")
    assert "9 (75\u00a0%)" in html
    assert "Udsættes som regel" in html


@pytest.mark.parametrize(
    ("n", "is_judged"), [pytest.param(9, False, id="nine"), pytest.param(10, True, id="ten")]
)
def test_few_are_not_judged(unit: Unit, lead: User, n: int, is_judged: bool) -> None:
    closed(unit, "test_vain", Outcome.IGNORED, n)
    (row,) = usefulness_of(scope(lead))
    assert row.is_ignored == is_judged


def test_fewer_than_five_are_not_told_apart(client: Client, unit: Unit, lead: User) -> None:
    closed(unit, "test_vain", Outcome.IGNORED, 4)
    html = page(client, lead)
    assert "færre end 5" in html
    assert "4 (" not in html


def test_only_ninety_days_and_only_units_one_leads(unit: Unit, lead: User) -> None:
    closed(unit, "test_wish", Outcome.ACTED, 3, days_ago=89)
    closed(unit, "test_wish", Outcome.ACTED, 5, days_ago=90)
    closed(make_unit(municipality=unit.municipality), "test_wish", Outcome.ACTED, 7)
    (row,) = usefulness_of(scope(lead))
    assert row.closed == 3


def test_what_is_open_and_late_now(unit: Unit, lead: User) -> None:
    case = make_case(unit=unit)
    make_deadline(unit=unit, case=case, due_on=DAY - timedelta(days=1))
    make_deadline(unit=unit, case=case, due_on=DAY)
    make_deadline(unit=unit, case=case, due_on=DAY + timedelta(days=60))
    (row,) = usefulness_of(scope(lead))
    assert (row.open_now, row.late_now, row.closed, row.share(0)) == (2, 1, 0, 0)


def test_nothing_yet(client: Client, lead: User) -> None:
    assert "Ingen påmindelse har varslet endnu" in page(client, lead)


@pytest.mark.parametrize("role", [Role.ADVISER, Role.SUPPORT_WORKER])
def test_it_is_the_leads(client: Client, unit: Unit, role: Role) -> None:
    client.force_login(make_user(role, unit))
    assert client.get(URL).status_code == 404


@pytest.mark.parametrize("given", ["?unit=nonsense", "?unit=", "?x=%00"])
def test_bad_addresses(client: Client, lead: User, given: str) -> None:
    client.force_login(lead)
    assert client.get(URL + given).status_code in (200, 404)


def test_a_unit_of_others_is_not_there(client: Client, lead: User) -> None:
    client.force_login(lead)
    assert client.get(f"{URL}?unit={make_unit().reference}").status_code == 404


def test_queries_do_not_grow(client: Client, unit: Unit, lead: User) -> None:
    client.force_login(lead)
    closed(unit, "test_wish", Outcome.ACTED, 1)
    one = queries(client, URL)
    closed(unit, "test_vain", Outcome.SNOOZED, 20)
    assert queries(client, URL) <= one <= 15


def test_the_overview_leads_there(client: Client, unit: Unit, lead: User) -> None:
    make_deadline(unit=unit, case=make_case(unit=unit), due_on=DAY - timedelta(days=1))
    client.force_login(lead)
    assert re.search(rf'href="{URL}"', client.get("/team/").content.decode())
