"""The administrator's pages."""

import re
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from housingfirst.access.enums import LogAction, Role, UnitKind
from housingfirst.access.models import AccessEntry, Organisation, Unit, User
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case
from tests.cases.pages import address, form, opened, queries

pytestmark = pytest.mark.django_db

PASSWORD = "en lang sætning om blå heste"


@pytest.fixture
def unit() -> Unit:
    return make_unit(name="Hjemløseteamet")


@pytest.fixture
def administrator(unit: Unit, client: Client) -> User:
    cache.clear()
    office = make_unit(kind=UnitKind.ADMINISTRATION, municipality=unit.municipality)
    user = make_user(Role.ADMINISTRATOR, office, name="Adam Min")
    client.force_login(user)
    return user


def url(name: str, *args: Any) -> str:
    return reverse(f"access:{name}", args=args)


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


class TestUnit:
    def test_one_is_created_in_a_new_organisation(
        self, client: Client, unit: Unit, administrator: User
    ) -> None:
        values = form(
            name="Kilden",
            kind="shelter",
            organisation="",
            new_organisation="Fonden Kilden",
            organisation_kind="shelter_operator",
            phone="99 00 42 10",
        )

        assert client.post(url("unit_create"), values).status_code == 302
        assert client.post(url("unit_create"), values).status_code == 302

        made = Unit.objects.get(name="Kilden")
        assert made.organisation.name == "Fonden Kilden"
        assert made.municipality == unit.municipality
        assert Organisation.objects.filter(name="Fonden Kilden").count() == 1

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({"name": ""}, "name"),
            ({"kind": "palace"}, "kind"),
            ({"kind": ""}, "kind"),
            ({"new_organisation": ""}, "organisation"),
            ({"organisation": "x"}, "organisation"),
            ({"name": "🏠" * 121}, "name"),
        ],
    )
    def test_bad_input(
        self, client: Client, administrator: User, values: dict[str, str], said: str
    ) -> None:
        given = {
            "name": "Kilden",
            "kind": "shelter",
            "organisation": "",
            "new_organisation": "Fonden",
            "organisation_kind": "municipal",
        }

        response = client.post(url("unit_create"), form(**given | values))

        assert response.status_code == 422
        assert f'id="id_{said}_error"' in response.content.decode()

    def test_one_is_changed(self, client: Client, unit: Unit, administrator: User) -> None:
        page = url("unit_edit", unit.reference)

        assert client.get(page).status_code == 200
        values = {"name": "Nyt navn", "phone": "", "takes_intake": "on"}
        assert client.post(page, values).status_code == 302
        unit.refresh_from_db()
        assert (unit.name, unit.takes_intake) == ("Nyt navn", True)
        assert client.post(page, {"name": ""}).status_code == 422
        other = make_unit(municipality=unit.municipality)
        taken = client.post(url("unit_edit", other.reference), values)
        assert taken.status_code == 422
        assert client.get(url("unit_edit", make_unit().reference)).status_code == 404


class TestAudit:
    @pytest.fixture
    def auditor(self, unit: Unit) -> User:
        office = make_unit(kind=UnitKind.ADMINISTRATION, municipality=unit.municipality)
        return make_user(Role.AUDITOR, office, name="Ruth Revisor")

    def test_who_looked_at_which_case_without_a_name(
        self, client: Client, unit: Unit, auditor: User
    ) -> None:
        case = make_case(unit=unit)
        client.force_login(make_user(Role.ADVISER, unit, name="Line Aagaard"))
        client.get(address("case_detail", case))

        html = opened(client, auditor, url("log_audit"))

        assert "Line Aagaard" in html
        assert case.number in html
        assert case.citizen.name not in html
        assert AccessEntry.objects.filter(what="log_audit", user=auditor).exists()

    def test_another_municipalitys_log_is_not_read(
        self, client: Client, unit: Unit, auditor: User
    ) -> None:
        elsewhere = make_unit()
        case = make_case(unit=elsewhere)
        client.force_login(make_user(Role.ADVISER, elsewhere, name="Fremmed Rådgiver"))
        client.get(address("case_detail", case))
        make_case(unit=unit, citizen=case.citizen)

        assert "Fremmed Rådgiver" not in opened(client, auditor, url("log_audit"))

    def test_filters(self, client: Client, unit: Unit, auditor: User) -> None:
        first, second = make_case(unit=unit), make_case(unit=unit)
        client.force_login(make_user(Role.ADVISER, unit, name="Line Aagaard"))
        client.get(address("case_detail", first))
        client.get(address("case_print", second))

        def lines(**query: str) -> int:
            client.force_login(auditor)
            html = client.get(url("log_audit"), query).content.decode()
            return html.count("Line Aagaard</th>")

        today = timezone.localdate()
        yesterday = today - timedelta(days=1)
        assert lines() == 2
        assert lines(number=first.number) == 1
        assert lines(action="printed") == 1
        assert lines(who="aagaard") == 2
        assert lines(who="nobody") == 0
        assert lines(first=f"{today:%d-%m-%Y}", last=f"{today:%d-%m-%Y}") == 2
        assert lines(last=f"{yesterday:%d-%m-%Y}") == 0
        assert lines(number="2020-9999") == 0

    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ({"first": "snart"}, "first"),
            ({"first": "17-11-2026", "last": "16-11-2026"}, "last"),
            ({"number": "x" * 13}, "number"),
            ({"action": "stolen"}, "action"),
        ],
    )
    def test_bad_input_is_told_at_its_field(
        self, client: Client, auditor: User, query: dict[str, str], said: str
    ) -> None:
        client.force_login(auditor)

        response = client.get(url("log_audit"), query)

        assert response.status_code == 422
        assert f'id="id_{said}_error"' in response.content.decode()

    @pytest.mark.parametrize("query", [{"after": "x"}, {"before": "9" * 30}, {"who": "\x00"}])
    def test_a_strange_address_is_no_error(
        self, client: Client, auditor: User, query: dict[str, str]
    ) -> None:
        client.force_login(auditor)

        assert client.get(url("log_audit"), query).status_code == 200

    def test_pages_follow_each_other(self, client: Client, unit: Unit, auditor: User) -> None:
        client.force_login(make_user(Role.ADVISER, unit))
        for _n in range(60):
            client.get("/cases/")

        first = opened(client, auditor, url("log_audit"))
        following = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
        second = opened(client, auditor, url("log_audit") + following.replace("&amp;", "&"))

        assert first.count("<tr>") == 51
        assert second.count("<tr>") == 11

    @pytest.mark.parametrize("rows", [1, 20])
    def test_queries_do_not_grow(
        self, client: Client, unit: Unit, auditor: User, rows: int
    ) -> None:
        client.force_login(make_user(Role.ADVISER, unit))
        for _n in range(rows):
            client.get(address("case_detail", make_case(unit=unit)))
        client.force_login(auditor)

        assert queries(client, url("log_audit")) <= 8


@pytest.mark.parametrize("role", list(Role))
def test_each_page_is_for_its_role_alone(client: Client, unit: Unit, role: Role) -> None:
    user = make_user(role, unit)
    client.force_login(user)
    pages = {
        Role.ADMINISTRATOR: ["user_list", "user_create", "unit_list", "unit_create"],
        Role.AUDITOR: ["log_audit"],
    }

    for owner, names_ in pages.items():
        for name in names_:
            expected = 200 if role == owner else 403
            assert client.get(url(name)).status_code == expected, name


def test_a_refused_page_is_logged(client: Client, unit: Unit) -> None:
    user = make_user(Role.ADVISER, unit)
    client.force_login(user)

    client.get(url("user_list"))

    entry = AccessEntry.objects.get(action=LogAction.DENIED)
    assert (entry.user, entry.what) == (user, "access:user_list")


def test_T28_an_administrator_opens_no_case(
    client: Client, unit: Unit, administrator: User
) -> None:
    assert client.get(address("case_detail", make_case(unit=unit))).status_code == 404
    assert client.get("/cases/").status_code == 403
