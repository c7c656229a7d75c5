"""Writes about areas, estates and dwellings."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from housing.supply.enums import DwellingKind
from housing.supply.errors import (
    AreaElsewhere,
    AreaNameInUse,
    DwellingNumberInUse,
    EstateNameInUse,
)
from housing.supply.models import Area, Dwelling, Estate
from housingfirst.access.enums import Act, Role
from housingfirst.access.services import require
from housingfirst.base.db import constraint_as, save_as
from housingfirst.base.errors import NotPermitted

if TYPE_CHECKING:
    from housingfirst.access.models import Municipality, Unit, User


@dataclass(frozen=True, slots=True, kw_only=True)
class EstateValues:
    """What is known of an estate; `barred_reason` belongs to `allocation_barred`."""

    name: str
    area: Area
    allocation_barred: bool = False
    barred_reason: str = ""
    flexible_letting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DwellingValues:
    """What a dwelling is. `floor` 0 is the ground floor; rent per month without utilities."""

    number: str
    address: str
    rooms: int
    size_m2: int
    rent_dkk: Decimal
    deposit_dkk: Decimal
    kind: DwellingKind = DwellingKind.FAMILY
    floor: int = 0
    has_lift: bool = False
    step_free: bool = False
    has_outdoor_space: bool = False
    pets_allowed: bool = False


def require_for(actor: User | None, estate: Estate, act: Act) -> None:
    """A housing organisation acts on its own estates, the municipality's people on those in it.

    Raises NotPermitted. `actor` None is the system.
    """
    if actor is None:
        return
    require(actor, act)
    for membership in actor.current_memberships:
        if act not in membership.acts:
            continue
        if membership.role == Role.PARTNER:
            if membership.unit_id == estate.unit_id:
                return
        elif membership.unit.municipality_id == estate.area.municipality_id:
            return
    raise NotPermitted


@transaction.atomic
def area_save(
    *, municipality: Municipality, name: str, actor: User | None, area: Area | None = None
) -> Area:
    """A new area of the municipality, or another name for one. Raises AreaNameInUse."""
    _require_in(actor, municipality, Act.ESTATE_WRITE)
    area = area or Area(municipality=municipality)
    area.name = name.strip()
    with constraint_as({"housing_area_unique": AreaNameInUse}):
        save_as(actor, area)
    return area


@transaction.atomic
def estate_save(
    *,
    unit: Unit,
    values: EstateValues,
    actor: User | None,
    estate: Estate | None = None,
    version: int | None = None,
) -> Estate:
    """A new estate of the housing organisation `unit`, or a change. Raises EstateNameInUse."""
    _require_in(actor, values.area.municipality, Act.ESTATE_WRITE)
    if estate is not None and estate.area.municipality_id != values.area.municipality_id:
        raise AreaElsewhere
    estate = estate or Estate(unit=unit)
    for name, value in _fields(values).items():
        setattr(estate, name, value)
    if not estate.allocation_barred:
        estate.barred_reason = ""
    with constraint_as({"housing_estate_name_unique": EstateNameInUse}):
        save_as(actor, estate, version=version)
    return estate


@transaction.atomic
def dwelling_save(
    *,
    estate: Estate,
    values: DwellingValues,
    actor: User | None,
    dwelling: Dwelling | None = None,
    version: int | None = None,
) -> Dwelling:
    """A new dwelling of the estate, or a change. Raises DwellingNumberInUse."""
    require_for(actor, estate, Act.VACANCY_REPORT)
    dwelling = dwelling or Dwelling(estate=estate)
    for name, value in _fields(values).items():
        setattr(dwelling, name, value)
    with constraint_as({"housing_dwelling_unique": DwellingNumberInUse}):
        save_as(actor, dwelling, version=version)
    return dwelling


def _require_in(actor: User | None, municipality: Municipality, act: Act) -> None:
    if actor is None:
        return
    if municipality.pk not in {unit.municipality_id for unit in actor.units_for(act)}:
        raise NotPermitted


def _fields(values: EstateValues | DwellingValues) -> dict[str, object]:
    return {field.name: getattr(values, field.name) for field in fields(values)}
