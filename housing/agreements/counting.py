"""The quarter rule counted: whose each vacancy was, group by group, by what is agreed.

A group is an estate with an agreement of its own, the other estates of an organisation with one
agreement, or an estate without any, where the law's share holds. Family dwellings count, in the
order they were reported; what the organisation withdrew was no vacancy.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from housing.agreements.models import AllocationAgreement
from housing.supply.enums import DwellingKind, VacancyEnd
from housing.supply.models import Estate, Vacancy
from housingfirst.law import allocation as law

RELEASED: Final = frozenset(
    {
        VacancyEnd.RETURNED_RENT,
        VacancyEnd.RETURNED_SIZE,
        VacancyEnd.RETURNED_AREA,
        VacancyEnd.RETURNED_OTHER,
    }
)
"""The municipality had it and let it go."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A vacancy as the count needs it. `ended` is "" while it is open."""

    pk: int
    reference: UUID
    number: str
    estate_id: int
    estate: str
    rooms: int
    reported_on: date
    ended: str

    @property
    def key(self) -> str:
        """Orders those of one day as they came."""
        return f"{self.pk:020d}"


@dataclass(frozen=True, slots=True)
class Group:
    """One count. Without an `agreement` the law's share holds; `estate` None is several estates.

    `vacancies` has the vacancy of each turn of `quarter` by its reference there.
    """

    unit_id: int
    estate: Estate | None
    agreement: AllocationAgreement | None
    quarter: law.Quarter
    vacancies: Mapping[str, Counted]

    @property
    def is_next(self) -> bool:
        """Whether the very next vacancy is the municipality's."""
        return self.quarter.until_next == 1


def groups_of(unit_ids: Collection[int], day: date) -> dict[int, list[Group]]:
    """The counts of each organisation as they stand on `day`. Three queries."""
    estates = list(Estate.objects.filter(unit__in=unit_ids).order_by("name", "pk"))
    whole, single = _in_force(unit_ids, day)
    of_group: dict[tuple[int, int | None], list[Counted]] = defaultdict(list)
    of_estate = _vacancies(unit_ids, day)
    found: dict[int, list[Group]] = {unit_id: [] for unit_id in unit_ids}
    together: set[int] = set()
    for estate in estates:
        mine = of_estate.get(estate.pk, [])
        if estate.pk not in single and estate.unit_id in whole:
            of_group[estate.unit_id, None] += mine
            together.add(estate.unit_id)
            continue
        agreement = single.get(estate.pk)
        found[estate.unit_id].append(_group(estate.unit_id, estate, agreement, mine, day))
    for unit_id in unit_ids:
        if unit_id in together:
            rest = of_group[unit_id, None]
            found[unit_id].insert(0, _group(unit_id, None, whole[unit_id], rest, day))
    return found


def group_of(estate: Estate, day: date) -> Group:
    """The count in which the estate's vacancies stand. At most three queries."""
    groups = groups_of([estate.unit_id], day)[estate.unit_id]
    own = next((group for group in groups if group.estate and group.estate.pk == estate.pk), None)
    return own or groups[0]


def _in_force(
    unit_ids: Collection[int], day: date
) -> tuple[dict[int, AllocationAgreement], dict[int, AllocationAgreement]]:
    """What holds on `day` for whole organisations, by unit, and for single estates, by estate."""
    whole: dict[int, AllocationAgreement] = {}
    single: dict[int, AllocationAgreement] = {}
    begun = AllocationAgreement.objects.begun(day).of_organisations(unit_ids)
    for agreement in begun.order_by("starts_on", "pk"):
        if agreement.estate_id is None:
            whole[agreement.unit_id] = agreement
        else:
            single[agreement.estate_id] = agreement
    return whole, single


def _vacancies(unit_ids: Collection[int], day: date) -> dict[int, list[Counted]]:
    """By estate, those reported through `day`."""
    rows = (
        Vacancy.objects.filter(
            dwelling__estate__unit__in=unit_ids,
            dwelling__kind=DwellingKind.FAMILY,
            reported_on__lte=day,
        )
        .exclude(ended=VacancyEnd.WITHDRAWN)
        .order_by("reported_on", "pk")
        .values_list(
            "pk", "reference", "dwelling__number", "dwelling__estate_id",
            "dwelling__estate__name", "dwelling__rooms", "reported_on", "ended",
        )
    )  # fmt: skip
    found: dict[int, list[Counted]] = defaultdict(list)
    for row in rows:
        counted = Counted(*row)
        found[counted.estate_id].append(counted)
    return found


def _group(
    unit_id: int,
    estate: Estate | None,
    agreement: AllocationAgreement | None,
    vacancies: Sequence[Counted],
    day: date,
) -> Group:
    terms: dict[str, Any] = {}
    if agreement is not None:
        terms = {"every": agreement.every, "offset": agreement.counted_before}
        vacancies = [one for one in vacancies if one.reported_on >= agreement.starts_on]
    return Group(
        unit_id=unit_id,
        estate=estate,
        agreement=agreement,
        quarter=law.quarter([_as_law(one) for one in vacancies], on=day, **terms),
        vacancies={one.key: one for one in vacancies},
    )


def _as_law(vacancy: Counted) -> law.Vacancy:
    is_released = vacancy.ended in RELEASED
    return law.Vacancy(
        reference=vacancy.key,
        vacant_on=vacancy.reported_on,
        was_given=vacancy.ended != VacancyEnd.KEPT and not is_released,
        was_released=is_released,
    )
