"""What the import commands share: a dry run with its report, then the same file applied."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from housingfirst.access.models import Unit
from housingfirst.base.errors import DomainError
from housingfirst.imports.enums import LineStatus
from housingfirst.imports.importers import importer_of
from housingfirst.imports.services import plan_of

SHOWN = 50


class ImportCommand(BaseCommand):
    """`FILE --unit NAME` shows what the file would do; `--apply` does it, in one transaction."""

    importer_key: ClassVar[str]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="CSV or XLSX; see the page for the columns")
        parser.add_argument("--unit", required=True, help="the unit's name, such as the shelter's")
        parser.add_argument(
            "--apply", action="store_true", help="write it; without this it is a dry run"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        importer = importer_of(self.importer_key)
        unit = self._unit(options["unit"])
        try:
            content = Path(options["file"]).read_bytes()
        except OSError as error:
            raise CommandError(f"The file cannot be read: {error.strerror}.") from None
        try:
            with transaction.atomic():
                plan = plan_of(importer, unit, content, None)
                self._report([(line.number, line.status, line.text) for line in plan])
                if options["apply"]:
                    importer.apply(plan, unit, None, self._progress)
        except DomainError as error:
            raise CommandError(str(error)) from None
        self.stdout.write("Applied." if options["apply"] else "Dry run: nothing was written.")

    def _unit(self, name: str) -> Unit:
        units = Unit.objects.filter(name__iexact=name)
        if len(units) != 1:
            raise CommandError(
                f"There are {len(units)} units called “{name}”. Write its full name."
            )
        return units[0]

    def _report(self, lines: list[tuple[int, LineStatus, str]]) -> None:
        counts = Counter(status for _number, status, _text in lines)
        self.stdout.write(", ".join(f"{status.value}: {counts[status]}" for status in LineStatus))
        told = [line for line in lines if line[1] in (LineStatus.ERROR, LineStatus.CHANGED)]
        for number, status, text in told[:SHOWN]:
            self.stdout.write(f"  row {number}: {status.value}: {text}")
        if len(told) > SHOWN:
            self.stdout.write(f"  … and {len(told) - SHOWN} more")

    def _progress(self, done: int) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"{done} rows", ending="\r")
