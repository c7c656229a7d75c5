"""The pages of those who ask."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cases.casework.models import Case
from crosssector.handoffs import services
from crosssector.handoffs.models import Handoff, ServiceLevel
from housingfirst.access.enums import Role, UnitKind
from housingfirst.access.models import Unit, User
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case, make_citizen
from tests.crosssector.factories import make_benefits_office, make_handoff, make_partner
from tests.housing.homes import make_offer, make_referral
from tests.reading import read
from tests.support.factories import make_adviser

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return make_case(
        unit=make_unit(name="Team Bolig"),
        citizen=make_citizen(name="Sanne Bay Thorlund"),
        opened_on=timezone.localdate() - timedelta(days=60),
    )


@pytest.fixture
def office(case: Case) -> Unit:
    return make_benefits_office(municipality=case.municipality)


@pytest.fixture
def adviser(case: Case, client: Client) -> User:
    user = make_adviser(case)
    client.force_login(user)
    return user


def tab(case: Case) -> str:
    return reverse("crosssector:handoff_tab", args=[case.reference])


def ask(case: Case) -> str:
    return reverse("crosssector:handoff_ask", args=[case.reference])


def on(name: str, case: Case, handoff: Handoff) -> str:
    return reverse(f"crosssector:handoff_{name}", args=[case.reference, handoff.reference])


def typed(office: Unit, **changes: Any) -> dict[str, Any]:
    return {
        "form_key": str(uuid4()),
        "to_unit": str(office.reference),
        "offer": "",
        "amount_dkk": "21.900",
        "rent_dkk": "4.870",
        "income_dkk": "",
        "text": "",
        "legal_basis": "Samtykke 2. nov.",
    } | changes


def test_what_is_known_of_the_offer_is_filled_in(
    client: Client, case: Case, office: Unit, adviser: User
) -> None:
    offer = make_offer(referral=make_referral(case=case))

    html = read(client.get(ask(case)))

    assert "fra tilbuddet" in html
    assert "15.000 kr." in html
    assert str(offer.reference) in html
    assert "24 timer" in html


def test_asked_twice_by_the_same_press_it_is_asked_once(
    client: Client, case: Case, office: Unit, adviser: User
) -> None:
    data = typed(office)

    answers = [client.post(ask(case), data) for _press in range(2)]

    assert [answer.headers["Location"] for answer in answers] == [tab(case)] * 2
    handoff = Handoff.objects.get()
    assert (handoff.to_unit, handoff.asked_by, str(handoff.amount_dkk)) == (
        office,
        adviser,
        "21900.00",
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param({"to_unit": ""}, "vælg", id="no-unit"),
        pytest.param({"to_unit": "x"}, "Vælg et andet", id="forged-unit"),
        pytest.param({"to_unit": str(uuid4())}, "Vælg et andet", id="unknown-unit"),
        pytest.param({"offer": str(uuid4())}, "Vælg et andet", id="unknown-offer"),
        pytest.param({"amount_dkk": ""}, "mangler", id="no-amount"),
        pytest.param({"amount_dkk": "0"}, "mindst", id="nothing"),
        pytest.param({"amount_dkk": "meget"}, "Skriv et beløb", id="no-number"),
        pytest.param({"rent_dkk": "-1"}, "mindst", id="negative-rent"),
        pytest.param({"income_dkk": "9" * 20}, "højst", id="huge-income"),
        pytest.param({"legal_basis": "  "}, "mangler", id="no-basis"),
        pytest.param({"text": "æ" * 10_000}, "2.000", id="ten-thousand-letters"),
    ],
)
def test_bad_input_is_answered_in_words_and_kept(
    client: Client,
    case: Case,
    office: Unit,
    adviser: User,
    changes: dict[str, str],
    message: str,
) -> None:
    response = client.post(ask(case), typed(office, **{"text": "Behold mig 🙂", **changes}))

    assert response.status_code == 422
    assert message in read(response)
    assert ("Behold mig 🙂" in read(response)) is ("text" not in changes)
    assert not Handoff.objects.exists()


def test_asking_again_says_that_it_is_asked_already(
    client: Client, case: Case, office: Unit, adviser: User
) -> None:
    make_handoff(case=case, to_unit=office)

    assert client.post(ask(case), typed(office)).status_code == 422


def test_without_an_office_the_page_says_what_to_do(
    client: Client, case: Case, adviser: User
) -> None:
    html = read(client.get(ask(case)))

    assert "Intet ydelsescenter" in html
    assert 'name="amount_dkk"' not in html


def test_without_an_agreement_the_page_says_so(client: Client, case: Case, adviser: User) -> None:
    office = make_benefits_office(municipality=case.municipality, hours=None)

    assert "ikke aftalt en frist med Ydelsescenter" in read(client.get(ask(case)))
    response = client.post(ask(case), typed(office))

    assert response.status_code == 422
    assert "Ydelsescenter" in read(response)


def test_the_tab_follows_a_handoff_to_its_answer(
    client: Client, case: Case, office: Unit, adviser: User
) -> None:
    handoff, partner = make_handoff(case=case, to_unit=office), make_partner(office)
    assert "Hos Ydelsescenter" in read(client.get(tab(case)))
    assert "Ikke åbnet" in read(client.get(tab(case)))

    services.handoff_question(handoff=handoff, text="Har I et kontoudtog?", actor=partner)
    html = read(client.get(tab(case)))
    assert "De spørger os" in html
    assert "Har I et kontoudtog?" in html

    empty = client.post(on("reply", case, handoff), {"reply": "  "})
    assert empty.status_code == 422
    sent = client.post(on("reply", case, handoff), {"reply": "Det er sendt."})
    assert sent.headers["Location"] == tab(case)
    again = client.post(on("reply", case, handoff), {"reply": "Igen"})
    assert again.status_code == 422

    handoff.refresh_from_db()
    services.handoff_grant(handoff=handoff, granted_dkk=handoff.amount_dkk, actor=partner)
    assert "Bevilget: 21.900 kr." in read(client.get(tab(case)))


def test_the_tab_names_whom_to_call_when_it_is_late(
    client: Client, case: Case, office: Unit, adviser: User
) -> None:
    ServiceLevel.objects.update(contact_name="Anja Frøslev", contact_phone="99 00 41 30")
    handoff = make_handoff(case=case, to_unit=office)
    assert "Anja Frøslev, 99 00 41 30" in read(client.get(tab(case)))

    Handoff.objects.filter(pk=handoff.pk).update(due_at=timezone.now() - timedelta(hours=3))

    html = read(client.get(tab(case)))
    assert "3 timer over" in html
    assert "Ring til Anja Frøslev, 99 00 41 30" in html


def test_withdrawing_is_done_once(client: Client, case: Case, office: Unit, adviser: User) -> None:
    handoff = make_handoff(case=case, to_unit=office)

    for _press in range(2):
        assert client.post(on("withdraw", case, handoff)).status_code == 302

    handoff.refresh_from_db()
    assert handoff.status == "withdrawn"
    assert client.get(on("withdraw", case, handoff)).status_code == 405


def test_a_handoff_of_another_case_is_not_found(
    client: Client, case: Case, office: Unit, adviser: User
) -> None:
    other = make_handoff(case=make_case(unit=case.unit, citizen=make_citizen()), to_unit=office)

    assert client.post(on("reply", case, other), {"reply": "Hej"}).status_code == 404
    assert client.post(on("withdraw", case, other)).status_code == 404


@pytest.mark.parametrize("role", [Role.ADVISER, Role.TEAM_LEAD, Role.SUPPORT_WORKER])
def test_another_units_people_find_nothing(client: Client, case: Case, role: Role) -> None:
    client.force_login(make_user(role, make_unit(municipality=case.municipality)))

    assert client.get(tab(case)).status_code == 404


def test_a_shelter_does_not_see_the_handoffs(client: Client, case: Case) -> None:
    client.force_login(make_user(Role.SHELTER_STAFF, make_unit(kind=UnitKind.SHELTER)))

    assert client.get(tab(case)).status_code == 404


@pytest.mark.parametrize("rows", [1, 20])
def test_the_tabs_queries_do_not_grow(
    client: Client,
    case: Case,
    office: Unit,
    adviser: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    rows: int,
) -> None:
    partner = make_partner(office)
    for _row in range(rows):
        handoff = make_handoff(case=case, to_unit=office)
        services.handoff_question(handoff=handoff, text="Hvornår?", actor=partner)
        services.handoff_refuse(handoff=handoff, text="Nej", actor=partner)
    client.get(tab(case))

    with django_assert_max_num_queries(15 + 2):  # the request's savepoint and its release
        client.get(tab(case))
