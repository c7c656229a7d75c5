"""Working days over the Danish holidays, months of unequal length, and the date in Copenhagen."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from housingfirst.law.days import (
    CalendarSettings,
    DayOff,
    add_months,
    add_working_days,
    add_years,
    copenhagen_date,
    day_off,
    is_working_day,
    working_days_between,
)

CLOSED = CalendarSettings(constitution_day_is_working_day=False, christmas_eve_is_working_day=False)
days = st.dates(date(2015, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("day", "why"),
    [
        pytest.param(date(2026, 8, 3), None, id="a-monday"),
        pytest.param(date(2026, 8, 1), DayOff.WEEKEND, id="a-saturday"),
        pytest.param(date(2026, 8, 2), DayOff.WEEKEND, id="a-sunday"),
        pytest.param(date(2026, 4, 2), DayOff.PUBLIC_HOLIDAY, id="maundy-thursday"),
        pytest.param(date(2026, 4, 3), DayOff.PUBLIC_HOLIDAY, id="good-friday"),
        pytest.param(date(2026, 4, 6), DayOff.PUBLIC_HOLIDAY, id="easter-monday"),
        pytest.param(date(2026, 5, 14), DayOff.PUBLIC_HOLIDAY, id="ascension-day"),
        pytest.param(date(2026, 5, 15), None, id="the-day-after-ascension-day"),
        pytest.param(date(2026, 5, 25), DayOff.PUBLIC_HOLIDAY, id="whit-monday"),
        pytest.param(date(2023, 5, 5), DayOff.PUBLIC_HOLIDAY, id="store-bededag-2023"),
        pytest.param(date(2024, 4, 26), None, id="store-bededag-is-gone-2024"),
        pytest.param(date(2026, 5, 1), None, id="first-of-may"),
        pytest.param(date(2026, 6, 5), None, id="constitution-day-by-default"),
        pytest.param(date(2026, 12, 24), None, id="christmas-eve-by-default"),
        pytest.param(date(2026, 12, 25), DayOff.PUBLIC_HOLIDAY, id="christmas-day"),
        pytest.param(date(2026, 12, 31), None, id="new-years-eve"),
        pytest.param(date(2027, 1, 1), DayOff.PUBLIC_HOLIDAY, id="new-years-day"),
    ],
)
def test_day_off(day: date, why: DayOff | None) -> None:
    assert day_off(day) is why
    assert is_working_day(day) is (why is None)


def test_a_municipality_may_close_on_constitution_day_and_christmas_eve() -> None:
    assert day_off(date(2026, 6, 5), CLOSED) is DayOff.CONSTITUTION_DAY
    assert day_off(date(2026, 12, 24), CLOSED) is DayOff.CHRISTMAS_EVE
    assert day_off(date(2027, 6, 5), CLOSED) is DayOff.WEEKEND
    assert is_working_day(date(2026, 6, 4), CLOSED)


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        pytest.param(date(2026, 8, 3), 3, date(2026, 8, 6), id="monday-to-thursday"),
        pytest.param(date(2026, 8, 6), 3, date(2026, 8, 11), id="over-a-weekend"),
        pytest.param(date(2026, 8, 8), 3, date(2026, 8, 12), id="from-a-saturday"),
        pytest.param(date(2026, 8, 8), 0, date(2026, 8, 8), id="no-days-is-the-day-itself"),
        pytest.param(date(2026, 4, 1), 3, date(2026, 4, 9), id="over-easter"),
        pytest.param(date(2023, 5, 4), 1, date(2023, 5, 8), id="over-store-bededag-2023"),
        pytest.param(date(2024, 4, 25), 1, date(2024, 4, 26), id="no-store-bededag-2024"),
        pytest.param(date(2026, 12, 23), 3, date(2026, 12, 29), id="over-christmas"),
        pytest.param(date(2026, 12, 30), 3, date(2027, 1, 5), id="over-new-year"),
    ],
)
def test_add_working_days(day: date, n: int, expected: date) -> None:
    assert add_working_days(day, n) == expected
    assert working_days_between(day, expected) == n
    assert working_days_between(expected, day) == -n


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(date(2026, 6, 4), date(2026, 6, 8), id="constitution-day"),
        pytest.param(date(2026, 12, 23), date(2026, 12, 28), id="christmas"),
    ],
)
def test_the_default_is_never_later_than_a_closed_day_would_make_it(
    day: date, expected: date
) -> None:
    assert add_working_days(day, 1, CLOSED) == expected
    assert add_working_days(day, 1) < expected


def test_working_days_are_not_counted_backward() -> None:
    with pytest.raises(ValueError, match="-1"):
        add_working_days(date(2026, 8, 3), -1)


@given(days, st.integers(0, 600), st.sampled_from([CalendarSettings(), CLOSED]))
def test_working_days_between_counts_one_by_one(
    start: date, n: int, settings: CalendarSettings
) -> None:
    counted = sum(is_working_day(start + timedelta(days=i), settings) for i in range(1, n + 1))
    assert working_days_between(start, start + timedelta(days=n), settings) == counted


@given(days, st.integers(0, 60), st.sampled_from([CalendarSettings(), CLOSED]))
def test_a_working_day_is_reached_by_counting_to_it(
    start: date, n: int, settings: CalendarSettings
) -> None:
    reached = add_working_days(start, n, settings)
    assert working_days_between(start, reached, settings) == n
    assert n == 0 or is_working_day(reached, settings)


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        pytest.param(date(2027, 1, 31), 1, date(2027, 2, 28), id="short-month"),
        pytest.param(date(2028, 1, 31), 1, date(2028, 2, 29), id="leap-year"),
        pytest.param(date(2027, 1, 31), 2, date(2027, 3, 31), id="long-month-again"),
        pytest.param(date(2026, 12, 15), 3, date(2027, 3, 15), id="over-new-year"),
        pytest.param(date(2026, 11, 30), 1, date(2026, 12, 30), id="to-december"),
        pytest.param(date(2027, 10, 31), -1, date(2027, 9, 30), id="backward"),
        pytest.param(date(2027, 1, 15), -1, date(2026, 12, 15), id="backward-over-new-year"),
        pytest.param(date(2027, 1, 15), 0, date(2027, 1, 15), id="none"),
    ],
)
def test_add_months(day: date, n: int, expected: date) -> None:
    assert add_months(day, n) == expected


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        pytest.param(date(2024, 2, 29), 1, date(2025, 2, 28), id="leap-day-to-a-common-year"),
        pytest.param(date(2024, 2, 29), 4, date(2028, 2, 29), id="leap-day-to-a-leap-year"),
        pytest.param(date(2026, 8, 3), 1, date(2027, 8, 3), id="any-day"),
    ],
)
def test_add_years(day: date, n: int, expected: date) -> None:
    assert add_years(day, n) == expected


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        pytest.param(
            datetime(2026, 8, 3, 20, 40, tzinfo=UTC), date(2026, 8, 3), id="22.40-in-summer"
        ),
        pytest.param(
            datetime(2026, 8, 3, 22, 5, tzinfo=UTC), date(2026, 8, 4), id="past-midnight-in-summer"
        ),
        pytest.param(
            datetime(2026, 12, 14, 22, 30, tzinfo=UTC), date(2026, 12, 14), id="23.30-in-winter"
        ),
        pytest.param(
            datetime(2026, 12, 14, 23, 0, tzinfo=UTC), date(2026, 12, 15), id="midnight-in-winter"
        ),
    ],
)
def test_copenhagen_date(instant: datetime, expected: date) -> None:
    assert copenhagen_date(instant) == expected


def test_an_instant_without_a_time_zone_has_no_legal_date() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        copenhagen_date(datetime(2026, 8, 3, 22, 40))  # noqa: DTZ001  the very mistake to refuse
