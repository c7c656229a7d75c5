"""A unit, and the administrator who is logged in; a test module may have its own unit."""

import pytest
from django.core.cache import cache
from django.test import Client

from housingfirst.access.enums import Role, UnitKind
from housingfirst.access.models import Unit, User
from tests.access.factories import make_unit, make_user


@pytest.fixture
def unit() -> Unit:
    return make_unit(name="Hjemløseteamet")


@pytest.fixture
def administrator(unit: Unit, client: Client) -> User:
    cache.clear()
    office = make_unit(kind=UnitKind.ADMINISTRATION, municipality=unit.municipality)
    user = make_user(Role.ADMINISTRATOR, office, name="Adam Min")
    client.force_login(user)
    return user
