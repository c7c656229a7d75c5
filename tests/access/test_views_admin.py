"""The pages of the administrator and the auditor are for them alone."""

import pytest
from django.test import Client

from housingfirst.access.enums import LogAction, Role
from housingfirst.access.models import AccessEntry, Unit, User
from tests.access.factories import make_user
from tests.access.pages import url
from tests.cases.factories import make_case
from tests.cases.pages import address

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", list(Role))
def test_each_page_is_for_its_role_alone(client: Client, unit: Unit, role: Role) -> None:
    user = make_user(role, unit)
    client.force_login(user)
    pages = {
        Role.ADMINISTRATOR: ["user_list", "user_create", "unit_list", "unit_create"],
        Role.AUDITOR: ["log_audit"],
    }

    for owner, names_ in pages.items():
        for name in names_:
            expected = 200 if role == owner else 403
            assert client.get(url(name)).status_code == expected, name


def test_a_refused_page_is_logged(client: Client, unit: Unit) -> None:
    user = make_user(Role.ADVISER, unit)
    client.force_login(user)

    client.get(url("user_list"))

    entry = AccessEntry.objects.get(action=LogAction.DENIED)
    assert (entry.user, entry.what) == (user, "access:user_list")


def test_T28_an_administrator_opens_no_case(
    client: Client, unit: Unit, administrator: User
) -> None:
    assert client.get(address("case_detail", make_case(unit=unit))).status_code == 404
    assert client.get("/cases/").status_code == 403
