"""Giving a thing to a colleague, on the pages."""

from __future__ import annotations

import pytest
from django.test import Client

from cases.casework.models import Case
from housingfirst.access.enums import Role
from housingfirst.access.models import AccessBlock, Unit, User
from housingfirst.deadlines.models import Deadline
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case, make_citizen
from tests.cases.pages import queries
from tests.crosssector.worklist.pages import MY_DAY, html_of, work_of
from tests.deadlines.factories import make_deadline

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday_noon")]


class World:
    def __init__(self) -> None:
        self.unit: Unit = make_unit()
        self.line: User = make_user(Role.ADVISER, self.unit, name="Line Aagaard")
        self.mads: User = make_user(Role.SUPPORT_WORKER, self.unit, name="Mads Ryvang")
        citizen = make_citizen(name="Preben Dall")
        self.case: Case = make_case(unit=self.unit, adviser=self.line, citizen=citizen)
        self.deadline: Deadline = make_deadline(unit=self.unit, case=self.case, person=self.line)
        self.url = f"/deadlines/{self.deadline.reference}/give/"


@pytest.fixture
def world() -> World:
    return World()


def test_given_it_moves_to_the_colleagues_list_and_says_why(client: Client, world: World) -> None:
    assert world.url in work_of(client, world.line)

    response = client.post(
        world.url, {"to": str(world.mads.reference), "reason": "ferie", "back": "/my-day/?f=due"}
    )

    assert (response.status_code, response["Location"]) == (302, "/my-day/?f=due")
    assert "Preben Dall" not in work_of(client, world.line)
    theirs = work_of(client, world.mads)
    assert "Preben Dall" in theirs
    assert "Given to you by Line Aagaard" in theirs
    assert "ferie" in theirs
    unit_list = work_of(client, world.line, f"/unit-day/?unit={world.unit.reference}")
    assert "Given to Mads Ryvang by Line Aagaard" in unit_list
    overview = html_of(client, world.line, f"/cases/{world.case.reference}/")
    assert "Mads Ryvang." in overview

    client.force_login(world.mads)
    client.post(f"/deadlines/{world.deadline.reference}/give-back/")
    assert "Preben Dall" in work_of(client, world.line)


def test_what_is_given_is_not_nobodys(client: Client, world: World) -> None:
    Deadline.objects.update(person=None)
    url = f"/unit-day/?unit={world.unit.reference}&f=nobody"
    assert 'class="wl-i"' in work_of(client, world.line, url)
    client.post(world.url, {"to": str(world.mads.reference), "reason": "ferie"})
    assert 'class="wl-i"' not in work_of(client, world.line, url)


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        pytest.param({"to": "MADS", "reason": ""}, "one word will do.", id="no-reason"),
        pytest.param({"to": "", "reason": "ferie"}, "Choose a colleague.", id="nobody"),
        pytest.param({"to": "OTHER", "reason": "ferie"}, "data-errors", id="another-unit"),
        pytest.param({"to": "x" * 500, "reason": "ferie"}, "data-errors", id="nonsense"),
        pytest.param({"to": "MADS", "reason": "x" * 201}, "Shorten it", id="too-long"),
        pytest.param({}, "Choose a colleague.", id="nothing"),
    ],
)
def test_bad_input_is_told_and_kept(
    client: Client, world: World, posted: dict[str, str], sentence: str
) -> None:
    html_of(client, world.line, world.url)
    people = {"MADS": world.mads.reference, "OTHER": make_user(Role.ADVISER).reference}
    values = {key: str(people.get(value, value)) for key, value in posted.items()}

    response = client.post(world.url, values)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert posted.get("reason", "")[:50] in response.content.decode()
    assert Deadline.objects.filter(given_to=None).exists()


def test_a_relative_is_not_offered(client: Client, world: World) -> None:
    assert world.mads.name in html_of(client, world.line, world.url)
    AccessBlock.objects.create(user=world.mads, citizen=world.case.citizen, reason="Søster")
    assert world.mads.name not in html_of(client, world.line, world.url)


def test_a_thing_of_others_is_not_there(client: Client, world: World) -> None:
    client.force_login(make_user(Role.ADVISER, make_unit()))
    assert client.get(world.url).status_code == 404
    assert client.post(world.url, {"reason": "ferie"}).status_code == 404
    assert client.get(f"/deadlines/{world.deadline.reference}/").status_code == 404


def test_the_way_in_from_outside(client: Client, world: World) -> None:
    client.force_login(world.line)
    url = f"/deadlines/{world.deadline.reference}/"
    assert client.get(url)["Location"] == f"/cases/{world.case.reference}/"
    Deadline.objects.update(closed_at="2026-11-17T10:00Z")
    assert client.get(url)["Location"] == MY_DAY


def test_queries_do_not_grow_with_what_was_given(client: Client, world: World) -> None:
    client.force_login(world.mads)

    def fill(n: int) -> None:
        for _number in range(n):
            case = make_case(unit=world.unit, adviser=world.line)
            deadline = make_deadline(unit=world.unit, case=case, person=world.line)
            Deadline.objects.filter(pk=deadline.pk).update(
                given_to=world.mads, given_by=world.line, given_reason="ferie"
            )

    fill(1)
    one = queries(client, MY_DAY)
    fill(19)
    assert queries(client, MY_DAY) <= one <= 15
