"""The auditor's page of the access log."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from housingfirst.access.enums import Role, UnitKind
from housingfirst.access.models import AccessEntry, Unit, User
from tests.access.factories import make_unit, make_user
from tests.access.pages import url
from tests.cases.factories import make_case
from tests.cases.pages import address, opened, queries

pytestmark = pytest.mark.django_db


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
