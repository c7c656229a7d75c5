"""Working days inside SQL, for facts of deadlines: the calendar is `housingfirst.law.days`' own.

The days around the day that is asked for go along with the query as an array: no table of days to
keep, and none to fall behind. A date outside it is counted back in calendar days.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import DateField, Func, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.db.models.sql.compiler import SQLCompiler

from housingfirst.law.days import is_working_day

REACH_DAYS: Final = 1_200
"""How far before and after the day asked for dates are counted in working days."""


@lru_cache(maxsize=4)
def _calendar(day: date) -> tuple[str, str, str]:
    """The working days around `day`, and for each day from `first` how many of them come before."""
    first = day - timedelta(days=REACH_DAYS)
    working: list[str] = []
    before: list[str] = []
    for n in range(2 * REACH_DAYS + 1):
        on = first + timedelta(days=n)
        before.append(str(len(working)))
        if is_working_day(on):
            working.append(on.isoformat())
    return "{" + ",".join(working) + "}", "{" + ",".join(before) + "}", first.isoformat()


class WorkingDayBefore(Func):
    """The `n`th working day before a date; `n` is at least 1. `day` is the day that is asked for.

    It says what `housingfirst.law.backward.working_days_before` says with the default calendar.
    """

    def __init__(self, on: Combinable | str, n: Combinable, day: date) -> None:
        super().__init__(Cast(on, DateField()), n, output_field=DateField())
        self.day = day

    def as_sql(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,
        *_given: Any,
        **_extra: Any,
    ) -> tuple[str, tuple[str | int, ...]]:
        on, n = self.get_source_expressions()
        on_sql, on_params = compiler.compile(on)
        n_sql, n_params = compiler.compile(n)
        working, before, first = _calendar(self.day)
        sql = (
            f"(SELECT coalesce((%s::date[])[(%s::int[])[given.day - %s::date + 1] - given.n + 1],"
            f" given.day - given.n) FROM (SELECT {on_sql} AS day, {n_sql} AS n) given)"
        )
        return sql, (working, before, first, *on_params, *n_params)


def working_day_until(on: Combinable | str, day: date) -> WorkingDayBefore:
    """The date itself where it is a working day, else the last one before it."""
    following = Cast(on, DateField()) + Value(timedelta(days=1))
    return WorkingDayBefore(following, Value(1), day)
