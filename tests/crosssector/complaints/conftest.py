"""A case with a decision that its citizen was told of on 26 October; it is 17 November."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine

from cases.casework.models import Case
from housingfirst.access.enums import Role
from housingfirst.access.models import User
from support.methods.models import SupportDecision
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case
from tests.crosssector.complaints.complaining import TOLD
from tests.support.factories import make_decision


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel("2026-11-17 12:00+01:00", tick=False):
        yield


@pytest.fixture
def case() -> Case:
    found: Case = make_case(unit=make_unit(), opened_on=date(2025, 1, 1))
    return found


@pytest.fixture
def adviser(case: Case) -> User:
    return make_user(Role.ADVISER, case.unit)


@pytest.fixture
def decision(case: Case) -> SupportDecision:
    return make_decision(case=case, decided_on=TOLD, starts_on=TOLD)
