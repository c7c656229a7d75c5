"""A shelter's admissions and discharges from a file."""

from housing.shelters.stay_file.importer import StayImporter

__all__ = ["StayImporter"]
