"""`manage.py import_dwellings FILE --unit Boliganvisningen [--apply]`: dwellings and vacancies."""

from housingfirst.imports.command import ImportCommand


class Command(ImportCommand):
    help = "Import dwellings and vacancies from a CSV or XLSX file."
    importer_key = "dwellings"
