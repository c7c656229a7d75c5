"""People, units and rights for tests. Every value a test asserts on is named in the test."""

from __future__ import annotations

from datetime import date
from itertools import count

from housingfirst.access import services
from housingfirst.access.enums import OrganisationKind, Role, UnitKind
from housingfirst.access.models import Municipality, Organisation, Unit, User

LONG_AGO = date(2020, 1, 1)
_numbers = count(1)


def make_municipality(*, name: str = "", uses_system: bool = True) -> Municipality:
    n = next(_numbers)
    return Municipality.objects.create(
        code=f"{n % 10_000:04d}", name=name or f"Prøveby {n}", uses_system=uses_system
    )


def make_unit(
    *,
    kind: UnitKind = UnitKind.TEAM,
    municipality: Municipality | None = None,
    name: str = "",
    takes_intake: bool = False,
    organisation_kind: OrganisationKind = OrganisationKind.MUNICIPAL,
) -> Unit:
    n = next(_numbers)
    return services.unit_create(
        organisation=Organisation.objects.create(name=f"Organisation {n}", kind=organisation_kind),
        municipality=municipality or make_municipality(),
        name=name or f"Enhed {n}",
        kind=kind,
        takes_intake=takes_intake,
    )


def make_user(role: Role | None = None, unit: Unit | None = None, *, name: str = "") -> User:
    """A user; with `role` a member of `unit` (or of a new one) from long ago."""
    n = next(_numbers)
    user = User.objects.create_user(f"person{n}@example.org", name=name or f"Person {n}")
    if role is not None:
        services.membership_add(
            user=user, unit=unit or make_unit(), role=role, valid_from=LONG_AGO, actor=None
        )
        user.refresh_from_db()
    return user
