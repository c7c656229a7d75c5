"""Working days in SQL are the law's own, by the calendar that each municipality has chosen."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from itertools import product

import pytest
from django.db.models import DateField, Value
from django.db.models.expressions import Combinable
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from housingfirst.access.models import Municipality
from housingfirst.deadlines.workdays import YEARS_AHEAD, WorkingDayBefore, working_day_until
from housingfirst.law.backward import working_days_before
from housingfirst.law.days import CalendarSettings, is_working_day
from tests.access.factories import make_municipality
from tests.lawbook.factories import choose

pytestmark = pytest.mark.django_db

CALENDARS = [CalendarSettings(june, eve) for june, eve in product((True, False), repeat=2)]
DAYS = [
    date(2026, 11, 30),
    date(2026, 12, 24),
    date(2026, 12, 26),
    date(2027, 1, 1),
    date(2027, 3, 28),
    date(2026, 10, 25),
    date(2028, 2, 29),
    date(2028, 3, 1),
    date(2027, 3, 30),
    date(2027, 5, 17),
    date(2028, 6, 6),
]


def place(calendar: CalendarSettings) -> Municipality:
    """A municipality that has chosen so; what is the default it has not chosen."""
    here = make_municipality()
    for name in ("constitution_day_is_working_day", "christmas_eve_is_working_day"):
        if not getattr(calendar, name):
            choose(here, f"calendar.{name}", "no")
    return here


@pytest.fixture
def places(db: None) -> dict[int, CalendarSettings]:
    return {place(calendar).pk: calendar for calendar in CALENDARS}


def said(expression: Combinable, places: Collection[int]) -> dict[int, date]:
    """What SQL says in each municipality."""
    rows = Municipality.objects.filter(pk__in=places).annotate(said=expression)
    return dict(rows.values_list("pk", "said"))


def before(on: date, n: int, day: date) -> WorkingDayBefore:
    return WorkingDayBefore(Value(on, DateField()), Value(n), day, municipality="pk")


@pytest.mark.parametrize("on", DAYS, ids=str)
@pytest.mark.parametrize("n", [1, 3, 9])
def test_the_nth_working_day_before(on: date, n: int, places: dict[int, CalendarSettings]) -> None:
    for day in (on, on + timedelta(days=200), on - timedelta(days=200)):
        assert said(before(on, n, day), places) == {
            pk: working_days_before(on, n, calendar) for pk, calendar in places.items()
        }


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    on=st.dates(date(2019, 1, 1), date(2040, 12, 31)),
    n=st.integers(1, 60),
    away=st.integers(-900, 1_200),
)
def test_it_is_the_laws_under_every_calendar(
    on: date, n: int, away: int, places: dict[int, CalendarSettings]
) -> None:
    """The day asked for lies up to two and a half years after the date, or three before."""
    assert said(before(on, n, on - timedelta(days=away)), places) == {
        pk: working_days_before(on, n, calendar) for pk, calendar in places.items()
    }


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_a_day_or_the_working_day_before_it(on: date, places: dict[int, CalendarSettings]) -> None:
    until = working_day_until(Value(on, DateField()), on, municipality="pk")
    assert said(until, places) == {
        pk: on if is_working_day(on, calendar) else working_days_before(on, 1, calendar)
        for pk, calendar in places.items()
    }


def test_the_newest_choice_counts(places: dict[int, CalendarSettings]) -> None:
    here = place(CalendarSettings(christmas_eve_is_working_day=False))
    asked = before(date(2026, 12, 28), 1, date(2026, 12, 1))
    assert said(asked, [here.pk]) == {here.pk: date(2026, 12, 23)}
    choose(here, "calendar.christmas_eve_is_working_day", "yes")
    assert said(asked, [here.pk]) == {here.pk: date(2026, 12, 24)}


def test_beyond_the_years_that_go_along_only_weekends_are_off() -> None:
    here = place(CalendarSettings())
    day = date(2026, 11, 17)
    boxing_week = date(2026 + YEARS_AHEAD + 1, 12, 30)  # a Tuesday
    assert said(before(boxing_week, 4, day), [here.pk]) == {here.pk: date(2031, 12, 24)}
    assert working_days_before(boxing_week, 4) == date(2031, 12, 22)


def test_the_days_off_are_few_enough_to_go_along() -> None:
    here = place(CalendarSettings())
    rows = Municipality.objects.annotate(said=before(date(2026, 12, 28), 4, date(2026, 12, 1)))
    sql, params = rows.filter(pk=here.pk).query.sql_with_params()
    assert len(sql) + sum(len(str(param)) for param in params) < 6_000
