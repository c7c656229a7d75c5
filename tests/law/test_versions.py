"""Parameters of the law: no gaps, no overlaps, the right row on the first and the last day."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from housingfirst.law.reimbursement import (
    REFUND_TERMS,
    CapTransition,
    RefundTerms,
    ReimbursementSettings,
    StaySpan,
    clock_on,
    reimburse,
)
from housingfirst.law.versions import Mark, Version, VersionTable

ONE_DAY = timedelta(days=1)
FEB, MAR, APR = date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)


def row(key: str, valid_from: date | None, valid_until: date | None) -> Version[str]:
    return Version(key, valid_from, valid_until, key.upper(), "test", Mark.UNVERIFIED)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        pytest.param([], "no versions", id="empty"),
        pytest.param([row("a", None, FEB), row("b", MAR, None)], "a ends", id="gap"),
        pytest.param([row("a", None, MAR), row("b", FEB, None)], "a ends", id="overlap"),
        pytest.param([row("a", None, None), row("b", FEB, None)], "a ends", id="open-in-the-midst"),
        pytest.param([row("b", FEB, None), row("a", None, FEB)], "b ends", id="wrong-order"),
        pytest.param([row("a", FEB, FEB), row("b", FEB, None)], "before it begins", id="no-days"),
        pytest.param([row("a", None, FEB), row("a", FEB, None)], "used twice", id="key-twice"),
    ],
)
def test_a_broken_table_is_refused(rows: list[Version[str]], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        VersionTable("R-TEST", rows)


@pytest.mark.parametrize(
    ("day", "key"),
    [
        pytest.param(FEB, "a", id="first-day"),
        pytest.param(date(2026, 2, 28), "a", id="last-day"),
        pytest.param(MAR, "b", id="first-day-of-the-next"),
        pytest.param(date(2026, 3, 31), "b", id="last-day-of-all"),
    ],
)
def test_the_version_of_a_day(day: date, key: str) -> None:
    table = VersionTable("R-TEST", [row("a", FEB, MAR), row("b", MAR, APR)])
    assert table.on(day).key == key


@pytest.mark.parametrize("day", [date(2026, 1, 31), APR], ids=["before", "after"])
def test_no_version_is_an_error(day: date) -> None:
    table = VersionTable("R-TEST", [row("a", FEB, MAR), row("b", MAR, APR)])
    with pytest.raises(LookupError, match="R-TEST"):
        table.on(day)


@pytest.mark.parametrize(
    ("day", "limit"),
    [
        pytest.param(date(2023, 9, 30), None, id="last-day-without-limit"),
        pytest.param(date(2023, 10, 1), 120, id="first-day-of-120"),
        pytest.param(date(2026, 3, 31), 120, id="last-day-of-120"),
        pytest.param(date(2026, 4, 1), 90, id="first-day-of-90"),
    ],
)
def test_day_limit(day: date, limit: int | None) -> None:
    assert REFUND_TERMS.on(day).value.day_limit == limit


def test_a_new_limit_is_one_more_row() -> None:
    *before, now = REFUND_TERMS.rows
    fall = date(2027, 1, 1)
    new = Version("2027-01-01", fall, None, RefundTerms(60, Decimal("0.40")), "test", now.mark)
    table = VersionTable("R-TEST", [*before, replace(now, valid_until=fall), new])
    stay = StaySpan(date(2026, 11, 1), None, Decimal(1500), Decimal(100))
    clock = clock_on([stay], on=date(2026, 12, 1), terms=table)
    assert (clock.left, clock.last_refundable_on, clock.recompute_on) == (59, fall - ONE_DAY, fall)
    keeps_limit = ReimbursementSettings(cap_transition=CapTransition.PER_YEAR)
    after = clock_on([stay], on=fall, settings=keeps_limit, terms=table)
    assert (after.limit, after.weekly_net_before_dkk) == (90, Decimal("5880.00"))
    result = reimburse([stay], through_on=date(2027, 1, 31), terms=table)
    assert [(line.days, line.terms_version) for line in result.lines] == [
        (61, "2026-04-01"),
        (31, "2027-01-01"),
    ]
