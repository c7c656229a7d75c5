"""The shelters of a person who works at one or more, and what a day there costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from housing.shelters.models import Shelter, ShelterRate
from housingfirst.access.denied import Denied
from housingfirst.access.enums import Act, UnitKind
from housingfirst.access.models import Unit, User


class NoShelter(Denied):
    """The user has no shelter, and asked for none: perhaps nobody has registered theirs."""

    def __init__(self) -> None:
        super().__init__("shelter")


@dataclass(frozen=True, slots=True)
class Place:
    """A unit that is a shelter, and what is registered of it: None while nothing is."""

    unit: Unit
    shelter: Shelter | None

    @property
    def name(self) -> str:
        return self.shelter.name if self.shelter else self.unit.name

    @property
    def address(self) -> str:
        """What names it in the address of a page."""
        if self.shelter:
            return f"?shelter={self.shelter.reference}"
        return f"?unit={self.unit.reference}"


def shelters_of(user: User) -> list[Shelter]:
    """The shelters whose staff the user is, by name."""
    return list(
        Shelter.objects.visible_to(user).select_related("unit__municipality").order_by("name", "pk")
    )


def chosen(shelters: list[Shelter], asked: str) -> Shelter:
    """The one asked for in the address (`?shelter=`), else the first.

    Raises NoShelter when the user has none, Denied when not the one asked for.
    """
    if not asked:
        if shelters:
            return shelters[0]
        raise NoShelter
    try:
        reference = UUID(asked)
    except ValueError:
        raise Denied("shelter") from None
    for shelter in shelters:
        if shelter.reference == reference:
            return shelter
    raise Denied("shelter")


def places_of(user: User, shelters: Sequence[Shelter], act: Act) -> list[Place]:
    """The shelter units in which the user has `act`, each with its own of `shelters`."""
    known = {shelter.unit_id: shelter for shelter in shelters}
    units = [unit for unit in user.units_for(act) if unit.kind == UnitKind.SHELTER]
    return [Place(unit, known.get(unit.pk)) for unit in units]


def unregistered(user: User, shelters: Sequence[Shelter]) -> list[Place]:
    """The units whose shelter the user may register, beside the `shelters` that are theirs."""
    places = places_of(user, shelters, Act.RATE_WRITE)
    return [place for place in places if place.shelter is None]


def chosen_place(places: Sequence[Place], shelter: str, unit: str) -> Place:
    """The one whose shelter or unit is asked for, else one not registered yet, else the first.

    Raises Denied when the user has none, or not the one asked for.
    """
    if shelter or unit:
        for place in places:
            if shelter and place.shelter and str(place.shelter.reference) == shelter:
                return place
            if unit and str(place.unit.reference) == unit:
                return place
        raise Denied("shelter")
    if not places:
        raise Denied("shelter")
    return next((place for place in places if place.shelter is None), places[0])


def rate_on(shelter: Shelter, day: date) -> ShelterRate | None:
    """The price on `day` of a shelter that came through `shelters_of`: asks nothing more."""
    return next((rate for rate in shelter.rates.all() if rate.valid_from <= day), None)
