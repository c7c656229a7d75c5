"""What is known of the shelter itself: from the first save on, it can take people in."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from housing.shelters.access import require_in
from housing.shelters.clock import clocks_refresh
from housing.shelters.enums import Section
from housing.shelters.errors import NotAShelterUnit, ShelterNameMissing
from housing.shelters.events import SHELTER_SAVED
from housing.shelters.models import Shelter, Stay
from housingfirst.access.enums import Act, UnitKind
from housingfirst.access.models import Unit, User
from housingfirst.base.db import save_as
from housingfirst.events.services import record


@transaction.atomic
def shelter_save(
    *,
    unit: Unit,
    name: str,
    section: Section,
    address: str,
    phone: str,
    registered_number: str,
    today: date,
    actor: User | None,
    registered_from: date | None = None,
    version: int | None = None,
) -> tuple[Shelter, bool]:
    """The shelter of `unit`, made when there is none; and whether it was made.

    What a shelter runs under decides whose days are counted, and its day on Tilbudsportalen which
    are refunded, so the clocks of those who stay there follow both. `version` is the version the
    actor saw, 0 where there was none. Raises NotAShelterUnit, ShelterNameMissing, StaleVersion.
    """
    require_in(actor, unit, Act.RATE_WRITE)
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    if unit.kind != UnitKind.SHELTER:
        raise NotAShelterUnit
    if not name.strip():
        raise ShelterNameMissing
    found = Shelter.objects.filter(unit=unit).first()
    shelter = found or Shelter(unit=unit)
    before = shelter.section, shelter.registered_number, shelter.registered_from
    shelter.name = name.strip()
    shelter.section = section
    shelter.address = address.strip()
    shelter.phone = phone.strip()
    shelter.registered_number = registered_number.strip()
    shelter.registered_from = registered_from
    save_as(actor, shelter, version=version)
    after = shelter.section, shelter.registered_number, shelter.registered_from
    if found is not None and before != after:
        residents = Stay.objects.open().filter(shelter=shelter)
        clocks_refresh(list(residents.values_list("citizen_id", flat=True)), today)
    record(SHELTER_SAVED, actor=actor, subject=shelter.reference, section=section)
    return shelter, found is None
