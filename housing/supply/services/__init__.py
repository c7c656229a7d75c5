"""Writes about estates, dwellings and the vacancies reported of them."""

from housing.supply.services.places import (
    DwellingValues,
    EstateValues,
    area_save,
    dwelling_save,
    estate_save,
    require_for,
)
from housing.supply.services.vacancies import vacancy_change, vacancy_close, vacancy_report

__all__ = [
    "DwellingValues",
    "EstateValues",
    "area_save",
    "dwelling_save",
    "estate_save",
    "require_for",
    "vacancy_change",
    "vacancy_close",
    "vacancy_report",
]
