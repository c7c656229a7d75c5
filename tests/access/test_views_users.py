"""The administrator's pages of users: who they are, their roles and passwords."""

import re
import uuid
from datetime import date
from typing import Any

import pytest
from django.test import Client

from housingfirst.access.enums import Role
from housingfirst.access.models import AccessEntry, Unit, User
from tests.access.factories import make_unit, make_user
from tests.access.pages import url
from tests.cases.pages import form, opened, queries

pytestmark = pytest.mark.django_db

PASSWORD = "en lang sætning om blå heste"


def names(html: str) -> list[str]:
    return re.findall(r'<th scope="row"><a class="plain" href="/[^"]+">([^<]+)<', html)


class TestUserList:
    def test_those_of_the_municipality_and_of_none(
        self, client: Client, unit: Unit, administrator: User
    ) -> None:
        make_user(Role.ADVISER, unit, name="Line Aagaard")
        make_user(Role.ADVISER, name="Fra en anden by")
        make_user(name="Endnu ingen rolle")

        html = opened(client, administrator, url("user_list"))

        assert names(html) == ["Adam Min", "Endnu ingen rolle", "Line Aagaard"]
        assert "Hjemløseteamet" in html

    @pytest.mark.parametrize("q", ["line", "AAGAARD", "line.aagaard@", "\x00line"])
    def test_part_of_a_name_or_an_e_mail(
        self, client: Client, unit: Unit, administrator: User, q: str
    ) -> None:
        line = make_user(Role.ADVISER, unit, name="Line Aagaard")
        User.objects.filter(pk=line.pk).update(email="line.aagaard@example.org")
        client.force_login(administrator)

        assert names(client.get(url("user_list"), {"q": q}).content.decode()) == ["Line Aagaard"]

    def test_those_switched_off(self, client: Client, unit: Unit, administrator: User) -> None:
        off = make_user(Role.ADVISER, unit, name="Slået Fra")
        User.objects.filter(pk=off.pk).update(is_active=False)

        assert names(opened(client, administrator, url("user_list") + "?off=1")) == ["Slået Fra"]

    @pytest.mark.parametrize("rows", [1, 20])
    def test_queries_do_not_grow(
        self, client: Client, unit: Unit, administrator: User, rows: int
    ) -> None:
        for _n in range(rows):
            make_user(Role.ADVISER, unit)
            make_unit(municipality=unit.municipality)

        assert queries(client, url("user_list")) <= 8
        assert queries(client, url("unit_list")) <= 8


class TestUser:
    def test_one_is_created_once(self, client: Client, administrator: User) -> None:
        values = form(name="Ny Medarbejder", email="ny@example.org", title="", phone="")

        first = client.post(url("user_create"), values)
        second = client.post(url("user_create"), values)

        user = User.objects.get(email="ny@example.org")
        assert first["Location"] == second["Location"] == url("user_edit", user.reference)
        assert client.get(first["Location"]).status_code == 200

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({"name": ""}, "name"),
            ({"name": "x" * 121}, "name"),
            ({"email": ""}, "email"),
            ({"email": "ikke en adresse"}, "email"),
            ({"email": "a@b\x00.dk" + "x" * 300}, "email"),
            ({"phone": "x" * 21}, "phone"),
            ({"title": "🙂" * 81}, "title"),
        ],
    )
    def test_bad_input_is_told_at_its_field(
        self, client: Client, administrator: User, values: dict[str, str], said: str
    ) -> None:
        given = {"name": "Ny", "email": "ny@example.org", "title": "", "phone": ""}

        response = client.post(url("user_create"), form(**given | values))

        assert response.status_code == 422
        assert f'id="id_{said}_error"' in response.content.decode()

    def test_an_e_mail_in_use_is_said_and_nothing_lost(
        self, client: Client, administrator: User
    ) -> None:
        values = form(name="Ny", email=administrator.email.upper(), title="", phone="")

        response = client.post(url("user_create"), values)

        assert response.status_code == 422
        assert 'value="Ny"' in response.content.decode()

    def test_details_are_saved(self, client: Client, unit: Unit, administrator: User) -> None:
        user = make_user(Role.ADVISER, unit)
        page = url("user_edit", user.reference)
        values = {"name": "Nyt Navn", "email": "ny@example.org", "title": "Rådgiver", "phone": ""}

        assert client.post(page, form(**values)).status_code == 302
        user.refresh_from_db()
        assert (user.name, user.title, user.is_active) == ("Nyt Navn", "Rådgiver", False)
        assert client.post(page, form(name="", email="x")).status_code == 422

    def test_another_municipalitys_user_is_not_there(
        self, client: Client, administrator: User
    ) -> None:
        user = make_user(Role.ADVISER)

        assert client.get(url("user_edit", user.reference)).status_code == 404
        assert client.get(url("user_edit", uuid.uuid4())).status_code == 404
        membership = user.memberships.get()
        assert client.get(url("membership_end", membership.reference)).status_code == 404


class TestRole:
    def give(self, client: Client, user: User, to: Unit, **values: Any) -> Any:
        given = {
            "unit": str(to.reference),
            "role": "adviser",
            "valid_from": "17-11-2026",
            "valid_to": "",
        }
        return client.post(url("membership_add", user.reference), form(**given | values))

    def test_one_is_given_and_ended(self, client: Client, unit: Unit, administrator: User) -> None:
        user = make_user()

        assert self.give(client, user, unit).status_code == 302
        membership = user.memberships.get()
        assert (membership.role, membership.valid_from) == ("adviser", date(2026, 11, 17))

        page = url("membership_end", membership.reference)
        assert client.get(page).status_code == 200
        assert client.post(page, {"valid_to": "01-12-2026"}).status_code == 302
        membership.refresh_from_db()
        assert membership.valid_to == date(2026, 12, 1)

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({"unit": ""}, "unit"),
            ({"unit": "x"}, "unit"),
            ({"role": "king"}, "role"),
            ({"role": ""}, "role"),
            ({"valid_from": ""}, "valid_from"),
            ({"valid_from": "snart"}, "valid_from"),
        ],
    )
    def test_bad_input_is_told_at_its_field(
        self,
        client: Client,
        unit: Unit,
        administrator: User,
        values: dict[str, str],
        said: str,
    ) -> None:
        response = self.give(client, make_user(), unit, **values)

        assert response.status_code == 422
        assert f'id="id_{said}_error"' in response.content.decode()

    @pytest.mark.parametrize(
        "values",
        [{"valid_to": "16-11-2026"}, {"role": "auditor"}],
        ids=["backwards", "unfit"],
    )
    def test_a_refusal_is_said(
        self, client: Client, unit: Unit, administrator: User, values: dict[str, str]
    ) -> None:
        user = make_user()

        response = self.give(client, user, unit, **values)

        assert response.status_code == 422
        assert "data-errors" in response.content.decode()
        assert not user.memberships.exists()

    def test_T28_an_administrator_does_not_give_themselves_a_role(
        self, client: Client, unit: Unit, administrator: User
    ) -> None:
        assert self.give(client, administrator, unit).status_code == 422
        assert administrator.memberships.count() == 1


class TestPassword:
    def link(self, client: Client, user: User) -> str:
        response = client.post(url("password_link", user.reference))
        found = re.search(r'value="(http://testserver/password/[^"]+)"', response.content.decode())
        assert found
        return found[1].removeprefix("http://testserver")

    def test_a_link_sets_it_once(self, client: Client, unit: Unit, administrator: User) -> None:
        user = make_user(Role.ADVISER, unit)
        link = self.link(client, user)
        visitor = Client()

        at = visitor.get(link)["Location"]
        assert link.rsplit("/", 2)[1] not in at  # the secret leaves the address
        assert visitor.get(at).status_code == 200
        words = {"new_password1": PASSWORD, "new_password2": PASSWORD}
        assert visitor.post(at, words)["Location"] == url("password_done")
        assert visitor.get(url("password_done")).status_code == 200

        user.refresh_from_db()
        assert user.check_password(PASSWORD)
        again = Client().get(link)
        assert again.status_code == 200
        assert "new_password1" not in again.content.decode()

    @pytest.mark.parametrize(
        ("first", "second"),
        [("", ""), ("kort", "kort"), (PASSWORD, PASSWORD + "x")],
    )
    def test_what_is_no_password(
        self, client: Client, unit: Unit, administrator: User, first: str, second: str
    ) -> None:
        user = make_user(Role.ADVISER, unit)
        visitor = Client()
        at = visitor.get(self.link(client, user))["Location"]

        response = visitor.post(at, {"new_password1": first, "new_password2": second})

        assert response.status_code == 422
        said = "new_password2" if first == PASSWORD else "new_password1"
        assert f'href="#id_{said}"' in response.content.decode()
        user.refresh_from_db()
        assert not user.has_usable_password()

    @pytest.mark.parametrize("who", ["x", "5", "6f2d7a54-1c1b-4c57-9d3e-0a4be1f0c9aa", "\u00e6"])
    def test_a_strange_link_says_whom_to_ask(self, client: Client, who: str) -> None:
        response = client.get(f"/password/{who}/abc-def/")

        assert response.status_code == 200
        assert "administrator" in response.content.decode()

    def test_a_link_of_somebody_switched_off_does_not_work(
        self, client: Client, unit: Unit, administrator: User
    ) -> None:
        user = make_user(Role.ADVISER, unit)
        link = self.link(client, user)
        User.objects.filter(pk=user.pk).update(is_active=False)

        assert Client().get(link).status_code == 200

    def test_not_for_oneself(self, client: Client, administrator: User) -> None:
        response = client.post(url("password_link", administrator.reference))

        assert response.status_code == 302
        assert not AccessEntry.objects.filter(what="password_link").exists()
