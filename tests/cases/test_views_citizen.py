"""Changing what is written about a citizen, and whose the case is."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from cases.casework.errors import AdviserElsewhere
from cases.casework.grants import RESIDENCE, grant_unit
from cases.casework.models import Case
from cases.casework.services import case_assign
from cases.citizens.enums import Protection
from cases.citizens.models import Citizen
from housingfirst.access.enums import LogAction, Role, UnitKind
from housingfirst.access.models import AccessEntry, Unit, User
from housingfirst.events.models import Event
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case, make_citizen
from tests.cases.pages import address, form

pytestmark = pytest.mark.django_db

CPR = "150583-4008"


@pytest.fixture
def unit() -> Unit:
    return make_unit(name="Hjemløseteamet")


@pytest.fixture
def case(unit: Unit) -> Case:
    return make_case(
        unit=unit, citizen=make_citizen(name="Sanne Bay", protection=Protection.UNKNOWN)
    )


@pytest.fixture
def adviser(unit: Unit, client: Client) -> User:
    user = make_user(Role.ADVISER, unit, name="Line Aagaard")
    client.force_login(user)
    return user


def values(**changes: Any) -> dict[str, Any]:
    given = {
        "name": "Sanne Bay",
        "birth_date": "17-05-1980",
        "protection": "unknown",
        "protected_until": "",
        "language": "Dansk",
        "phone": "",
        "version": "1",
    }
    return form(**given | changes)


def edit(client: Client, case: Case, **changes: Any) -> Any:
    return client.post(address("citizen_edit", case), values(**changes))


class TestDetails:
    def test_they_are_saved_with_who_did_it(
        self, client: Client, case: Case, adviser: User
    ) -> None:
        response = edit(
            client, case, protection="yes", protected_until="17-11-2027", phone="123456"
        )

        assert response["Location"] == address("case_detail", case)
        citizen = Citizen.objects.get()
        assert (citizen.protection, citizen.phone, citizen.version) == ("yes", "123456", 2)
        assert citizen.history.latest().history_user == adviser
        assert Event.objects.get(kind="protection.changed").is_important
        assert AccessEntry.objects.filter(action=LogAction.CHANGED, what="citizen").exists()

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"name": ""}, "name"),
            ({"name": "x" * 121}, "name"),
            ({"birth_date": "01-01-2999"}, "birth_date"),
            ({"birth_date": "i overovermorgen"}, "birth_date"),
            ({"protection": ""}, "protection"),
            ({"protected_until": "17-11-2027"}, "protected_until"),
            ({"phone": "+45 ab"}, "phone"),
            ({"language": "x" * 10_001}, "language"),
        ],
    )
    def test_bad_input_is_told_at_its_field(
        self, client: Client, case: Case, adviser: User, changes: dict[str, str], said: str
    ) -> None:
        response = edit(client, case, **changes)

        assert response.status_code == 422
        assert f'id="id_{said}_error"' in response.content.decode()
        assert Citizen.objects.get().version == 1

    def test_R10_two_people_at_once_lose_nothing(
        self, client: Client, case: Case, adviser: User
    ) -> None:
        User.objects.filter(pk=adviser.pk).update(phone="99 00 41 31")
        edit(client, case, phone="11111111", language="Grønlandsk")

        response = edit(client, case, phone="22222222")

        html = response.content.decode()
        assert response.status_code == 409
        assert "Ring til Line Aagaard på 99 00 41 31." in html
        assert "11111111" in html
        assert "22222222" in html
        assert "Grønlandsk" in html
        assert Citizen.objects.get().phone == "11111111"
        looked = AccessEntry.objects.filter(user=adviser, action=LogAction.VIEWED, what="conflict")
        assert looked.get().citizen_ids == [case.citizen_id]

        chosen = {"choice-phone": "mine", "choice-language": "theirs", "version": "2"}
        assert edit(client, case, phone="22222222", **chosen).status_code == 302
        citizen = Citizen.objects.get()
        assert (citizen.phone, citizen.language, citizen.version) == ("22222222", "Grønlandsk", 3)

    @pytest.mark.parametrize("version", ["", "x", "0", "-1", "99999999999999"])
    def test_a_strange_version_is_an_old_one(
        self, client: Client, case: Case, adviser: User, version: str
    ) -> None:
        assert edit(client, case, phone="22222222", version=version).status_code == 409

    def test_a_shelter_changes_nothing(self, client: Client, case: Case) -> None:
        shelter = make_unit(kind=UnitKind.SHELTER)
        grant_unit(case, shelter, RESIDENCE, reason="stay", actor=None)
        client.force_login(make_user(Role.SHELTER_STAFF, shelter))

        for page in ("citizen_edit", "cpr_edit", "case_assign", "situation_create"):
            assert client.get(address(page, case)).status_code == 403
            assert client.post(address(page, case)).status_code == 403


class TestCpr:
    def save(self, client: Client, case: Case, cpr: str, version: str = "1") -> Any:
        return client.post(address("cpr_edit", case), form(cpr=cpr, version=version))

    def test_it_is_sealed_and_gives_the_day_of_birth(
        self, client: Client, case: Case, adviser: User
    ) -> None:
        assert self.save(client, case, CPR).status_code == 302

        citizen = Citizen.objects.get()
        assert citizen.cpr_opened() == "1505834008"
        assert str(citizen.birth_date) == "1983-05-15"

    @pytest.mark.parametrize("cpr", ["", "150583", "150583-40081", "1505834008 x"])
    def test_what_is_no_number(self, client: Client, case: Case, adviser: User, cpr: str) -> None:
        response = self.save(client, case, cpr)

        assert response.status_code == 422
        assert 'id="id_cpr_error"' in response.content.decode()

    def test_another_citizens_number_is_refused_without_a_name(
        self, client: Client, case: Case, adviser: User
    ) -> None:
        make_case(unit=make_unit(), citizen=make_citizen(name="Kirsten Skjult", cpr=CPR))

        response = self.save(client, case, CPR)

        assert response.status_code == 422
        assert "Kirsten" not in response.content.decode()
        assert not Citizen.objects.get(pk=case.citizen_id).has_cpr
        assert AccessEntry.objects.filter(action=LogAction.SEARCHED, what="cpr_edit").exists()

    def test_an_old_version_is_refused_and_the_number_kept_in_the_form(
        self, client: Client, case: Case, adviser: User
    ) -> None:
        edit(client, case, phone="11111111")

        response = self.save(client, case, CPR)

        html = response.content.decode()
        assert response.status_code == 422
        assert 'name="version" value="2"' in html
        assert CPR in html


class TestAssign:
    def give(
        self, client: Client, case: Case, unit: Unit, user: User | None, version: str = "1"
    ) -> Any:
        to = f"{unit.reference}/{user.reference if user else ''}"
        return client.post(address("case_assign", case), form(to=to, version=version))

    def test_a_colleague_gets_the_case(
        self, client: Client, case: Case, adviser: User, unit: Unit
    ) -> None:
        colleague = make_user(Role.HYBRID, unit)

        response = self.give(client, case, unit, colleague)

        assert response["Location"] == address("case_detail", case)
        case.refresh_from_db()
        assert (case.unit, case.adviser) == (unit, colleague)

    def test_another_unit_gets_it_and_ours_keeps_it_for_the_day(
        self, client: Client, case: Case, adviser: User, unit: Unit
    ) -> None:
        other = make_unit(municipality=unit.municipality, name="Ungeteamet")

        self.give(client, case, other, None)

        case.refresh_from_db()
        assert (case.unit, case.adviser) == (other, None)
        theirs = make_user(Role.ADVISER, other)
        assert Case.objects.visible_to(theirs).filter(pk=case.pk).exists()
        assert Case.objects.visible_to(adviser).filter(pk=case.pk).exists()
        assert case.grants.filter(valid_until_on__isnull=False).count() == 3

    @pytest.mark.parametrize("who", ["support", "elsewhere", "shelter", "nonsense", ""])
    def test_whom_it_cannot_be_given_to(
        self, client: Client, case: Case, adviser: User, unit: Unit, who: str
    ) -> None:
        town = unit.municipality
        pairs = {
            "support": (unit, make_user(Role.SUPPORT_WORKER, unit)),
            "elsewhere": (foreign := make_unit(), make_user(Role.ADVISER, foreign)),
            "shelter": (make_unit(kind=UnitKind.SHELTER, municipality=town), None),
        }
        response: Any
        if who in pairs:
            response = self.give(client, case, *pairs[who])
        else:
            response = client.post(address("case_assign", case), form(to=who, version="1"))

        assert response.status_code == 422
        case.refresh_from_db()
        assert case.unit == unit

    def test_the_service_asks_who_works_where(self, case: Case, adviser: User, unit: Unit) -> None:
        with pytest.raises(AdviserElsewhere):
            case_assign(
                case=case,
                unit=unit,
                adviser=make_user(Role.ADVISER),
                on=date(2026, 11, 17),
                actor=adviser,
                version=1,
            )

    def test_R10_two_people_give_it_at_once(
        self, client: Client, case: Case, adviser: User, unit: Unit
    ) -> None:
        first, second = make_user(Role.ADVISER, unit), make_user(Role.ADVISER, unit)
        self.give(client, case, unit, first)

        response = self.give(client, case, unit, second)

        html = response.content.decode()
        assert response.status_code == 409
        assert first.name in html
        assert second.name in html
        case.refresh_from_db()
        assert case.adviser == first

    def test_a_support_worker_does_not_give_cases(
        self, client: Client, case: Case, unit: Unit
    ) -> None:
        client.force_login(make_user(Role.SUPPORT_WORKER, unit))

        assert client.get(address("case_assign", case)).status_code == 403
