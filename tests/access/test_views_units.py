"""The administrator's pages of units."""

import pytest
from django.test import Client

from housingfirst.access.models import Organisation, Unit, User
from tests.access.factories import make_unit
from tests.access.pages import url
from tests.cases.pages import form

pytestmark = pytest.mark.django_db


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
