"""The page on which a citizen is taken in."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cases.casework.models import Case, Note
from cases.citizens.enums import Protection
from cases.citizens.models import Citizen
from housingfirst.access import services
from housingfirst.access.enums import LogAction, Role
from housingfirst.access.models import AccessEntry, Unit, User
from tests.access.factories import LONG_AGO, make_unit, make_user
from tests.cases.factories import make_case, make_citizen
from tests.cases.pages import address, form

pytestmark = pytest.mark.django_db

URL = "/cases/new/"
CPR = "150583-4008"


@pytest.fixture
def unit() -> Unit:
    return make_unit(name="Hjemløseteamet", takes_intake=True)


@pytest.fixture
def adviser(unit: Unit, client: Client) -> User:
    user = make_user(Role.ADVISER, unit)
    client.force_login(user)
    return user


def send(client: Client, **values: Any) -> Any:
    return client.post(URL, form(**{"name": "Sanne Bay", "protection": "unknown", **values}))


def test_the_form_is_there(client: Client, adviser: User) -> None:
    assert client.get(URL).status_code == 200


def test_a_case_is_opened_and_shown(client: Client, adviser: User, unit: Unit) -> None:
    response = send(
        client,
        cpr=CPR,
        situation="HS1",
        situation_from="i går",
        wish="Min egen dør",
        note="Kom selv",
        is_adviser="on",
        needs_interpreter="on",
        language="Grønlandsk",
        phone="99 00 41 31",
    )

    case = Case.objects.get()
    assert response["Location"] == address("case_detail", case)
    assert (case.adviser, case.unit) == (adviser, unit)
    assert (case.citizen.language, case.citizen.needs_interpreter) == ("Grønlandsk", True)
    assert case.situations.get().starts_on == timezone.localdate() - timedelta(days=1)


def test_only_the_name_is_needed(client: Client, adviser: User) -> None:
    assert send(client).status_code == 302
    assert Citizen.objects.get().protection == Protection.UNKNOWN


def test_R11_sent_twice_is_one_citizen(client: Client, adviser: User) -> None:
    values = form(name="Sanne Bay", protection="no", cpr=CPR)

    first, second = client.post(URL, values), client.post(URL, values)

    assert first["Location"] == second["Location"]
    assert Case.objects.count() == Citizen.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"name": ""}, "name"),
        ({"name": "\x00 \x00"}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"cpr": "150583-400"}, "cpr"),
        ({"cpr": "320183-4008"}, "cpr"),
        ({"cpr": "151383-4008"}, "cpr"),
        ({"cpr": "abcdef-ghij"}, "cpr"),
        ({"cpr": "１５０５８３-４００８"}, "cpr"),
        ({"cpr": CPR + "\x00" * 50 + "9"}, "cpr"),
        ({"birth_date": "i morgen"}, "birth_date"),
        ({"birth_date": "32-13-1983"}, "birth_date"),
        ({"cpr": CPR, "birth_date": "16-05-1983"}, "birth_date"),
        ({"protection": "maybe"}, "protection"),
        ({"phone": "ring til mor"}, "phone"),
        ({"phone": "9" * 40}, "phone"),
        ({"language": "x" * 41}, "language"),
        ({"situation": "HS77"}, "situation"),
        ({"situation": "HS1", "situation_from": "i morgen"}, "situation_from"),
        ({"situation_from": "i går"}, "situation"),
        ({"wish": "x" * 2_001}, "wish"),
        ({"note": "x" * 10_001}, "note"),
    ],
)
def test_bad_input_is_told_at_its_field_and_kept(
    client: Client, adviser: User, values: dict[str, str], said: str
) -> None:
    response = send(client, **values)

    html = response.content.decode()
    assert response.status_code == 422
    assert f'id="id_{said}_error"' in html
    assert "data-errors" in html
    if said != "name":
        assert 'value="Sanne Bay"' in html
    assert not Citizen.objects.exists()


@pytest.mark.parametrize(
    "cpr", ["150583-4008", "1505834008", "750583-4008", "310299-9999", "010130-4000"]
)
def test_a_number_is_never_refused_for_its_check_digit(
    client: Client, adviser: User, cpr: str
) -> None:
    assert send(client, cpr=cpr).status_code == 302
    assert Citizen.objects.get().has_cpr


def test_odd_characters_are_kept_and_control_characters_dropped(
    client: Client, adviser: User
) -> None:
    send(client, name="Sanne 🙂 ‮ 李\x00", note="Kom\x00 selv\r\nmed hund 🐕")

    assert Citizen.objects.get().name == "Sanne 🙂 ‮ 李"
    assert Note.objects.get().text == "Kom selv\nmed hund 🐕"


class TestSomebodyIsHere:
    def test_ones_own_case_is_linked_to(self, client: Client, adviser: User, unit: Unit) -> None:
        case = make_case(unit=unit, citizen=make_citizen(name="Sanne Thorlund", cpr=CPR))

        response = send(client, cpr=CPR, despite="other_person")

        assert response.status_code == 422
        assert address("case_detail", case) in response.content.decode()
        assert Case.objects.count() == 1

    def test_another_units_case_is_not_told_of_but_whom_to_ask(
        self, client: Client, adviser: User, unit: Unit
    ) -> None:
        other = make_unit(municipality=unit.municipality, name="Ungeteamet")
        case = make_case(unit=other, citizen=make_citizen(name="Kirsten Skjult", cpr=CPR))

        response = send(client, cpr=CPR, despite="same_person")

        html = response.content.decode()
        assert response.status_code == 422
        for secret in ("Kirsten", "Skjult", case.number, "Ungeteamet", str(case.reference)):
            assert secret not in html
        assert "Hjemløseteamet" in html
        assert Case.objects.count() == 1

    def test_a_reason_is_asked_for_before_going_on(
        self, client: Client, adviser: User, unit: Unit
    ) -> None:
        citizen = make_citizen(name="Sanne Bai", birth_date=date(1983, 5, 15))
        make_case(unit=unit, citizen=citizen)

        asked = send(client, birth_date="15-05-1983")
        silent = send(client, birth_date="15-05-1983", asked="1")
        given = send(client, birth_date="15-05-1983", despite="other_person")

        assert asked.status_code == 422
        assert "Sanne Bai" in asked.content.decode()
        assert 'name="despite"' in asked.content.decode()
        assert 'id="id_despite_error"' not in asked.content.decode()
        assert silent.status_code == 422
        assert 'id="id_despite_error"' in silent.content.decode()
        assert given.status_code == 302
        assert Case.objects.count() == 2

    def test_a_hidden_one_is_hinted_at(self, client: Client, adviser: User, unit: Unit) -> None:
        citizen = make_citizen(name="Sanne Bai", birth_date=date(1983, 5, 15))
        make_case(unit=make_unit(municipality=unit.municipality), citizen=citizen)

        html = send(client, birth_date="15-05-1983").content.decode()

        assert 'name="despite"' in html
        assert "Sanne Bai" not in html

    def test_a_new_case_is_opened_on_the_person_who_is_there(
        self, client: Client, adviser: User
    ) -> None:
        citizen = make_citizen(name="Mads Rigtig", cpr=CPR, protection=Protection.NO)
        make_case(unit=make_unit(), citizen=citizen)

        asked = send(client, cpr=CPR, name="Mads Stavet Galt")
        assert asked.status_code == 422
        assert "Mads Rigtig" not in asked.content.decode()
        assert send(client, cpr=CPR, name="x y", despite="same_person").status_code == 302

        assert Citizen.objects.get().name == "Mads Rigtig"
        assert Case.objects.filter(citizen=citizen).count() == 2

    def test_the_look_is_logged_also_when_nothing_is_saved(
        self, client: Client, adviser: User, unit: Unit
    ) -> None:
        make_case(unit=make_unit(municipality=unit.municipality), citizen=make_citizen(cpr=CPR))

        send(client, cpr=CPR)

        entry = AccessEntry.objects.get(action=LogAction.SEARCHED)
        assert (entry.what, entry.citizen_ids) == ("case_create", [])
        assert "1505" not in entry.detail


@pytest.mark.parametrize(
    "role",
    [Role.SHELTER_STAFF, Role.ALLOCATOR, Role.PARTNER, Role.AUDITOR, Role.ADMINISTRATOR],
)
def test_who_takes_nobody_in(client: Client, unit: Unit, role: Role) -> None:
    client.force_login(make_user(role, unit))

    assert client.get(URL).status_code == 403
    assert send(client).status_code == 403
    assert AccessEntry.objects.filter(action=LogAction.DENIED).count() == 2


def test_who_works_in_two_units_chooses(client: Client, adviser: User, unit: Unit) -> None:
    other = make_unit(municipality=unit.municipality, name="Ungeteamet")
    services.membership_add(
        user=adviser, unit=other, role=Role.ADVISER, valid_from=LONG_AGO, actor=None
    )
    client.force_login(User.objects.get(pk=adviser.pk))

    assert send(client).status_code == 422
    assert send(client, unit=str(make_unit().reference)).status_code == 422
    assert send(client, unit=str(other.reference)).status_code == 302
    assert Case.objects.get().unit == other
