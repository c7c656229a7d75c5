"""Where each role's day begins."""

import pytest
from django.test import Client
from django.urls import reverse

from housingfirst.access import services
from housingfirst.access.enums import Role, UnitKind
from housingfirst.access.models import User
from housingfirst.access.views.login import HOMES
from tests.access.factories import LONG_AGO, make_unit, make_user

pytestmark = pytest.mark.django_db

PARTNERS = [UnitKind.BENEFITS_OFFICE, UnitKind.JOB_CENTRE, UnitKind.PSYCHIATRY]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PARTNER])
def test_each_role_has_a_page_to_begin_with(client: Client, role: Role) -> None:
    client.force_login(make_user(role))

    assert client.get("/")["Location"] == reverse(HOMES[role])


@pytest.mark.parametrize("kind", PARTNERS)
def test_a_partner_begins_with_what_it_is_asked(client: Client, kind: UnitKind) -> None:
    client.force_login(make_user(Role.PARTNER, make_unit(kind=kind)))

    assert client.get("/")["Location"] == reverse("crosssector:handoff_inbox")


def test_a_housing_organisation_begins_with_its_vacancies(client: Client) -> None:
    client.force_login(make_user(Role.PARTNER, make_unit(kind=UnitKind.HOUSING)))

    assert client.get("/")["Location"] == reverse("housing:vacancy_list")


def test_who_has_two_roles_begins_where_it_hurts_first(client: Client) -> None:
    user = make_user(Role.ADVISER)
    services.membership_add(
        user=user, unit=make_unit(), role=Role.TEAM_LEAD, valid_from=LONG_AGO, actor=None
    )
    client.force_login(User.objects.get(pk=user.pk))

    assert client.get("/")["Location"] == reverse(HOMES[Role.TEAM_LEAD])


def test_who_has_no_role_is_told_whom_to_ask(client: Client) -> None:
    client.force_login(make_user())

    response = client.get("/")

    assert response.status_code == 200
    assert "administrator" in response.content.decode()


def test_a_stranger_logs_in(client: Client) -> None:
    assert client.get("/")["Location"].startswith("/login/")
