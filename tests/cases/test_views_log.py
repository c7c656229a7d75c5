"""Who has looked at the case."""

import pytest
from django.test import Client

from cases.casework.models import Case
from housingfirst.access.enums import Role
from housingfirst.access.models import AccessEntry, Unit, User
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case
from tests.cases.pages import address, opened

pytestmark = pytest.mark.django_db


class TestCaseLog:
    def test_the_team_lead_reads_who_looked(
        self, client: Client, case: Case, adviser: User, unit: Unit
    ) -> None:
        client.get(address("case_detail", case))
        stranger = make_user(Role.ADVISER, name="Nysgerrig Nabo")
        client.force_login(stranger)
        client.get(address("case_detail", case))

        html = opened(client, make_user(Role.TEAM_LEAD, unit), address("case_log", case))

        assert "Line Aagaard" in html
        assert "Nysgerrig Nabo" in html
        assert AccessEntry.objects.filter(what="case_log").count() == 1

    def test_what_another_municipality_does_with_its_own_case_stays_there(
        self, client: Client, case: Case, unit: Unit
    ) -> None:
        elsewhere = make_unit()
        theirs = make_case(unit=elsewhere, citizen=case.citizen)
        client.force_login(make_user(Role.ADVISER, elsewhere, name="Fremmed Rådgiver"))
        client.get(address("case_detail", theirs))

        html = opened(client, make_user(Role.TEAM_LEAD, unit), address("case_log", case))

        assert "Fremmed Rådgiver" not in html

    @pytest.mark.parametrize("role", [Role.ADVISER, Role.SUPPORT_WORKER, Role.HYBRID])
    def test_others_do_not(self, client: Client, case: Case, unit: Unit, role: Role) -> None:
        user = make_user(role, unit)
        client.force_login(user)

        assert client.get(address("case_log", case)).status_code == 403
        assert address("case_log", case) not in opened(client, user, address("case_detail", case))

    def test_filters_and_pages(self, client: Client, case: Case, adviser: User, unit: Unit) -> None:
        for _n in range(60):
            client.get(address("journal", case))
        lead = make_user(Role.TEAM_LEAD, unit)
        url = address("case_log", case)

        first = opened(client, lead, url)
        following = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]

        assert first.count("<tr>") == 51
        assert opened(client, lead, url + following).count("<tr>") < 51
        assert opened(client, lead, url + "?action=printed").count("<tr>") == 0
