"""A reader of the worklist's pages."""

from __future__ import annotations

from django.test import Client

from housingfirst.access.enums import Role
from housingfirst.access.models import Unit, User
from tests.access.factories import make_unit, make_user

MY_DAY = "/my-day/"


def team_of_one() -> tuple[Unit, User]:
    unit = make_unit()
    user = make_user(Role.ADVISER, unit)
    return unit, user


def html_of(client: Client, user: User, url: str = MY_DAY) -> str:
    user.language = "en"
    user.save()
    client.force_login(user)
    response = client.get(url)
    assert response.status_code == 200, response.content[:500]
    return response.content.decode()


def work_of(client: Client, user: User, url: str = MY_DAY) -> str:
    """The page without what stands beside the list."""
    return html_of(client, user, url).split("<h2>Since yesterday")[0]
