"""Dwellings and vacancies from a file."""

from housing.supply.dwelling_file.importer import DwellingImporter

__all__ = ["DwellingImporter"]
