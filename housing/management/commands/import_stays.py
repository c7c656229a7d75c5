"""`manage.py import_stays FILE --unit Kilden [--apply]`: a shelter's admissions and discharges."""

from housingfirst.imports.command import ImportCommand


class Command(ImportCommand):
    help = "Import a shelter's admissions and discharges from a CSV or XLSX file."
    importer_key = "stays"
