"""The shelters of a person who works at one or more, and what a day there costs."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from housing.shelters.models import Shelter, ShelterRate
from housingfirst.access.denied import Denied
from housingfirst.access.models import User


def shelters_of(user: User) -> list[Shelter]:
    """The shelters whose staff the user is, by name."""
    return list(
        Shelter.objects.visible_to(user).select_related("unit__municipality").order_by("name", "pk")
    )


def chosen(shelters: list[Shelter], asked: str) -> Shelter:
    """The one asked for in the address (`?shelter=`), else the first.

    Raises Denied when the user has none, or not the one asked for.
    """
    if not asked:
        if shelters:
            return shelters[0]
        raise Denied("shelter")
    try:
        reference = UUID(asked)
    except ValueError:
        raise Denied("shelter") from None
    for shelter in shelters:
        if shelter.reference == reference:
            return shelter
    raise Denied("shelter")


def rate_on(shelter: Shelter, day: date) -> ShelterRate | None:
    """The price on `day` of a shelter that came through `shelters_of`: asks nothing more."""
    return next((rate for rate in shelter.rates.all() if rate.valid_from <= day), None)
