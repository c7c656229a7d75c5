"""What a new installation begins with: the municipalities there are, and a first administrator."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Final

from django.contrib.auth.tokens import default_token_generator
from django.db import transaction

from housingfirst.access.enums import LogAction, OrganisationKind, Role, UnitKind
from housingfirst.access.errors import NoSuchMunicipality
from housingfirst.access.log import log
from housingfirst.access.models import Membership, Municipality, Organisation, Unit, User
from housingfirst.access.services import unit_create

CODES: Final = Path(__file__).with_name("municipalities.csv")
"""Code and name of the 98 municipalities, as in the national register."""


def municipalities_load() -> None:
    """The municipalities that citizens may belong to; those that are there stay as they are."""
    with CODES.open(encoding="utf-8", newline="") as source:
        Municipality.objects.bulk_create(
            [Municipality(code=row["code"], name=row["name"]) for row in csv.DictReader(source)],
            ignore_conflicts=True,
        )


@transaction.atomic
def install(*, code: str, email: str, name: str, today: date) -> tuple[User, str]:
    """Let the municipality use the system, with an administrator; the secret of their first link.

    Run again it makes another administrator, or a new link for the one there is. Raises
    NoSuchMunicipality.
    """
    municipalities_load()
    place = Municipality.objects.select_for_update().filter(code=code).first()
    if place is None:
        raise NoSuchMunicipality(code=code)
    place.uses_system = True
    place.save(update_fields=["uses_system"])
    unit = _administration(place)
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User.objects.create_user(email, None, name=name)
    held = Membership.objects.on(today).filter(user=user, unit=unit, role=Role.ADMINISTRATOR)
    if not held.exists():
        Membership.objects.create(user=user, unit=unit, role=Role.ADMINISTRATOR, valid_from=today)
    log(None, LogAction.CHANGED, (), what="password_link", detail=user.email)
    return user, default_token_generator.make_token(user)


def _administration(place: Municipality) -> Unit:
    """The unit that administrators belong to, and the municipality's organisation."""
    unit = place.units.filter(kind=UnitKind.ADMINISTRATION).order_by("pk").first()
    if unit is not None:
        return unit
    organisation, _made = Organisation.objects.get_or_create(
        municipality=place,
        kind=OrganisationKind.MUNICIPAL,
        defaults={"name": f"{place.name} Kommune"},
    )
    return unit_create(
        organisation=organisation,
        municipality=place,
        name="Systemadministration",
        kind=UnitKind.ADMINISTRATION,
    )
