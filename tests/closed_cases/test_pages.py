"""What the pages of a closed case say, and what becomes of a form that was open."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from cases.casework.models import Wish
from housingfirst.access.enums import Role
from tests.access.factories import make_user
from tests.closed_cases.world import World
from tests.reading import read

pytestmark = pytest.mark.django_db

SENTENCE = "Genåbn den, før du skriver i den."


class TestPages:
    @pytest.fixture
    def closed(self, world: World, client: Client) -> World:
        world.close()
        client.force_login(world.lead)
        return world

    def test_the_page_says_so_and_offers_to_reopen(self, closed: World, client: Client) -> None:
        url = reverse("cases:case_detail", args=[closed.case.reference])

        html = read(client.get(url))

        assert "Sagen er lukket" in html
        assert "Genåbn sagen" in html
        for name in ("cases:note_create", "cases:wish_create", "cases:case_assign"):
            assert reverse(name, args=[closed.case.reference]) not in html

    def test_the_button_reopens(self, closed: World, client: Client) -> None:
        url = reverse("cases:case_reopen", args=[closed.case.reference])

        response = client.post(url, follow=True)

        html = read(response)
        assert "Sagen er åben igen." in html
        assert "Genåbn sagen" not in html

    def test_a_second_press_says_that_it_is_open(self, closed: World, client: Client) -> None:
        url = reverse("cases:case_reopen", args=[closed.case.reference])
        client.post(url)

        assert "Sagen er åben i forvejen." in read(client.post(url, follow=True))

    def test_who_may_not_is_told_who_can(self, closed: World, client: Client) -> None:
        client.force_login(make_user(Role.SUPPORT_WORKER, closed.case.unit))
        url = reverse("cases:case_detail", args=[closed.case.reference])

        html = read(client.get(url))

        assert "Genåbn sagen" not in html
        assert "Rådgiveren eller teamlederen kan genåbne den." in html

    @pytest.mark.parametrize(
        ("name", "data"),
        [
            pytest.param(
                "cases:note_create",
                {"kind": "note", "text": "Ringede", "happened_at": "i dag 0.01"}
                | {"audience": "case"},
                id="note",
            ),
            pytest.param("cases:wish_create", {"words": "Ringede", "said_on": "i dag"}, id="wish"),
            pytest.param(
                "cases:situation_create",
                {"situation": "HS1", "starts_on": "i dag", "source": "worker"}
                | {"remark": "Ringede"},
                id="situation",
            ),
            pytest.param("cases:case_assign", {"to": "UNIT"}, id="assign"),
            pytest.param(
                "support:decision_create",
                {"section": "85", "decided_on": "i dag"}
                | {"starts_on": "i dag", "reasons": "Ringede"},
                id="decision",
            ),
            pytest.param(
                "support:visit_create", {"outcome": "met", "sentence": "Ringede"}, id="visit"
            ),
            pytest.param(
                "crosssector:handoff_ask",
                {"to_unit": "OFFICE", "amount_dkk": "100", "text": "Ringede"}
                | {"legal_basis": "Samtykke"},
                id="handoff",
            ),
            pytest.param("housing:referral_edit", {"wish_words": "Ringede"}, id="referral"),
        ],
    )
    def test_a_form_is_refused_and_kept(
        self, closed: World, client: Client, name: str, data: dict[str, str]
    ) -> None:
        assert closed.case.unit is not None
        places = {"UNIT": f"{closed.case.unit.reference}/", "OFFICE": closed.office.reference}
        sent = {key: str(places.get(value, value)) for key, value in data.items()}
        version = {"version": closed.referral.version if "referral" in name else 1}

        response = client.post(
            reverse(name, args=[closed.case.reference]),
            {"form_key": str(uuid.uuid4()), **version, **sent},
        )

        html = read(response)
        assert response.status_code == 422
        assert SENTENCE in html
        assert "Ringede" in html or name == "cases:case_assign"
        assert not Wish.objects.exists()

    def test_a_quick_note_is_refused_and_kept(self, closed: World, client: Client) -> None:
        data = {"kind": "note", "text": "Skrevet i bussen", "happened_at": "i dag 0.01"}

        response = client.post(
            reverse("cases:quick_note"),
            data
            | {"audience": "case", "case": str(closed.case.reference)}
            | {"form_key": str(uuid.uuid4())},
        )

        html = read(response)
        assert response.status_code == 422
        assert SENTENCE in html
        assert "Skrevet i bussen" in html
