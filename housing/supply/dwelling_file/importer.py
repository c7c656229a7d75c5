"""The importer of dwellings and vacancies, as the import engine knows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.utils import bulk_create_with_history

from housing.supply.dwelling_file.columns import COLUMNS
from housing.supply.events import VACANCY_REPORTED
from housing.supply.models import Area, Dwelling, Estate, Vacancy
from housing.supply.rent import settle
from housing.supply.services import vacancy_change
from housingfirst.access.enums import Act, UnitKind
from housingfirst.access.models import Unit, User
from housingfirst.base.db import save_as
from housingfirst.events.services import record_many
from housingfirst.imports.columns import Column, ReadLine
from housingfirst.imports.enums import LineStatus
from housingfirst.imports.importers import Planned, Progress, error_line
from housingfirst.law.days import COPENHAGEN
from housingfirst.lawbook.selectors import choices_of

OF_DWELLING: Final = (
    "address", "kind", "rooms", "size_m2", "floor", "has_lift", "step_free",
    "has_outdoor_space", "pets_allowed", "rent_dkk", "deposit_dkk",
)  # fmt: skip
NEEDED: Final = ("address", "rooms", "size_m2", "rent_dkk", "deposit_dkk")
TITLES: Final = {column.key: column.name for column in COLUMNS}
Key = tuple[int, str, str]
"""A dwelling of the file: organisation, estate and number, in small letters."""


@dataclass(slots=True)
class DwellingRow:
    """What `apply` needs of a row that is new or changed."""

    key: Key
    unit: Unit
    values: Mapping[str, Any]
    dwelling: Dwelling | None
    vacancy: Vacancy | None
    """The dwelling's open vacancy, if it has one."""


class DwellingImporter:
    """Dwellings of the housing organisations in the unit's municipality, and their vacancies."""

    key = "dwellings"
    label: str | Promise = gettext_lazy("Import dwellings and vacancies")
    act = Act.DWELLING_IMPORT
    columns: Sequence[Column] = COLUMNS

    def plan(self, lines: Sequence[ReadLine], unit: Unit, actor: User | None) -> list[Planned]:
        place = unit.municipality
        organisations = {
            one.name.casefold(): one
            for one in place.units.filter(kind=UnitKind.HOUSING).select_related("organisation")
        }
        dwellings: dict[Key, Dwelling] = {}
        estates: set[tuple[int, str]] = set()
        for dwelling in Dwelling.objects.filter(estate__area__municipality=place).select_related(
            "estate"
        ):
            estate = dwelling.estate
            dwellings[estate.unit_id, estate.name.casefold(), dwelling.number.casefold()] = dwelling
        for unit_id, name in Estate.objects.filter(area__municipality=place).values_list(
            "unit", "name"
        ):
            estates.add((unit_id, name.casefold()))
        vacancies = {
            vacancy.dwelling_id: vacancy
            for vacancy in Vacancy.objects.filter(municipality=place, closed_on__isnull=True)
        }
        seen: dict[Key, int] = {}
        return [
            self._plan_line(line, organisations, dwellings, estates, vacancies, seen)
            for line in lines
        ]

    def apply(
        self, plan: Sequence[Planned], unit: Unit, actor: User | None, progress: Progress
    ) -> None:
        rows: list[DwellingRow] = [
            line.data for line in plan if line.status in (LineStatus.NEW, LineStatus.CHANGED)
        ]
        estates = _estates(rows, unit, actor)
        fresh = [row for row in rows if row.dwelling is None]
        for row in fresh:
            row.dwelling = Dwelling(
                estate=estates[row.key[:2]],
                number=row.values["number"],
                **{name: row.values[name] for name in OF_DWELLING if row.values[name] is not None},
            )
        _write(Dwelling, [row.dwelling for row in fresh], actor)
        progress(len(fresh))
        for row in rows:
            if row not in fresh and row.dwelling is not None:
                _correct(row.dwelling, row.values, actor)
        _vacancies(rows, unit, actor)
        progress(len(rows))

    def _plan_line(
        self,
        line: ReadLine,
        organisations: Mapping[str, Unit],
        dwellings: Mapping[Key, Dwelling],
        estates: set[tuple[int, str]],
        vacancies: Mapping[int, Vacancy],
        seen: dict[Key, int],
    ) -> Planned:
        values = line.values
        if line.errors:
            return error_line(line)
        missing = [k for k in ("organisation", "estate", "number") if not values[k]]
        if missing:
            return error_line(line, _lacks(missing))
        owner = organisations.get(values["organisation"].casefold())
        if owner is None:
            text = _("There is no housing organisation “%(name)s” in the municipality.")
            return error_line(line, text % {"name": values["organisation"]})
        key = (owner.pk, values["estate"].casefold(), values["number"].casefold())
        if key in seen:
            text = _("The same dwelling stands in row %(row)s.")
            return error_line(line, text % {"row": seen[key]})
        seen[key] = line.number
        dwelling = dwellings.get(key)
        problems = _problems(values, dwelling, is_new_estate=key[:2] not in estates)
        if problems:
            return error_line(line, *problems)
        if values["area"]:
            estates.add(key[:2])
        vacancy = vacancies.get(dwelling.pk) if dwelling else None
        row = DwellingRow(key, owner, values, dwelling, vacancy)
        if dwelling is None:
            return Planned(line.number, LineStatus.NEW, _told(values), row)
        changed = [
            TITLES[name]
            for name in OF_DWELLING
            if values[name] is not None and values[name] != getattr(dwelling, name)
        ]
        if values["available_from"] is not None and vacancy is None:
            changed.append(_told(values))
        elif vacancy is not None:
            changed += [TITLES[name] for name in _vacancy_changes(values, vacancy)]
        if not changed:
            return Planned(line.number, LineStatus.SAME)
        return Planned(line.number, LineStatus.CHANGED, ", ".join(changed), row)


def _problems(
    values: Mapping[str, Any], dwelling: Dwelling | None, *, is_new_estate: bool
) -> list[str]:
    problems = []
    if dwelling is None:
        missing = [name for name in NEEDED if values[name] is None]
        if is_new_estate and not values["area"]:
            missing.append("area")
        if missing:
            problems.append(_lacks(missing))
    answer = values["answer_on"]
    if answer is not None and values["available_from"] is None:
        problems.append(_("There is an answer date but no date from which it is vacant."))
    if answer is not None and answer < timezone.localdate():
        problems.append(_("The answer date has passed."))
    return problems


def _lacks(keys: Sequence[str]) -> str:
    return _("Missing: %(columns)s.") % {"columns": ", ".join(TITLES[key] for key in keys)}


def _told(values: Mapping[str, Any]) -> str:
    since: date | None = values["available_from"]
    return _("vacant from %(day)s") % {"day": since.strftime("%d-%m-%Y")} if since else ""


def _vacancy_changes(values: Mapping[str, Any], vacancy: Vacancy) -> list[str]:
    known = {
        "available_from": vacancy.available_from,
        "answer_on": timezone.localdate(vacancy.answer_by) if vacancy.answer_by else None,
        "vacancy_rent_from": vacancy.vacancy_rent_from,
    }
    return [name for name, value in known.items() if values[name] not in (None, value)]


def _estates(
    rows: Sequence[DwellingRow], unit: Unit, actor: User | None
) -> dict[tuple[int, str], Estate]:
    """Every estate of the file by organisation and name; areas and estates are made as needed."""
    place = unit.municipality
    areas = {area.name.casefold(): area for area in Area.objects.filter(municipality=place)}
    estates = {
        (estate.unit_id, estate.name.casefold()): estate
        for estate in Estate.objects.filter(area__municipality=place)
    }
    for row in rows:
        name = row.values["area"]
        if row.key[:2] in estates or not name:
            continue
        if name.casefold() not in areas:
            area = Area(municipality=place, name=name)
            save_as(actor, area)
            areas[name.casefold()] = area
        estate = Estate(unit=row.unit, area=areas[name.casefold()], name=row.values["estate"])
        save_as(actor, estate)
        estates[row.key[:2]] = estate
    return estates


def _correct(dwelling: Dwelling, values: Mapping[str, Any], actor: User | None) -> None:
    wanted = {name: values[name] for name in OF_DWELLING if values[name] is not None}
    if any(getattr(dwelling, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(dwelling, name, value)
        save_as(actor, dwelling, reason="import")


def _vacancies(rows: Sequence[DwellingRow], unit: Unit, actor: User | None) -> None:
    today = timezone.localdate()
    choices = choices_of(unit.municipality_id)
    fresh = []
    for row in rows:
        values, dwelling, vacancy = row.values, row.dwelling, row.vacancy
        answer = values["answer_on"]
        answer_by = datetime.combine(answer, time(12), COPENHAGEN) if answer else None
        if dwelling is None:
            continue
        if vacancy is None and values["available_from"] is not None:
            vacancy = Vacancy(
                dwelling=dwelling,
                municipality=unit.municipality,
                reported_on=today,
                reported_by=actor,
                available_from=values["available_from"],
                answer_agreed_by=answer_by,
                rent_agreed_from=values["vacancy_rent_from"],
                rent_dkk=dwelling.rent_dkk,
                deposit_dkk=dwelling.deposit_dkk,
            )
            settle(vacancy, choices)
            fresh.append(vacancy)
        elif vacancy is not None and (changes := _vacancy_changes(values, vacancy)):
            if "answer_on" not in changes:  # the file knows the day alone, and it is the same
                answer_by = vacancy.answer_agreed_by
            vacancy_change(
                vacancy=vacancy,
                available_from=values["available_from"] or vacancy.available_from,
                answer_by=answer_by,
                vacancy_rent_from=values["vacancy_rent_from"] or vacancy.rent_agreed_from,
                rent_dkk=vacancy.rent_dkk,
                deposit_dkk=vacancy.deposit_dkk,
                remark=vacancy.remark,
                actor=actor,
            )
    _write(Vacancy, fresh, actor)
    now = timezone.now()
    record_many(
        [
            (
                VACANCY_REPORTED,
                None,
                vacancy.reference,
                now,
                {"rooms": vacancy.dwelling.rooms, "rent": vacancy.rent_dkk},
            )
            for vacancy in fresh
        ],
        actor=actor,
    )


def _write(model: type[Dwelling | Vacancy], rows: Sequence[Any], actor: User | None) -> None:
    if rows:
        bulk_create_with_history(
            rows, model, batch_size=500, default_user=actor, default_change_reason="import"
        )
