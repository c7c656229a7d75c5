"""What a typed day means. Today is Tuesday 17 November 2026."""

from datetime import UTC, date, datetime

import pytest

from housingfirst.ui.forms.days import parse_day, parse_moment, parse_time

TODAY = date(2026, 11, 17)
NOW = datetime(2026, 11, 17, 13, 37, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("17-11-2026", date(2026, 11, 17)),
        ("1-2-2026", date(2026, 2, 1)),
        ("17.11.2026", date(2026, 11, 17)),
        ("17/11/2026", date(2026, 11, 17)),
        ("17/11", date(2026, 11, 17)),
        ("17.11.", date(2026, 11, 17)),
        ("17-11-26", date(2026, 11, 17)),
        ("17112026", date(2026, 11, 17)),
        ("2026-11-17", date(2026, 11, 17)),
        ("17. nov.", date(2026, 11, 17)),
        ("17 november", date(2026, 11, 17)),
        ("17. november 2025", date(2025, 11, 17)),
        ("3. maj", date(2027, 5, 3)),
        ("3 October", date(2026, 10, 3)),
        ("i dag", date(2026, 11, 17)),
        ("I DAG", date(2026, 11, 17)),
        ("today", date(2026, 11, 17)),
        ("i morgen", date(2026, 11, 18)),
        ("i går", date(2026, 11, 16)),
        ("+14", date(2026, 12, 1)),
        ("- 3", date(2026, 11, 14)),
        ("torsdag", date(2026, 11, 19)),
        ("tirsdag", date(2026, 11, 24)),
        (" 17/11  ", date(2026, 11, 17)),
    ],
)
def test_a_day_can_be_written_many_ways(typed: str, means: date) -> None:
    assert parse_day(typed, today=TODAY) == means


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "31-02-2026",
        "17/13",
        "0/1",
        "32-1-2026",
        "snart",
        "17-11-20266",
        "+99999",
        "01-01-1899",
        "9999-12-31",
        "٣/٤",
        "17--11",
        "\x00",
        "😀",
        "-",
        "1.1.1.1",
        "29-02-2027",
        "17 n",
    ],
)
def test_what_is_no_day_is_refused(typed: str) -> None:
    assert parse_day(typed, today=TODAY) is None


@pytest.mark.parametrize(
    ("typed", "prefer", "means"),
    [
        ("2/1", "near", date(2027, 1, 2)),
        ("2/1", "past", date(2026, 1, 2)),
        ("2/1", "future", date(2027, 1, 2)),
        ("17/11", "past", TODAY),
        ("17/11", "future", TODAY),
        ("18/11", "past", date(2025, 11, 18)),
        ("12-05-64", "past", date(1964, 5, 12)),
        ("12-05-64", "near", date(2064, 5, 12)),
        ("29/2", "near", date(2028, 2, 29)),
        ("29/2", "past", date(2024, 2, 29)),
    ],
)
def test_a_missing_year_is_chosen(typed: str, prefer: str, means: date) -> None:
    assert parse_day(typed, today=TODAY, prefer=prefer) == means  # type: ignore[arg-type]  # literals


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("17-11-2026 kl. 11.12", "2026-11-17 11:12"),
        ("17-11-2026 11:12", "2026-11-17 11:12"),
        ("2026-11-17T11:12", "2026-11-17 11:12"),
        ("2026-11-17T11:12:30", "2026-11-17 11:12"),
        ("i går 9.30", "2026-11-16 09:30"),
        ("16/11 kl. 9", "2026-11-16 09:00"),
        ("i dag, kl. 0.05", "2026-11-17 00:05"),
        ("17. nov. kl. 12", "2026-11-17 12:00"),
        ("kl. 9", "2026-11-17 09:00"),
        ("9:15", "2026-11-17 09:15"),
        ("nu", "2026-11-17 13:37"),
    ],
)
def test_a_moment_can_be_written_many_ways(typed: str, means: str) -> None:
    moment = parse_moment(typed, now=NOW)
    assert f"{moment:%Y-%m-%d %H:%M}" == means


@pytest.mark.parametrize("typed", ["", "17-11-2026", "17-11-2026 kl. 25", "kl.", "i dag 9.75", "x"])
def test_what_is_no_moment_is_refused(typed: str) -> None:
    assert parse_moment(typed, now=NOW) is None


@pytest.mark.parametrize("typed", ["24", "9.60", "9.5", "ni", "123", "-1"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    assert parse_time(typed) is None
