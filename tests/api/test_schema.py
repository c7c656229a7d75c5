"""What the description promises, asked with values made from it and values it forbids."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance, unsupported_method

from housingfirst.access.enums import Role
from housingfirst.local.places import PROJECT
from housingfirst.wsgi import application
from tests.access.factories import make_user
from tests.api.factories import system_client
from tests.housing.factories import make_bed, make_stay

pytestmark = pytest.mark.django_db

schema = schemathesis.openapi.from_path(PROJECT / "docs/api/openapi.yaml")
schema.app = application


NOT_IN_THE_DESCRIPTION: Final = (
    positive_data_acceptance,  # that a bed is the shelter's own, or a code a municipality's
    unsupported_method,  # who may not write is told that, not which methods there are
)


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """Requests come through WSGI here; the test's transaction must outlive each of them."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def token() -> str:
    """Of a shelter's system, with every scope, in a municipality with something to find."""
    stay = make_stay()
    make_bed(shelter=stay.shelter)
    user = make_user(Role.SHELTER_STAFF, stay.shelter.unit)
    system_client(user, "cases:read stays:read stays:write vacancies:read vacancies:write")
    return f"Bearer token-{user.reference}"


@schema.parametrize()
@settings(
    max_examples=25,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_one_that_is_described(case: Any, token: str) -> None:
    with transaction.atomic():
        case.call_and_validate(
            headers={"Authorization": token}, excluded_checks=[*NOT_IN_THE_DESCRIPTION]
        )
        transaction.set_rollback(True)
