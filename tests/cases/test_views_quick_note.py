"""A note from anywhere."""

import pytest
from django.test import Client

from cases.casework.models import Case, Note
from housingfirst.access.enums import LogAction
from housingfirst.access.models import AccessEntry, User
from tests.access.factories import make_unit
from tests.cases.factories import make_case
from tests.cases.journal import note
from tests.cases.pages import HTMX, address, opened

pytestmark = pytest.mark.django_db


class TestQuickNote:
    URL = "/cases/quick-note/"

    def test_what_was_opened_last_is_offered(
        self, client: Client, case: Case, adviser: User
    ) -> None:
        client.get(address("case_detail", case))

        html = opened(client, adviser, self.URL)

        assert str(case.reference) in html

    def test_a_note_is_saved_on_the_one_chosen(
        self, client: Client, case: Case, adviser: User
    ) -> None:
        response = client.post(self.URL, note(q="Sanne", case=str(case.reference)))

        assert response["Location"] == address("journal", case)
        assert Note.objects.get().case == case

    def test_without_a_choice_nothing_is_lost(
        self, client: Client, case: Case, adviser: User
    ) -> None:
        response = client.post(self.URL, note(q="Sanne"))

        html = response.content.decode()
        assert response.status_code == 422
        assert str(case.reference) in html
        assert "Ringede om boligen" in html

    def test_nobody_found_is_said_at_the_field(
        self, client: Client, case: Case, adviser: User
    ) -> None:
        response = client.post(self.URL, note(q="Findes Ikke"))

        assert response.status_code == 422
        assert 'id="id_q_error"' in response.content.decode()

    def test_htmx_gets_the_citizens_alone(self, client: Client, case: Case, adviser: User) -> None:
        headers = {**HTMX, "HX-Target": "citizens"}

        response = client.post(self.URL, {"q": "Sanne"}, headers=headers)

        html = response.content.decode()
        assert response.status_code == 200
        assert html.lstrip().startswith('<div id="citizens"')
        assert "Sanne Bay" in html

    def test_T01_anothers_case_cannot_be_chosen(
        self, client: Client, case: Case, adviser: User
    ) -> None:
        theirs = make_case(unit=make_unit())

        response = client.post(self.URL, note(case=str(theirs.reference)))

        assert response.status_code == 404
        assert not Note.objects.exists()
        assert AccessEntry.objects.filter(action=LogAction.DENIED).count() == 1

    @pytest.mark.parametrize("chosen", ["x", "\x00", "6f2d7a54-1c1b-4c57-9d3e-0a4be1f0c9aa"])
    def test_a_strange_choice_is_none(
        self, client: Client, case: Case, adviser: User, chosen: str
    ) -> None:
        assert client.post(self.URL, note(case=chosen)).status_code in (404, 422)
