"""The importer of stays, as the import engine knows it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from housing.shelters.models import Shelter
from housing.shelters.stay_file.apply import admit, correct
from housing.shelters.stay_file.columns import COLUMNS
from housing.shelters.stay_file.plan import StayRow, fetch, plan_line
from housingfirst.access.enums import Act
from housingfirst.access.models import Unit, User
from housingfirst.imports.columns import Column, ReadLine
from housingfirst.imports.enums import LineStatus
from housingfirst.imports.importers import Planned, Progress


class StayImporter:
    """Admissions and discharges of one shelter: the unit's."""

    key = "stays"
    label: str | Promise = _("Import stays")
    act = Act.STAY_IMPORT
    columns: Sequence[Column] = COLUMNS

    def plan(self, lines: Sequence[ReadLine], unit: Unit, actor: User | None) -> list[Planned]:
        if not Shelter.objects.filter(unit=unit).exists():
            missing = gettext("The shelter is not registered yet. Its leader does that first.")
            return [Planned(line.number, LineStatus.ERROR, missing) for line in lines]
        known = fetch(_shelter(unit), lines)
        return [plan_line(line, known) for line in lines]

    def apply(
        self, plan: Sequence[Planned], unit: Unit, actor: User | None, progress: Progress
    ) -> None:
        fresh = _rows(plan, LineStatus.NEW)
        admit(fresh, _shelter(unit), actor, progress)
        correct(_rows(plan, LineStatus.CHANGED), actor, progress, len(fresh))


def _rows(plan: Sequence[Planned], status: LineStatus) -> list[StayRow]:
    return [line.data for line in plan if line.status == status]


def _shelter(unit: Unit) -> Shelter:
    return Shelter.objects.select_related("unit__municipality", "unit__group").get(unit=unit)
