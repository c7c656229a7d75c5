"""The case the tests close."""

import pytest

from tests.closed_cases.world import World


@pytest.fixture
def world() -> World:
    return World()
