"""The Danish calendar, 2019 to 2040: holidays, leap days and both changes of the clock."""

from calendar import isleap
from datetime import UTC, date, datetime, timedelta

import pytest

from housingfirst.law.days import (
    CalendarSettings,
    DayOff,
    add_months,
    add_working_days,
    add_years,
    copenhagen_date,
    day_off,
    is_working_day,
    public_holidays,
    working_days_between,
)

EASTER = {
    2019: (4, 21), 2020: (4, 12), 2021: (4, 4), 2022: (4, 17), 2023: (4, 9), 2024: (3, 31),
    2025: (4, 20), 2026: (4, 5), 2027: (3, 28), 2028: (4, 16), 2029: (4, 1), 2030: (4, 21),
    2031: (4, 13), 2032: (3, 28), 2033: (4, 17), 2034: (4, 9), 2035: (3, 25), 2036: (4, 13),
    2037: (4, 5), 2038: (4, 25), 2039: (4, 10), 2040: (4, 1),
}  # fmt: skip
"""Easter Sundays, as almanacs print them."""

MOVING = {
    -3: "skærtorsdag",
    -2: "langfredag",
    0: "påskedag",
    1: "2. påskedag",
    39: "Kristi himmelfartsdag",
    49: "pinsedag",
    50: "2. pinsedag",
}
STORE_BEDEDAG = 26
YEARS = pytest.mark.parametrize("year", EASTER)
ONE_DAY = timedelta(days=1)


def easter(year: int) -> date:
    return date(year, *EASTER[year])


def last_sunday(year: int, month: int) -> date:
    day = date(year, month, 31)
    return day - timedelta(days=(day.weekday() + 1) % 7)


@YEARS
def test_the_public_holidays_of_the_year(year: int) -> None:
    expected = {easter(year) + timedelta(days=n) for n in MOVING}
    expected |= {date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)}
    if year <= 2023:
        expected.add(easter(year) + timedelta(days=STORE_BEDEDAG))
    assert public_holidays(year) == expected


@YEARS
def test_store_bededag_was_a_holiday_through_2023(year: int) -> None:
    friday = easter(year) + timedelta(days=STORE_BEDEDAG)
    assert friday.weekday() == 4
    assert is_working_day(friday) is (year > 2023)
    if year <= 2023:
        assert day_off(friday) is DayOff.PUBLIC_HOLIDAY


@YEARS
def test_constitution_day_and_christmas_eve_are_the_municipality_s(year: int) -> None:
    closed = CalendarSettings(
        constitution_day_is_working_day=False, christmas_eve_is_working_day=False
    )
    for day, reason in (
        (date(year, 6, 5), DayOff.CONSTITUTION_DAY),
        (date(year, 12, 24), DayOff.CHRISTMAS_EVE),
    ):
        if day.weekday() >= 5:
            assert day_off(day) is day_off(day, closed) is DayOff.WEEKEND
        elif day in public_holidays(year):  # Whit Monday fell on 5 June in 2017, and will in 2028
            assert day_off(day) is day_off(day, closed) is DayOff.PUBLIC_HOLIDAY
        else:
            assert (day_off(day), day_off(day, closed)) == (None, reason)


@YEARS
def test_the_days_between_the_years(year: int) -> None:
    """Three working days from 23 December, whatever weekday it is."""
    start = date(year, 12, 23)
    due = add_working_days(start, 3)
    counted = [
        day
        for n in range(1, (due - start).days + 1)
        if is_working_day(day := start + timedelta(days=n))
    ]
    assert (len(counted), counted[-1]) == (3, due)
    assert working_days_between(start, due) == 3


@YEARS
def test_months_and_years_keep_to_the_day_they_began(year: int) -> None:
    last_of_january = date(year, 1, 31)
    february = 29 if isleap(year) else 28
    assert add_months(last_of_january, 1) == date(year, 2, february)
    assert add_months(last_of_january, 2) == date(year, 3, 31)
    assert add_months(last_of_january, 13).month == 2
    assert [add_months(last_of_january, n).day for n in (3, 5, 7, 12)] == [30, 30, 31, 31]
    if isleap(year):
        leap_day = date(year, 2, 29)
        assert add_years(leap_day, 1) == date(year + 1, 2, 28)
        assert add_years(leap_day, 4) == date(year + 4, 2, 29)
        assert add_months(date(year, 3, 31), -1) == leap_day


@YEARS
def test_the_night_the_clock_goes_forward(year: int) -> None:
    """A day of 23 hours: midnight is 23:00 UTC before it, and 22:00 UTC after it."""
    sunday = last_sunday(year, 3)
    before = datetime(year, sunday.month, sunday.day, tzinfo=UTC) - timedelta(hours=1)
    assert copenhagen_date(before - timedelta(seconds=1)) == sunday - ONE_DAY
    assert copenhagen_date(before) == sunday
    after = before + timedelta(hours=23)
    assert copenhagen_date(after - timedelta(seconds=1)) == sunday
    assert copenhagen_date(after) == sunday + ONE_DAY


@YEARS
def test_the_night_the_clock_goes_back(year: int) -> None:
    """A day of 25 hours: midnight is 22:00 UTC before it, and 23:00 UTC after it."""
    sunday = last_sunday(year, 10)
    before = datetime(year, sunday.month, sunday.day, tzinfo=UTC) - timedelta(hours=2)
    assert copenhagen_date(before - timedelta(seconds=1)) == sunday - ONE_DAY
    assert copenhagen_date(before) == sunday
    after = before + timedelta(hours=25)
    assert copenhagen_date(after - timedelta(seconds=1)) == sunday
    assert copenhagen_date(after) == sunday + ONE_DAY
