import pytest
from django.test import Client

from housingfirst.access.models import User
from tests.housing.homes import Town


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
def as_allocator(client: Client, town: Town) -> Client:
    client.force_login(town.allocator)
    return client


@pytest.fixture
def as_adviser(client: Client, town: Town) -> Client:
    client.force_login(town.adviser)
    return client


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)
