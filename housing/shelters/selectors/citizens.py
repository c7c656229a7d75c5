"""Whether somebody at the door is already registered."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Max
from django.db.models.functions import Lower

from cases.citizens.models import Citizen
from housing.shelters.models import Shelter, Stay

ALIKE: Final = 0.4
"""Trigram similarity from which two names may be one person's; PostgreSQL's own limit is 0.3."""
MOST: Final = 5


def similar_citizens(name: str, birth_date: date | None) -> list[Citizen]:
    """Citizens with the same date of birth and a similar name, most similar first.

    For services and for the warning at registration, which says how many there are and nothing
    about them that the asker did not type.
    """
    if birth_date is None or not name.strip():
        return []
    alike = TrigramSimilarity(Lower("name"), name.strip().lower())
    return list(
        Citizen.objects.filter(birth_date=birth_date)
        .annotate(alike=alike)
        .filter(alike__gte=ALIKE)
        .order_by("-alike", "pk")[:MOST]
    )


def known_at(shelter: Shelter, citizens: Collection[Citizen]) -> dict[int, date]:
    """When each of the citizens was last admitted to the shelter; those who never were are out."""
    stays = Stay.objects.filter(shelter=shelter, citizen__in=citizens).values_list("citizen_id")
    return dict(stays.annotate(last=Max("admitted_on")))
