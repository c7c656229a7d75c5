"""A file of dwellings and vacancies: dry run, apply, and the same file again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from housing.supply.models import Dwelling, Estate, Vacancy
from housingfirst.access.enums import UnitKind
from housingfirst.access.models import Unit
from housingfirst.imports.enums import LineStatus
from housingfirst.imports.importers import Planned, importer_of
from housingfirst.imports.services import plan_of
from tests.access.factories import make_unit
from tests.housing.homes import make_organisation

pytestmark = pytest.mark.django_db

HEADER = (
    "Boligorganisation;Afdeling;Område;Bolignummer;Adresse;Rum;Areal;Etage;Husleje;Indskud;"
    "Ledig fra;Svarfrist"
)
NEW, SAME = LineStatus.NEW, LineStatus.SAME
CHANGED, ERROR = LineStatus.CHANGED, LineStatus.ERROR


def soon(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).strftime("%d-%m-%Y")


def row(**changes: str) -> str:
    cells = {
        "organisation": "Fjordbo",
        "estate": "Havnen",
        "area": "Havnekvarteret",
        "number": "1-2",
        "address": "Skonnertvej 8, st. tv.",
        "rooms": "2",
        "size": "51",
        "floor": "st.",
        "rent": "4.930,00",
        "deposit": "23.200",
        "available": soon(10),
        "answer": soon(5),
    }
    return ";".join((cells | changes).values())


@pytest.fixture
def allocators() -> Unit:
    unit = make_unit(kind=UnitKind.ALLOCATION)
    make_organisation(municipality=unit.municipality, name="Fjordbo")
    return unit


def plan(unit: Unit, *rows: str) -> Sequence[Planned]:
    content = "\n".join((HEADER, *rows)).encode()
    return plan_of(importer_of("dwellings"), unit, content, None)


def apply(unit: Unit, *rows: str) -> list[LineStatus]:
    planned = plan(unit, *rows)
    importer_of("dwellings").apply(planned, unit, None, lambda _done: None)
    return [line.status for line in planned]


def test_a_row_becomes_a_dwelling_with_a_vacancy(allocators: Unit) -> None:
    assert apply(allocators, row()) == [NEW]

    vacancy = Vacancy.objects.get()
    assert vacancy.dwelling.address == "Skonnertvej 8, st. tv."
    assert (vacancy.dwelling.floor, vacancy.rent_dkk) == (0, Decimal("4930.00"))
    assert vacancy.dwelling.estate.area.name == "Havnekvarteret"
    assert vacancy.municipality == allocators.municipality


def test_the_same_file_twice_changes_nothing(allocators: Unit) -> None:
    rows = [row(), row(number="1-3", available="", answer="")]

    assert (apply(allocators, *rows), apply(allocators, *rows)) == ([NEW, NEW], [SAME, SAME])
    assert (Estate.objects.count(), Dwelling.objects.count(), Vacancy.objects.count()) == (1, 2, 1)


def test_a_later_file_corrects_the_rent_and_reports_the_vacancy(allocators: Unit) -> None:
    apply(allocators, row(available="", answer=""))

    [line] = plan(allocators, row(rent="5.010"))
    apply(allocators, row(rent="5.010"))

    assert line.status == CHANGED
    assert "Husleje" in line.text
    assert Vacancy.objects.get().rent_dkk == Dwelling.objects.get().rent_dkk == Decimal("5010.00")


def test_an_open_vacancy_is_corrected_not_reported_again(allocators: Unit) -> None:
    apply(allocators, row())

    assert apply(allocators, row(available=soon(20))) == [CHANGED]
    assert Vacancy.objects.get().available_from == timezone.localdate() + timedelta(days=20)


def test_a_correction_keeps_the_hour_of_an_answer_on_the_same_day(allocators: Unit) -> None:
    apply(allocators, row())
    at = Vacancy.objects.get().answer_by
    assert at is not None
    two = at.replace(hour=14)
    Vacancy.objects.update(answer_by=two, answer_agreed_by=two)

    apply(allocators, row(available=soon(20)))
    assert Vacancy.objects.get().answer_by == two
    apply(allocators, row(available=soon(20), answer=soon(6)))
    later = timezone.localtime(Vacancy.objects.get().answer_by)
    assert (later.date(), later.hour) == (timezone.localdate() + timedelta(days=6), 12)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        pytest.param({"organisation": "Ukendt"}, "Ukendt", id="unknown-organisation"),
        pytest.param({"number": ""}, "Bolignummer", id="number-missing"),
        pytest.param({"rent": ""}, "Husleje", id="rent-missing"),
        pytest.param({"area": ""}, "Område", id="area-of-a-new-estate-missing"),
        pytest.param({"rent": "mange"}, "Husleje", id="rent-in-words"),
        pytest.param({"rent": "-5"}, "Husleje", id="negative-rent"),
        pytest.param({"rooms": "0"}, "Rum", id="no-rooms"),
        pytest.param({"floor": "øverst"}, "Etage", id="floor-in-words"),
        pytest.param({"answer": soon(-1)}, "svarfrist", id="answer-date-passed"),
        pytest.param({"available": ""}, "svarfrist", id="answer-without-vacancy"),
        pytest.param({"address": "a" * 10_000}, "Adresse", id="very-long-address"),
    ],
)
def test_a_bad_row_says_what_is_wrong(allocators: Unit, changes: dict[str, str], says: str) -> None:
    [line] = plan(allocators, row(**changes))

    assert line.status == ERROR
    assert says.casefold() in line.text.casefold()


def test_the_same_dwelling_twice_in_a_file_is_an_error(allocators: Unit) -> None:
    assert [line.status for line in plan(allocators, row(), row())] == [NEW, ERROR]
