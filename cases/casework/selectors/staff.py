"""Whom a case can be given to, and whom to ask about one that is not ours."""

from __future__ import annotations

from datetime import date
from typing import Final

from housingfirst.access.enums import Role, UnitKind
from housingfirst.access.models import Membership, Municipality, Unit

ADVISERS: Final = (Role.ADVISER, Role.HYBRID, Role.TEAM_LEAD)


def teams_of(municipality: Municipality) -> list[Unit]:
    """The units that can be responsible for a case."""
    return list(municipality.units.filter(kind=UnitKind.TEAM).order_by("name"))


def advisers_on(municipality: Municipality, day: date) -> list[Membership]:
    """Who can be adviser in one of those units on `day`, by name."""
    return list(
        Membership.objects.on(day)
        .with_roles(ADVISERS)
        .filter(unit__municipality=municipality, unit__kind=UnitKind.TEAM, user__is_active=True)
        .select_related("user")
        .order_by("user__name", "pk")
    )


def intake_of(municipality: Municipality) -> Unit | None:
    """The unit that takes intake: it knows whose a case is."""
    return municipality.units.filter(takes_intake=True).first()
