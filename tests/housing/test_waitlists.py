"""Ordinary waiting lists: a resident is on them from the first days (B10)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from housing.shelters.enums import Section
from housing.shelters.models import Stay
from housing.waitlists.errors import LeftBeforeJoined, ListNeedsName, OnThatList
from housing.waitlists.models import ListMembership
from housing.waitlists.services import list_decline, list_join, list_leave
from housingfirst.access.enums import OrganisationKind, Role, UnitKind
from housingfirst.access.models import User
from housingfirst.base.errors import NotPermitted, StaleVersion
from housingfirst.deadlines.models import Deadline
from housingfirst.deadlines.services import refresh_cases
from housingfirst.law.days import COPENHAGEN
from tests.access.factories import make_unit, make_user
from tests.cases.pages import form, queries
from tests.housing.factories import make_shelter, make_stay
from tests.housing.homes import make_tenancy

pytestmark = pytest.mark.django_db

DAY = date(2026, 8, 3)


@pytest.fixture
def stay() -> Stay:
    return make_stay(admitted_on=DAY)


@pytest.fixture
def staff(stay: Stay) -> User:
    return make_user(Role.SHELTER_STAFF, stay.shelter.unit)


def due(stay: Stay) -> date | None:
    refresh_cases([stay.case_id], timezone.localdate())
    row = Deadline.objects.open().filter(kind="waitlist_signup", case=stay.case).first()
    assert row is None or row.unit == stay.shelter.unit
    return row.due_on if row else None


def join(stay: Stay, actor: User, **values: Any) -> ListMembership:
    given: dict[str, Any] = {"joined_on": DAY, "name": "Fjordbo", "actor": actor}
    return list_join(case=stay.case, **given | values)


class TestDeadline:
    @pytest.mark.parametrize(
        ("admitted_on", "due_on"),
        [
            pytest.param(DAY, date(2026, 8, 10), id="a-week"),
            pytest.param(date(2026, 10, 24), date(2026, 10, 31), id="clocks-go-back"),
            pytest.param(date(2027, 3, 27), date(2027, 4, 3), id="clocks-go-forward"),
            pytest.param(date(2028, 2, 22), date(2028, 2, 29), id="leap-day"),
        ],
    )
    def test_within_a_week_of_the_admission(self, admitted_on: date, due_on: date) -> None:
        at = datetime(admitted_on.year, admitted_on.month, admitted_on.day, 23, tzinfo=COPENHAGEN)
        with time_machine.travel(at, tick=False):
            assert due(make_stay(admitted_on=admitted_on)) == due_on

    def test_a_list_closes_it_until_it_is_left(self, stay: Stay, staff: User) -> None:
        row = join(stay, staff)
        assert due(stay) is None
        list_leave(row=row, left_on=DAY, actor=staff, version=row.version)
        assert due(stay) == DAY + timedelta(days=7)

    def test_not_wanting_to_closes_it(self, stay: Stay, staff: User) -> None:
        list_decline(case=stay.case, on=DAY, actor=staff)
        assert due(stay) is None

    def test_a_home_closes_it(self, stay: Stay) -> None:
        make_tenancy(case=stay.case)
        assert due(stay) is None

    def test_only_at_110(self) -> None:
        assert due(make_stay(shelter=make_shelter(section=Section.S107))) is None


class TestServices:
    def test_refusals(self, stay: Stay, staff: User) -> None:
        row = join(stay, staff)
        with pytest.raises(OnThatList):
            join(stay, staff, name="FJORDBO ")
        with pytest.raises(ListNeedsName):
            join(stay, staff, name=" ")
        with pytest.raises(LeftBeforeJoined):
            list_leave(row=row, left_on=DAY - timedelta(days=1), actor=staff, version=1)
        with pytest.raises(NotPermitted):
            join(stay, make_user(Role.ADVISER), name="Havnebo")
        row.refresh_from_db()
        list_leave(row=row, left_on=DAY, actor=staff, version=1)
        with pytest.raises(StaleVersion):
            list_leave(row=ListMembership.objects.get(), left_on=DAY, actor=staff, version=1)

    def test_the_history_says_who(self, stay: Stay, staff: User) -> None:
        row = join(stay, staff, number="4711")
        assert row.history.get().history_user == staff


class TestPages:
    def url(self, stay: Stay, name: str = "waitlists", *args: object) -> str:
        return reverse(f"housing:{name}", args=[stay.case.reference, *args])

    @pytest.fixture(autouse=True)
    def _login(self, client: Client, staff: User) -> None:
        client.force_login(staff)

    def test_signed_up_declined_and_left(self, client: Client, stay: Stay) -> None:
        values = form(name="Fjordbo", joined_on="i går", number="4711", organisation="")
        assert client.post(self.url(stay), values)["Location"] == self.url(stay)
        html = client.get(self.url(stay)).content.decode()
        assert "Fjordbo" in html
        assert "4711" in html
        assert self.url(stay, "waitlist_decline") not in html
        row = ListMembership.objects.get()
        client.post(self.url(stay, "waitlist_leave", row.reference), {"version": "1"})
        assert not ListMembership.objects.current().exists()
        client.post(self.url(stay, "waitlist_decline"))
        assert "ønsker det ikke" in client.get(self.url(stay)).content.decode()

    def test_the_municipalitys_organisations_can_be_chosen(
        self, client: Client, stay: Stay
    ) -> None:
        own = make_unit(
            kind=UnitKind.HOUSING,
            municipality=stay.case.municipality,
            name="Fjordbo",
            organisation_kind=OrganisationKind.HOUSING,
        )
        other = make_unit(
            kind=UnitKind.HOUSING, name="Andetsteds", organisation_kind=OrganisationKind.HOUSING
        )
        html = client.get(self.url(stay)).content.decode()
        assert own.name in html
        assert other.name not in html
        values = form(organisation=str(own.reference), joined_on="i dag")
        assert client.post(self.url(stay), values).status_code == 302
        assert ListMembership.objects.get().name == "Fjordbo"

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({"name": ""}, "name"),
            ({"name": "x" * 121}, "name"),
            ({"joined_on": ""}, "joined_on"),
            ({"joined_on": "i morgen"}, "joined_on"),
            ({"number": "x" * 41}, "number"),
            ({"organisation": "nonsense"}, "organisation"),
        ],
    )
    def test_bad_input(self, client: Client, stay: Stay, values: dict[str, str], said: str) -> None:
        given = {"name": "Fjordbo", "joined_on": "i dag", "organisation": ""}
        response = client.post(self.url(stay), form(**given | values))
        assert response.status_code == 422
        assert f'id="id_{said}_error"' in response.content.decode()

    def test_queries_do_not_grow(self, client: Client, stay: Stay, staff: User) -> None:
        join(stay, staff)
        one = queries(client, self.url(stay))
        for n in range(20):
            join(stay, staff, name=f"Organisation {n}")
        assert queries(client, self.url(stay)) <= one <= 15
