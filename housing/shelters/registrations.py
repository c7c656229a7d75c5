"""What this subject adds to the rest: told once, from `HousingConfig.ready`."""

from housing.shelters import api, events
from housing.shelters.stay_file import StayImporter
from housingfirst.imports.importers import register_importer


def register() -> None:
    api.register()
    events.register()
    register_importer(StayImporter())
