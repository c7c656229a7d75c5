"""The agreements with the housing organisations, and what those have let by themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from housing.models import AllocationAgreement, Vacancy
from housing.supply.enums import DwellingKind, VacancyEnd

if TYPE_CHECKING:
    from crosssector.demo.lives import Lives

AGREED: Final = {"Fjordbo": 3, "Fjordby Almene": 4}
"""Every so many vacancies of the whole organisation; with the others the law's share holds."""
KEPT_FOR_EACH: Final = 3


def turns(lives: Lives) -> None:
    """Agreements from New Year, and vacancies that went to the organisations' own lists."""
    rows, town = lives.rows, lives.town
    new_year = rows.today.replace(month=1, day=1)
    allocator = town.people["allocator"][0]
    for key, unit in sorted(town.units.items()):
        if key.startswith("housing:") and unit.name in AGREED:
            AllocationAgreement.objects.create(
                unit=unit,
                starts_on=new_year,
                every=AGREED[unit.name],
                counted_before=1,
                remark="Aftalt på det årlige møde med boligorganisationen.",
                made_by=allocator,
            )
    had = [row for row in rows.of(Vacancy) if row.dwelling.kind == DwellingKind.FAMILY]
    free: dict[int, list[int]] = {}
    for at, dwelling in enumerate(town.free_dwellings):
        free.setdefault(dwelling.estate_id, []).append(at)
    for vacancy in had:
        spare = free.get(vacancy.dwelling.estate_id, [])
        for _kept in range(rows.random.randint(1, KEPT_FOR_EACH + 1)):
            if not spare:
                break
            dwelling = town.free_dwellings[rows.random.choice(spare)]
            reported = min(vacancy.reported_on + rows.days(-30, 30), rows.today - timedelta(days=1))
            rows.add(
                Vacancy(
                    dwelling=dwelling,
                    municipality=town.municipality,
                    reported_on=reported,
                    reported_by=town.people["housing:0"][0],
                    available_from=reported + rows.days(20, 60),
                    rent_dkk=dwelling.rent_dkk,
                    deposit_dkk=dwelling.deposit_dkk,
                    closed_on=reported,
                    ended=VacancyEnd.KEPT,
                )
            )
