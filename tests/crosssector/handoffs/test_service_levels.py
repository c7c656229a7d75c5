"""The team lead keeps what is agreed with the units that may be asked."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from crosssector.handoffs import services
from crosssector.handoffs.enums import HandoffKind
from crosssector.handoffs.errors import HoursOutOfRange, UnitCannotAnswer
from crosssector.handoffs.models import ServiceLevel
from crosssector.handoffs.service_levels import service_level_remove, service_level_set
from housingfirst.access.enums import Role, UnitKind
from housingfirst.access.models import Municipality, Unit, User
from housingfirst.base.errors import NotPermitted
from housingfirst.events.models import Event
from housingfirst.law.days import COPENHAGEN
from tests.access.factories import make_municipality, make_unit, make_user
from tests.cases.factories import make_case
from tests.crosssector.factories import BASIS, make_benefits_office, make_handoff, make_partner
from tests.reading import read
from tests.support.factories import make_adviser

pytestmark = pytest.mark.django_db

PAGE = reverse("crosssector:service_levels")
REMOVE = reverse("crosssector:service_level_remove")


@pytest.fixture
def place() -> Municipality:
    return make_municipality()


@pytest.fixture
def office(place: Municipality) -> Unit:
    return make_benefits_office(municipality=place, name="Ydelsescenter", hours=None)


@pytest.fixture
def lead(place: Municipality, client: Client) -> User:
    user = make_user(Role.TEAM_LEAD, make_unit(municipality=place))
    client.force_login(user)
    return user


def page(unit: Unit, *, kind: str = "deposit_loan", of: str = PAGE) -> str:
    return f"{of}?unit={unit.reference}&kind={kind}"


def typed(**changes: str) -> dict[str, str]:
    return {
        "version": "0",
        "hours": "48",
        "working_days_only": "on",
        "contact_name": "Anja Frøslev",
        "contact_phone": "99 00 41 30",
    } | changes


def agree(unit: Unit, actor: User | None, **changes: Any) -> ServiceLevel:
    values: dict[str, Any] = {
        "kind": HandoffKind.DEPOSIT_LOAN,
        "hours": 48,
        "working_days_only": True,
        "contact_name": "",
        "contact_phone": "",
    }
    return service_level_set(unit=unit, actor=actor, **values | changes)


def test_the_lead_agrees_and_then_it_can_be_asked(client: Client, office: Unit, lead: User) -> None:
    assert "Ikke aftalt" in read(client.get(PAGE))

    after = read(client.post(page(office), typed(), follow=True))

    assert "Aftalen med Ydelsescenter er gemt" in after
    assert "Ikke aftalt" not in after
    level = ServiceLevel.objects.get(unit=office)
    assert (level.hours, level.working_days_only) == (48, True)
    assert (level.contact_name, level.contact_phone) == ("Anja Frøslev", "99 00 41 30")
    assert Event.objects.get(kind="service_level.set").actor == lead
    client.post(page(office), typed(version="1", hours="24", working_days_only=""))
    level.refresh_from_db()
    assert (level.hours, level.working_days_only) == (24, False)
    assert ServiceLevel.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param({"hours": ""}, "mangler", id="no-hours"),
        pytest.param({"hours": "0"}, "fra 1 til 720", id="none"),
        pytest.param({"hours": "721"}, "fra 1 til 720", id="too-many"),
        pytest.param({"hours": "snart"}, "fra 1 til 720", id="words"),
        pytest.param({"contact_phone": "9" * 21}, "20", id="too-long"),
    ],
)
def test_bad_input_is_kept_and_explained_where_it_was_typed(
    client: Client, office: Unit, lead: User, changes: dict[str, str], message: str
) -> None:
    make_benefits_office(municipality=office.municipality, name="A-kontoret", hours=36)

    response = client.post(page(office), typed(**changes))

    html = read(response)
    assert response.status_code == 422
    assert message in html
    assert html.count('value="Anja Frøslev"') == 1
    assert 'value="36"' in html
    assert not ServiceLevel.objects.filter(unit=office).exists()


def test_a_unit_of_another_place_or_kind_is_not_on_the_list(
    client: Client, office: Unit, lead: User
) -> None:
    there = make_benefits_office(name="Ydelsesstedet", hours=None, municipality=make_municipality())
    job_centre = make_unit(kind=UnitKind.JOB_CENTRE, municipality=office.municipality)

    assert "Ydelsesstedet" not in read(client.get(PAGE))
    for unit in (there, job_centre):
        response = client.post(page(unit), typed())
        assert response.status_code == 422
        assert "ikke længere på listen" in read(response)
    assert client.post(page(office, kind="x"), typed()).status_code == 422
    assert client.post(page(there, of=REMOVE), {"version": "1"}).status_code == 422
    assert not ServiceLevel.objects.exists()


def test_who_may(client: Client, office: Unit, lead: User) -> None:
    adviser = make_user(Role.ADVISER, lead.home_unit)
    stranger = make_user(Role.TEAM_LEAD, make_unit(municipality=make_municipality()))
    for actor in (adviser, stranger, make_user(Role.PARTNER, office)):
        with pytest.raises(NotPermitted):
            agree(office, actor)
        with pytest.raises(NotPermitted):
            service_level_remove(unit=office, kind=HandoffKind.DEPOSIT_LOAN, actor=actor)
    client.force_login(adviser)
    assert client.get(PAGE).status_code == 403
    assert client.post(page(office), typed()).status_code == 403
    assert client.post(page(office, of=REMOVE)).status_code == 403


def test_the_service_holds_what_can_be_agreed(office: Unit) -> None:
    for hours in (0, 721):
        with pytest.raises(HoursOutOfRange):
            agree(office, None, hours=hours)
    with pytest.raises(UnitCannotAnswer):
        agree(make_unit(kind=UnitKind.JOB_CENTRE), None)


def test_who_asks_without_an_agreement_is_told_who_keeps_it(
    client: Client, office: Unit, lead: User
) -> None:
    case = make_case(unit=lead.home_unit, opened_on=timezone.localdate())
    ask = reverse("crosssector:handoff_ask", args=[case.reference])
    sent = {"to_unit": str(office.reference), "amount_dkk": "21.900", "legal_basis": BASIS}

    assert f'href="{PAGE}">Skriv, hvad der er aftalt' in read(client.get(ask))
    client.force_login(make_adviser(case))
    html = read(client.get(ask))
    assert "Teamlederen skriver, hvad der er aftalt" in html
    assert f'href="{PAGE}"' not in html
    refused = client.post(ask, sent)
    assert refused.status_code == 422
    assert "under Aftaler om svartid" in read(refused)


def test_without_a_unit_to_ask_it_says_who_makes_one(client: Client, lead: User) -> None:
    assert "Administratoren opretter" in read(client.get(PAGE))


def test_the_queries_do_not_grow_with_the_units(
    client: Client, office: Unit, lead: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        make_benefits_office(municipality=office.municipality, name=f"Kontor {number}")
    with django_assert_max_num_queries(14):  # the test's own savepoint and release among them
        client.get(PAGE)


class TestChanges:
    """What is agreed changes; what was agreed before, and what was asked under it, stands."""

    def test_the_page_says_who_agreed_what_and_when(
        self, client: Client, office: Unit, lead: User
    ) -> None:
        agree(office, lead, hours=48, contact_name="Anja")
        agree(office, lead, hours=24, working_days_only=False)

        html = read(client.get(PAGE))

        assert "Ændringer i aftalen" in html
        assert html.index(f"{lead.name}: 24 timer, alle dage") < html.index(
            f"{lead.name}: 48 timer, kun hverdage. Anja"
        )
        event = Event.objects.filter(kind="service_level.set").latest("pk")
        assert (event.data["hours_before"], event.data["hours"]) == (48, 24)

    def test_of_two_who_change_it_the_second_chooses(
        self, client: Client, office: Unit, lead: User
    ) -> None:
        agree(office, None)
        agree(office, make_user(Role.TEAM_LEAD, lead.home_unit, name="Ida Lund"), hours=24)

        for version in ("0", "1"):
            response = client.post(page(office), typed(version=version))
            assert response.status_code == 409
            assert "Ida Lund gemte" in read(response)
        assert ServiceLevel.objects.get().hours == 24

        settled = typed(version="2") | {"choice-hours": "theirs", "choice-contact_name": "mine"}
        client.post(page(office), settled)
        level = ServiceLevel.objects.get()
        assert (level.hours, level.contact_name) == (24, "Anja Frøslev")

    def test_it_is_removed_and_its_past_stays(
        self, client: Client, office: Unit, lead: User
    ) -> None:
        agree(office, lead)
        assert page(office, of=REMOVE) in read(client.get(PAGE))

        after = read(client.post(page(office, of=REMOVE), {"version": "1"}, follow=True))

        assert "Aftalen med Ydelsescenter er fjernet." in after
        assert "Ikke aftalt" in after
        assert f"{lead.name}: fjernet" in after
        assert "48 timer" in after
        assert page(office, of=REMOVE) not in after
        removed = Event.objects.get(kind="service_level.removed")
        assert (removed.actor, removed.data["hours_before"]) == (lead, 48)
        again = client.post(page(office, of=REMOVE), {"version": "1"})
        assert again.status_code == 302

    def test_one_that_was_changed_meanwhile_is_not_removed(
        self, client: Client, office: Unit, lead: User
    ) -> None:
        agree(office, lead)
        agree(office, lead, hours=24)

        response = client.post(page(office, of=REMOVE), {"version": "1"})

        assert response.status_code == 409
        assert "er ændret imens" in read(response)
        assert ServiceLevel.objects.exists()

    def test_who_changes_one_that_was_removed_is_told(
        self, client: Client, office: Unit, lead: User
    ) -> None:
        response = client.post(page(office), typed(version="1"))

        assert response.status_code == 422
        assert "blev fjernet, mens du skrev" in read(response)
        assert 'name="version" value="0"' in read(response)

    def test_an_open_handoff_keeps_its_deadline_and_how_it_is_counted(
        self, office: Unit, lead: User
    ) -> None:
        """Asked on Friday at 10 for all days; a question of two hours moves it by two hours."""
        agree(office, lead, hours=24, working_days_only=False)
        case = make_case(unit=lead.home_unit)
        partner = make_partner(office)
        friday = datetime(2026, 11, 20, 10, tzinfo=COPENHAGEN)
        with time_machine.travel(friday, tick=False):
            handoff = make_handoff(case=case, to_unit=office)

        agree(office, lead, hours=72, working_days_only=True)
        handoff.refresh_from_db()
        assert handoff.due_at == friday + timedelta(hours=24)
        service_level_remove(unit=office, kind=HandoffKind.DEPOSIT_LOAN, actor=lead)
        with time_machine.travel(friday + timedelta(hours=1), tick=False):
            services.handoff_question(handoff=handoff, text="Hvad?", actor=partner)
        with time_machine.travel(friday + timedelta(hours=3), tick=False):
            services.handoff_reply(handoff=handoff, text="Det.", actor=make_adviser(case))

        handoff.refresh_from_db()
        assert handoff.due_at == friday + timedelta(hours=26)
