"""How near a deadline is, at each boundary; and how long an acknowledgement keeps."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from housingfirst.deadlines.rules import RANKS, Severity, next_step, severity_of
from tests.deadlines.factories import COPENHAGEN, DAY, NOON, make_kind

DUE_AT = datetime(2026, 11, 17, 12, 0, tzinfo=COPENHAGEN)


@pytest.mark.parametrize(
    ("days_to_due", "waits", "severity"),
    [
        pytest.param(-41, False, Severity.OVER, id="long-over"),
        pytest.param(-1, False, Severity.OVER, id="first-day-over"),
        pytest.param(-1, True, Severity.OVER, id="late-with-others"),
        pytest.param(0, False, Severity.NOW, id="due-today"),
        pytest.param(0, True, Severity.WAIT, id="due-today-with-others"),
        pytest.param(1, False, Severity.NOW, id="due-tomorrow"),
        pytest.param(3, False, Severity.NOW, id="first-day-of-last-warning"),
        pytest.param(4, False, Severity.SOON, id="day-before-last-warning"),
        pytest.param(10, False, Severity.SOON, id="first-day-of-first-warning"),
        pytest.param(11, False, Severity.OK, id="day-before-first-warning"),
        pytest.param(11, True, Severity.WAIT, id="far-with-others"),
    ],
)
def test_severity(days_to_due: int, waits: bool, severity: Severity) -> None:
    due_on = DAY + timedelta(days=days_to_due)

    assert severity is severity_of(
        due_on=due_on,
        due_at=None,
        warn_from=due_on - timedelta(days=10),
        now_from=due_on - timedelta(days=3),
        waits=waits,
        day=DAY,
        now=NOON,
    )


@pytest.mark.parametrize(
    ("now", "severity"),
    [
        pytest.param(DUE_AT - timedelta(seconds=1), Severity.NOW, id="a-second-before"),
        pytest.param(DUE_AT, Severity.OVER, id="on-the-stroke"),
        pytest.param(DUE_AT + timedelta(hours=3), Severity.OVER, id="later-that-day"),
    ],
)
def test_a_time_of_day_is_missed_when_it_comes(now: datetime, severity: Severity) -> None:
    assert severity is severity_of(
        due_on=DAY, due_at=DUE_AT, warn_from=DAY, now_from=DAY, waits=False, day=DAY, now=now
    )


@given(ahead=st.integers(-400, 400), waits=st.booleans())
def test_the_nearer_the_worse(ahead: int, waits: bool) -> None:
    def rank(on: date) -> int:
        due_on = date(2026, 11, 17) + timedelta(days=ahead)
        return RANKS[
            severity_of(
                due_on=due_on,
                due_at=None,
                warn_from=due_on - timedelta(days=30),
                now_from=due_on - timedelta(days=7),
                waits=waits,
                day=on,
                now=NOON,
            )
        ]

    base = date(2026, 11, 17)
    assert rank(base + timedelta(days=1)) <= rank(base)


@pytest.mark.parametrize(
    ("days_to_due", "asks_in"),
    [
        pytest.param(40, 10, id="before-the-ladder"),
        pytest.param(31, 1, id="day-before-30"),
        pytest.param(30, 16, id="at-30-until-14"),
        pytest.param(15, 1, id="day-before-14"),
        pytest.param(14, 7, id="at-14-until-7"),
        pytest.param(7, 7, id="at-7-until-due"),
        pytest.param(1, 1, id="day-before-due"),
        pytest.param(0, None, id="due"),
        pytest.param(-5, None, id="over"),
    ],
)
def test_an_acknowledgement_keeps_until_the_next_step_of_the_ladder(
    days_to_due: int, asks_in: int | None
) -> None:
    ladder = make_kind(warning_days=(7, 30, 14)).ladder

    step = next_step(due_on=DAY + timedelta(days=days_to_due), ladder=ladder, day=DAY)

    assert step == (None if asks_in is None else DAY + timedelta(days=asks_in))


def test_a_ladder_counts_over_leap_day_and_clock_changes() -> None:
    assert next_step(due_on=date(2028, 3, 14), ladder=(14, 0), day=date(2028, 2, 28)) == date(
        2028, 2, 29
    )
    assert next_step(due_on=date(2026, 11, 8), ladder=(14, 0), day=date(2026, 10, 1)) == date(
        2026, 10, 25
    )
