"""A unit, its case and the adviser who is logged in; a test module may have its own."""

import pytest
from django.test import Client

from cases.casework.models import Case
from cases.citizens.enums import Protection
from housingfirst.access.enums import Role
from housingfirst.access.models import Unit, User
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case, make_citizen


@pytest.fixture
def unit() -> Unit:
    return make_unit(name="Hjemløseteamet")


@pytest.fixture
def case(unit: Unit) -> Case:
    return make_case(unit=unit, citizen=make_citizen(name="Sanne Bay", protection=Protection.NO))


@pytest.fixture
def adviser(unit: Unit, client: Client) -> User:
    user = make_user(Role.ADVISER, unit, name="Line Aagaard")
    client.force_login(user)
    return user
