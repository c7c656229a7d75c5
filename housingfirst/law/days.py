"""The Danish calendar that the rules count in.

Months and years are calendar months and years; working days (*hverdage*) are Monday to Friday
without public holidays. Every function is given its day: none of them reads a clock.
"""

from bisect import bisect_left
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

import holidays

COPENHAGEN: Final = ZoneInfo("Europe/Copenhagen")

_SATURDAY: Final = 5
_MONTHS_PER_YEAR: Final = 12
_DAYS_OF_EVERY_MONTH: Final = 28


class DayOff(StrEnum):
    """Why a day is not a working day."""

    WEEKEND = "weekend"
    PUBLIC_HOLIDAY = "public-holiday"
    CONSTITUTION_DAY = "constitution-day"
    CHRISTMAS_EVE = "christmas-eve"


@dataclass(frozen=True, slots=True)
class CalendarSettings:
    """Which days a municipality counts as working days where the law does not say.

    Neither 5 June nor 24 December is a public holiday by law, though most offices close. Both
    count as working days by default, so that a deadline is never set later than the law may allow.
    """

    constitution_day_is_working_day: bool = True
    christmas_eve_is_working_day: bool = True


DEFAULT_CALENDAR: Final = CalendarSettings()


@lru_cache(maxsize=256)
def public_holidays(year: int) -> frozenset[date]:
    """The public holidays of `year` as they were that year, Sundays among them included.

    Store Bededag is one up to and including 2023 (bill L 13, 2022-23, 2nd session).
    """
    return frozenset(holidays.country_holidays("DK", years=year))


@lru_cache(maxsize=512)
def _weekdays_off(year: int, settings: CalendarSettings) -> tuple[date, ...]:
    """The days off of `year` that fall on Monday to Friday, in order."""
    days = set(public_holidays(year))
    if not settings.constitution_day_is_working_day:
        days.add(date(year, 6, 5))
    if not settings.christmas_eve_is_working_day:
        days.add(date(year, 12, 24))
    return tuple(sorted(day for day in days if day.weekday() < _SATURDAY))


def day_off(day: date, settings: CalendarSettings = DEFAULT_CALENDAR) -> DayOff | None:
    """Why `day` is not a working day, or None when it is one."""
    if day.weekday() >= _SATURDAY:
        return DayOff.WEEKEND
    if day in public_holidays(day.year):
        return DayOff.PUBLIC_HOLIDAY
    if not settings.constitution_day_is_working_day and (day.month, day.day) == (6, 5):
        return DayOff.CONSTITUTION_DAY
    if not settings.christmas_eve_is_working_day and (day.month, day.day) == (12, 24):
        return DayOff.CHRISTMAS_EVE
    return None


def is_working_day(day: date, settings: CalendarSettings = DEFAULT_CALENDAR) -> bool:
    """Whether `day` is a *hverdag*: Monday to Friday and no public holiday."""
    return day_off(day, settings) is None


def add_working_days(day: date, n: int, settings: CalendarSettings = DEFAULT_CALENDAR) -> date:
    """The `n`th working day after `day`; day 1 is the first working day after `day`.

    `day` itself is never counted, working day or not; `n` = 0 gives `day` back unchanged.
    Raises ValueError when `n` is negative.
    """
    if n < 0:
        raise ValueError(f"cannot count {n} working days forward")
    while n:
        day += timedelta(days=1)
        n -= is_working_day(day, settings)
    return day


def working_days_between(
    start: date, end: date, settings: CalendarSettings = DEFAULT_CALENDAR
) -> int:
    """Working days after `start` up to and including `end`; negative when `end` comes first.

    The inverse of `add_working_days`: `working_days_between(d, add_working_days(d, n)) == n`.
    """
    if end < start:
        return -working_days_between(end, start, settings)
    weeks, rest = divmod((end - start).days, 7)
    weekdays = weeks * 5 + sum((start.weekday() + i) % 7 < _SATURDAY for i in range(1, rest + 1))
    after = start + timedelta(days=1)
    until = end + timedelta(days=1)
    off = 0
    for year in range(start.year, end.year + 1):
        days = _weekdays_off(year, settings)
        off += bisect_left(days, until) - bisect_left(days, after)
    return weekdays - off


def add_months(day: date, n: int) -> date:
    """The same day `n` calendar months later, or that month's last day when it has no such day.

    `n` may be negative. 31 January + 1 month is 28 (29) February. Count from the first date and
    do not chain: 31 January + 1 + 1 month is 28 March, 31 January + 2 months 31 March.
    Raises ValueError outside the years 1 to 9999.
    """
    years, month = divmod(day.month - 1 + n, _MONTHS_PER_YEAR)
    year = day.year + years
    if day.day <= _DAYS_OF_EVERY_MONTH:
        return date(year, month + 1, day.day)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_years(day: date, n: int) -> date:
    """The same date `n` years later; 29 February becomes 28 February in a common year."""
    return add_months(day, n * _MONTHS_PER_YEAR)


def copenhagen_date(instant: datetime) -> date:
    """The legal date of an instant: the date on the clocks of Copenhagen.

    Raises ValueError when `instant` has no time zone, because its date cannot be known.
    """
    if instant.tzinfo is None:
        raise ValueError(f"{instant!r} has no time zone")
    return instant.astimezone(COPENHAGEN).date()
