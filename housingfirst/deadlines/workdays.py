"""Working days inside SQL, for facts of deadlines: the calendars are `housingfirst.law.days`' own.

A date is reckoned as a number of weekdays, Monday to Friday, and back; the days off among them go
along with the query, a few hundred bytes for each of the four calendars that a municipality may
choose: no table of days to keep, and none to fall behind.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from itertools import product
from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import DateField, Func, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.db.models.sql.compiler import SQLCompiler

from housingfirst.law.days import CalendarSettings, DayOff, day_off
from housingfirst.lawbook.expressions import chosen_yes

YEARS_BACK: Final = 3
YEARS_AHEAD: Final = 4
"""The years around that of the day asked for whose days off are known; beyond, only weekends."""

EPOCH: Final = date(1900, 1, 1)
"""A Monday before any date that is counted."""
_WEEK: Final = 7
_WEEKDAYS: Final = 5
_ORDER: Final = tuple(product((True, False), repeat=2))
"""The calendars by whether 5 June and 24 December are working days."""


def _weekdays_before(on: date) -> int:
    weeks, rest = divmod((on - EPOCH).days, _WEEK)
    return weeks * _WEEKDAYS + min(rest, _WEEKDAYS)


@lru_cache(maxsize=8)
def _days_off(year: int) -> tuple[tuple[str, str], ...]:
    """For each calendar, the weekdays off around `year` as numbers, and each less its own place.

    Counting the second list's numbers up to k says how many days off the k-th working day is after.
    """
    first, last = date(year - YEARS_BACK, 1, 1), date(year + YEARS_AHEAD, 12, 31)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    found = []
    for constitution, eve in _ORDER:
        calendar = CalendarSettings(constitution, eve)
        off = [
            _weekdays_before(day)
            for day in days
            if day_off(day, calendar) not in (None, DayOff.WEEKEND)
        ]
        found.append((_array(off), _array([number - at for at, number in enumerate(off)])))
    return tuple(found)


def _array(numbers: list[int]) -> str:
    return "{" + ",".join(map(str, numbers)) + "}"


def _chosen(texts: tuple[str, ...]) -> tuple[str, list[str]]:
    """The array of the calendar that `given` names, and what goes along."""
    sql = (
        "CASE WHEN given.june THEN CASE WHEN given.eve THEN %s::int[] ELSE %s::int[] END"
        " WHEN given.eve THEN %s::int[] ELSE %s::int[] END"
    )
    return sql, list(texts)


class WorkingDayBefore(Func):
    """The `n`th working day before a date; `n` is at least 1. `day` is the day that is asked for.

    It says what `housingfirst.law.backward.working_days_before` says with the calendar that the
    row's municipality has chosen; `municipality` is the path to it from the queryset's model.
    """

    def __init__(
        self, on: Combinable | str, n: Combinable, day: date, *, municipality: str
    ) -> None:
        super().__init__(
            Cast(on, DateField()),
            n,
            chosen_yes("calendar.constitution_day_is_working_day", municipality=municipality),
            chosen_yes("calendar.christmas_eve_is_working_day", municipality=municipality),
            output_field=DateField(),
        )
        self.day = day

    def as_sql(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,
        *_given: Any,
        **_extra: Any,
    ) -> tuple[str, tuple[str | int, ...]]:
        parts = [compiler.compile(one) for one in self.get_source_expressions()]
        on, n, june, eve = (sql for sql, _params in parts)
        calendars = _days_off(self.day.year)
        off, off_params = _chosen(tuple(off for off, _less in calendars))
        less, less_params = _chosen(tuple(less for _off, less in calendars))
        # OFFSET 0: what is asked of the choices is asked once for a row.
        given = (
            f"SELECT {on} - '{EPOCH}'::date AS d, {n} AS n, {june} AS june, {eve} AS eve OFFSET 0"
        )
        weekday = f"d / {_WEEK} * {_WEEKDAYS} + least(d %% {_WEEK}, {_WEEKDAYS})"
        sql = (
            f"(SELECT '{EPOCH}'::date + x / {_WEEKDAYS} * {_WEEK} + x %% {_WEEKDAYS} FROM ("
            f"SELECT k + width_bucket(k, less) AS x FROM ("
            f"SELECT w - width_bucket(w - 1, off) - n AS k, less FROM ("
            f"SELECT {weekday} AS w, n, {off} AS off, {less} AS less FROM ({given}) given"
            f") weekday OFFSET 0) working OFFSET 0) found)"
        )
        return sql, (*off_params, *less_params, *(p for _sql, params in parts for p in params))


def working_day_until(on: Combinable | str, day: date, *, municipality: str) -> WorkingDayBefore:
    """The date itself where it is a working day, else the last one before it."""
    following = Cast(on, DateField()) + Value(timedelta(days=1))
    return WorkingDayBefore(following, Value(1), day, municipality=municipality)
