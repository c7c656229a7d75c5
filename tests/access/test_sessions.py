"""A session belongs to the rights its user had at login."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from cases.casework.models import Case
from housingfirst.access import services
from housingfirst.access.enums import Act, Role, UnitKind
from housingfirst.access.models import Unit, User
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case
from tests.cases.pages import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> Unit:
    return make_unit()


@pytest.fixture
def administrator(unit: Unit) -> User:
    office = make_unit(kind=UnitKind.ADMINISTRATION, municipality=unit.municipality)
    return make_user(Role.ADMINISTRATOR, office)


def at_work(client: Client, user: User, unit: Unit) -> str:
    """The address of a case that `user` has open in a session of theirs."""
    case: Case = make_case(unit=unit)
    client.force_login(user)
    assert client.get(address("case_detail", case)).status_code == 200
    return address("case_detail", case)


def test_T08_a_role_that_ends_ends_the_session(
    client: Client, unit: Unit, administrator: User
) -> None:
    user = make_user(Role.ADVISER, unit)
    url = at_work(client, user, unit)

    services.membership_end(
        membership=user.memberships.get(), valid_to=timezone.localdate(), actor=administrator
    )

    assert client.get(url)["Location"].startswith("/login/")
    client.force_login(User.objects.get(pk=user.pk))
    assert client.get(url).status_code == 404


def test_T08_a_new_role_asks_for_a_new_login(
    client: Client, unit: Unit, administrator: User
) -> None:
    user = make_user(Role.ADVISER, unit)
    url = at_work(client, user, unit)

    services.membership_add(
        user=user,
        unit=unit,
        role=Role.TEAM_LEAD,
        valid_from=timezone.localdate(),
        actor=administrator,
    )

    assert client.get(url).status_code == 302
    client.force_login(User.objects.get(pk=user.pk))
    assert client.get(url).status_code == 200


def test_T08_the_next_request_of_a_member_whose_last_day_was_yesterday_is_denied(
    client: Client, unit: Unit
) -> None:
    user = make_user(Role.ADVISER, unit)
    url = at_work(client, user, unit)
    user.memberships.update(valid_to=timezone.localdate())

    assert client.get(url).status_code == 404


def test_T09_who_is_switched_off_is_out_at_once(
    client: Client, unit: Unit, administrator: User
) -> None:
    user = make_user(Role.ADVISER, unit)
    url = at_work(client, user, unit)

    services.user_change(
        user=user,
        email=user.email,
        name=user.name,
        title="",
        phone="",
        is_active=False,
        actor=administrator,
    )

    assert client.get(url).status_code == 302
    assert not User.objects.get(pk=user.pk).may(Act.CASE_VIEW)


def test_T12_a_session_left_alone_ends(client: Client, unit: Unit) -> None:
    url = at_work(client, make_user(Role.ADVISER, unit), unit)

    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert client.get(url).status_code == 302


def test_T12_pages_are_not_kept_by_the_browser(client: Client, unit: Unit) -> None:
    url = at_work(client, make_user(Role.ADVISER, unit), unit)

    assert client.get(url)["Cache-Control"] == "no-store"
