"""Choices and those who make them."""

from __future__ import annotations

from datetime import date

from housingfirst.access.enums import Role, UnitKind
from housingfirst.access.models import Municipality, User
from housingfirst.lawbook.models import MunicipalChoice
from housingfirst.lawbook.services import choice_set
from tests.access.factories import make_unit, make_user

TODAY = date(2026, 11, 22)
PER_YEAR = ("reimbursement.cap_transition", "per_year")


def make_administrator(municipality: Municipality, role: Role = Role.ADMINISTRATOR) -> User:
    kind = UnitKind.TEAM if role is Role.TEAM_LEAD else UnitKind.ADMINISTRATION
    return make_user(role, make_unit(kind=kind, municipality=municipality))


def choose(
    municipality: Municipality,
    key: str = PER_YEAR[0],
    value: str = PER_YEAR[1],
    *,
    actor: User | None = None,
    reason: str = "Besluttet af direktionen.",
    decided_on: date | None = None,
    seen: str | None = None,
    today: date = TODAY,
) -> MunicipalChoice:
    return choice_set(
        municipality=municipality,
        key=key,
        value=value,
        decided_on=decided_on or today,
        reason=reason,
        actor=actor,
        today=today,
        seen=seen,
    )
