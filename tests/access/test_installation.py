"""A new installation: the command, and what its administrator can do then."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.urls import reverse

from housingfirst.access.enums import Role
from housingfirst.access.models import Membership, Municipality, User
from housingfirst.prepare import first_step, migrate

PASSWORD = "kaffe med mælk og sukker"

pytestmark = pytest.mark.django_db


def set_up(**changes: str) -> str:
    given = {"municipality": "0751", "email": "pia@example.dk", "name": "Pia Prøve"} | changes
    out = StringIO()
    call_command("set_up", stdout=out, **given)
    return out.getvalue().splitlines()[-1]


def test_the_administrator_sets_a_password_and_makes_a_unit(client: Client) -> None:
    path = set_up()

    page = client.get(path, follow=True)
    password = {"new_password1": PASSWORD, "new_password2": PASSWORD}
    client.post(page.redirect_chain[-1][0], password)
    client.post(reverse("access:login"), {"username": "pia@example.dk", "password": PASSWORD})
    made = client.post(
        reverse("access:unit_create"),
        {
            "organisation": "",
            "new_organisation": "Kilden S/I",
            "organisation_kind": "shelter_operator",
            "name": "Kilden",
            "kind": "shelter",
        },
    )

    assert made.status_code == 302, made.context["form"].errors
    aarhus = Municipality.objects.get(code="0751")
    assert aarhus.uses_system
    assert aarhus.units.filter(name="Kilden").exists()
    assert Municipality.objects.count() == 98


def test_run_again_it_gives_a_new_link_and_nothing_twice() -> None:
    first, second = set_up(), set_up()

    assert first.startswith("/password/")
    assert second.startswith("/password/")
    assert User.objects.count() == 1
    assert Membership.objects.filter(role=Role.ADMINISTRATOR).count() == 1


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"municipality": "9999"}, "9999"),
        ({"email": "pia"}, "no e-mail address"),
        ({"name": " "}, "name"),
    ],
)
def test_what_cannot_be_is_told(changes: dict[str, str], says: str) -> None:
    with pytest.raises(CommandError, match=says):
        set_up(**changes)

    assert not User.objects.exists()


def test_a_site_without_users_says_how_the_first_comes_in() -> None:
    assert any("set_up" in line for line in first_step())

    set_up()

    assert first_step() == []


def test_a_database_of_another_version_is_told_so() -> None:
    migrate()
    MigrationRecorder(connection).record_applied("cases", "0099_of_another_version")

    with pytest.raises(SystemExit, match="delete it with `make reset`"):
        migrate()
