"""What the tests of the shelters' pages share."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

import time_machine
from django.test import Client
from django.urls import reverse

from housing.shelters.models import Shelter
from housingfirst.access.enums import Role
from housingfirst.access.models import Unit, User
from housingfirst.law.days import COPENHAGEN
from tests.access.factories import make_user

NOW = datetime(2026, 8, 4, 9, 0, tzinfo=COPENHAGEN)


def frozen(now: datetime = NOW) -> time_machine.travel:
    return time_machine.travel(now, tick=False)


def log_in(client: Client, role: Role, unit: Unit | None) -> User:
    assert unit is not None
    user = make_user(role, unit)
    client.force_login(user)
    return user


def admission(shelter: Shelter, **changes: Any) -> dict[str, Any]:
    """The quick form as it is posted when only what must be typed is typed."""
    return {
        "shelter": str(shelter.reference),
        "form_key": str(uuid4()),
        "cpr": "",
        "has_no_cpr": "on",
        "name": "Mads Holm",
        "birth_date": "",
        "admitted_at": "03-08-2026 kl. 22.40",
        "bed": "none",
        "route": "self",
        "reason": "Sov i en opgang.",
        "municipality": shelter.unit.municipality.code,
        "daily_rate_dkk": "1.450 kr.",
        "resident_payment_dkk": "",
        "elsewhere_from": "",
        "elsewhere_to": "",
        "elsewhere_source": "",
    } | changes


def address(name: str, *args: Any) -> str:
    return reverse(f"housing:{name}", args=args)
