"""The pages of the citizen's wishes, and of where people say that she sleeps."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cases.casework.enums import Situation, Source
from cases.casework.grants import RESIDENCE, grant_unit
from cases.casework.models import Case, SituationRecord, Wish
from cases.casework.situations import situation_begin
from housingfirst.access.enums import Role, UnitKind
from housingfirst.access.models import Unit, User
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case
from tests.cases.pages import address, form

pytestmark = pytest.mark.django_db


class TestWishes:
    def say(self, client: Client, case: Case, **values: Any) -> Any:
        given = {"words": "Min egen dør", "said_on": "i går"}
        return client.post(address("wish_create", case), form(**given | values))

    def test_one_is_written(self, client: Client, case: Case, adviser: User) -> None:
        assert self.say(client, case)["Location"] == address("case_detail", case)
        assert Wish.objects.get().said_on == timezone.localdate() - timedelta(days=1)

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({"words": ""}, "words"),
            ({"words": "x" * 2_001}, "words"),
            ({"said_on": "i morgen"}, "said_on"),
            ({"said_on": ""}, "said_on"),
            ({"said_on": "31-02-2026"}, "said_on"),
        ],
    )
    def test_bad_input(
        self, client: Client, case: Case, adviser: User, values: dict[str, str], said: str
    ) -> None:
        response = self.say(client, case, **values)

        assert response.status_code == 422
        assert f'id="id_{said}_error"' in response.content.decode()
        assert not Wish.objects.exists()

    def test_a_shelter_writes_what_she_says(self, client: Client, case: Case) -> None:
        shelter = make_unit(kind=UnitKind.SHELTER)
        grant_unit(case, shelter, RESIDENCE, reason="stay", actor=None)
        client.force_login(make_user(Role.SHELTER_STAFF, shelter))

        assert self.say(client, case).status_code == 302


class TestSituations:
    def say(self, client: Client, case: Case, **values: Any) -> Any:
        given = {"situation": "HS5", "starts_on": "01-08-2026", "ends_on": "", "source": "citizen"}
        return client.post(address("situation_create", case), form(**given | values))

    def test_one_is_written(self, client: Client, case: Case, adviser: User) -> None:
        response = self.say(client, case, remark="Hos en fætter")

        assert response["Location"] == address("journal", case)
        assert SituationRecord.objects.get().remark == "Hos en fætter"

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({"situation": ""}, "situation"),
            ({"situation": "HS0"}, "situation"),
            ({"starts_on": ""}, "starts_on"),
            ({"starts_on": "i morgen"}, "starts_on"),
            ({"ends_on": "31-07-2026"}, "ends_on"),
            ({"ends_on": "i morgen"}, "ends_on"),
            ({"source": "stay"}, "source"),
            ({"remark": "x" * 201}, "remark"),
        ],
    )
    def test_bad_input(
        self, client: Client, case: Case, adviser: User, values: dict[str, str], said: str
    ) -> None:
        response = self.say(client, case, **values)

        assert response.status_code == 422
        assert f'id="id_{said}_error"' in response.content.decode()
        assert not SituationRecord.objects.exists()

    def test_an_overlap_is_said_in_a_sentence(
        self, client: Client, case: Case, adviser: User
    ) -> None:
        self.say(client, case)

        response = self.say(client, case, starts_on="01-07-2026", ends_on="02-08-2026")

        assert response.status_code == 422
        assert "data-errors" in response.content.decode()
        assert SituationRecord.objects.count() == 1

    def test_one_is_ended(self, client: Client, case: Case, adviser: User) -> None:
        self.say(client, case)
        said = SituationRecord.objects.get()
        values = {
            "situation": "HS5",
            "starts_on": "01-08-2026",
            "ends_on": "01-09-2026",
            "source": "worker",
            "version": "1",
        }

        response = client.post(address("situation_edit", case, said.reference), form(**values))

        assert response.status_code == 302
        said.refresh_from_db()
        assert (said.ends_on, said.version) == (date(2026, 9, 1), 2)
        stale = form(**values | {"ends_on": "02-09-2026"})
        response = client.post(address("situation_edit", case, said.reference), stale)
        assert response.status_code == 409

    def test_a_stays_own_is_refused_with_a_reason(
        self, client: Client, case: Case, adviser: User
    ) -> None:
        stay = situation_begin(
            case=case,
            situation=Situation.SHELTER,
            starts_on=date(2026, 8, 1),
            source=Source.STAY,
            actor=None,
        )
        values = form(situation="HS5", starts_on="01-08-2026", source="citizen", version="1")

        response = client.post(address("situation_edit", case, stay.reference), values)

        assert response.status_code == 422
        assert "data-errors" in response.content.decode()

    def test_one_of_another_case_is_not_there(
        self, client: Client, case: Case, adviser: User, unit: Unit
    ) -> None:
        other = situation_begin(
            case=make_case(unit=unit),
            situation=Situation.SOFA,
            starts_on=date(2026, 8, 1),
            source=Source.CITIZEN,
            actor=None,
        )

        assert client.get(address("situation_edit", case, other.reference)).status_code == 404
