"""Which municipality acts? The guided question of RSL § 9 behind a notice of admission."""

from datetime import date

import pytest
from django.test import Client

from housing.shelters.enums import DischargeTo, NoticeKind
from housing.shelters.models import Notice, Stay
from housing.shelters.services import notice_send, stay_discharge
from housingfirst.access.enums import Role
from housingfirst.access.models import AccessEntry, Municipality
from tests.access.factories import make_municipality
from tests.cases.factories import make_citizen
from tests.housing.factories import intake_of, make_shelter, make_stay
from tests.housing.shelters.pages import address, log_in
from tests.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]


@pytest.fixture
def fjordby() -> Municipality:
    return intake_of(make_municipality(name="Fjordby"))


def told_of(stay: Stay) -> Notice:
    notice = Notice.objects.get(stay=stay, kind=NoticeKind.ADMISSION)
    notice_send(notice=notice, actor=None)
    return notice


@pytest.fixture
def notice(fjordby: Municipality) -> Notice:
    """J3: a stay in another town, after one of which Fjordby was the acting municipality."""
    away = make_shelter(municipality=make_municipality(name="Havneborg"))
    citizen = make_citizen(name="Aputsiaq Prøve")
    first = make_stay(
        citizen=citizen, shelter=away, municipality=fjordby, admitted_on=date(2026, 6, 1)
    )
    stay_discharge(
        stay=first,
        discharged_on=date(2026, 7, 1),
        to=DischargeTo.STREET,
        reason="Gik selv",
        actor=None,
    )
    return told_of(
        make_stay(citizen=citizen, shelter=away, municipality=fjordby, admitted_on=date(2026, 8, 3))
    )


def ask(client: Client, notice: Notice, **typed: str) -> str:
    response = client.get(address("acting_municipality", notice.reference), typed)
    assert response.status_code == 200
    return read(response)


def test_what_is_known_is_filled_in(client: Client, notice: Notice) -> None:
    log_in(client, Role.ADVISER, notice.stay.case.unit)

    html = ask(client, notice)

    assert 'value="Fjordby"' in html
    assert 'value="Havneborg"' in html
    assert 'name="b-accommodation_from" value="03-08-2026"' in html
    assert "Hvad der taler for og imod" not in html
    assert AccessEntry.objects.filter(what="acting_municipality").count() == 1


def test_J3_fjordby_stays_the_acting_one(client: Client, notice: Notice) -> None:
    log_in(client, Role.ADVISER, notice.stay.case.unit)

    html = ask(
        client,
        notice,
        **{
            "a-name": "Fjordby",
            "a-acted_until_now": "on",
            "b-name": "Havneborg",
            "b-accommodation_from": "03-08-2026",
        },
    )

    assert "Bliver ved med at være handlekommune, til der er en ny" in html
    assert "RSL § 9, stk. 4" in html.replace("\u00a0", " ")
    assert "Er der kun på boform" in html
    assert "Hvor har borgeren folkeregisteradresse?" in html
    assert "Har en kommune medvirket til" in html


def test_the_reasons_become_the_remark(client: Client, notice: Notice) -> None:
    log_in(client, Role.ADVISER, notice.stay.case.unit)
    remark = "Fjordby: bliver ved (RSL § 9, stk. 4)"

    page = read(client.get(address("notice_acknowledge", notice.reference), {"remark": remark}))

    assert remark in page
    assert address("acting_municipality", notice.reference) in page


def test_a_home_elsewhere_makes_it_another(client: Client, notice: Notice) -> None:
    """The second of the appeals board's examples: a home of one's own, however short."""
    log_in(client, Role.ADVISER, notice.stay.case.unit)

    html = ask(
        client,
        notice,
        **{
            "a-name": "Fjordby",
            "a-acted_until_now": "on",
            "b-name": "Havneborg",
            "b-home_from": "20-07-2026",
        },
    )

    assert "Borgeren har bolig dér, 20. juli" in html.replace("\u00a0", " ")
    assert "Bliver ved med at være handlekommune" not in html


def test_two_with_grounds_go_to_the_board(client: Client, notice: Notice) -> None:
    log_in(client, Role.ADVISER, notice.stay.case.unit)
    typed = {"a-name": "Fjordby", "a-home_from": "01-01-2026", "b-name": "Havneborg"}

    both = ask(client, notice, **typed, **{"b-home_from": "01-02-2026"})
    nobody = ask(client, notice, **{"c-name": "Sydstrand"})
    empty = ask(client, notice, **{"c-name": ""})

    assert "Ankestyrelsen" in both
    assert "Intet i loven taler for nogen af dem" in nobody
    assert "Skriv navnet på en kommune" in empty


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("a-home_from", "x", "Har bolig dér, siden"),
        ("a-stayed_last_on", "01-02-2026", "Skriv fra hvilken dag"),
        ("a-name", "\x00" * 3, ""),
    ],
)
def test_what_cannot_be_read(
    client: Client, notice: Notice, field: str, value: str, says: str
) -> None:
    log_in(client, Role.ADVISER, notice.stay.case.unit)

    assert says in ask(client, notice, **{field: value})


def test_reversed_days_are_refused(client: Client, notice: Notice) -> None:
    log_in(client, Role.ADVISER, notice.stay.case.unit)
    typed = {"b-contributed_from": "02-03-2026", "b-contributed_last_on": "01-03-2026"}

    html = ask(client, notice, **typed)

    assert "Den sidste dag er før den første" in html
    assert "02-03-2026" in html


@pytest.mark.parametrize("role", [Role.SUPPORT_WORKER, Role.SHELTER_STAFF])
def test_only_who_answers_is_asked(client: Client, notice: Notice, role: Role) -> None:
    unit = notice.stay.shelter.unit if role is Role.SHELTER_STAFF else notice.stay.case.unit
    log_in(client, role, unit)

    response = client.get(address("acting_municipality", notice.reference))

    assert response.status_code in (403, 404)
