"""Housing organisations' estates and dwellings, and the vacancies they report."""

from housing.supply.models.places import (
    Area,
    Dwelling,
    Estate,
    municipality_ids,
    own_unit_ids,
)
from housing.supply.models.vacancies import Vacancy, VacancyQuerySet

__all__ = [
    "Area",
    "Dwelling",
    "Estate",
    "Vacancy",
    "VacancyQuerySet",
    "municipality_ids",
    "own_unit_ids",
]
