"""The beat job: it decides in Copenhagen's days, whatever the server's clock says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from celery.signals import worker_ready

from housingfirst.beat import SCHEDULE
from housingfirst.deadlines import jobs
from housingfirst.deadlines.kinds import all_kinds
from housingfirst.deadlines.models import Deadline
from tests.access.factories import make_unit
from tests.cases.factories import make_case
from tests.deadlines.factories import make_kind, make_wish, only_kinds, wishes_due

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def asked() -> Iterator[list[date]]:
    """The days for which the facts were asked."""
    days: list[date] = []

    def facts(day: date) -> Any:
        days.append(day)
        return wishes_due(day)

    with only_kinds(make_kind(facts=facts)):
        yield days


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        pytest.param(datetime(2026, 11, 17, 22, 59, tzinfo=UTC), date(2026, 11, 17), id="winter"),
        pytest.param(datetime(2026, 11, 17, 23, 0, tzinfo=UTC), date(2026, 11, 18), id="midnight"),
        pytest.param(datetime(2026, 7, 1, 21, 59, tzinfo=UTC), date(2026, 7, 1), id="summer"),
        pytest.param(datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2), id="its-midnight"),
        pytest.param(datetime(2026, 10, 24, 22, 0, tzinfo=UTC), date(2026, 10, 25), id="25-hours"),
        pytest.param(datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25), id="its-end"),
        pytest.param(datetime(2027, 3, 27, 23, 0, tzinfo=UTC), date(2027, 3, 28), id="23-hours"),
        pytest.param(datetime(2027, 3, 28, 22, 0, tzinfo=UTC), date(2027, 3, 29), id="after-it"),
        pytest.param(datetime(2028, 2, 28, 23, 0, tzinfo=UTC), date(2028, 2, 29), id="leap-day"),
    ],
)
def test_R12_R13_the_day_is_copenhagens(asked: list[date], utc: datetime, day: date) -> None:
    with time_machine.travel(utc, tick=False):
        jobs.sweep_deadlines()

    assert asked == [day]


def test_R07_thirty_days_of_three_schedulers_do_each_thing_once() -> None:
    make_wish(make_case(unit=make_unit()), said_on=date(2026, 10, 20))
    changed = 0
    for hour in range(0, 30 * 24, 6):
        at = datetime(2026, 10, 10, tzinfo=UTC).timestamp() + hour * 3600
        with time_machine.travel(datetime.fromtimestamp(at, UTC), tick=False):
            changed += sum(jobs.sweep_deadlines() for _scheduler in range(3))

    assert changed == 1
    assert Deadline.objects.count() == 1


def test_the_day_may_be_given(asked: list[date]) -> None:
    assert jobs.sweep_deadlines("2026-02-28") == 0
    assert asked == [date(2026, 2, 28)]


def test_the_schedule_names_it_often_enough_for_a_new_day() -> None:
    entry = SCHEDULE["sweep-deadlines"]

    assert entry["task"] == jobs.sweep_deadlines.name
    assert isinstance(entry["schedule"], int)
    assert entry["schedule"] <= 15 * 60


def test_a_worker_that_starts_asks_for_a_sweep(monkeypatch: pytest.MonkeyPatch) -> None:
    asked_for: list[str] = []
    monkeypatch.setattr(jobs.sweep_deadlines, "delay", lambda: asked_for.append("sweep"))

    worker_ready.send(sender=None)

    assert asked_for == ["sweep"]
    assert [kind.key for kind in all_kinds()] == ["test_wish"]
