"""The Tuesday on which the shelters' pages are read, and a shelter; a module may have its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from housing.shelters.models import Shelter
from tests.housing.factories import intake_of, make_shelter
from tests.housing.shelters.pages import frozen


@pytest.fixture
def tuesday() -> Iterator[None]:
    with frozen():
        yield


@pytest.fixture
def shelter() -> Shelter:
    place = make_shelter(name="Kilden")
    intake_of(place.unit.municipality)
    return place
