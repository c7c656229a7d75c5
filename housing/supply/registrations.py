"""What this subject adds to the rest: told once, from `HousingConfig.ready`."""

from housing.supply import api, events
from housing.supply.dwelling_file import DwellingImporter
from housingfirst.imports.importers import register_importer


def register() -> None:
    api.register()
    events.register()
    register_importer(DwellingImporter())
