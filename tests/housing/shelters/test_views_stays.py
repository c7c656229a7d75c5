"""The page of a stay: absences, discharge with what is lost said first, and who may do it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from cases.citizens.enums import Protection
from housing.shelters import discharge, services
from housing.shelters.discharge import DischargeWarning
from housing.shelters.enums import DischargeTo, NoticeKind
from housing.shelters.models import Absence, Stay
from housingfirst.access.enums import LogAction, Role
from housingfirst.access.models import AccessEntry
from housingfirst.law.days import COPENHAGEN
from tests.access.factories import make_unit
from tests.cases.factories import make_citizen
from tests.housing.factories import make_bed, make_shelter, make_stay
from tests.housing.shelters.pages import address, frozen, log_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]


@pytest.fixture
def stay() -> Stay:
    return make_stay(
        bed=make_bed(shelter=make_shelter(name="Kilden"), label="110"),
        citizen=make_citizen(name="Mads Holm"),
        admitted_on=date(2026, 6, 1),
    )


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The registry of discharge checks, empty."""
    empty: list[Any] = []
    monkeypatch.setattr(discharge, "_CHECKS", empty)
    return empty


def ending(stay: Stay, **changes: Any) -> dict[str, Any]:
    return {
        "form_key": str(uuid4()),
        "version": str(stay.version),
        "seen": "",
        "discharged_on": "04-08-2026",
        "to": "own_home",
        "reason": "Flytter i egen bolig.",
    } | changes


def test_the_stay_shows_its_facts_and_is_logged(client: Client, stay: Stay) -> None:
    user = log_in(client, Role.SHELTER_STAFF, stay.shelter.unit)

    html = client.get(address("stay_detail", stay.reference)).content.decode()

    assert "Mads Holm" in html
    assert "dag 65 af 90" in html
    assert "Udskriv Mads" in html
    entry = AccessEntry.objects.get(action=LogAction.VIEWED)
    assert (entry.user, entry.citizen_ids, entry.what) == (user, [stay.citizen_id], "stay")


def test_T20_the_municipality_is_not_shown_where_a_protected_citizen_stays(
    client: Client,
) -> None:
    stay = make_stay(
        shelter=make_shelter(name="Kilden"), citizen=make_citizen(protection=Protection.YES)
    )
    log_in(client, Role.ADVISER, stay.case.unit)

    html = client.get(address("stay_detail", stay.reference)).content.decode()

    assert "sted skjult" in html
    assert "Kilden" not in html


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.SHELTER_LEADER, 404), (Role.ADVISER, 404), (Role.ALLOCATOR, 404), (Role.AUDITOR, 404)],
)
def test_strangers_find_nothing(client: Client, stay: Stay, role: Role, status: int) -> None:
    log_in(client, role, make_shelter().unit if role == Role.SHELTER_LEADER else make_unit())

    for name in ("stay_detail", "stay_discharge"):
        assert client.get(address(name, stay.reference)).status_code == status
    assert client.post(address("absence_register", stay.reference)).status_code == status
    assert AccessEntry.objects.filter(action=LogAction.DENIED).count() == 3


def test_the_adviser_sees_the_stay_and_changes_nothing(client: Client, stay: Stay) -> None:
    log_in(client, Role.ADVISER, stay.case.unit)

    html = client.get(address("stay_detail", stay.reference)).content.decode()

    assert "Udskriv Mads" not in html
    assert client.post(address("stay_discharge", stay.reference), ending(stay)).status_code == 403
    assert client.post(address("absence_register", stay.reference), {}).status_code == 403


def test_a_resident_goes_away_and_comes_back(client: Client, stay: Stay) -> None:
    log_in(client, Role.SHELTER_STAFF, stay.shelter.unit)
    page = address("stay_detail", stay.reference)

    client.post(address("absence_register", stay.reference), {"starts_on": "2/8", "reason": "Bror"})
    absence = Absence.objects.get()
    assert (absence.starts_on, absence.ends_on) == (date(2026, 8, 2), None)
    assert "Registrér tilbage" in client.get(page).content.decode()

    client.post(address("absence_end", absence.reference), {"ends_on": "i dag"})
    assert Absence.objects.get().ends_on == date(2026, 8, 4)
    assert "Registrér tilbage" not in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("posted", "says"),
    [
        ({"starts_on": ""}, "mangler"),
        ({"starts_on": "snart"}, "kan ikke læses"),
        ({"starts_on": "31-05-2026"}, "01-06-2026"),
        ({"starts_on": "4/8", "ends_on": "3-8-2026"}, "senere"),
        ({"starts_on": "4/8", "reason": "x" * 201}, "201"),
    ],
)
def test_bad_absences_are_answered_in_a_sentence(
    client: Client, stay: Stay, posted: dict[str, str], says: str
) -> None:
    log_in(client, Role.SHELTER_STAFF, stay.shelter.unit)

    response = client.post(address("absence_register", stay.reference), posted)

    assert response.status_code == 422
    assert says in response.content.decode()
    assert not Absence.objects.exists()
    looked = AccessEntry.objects.get(action=LogAction.VIEWED, what="stay")
    assert looked.citizen_ids == [stay.citizen_id]


@pytest.mark.parametrize("ends_on", ["", "1-8-2026", "5-8-2026", "aldrig"])
def test_bad_returns_are_answered_in_a_sentence(client: Client, stay: Stay, ends_on: str) -> None:
    absence = services.absence_register(stay=stay, starts_on=date(2026, 8, 2), actor=None)
    log_in(client, Role.SHELTER_STAFF, stay.shelter.unit)

    response = client.post(address("absence_end", absence.reference), {"ends_on": ends_on})

    assert response.status_code == 422
    assert "data-errors" in response.content.decode()
    assert Absence.objects.get().ends_on is None


def test_what_is_lost_stands_before_the_button(
    client: Client, stay: Stay, checks: list[Any]
) -> None:
    checks.append(
        lambda stay, on: DischargeWarning(
            title="Der er ikke truffet afgørelse om § 85 a",
            text="Træf den før udskrivningen.",
            severity="over",
            act_label="Træf afgørelse",
            act_url="/somewhere/",
            amount_dkk=Decimal(148_800),
        )
    )
    log_in(client, Role.SHELTER_STAFF, stay.shelter.unit)

    html = client.get(address("stay_discharge", stay.reference)).content.decode()

    assert html.index("afgørelse om § 85 a") < html.index("Udskriv Mads</button>")
    assert "148.800" in html
    assert "/somewhere/" in html


def test_a_warning_that_was_not_seen_stops_the_first_press_alone(
    client: Client, stay: Stay, checks: list[Any]
) -> None:
    """On another day than today something else may be lost: it must have stood on the page."""

    def only_earlier(stay: Stay, on: date) -> DischargeWarning | None:
        return DischargeWarning("Før støtten", "") if on < date(2026, 8, 4) else None

    checks.append(only_earlier)
    log_in(client, Role.SHELTER_STAFF, stay.shelter.unit)
    url = address("stay_discharge", stay.reference)

    first = client.post(url, ending(stay, discharged_on="03-08-2026"))

    assert first.status_code == 422
    assert "Før støtten" in first.content.decode()
    assert Stay.objects.open().exists()
    seen = first.content.decode().split('name="seen" value="')[1].split('"')[0]
    second = client.post(url, ending(stay, discharged_on="03-08-2026", seen=seen))
    assert second.status_code == 302
    assert Stay.objects.get().discharged_on == date(2026, 8, 3)


def test_a_discharge_leads_to_the_notice(client: Client, stay: Stay, checks: list[Any]) -> None:
    log_in(client, Role.SHELTER_STAFF, stay.shelter.unit)

    response = client.post(address("stay_discharge", stay.reference), ending(stay))

    assert response["Location"] == address("notice_list")
    assert stay.notices.filter(kind=NoticeKind.DISCHARGE).exists()
    html = client.get(address("notice_list")).content.decode()
    assert "Orientering om udskrivning" in html
    assert "Mads Holm" in html


BAD = [
    pytest.param({"discharged_on": ""}, "mangler", id="no day"),
    pytest.param({"discharged_on": "05-08-2026"}, "fremtiden", id="tomorrow"),
    pytest.param({"discharged_on": "31-05-2026"}, "01-06-2026", id="before the admission"),
    pytest.param({"discharged_on": "32/13"}, "kan ikke læses", id="no such day"),
    pytest.param({"to": ""}, "vælg", id="nowhere"),
    pytest.param({"to": "månen"}, "Vælg", id="the moon"),
    pytest.param({"reason": ""}, "mangler", id="no reason"),
    pytest.param({"reason": "æ" * 10_000}, "10.000", id="too long"),
]


@pytest.mark.parametrize(("changes", "says"), BAD)
def test_bad_discharges_are_answered_in_a_sentence_and_kept(
    client: Client, stay: Stay, checks: list[Any], changes: dict[str, str], says: str
) -> None:
    log_in(client, Role.SHELTER_STAFF, stay.shelter.unit)

    response = client.post(address("stay_discharge", stay.reference), ending(stay, **changes))

    html = response.content.decode()
    assert response.status_code == 422
    assert says in html
    assert Stay.objects.open().exists()
    if "reason" not in changes:
        assert "Flytter i egen bolig." in html


def test_a_second_press_finds_the_stay_ended(client: Client, stay: Stay, checks: list[Any]) -> None:
    log_in(client, Role.SHELTER_STAFF, stay.shelter.unit)
    url, posted = address("stay_discharge", stay.reference), ending(stay)

    client.post(url, posted)
    second = client.post(url, posted)

    assert second["Location"] == address("stay_detail", stay.reference)
    assert stay.notices.filter(kind=NoticeKind.DISCHARGE).count() == 1


def test_who_saved_meanwhile_is_shown_and_nothing_is_lost(
    client: Client, stay: Stay, checks: list[Any]
) -> None:
    log_in(client, Role.SHELTER_STAFF, stay.shelter.unit)
    seen = ending(stay)
    stay.bed = None
    stay.version += 1
    stay.save()

    response = client.post(address("stay_discharge", stay.reference), seen)

    assert response.status_code == 409
    assert "Flytter i egen bolig." in response.content.decode()
    assert Stay.objects.open().exists()


def test_T05_after_the_day_of_discharge_the_case_is_closed_to_the_shelter(
    client: Client, stay: Stay
) -> None:
    log_in(client, Role.SHELTER_STAFF, stay.shelter.unit)
    services.stay_discharge(
        stay=stay,
        discharged_on=date(2026, 8, 4),
        to=DischargeTo.FAMILY,
        reason="Bor hos sin søster.",
        actor=None,
    )
    case_url = f"/cases/{stay.case.reference}/"
    assert client.get(case_url).status_code == 200

    with frozen(datetime(2026, 8, 5, 8, 0, tzinfo=COPENHAGEN)):
        client.force_login(stay.shelter.unit.memberships.get().user)
        assert client.get(case_url).status_code == 404
        html = client.get(address("stay_detail", stay.reference)).content.decode()
        assert case_url not in html
        assert "Opholdet er slut" in html
        beds = client.get(address("resident_list")).content.decode().split("<tbody>")[1]
        assert "Mads Holm" not in beds.split("</tbody>")[0]


def test_the_number_of_queries_of_a_stay_does_not_grow(
    client: Client, stay: Stay, django_assert_max_num_queries: Any
) -> None:
    for day in range(1, 20):
        services.absence_register(
            stay=stay, starts_on=date(2026, 6, day), ends_on=date(2026, 6, day + 1), actor=None
        )
    log_in(client, Role.SHELTER_STAFF, stay.shelter.unit)
    client.get(address("stay_detail", stay.reference))

    with django_assert_max_num_queries(17):
        client.get(address("stay_detail", stay.reference))


def test_T04_an_absence_is_ended_by_its_own_shelter_alone(client: Client, stay: Stay) -> None:
    absence = services.absence_register(stay=stay, starts_on=date(2026, 8, 2), actor=None)
    url, posted = address("absence_end", absence.reference), {"ends_on": "i dag"}

    log_in(client, Role.SHELTER_LEADER, make_shelter().unit)
    assert client.post(url, posted).status_code == 404
    log_in(client, Role.ADVISER, stay.case.unit)
    assert client.post(url, posted).status_code == 403
    assert Absence.objects.get().ends_on is None
