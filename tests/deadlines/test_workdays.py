"""Working days in SQL are the law's own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db.models import DateField, Value

from cases.models import Case
from housingfirst.deadlines.workdays import REACH_DAYS, WorkingDayBefore, working_day_until
from housingfirst.law.backward import working_days_before
from housingfirst.law.days import is_working_day
from tests.access.factories import make_unit
from tests.cases.factories import make_case

pytestmark = pytest.mark.django_db

DAYS = [
    date(2026, 11, 30),
    date(2026, 12, 26),
    date(2027, 1, 1),
    date(2027, 3, 28),
    date(2026, 10, 25),
    date(2028, 2, 29),
    date(2028, 3, 1),
    date(2027, 3, 30),
    date(2027, 5, 17),
]


@pytest.mark.parametrize("on", DAYS, ids=str)
@pytest.mark.parametrize("n", [1, 3, 9])
def test_the_nth_working_day_before(on: date, n: int) -> None:
    make_case(unit=make_unit())
    for day in (on, on + timedelta(days=200), on - timedelta(days=200)):
        before = WorkingDayBefore(Value(on, DateField()), Value(n), day)
        assert Case.objects.values_list(before).get() == (working_days_before(on, n),)


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_a_day_or_the_working_day_before_it(on: date) -> None:
    make_case(unit=make_unit())
    expected = on if is_working_day(on) else working_days_before(on, 1)
    assert Case.objects.values_list(working_day_until(Value(on, DateField()), on)).get() == (
        expected,
    )


def test_out_of_reach_days_are_counted_in_calendar_days() -> None:
    make_case(unit=make_unit())
    day = date(2026, 11, 17)
    far = day + timedelta(days=REACH_DAYS + 40)
    before = WorkingDayBefore(Value(far, DateField()), Value(4), day)
    assert Case.objects.values_list(before).get() == (far - timedelta(days=4),)
