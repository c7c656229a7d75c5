"""R-110-REF: what each line pays, from which day to which, and what is refused."""

from datetime import date
from decimal import Decimal

import pytest

from housingfirst.law.reimbursement import (
    AbsenceSpan,
    RatePeriod,
    RefundTerms,
    reimburse,
)
from housingfirst.law.versions import Mark, Version, VersionTable
from tests.law.stays import E9, J1, RATE, days, stay

PRICED = stay(
    "2025-12-22",
    "2026-01-11",
    rate_periods=(
        RatePeriod(date(2025, 1, 1), Decimal("1400.00"), Decimal("103.00")),
        RatePeriod(date(2026, 1, 1), Decimal("1450.25"), Decimal("107.00")),
        RatePeriod(date(2026, 2, 1), Decimal("9999.00"), Decimal("0.00")),
    ),
)


def test_rates_that_change_during_a_stay() -> None:
    result = reimburse([PRICED])
    assert [(line.days, line.daily_rate_dkk, line.amount_dkk) for line in result.lines] == [
        (10, Decimal("1400.00"), Decimal("6485.00")),
        (10, Decimal("1450.25"), Decimal("6716.25")),
    ]


def test_a_line_is_rounded_half_up_as_a_whole() -> None:
    odd = stay("2026-05-01", "2026-05-02", daily_rate_dkk=Decimal("100.01"))
    assert reimburse([odd]).amount_dkk == Decimal("0.01")
    three = stay("2026-05-01", "2026-05-04", daily_rate_dkk=Decimal("100.01"))
    assert reimburse([three]).amount_dkk == Decimal("0.02")


def test_payment_above_the_rate_is_no_debt_to_the_state() -> None:
    result = reimburse([stay("2026-05-01", "2026-05-11", daily_rate_dkk=Decimal("90.00"))])
    assert result.amount_dkk == 0
    assert result.refundable_days == 10


def test_same_day_stay_without_a_rate_is_no_day() -> None:
    assert reimburse([stay("2026-05-04", "2026-05-04", daily_rate_dkk=Decimal(0))]).lines == ()


def test_a_stay_that_goes_on_is_counted_through_a_day() -> None:
    assert reimburse([stay("2026-05-01", None)], through_on=date(2026, 5, 10)).refundable_days == 10


def test_stays_and_days_after_the_last_day_asked_for_are_left_out() -> None:
    result = reimburse(
        [stay("2026-05-01", "2026-06-01"), stay("2026-07-01", None)],
        days_used_elsewhere=[*days("2026-04-28", 2), *days("2026-05-30", 20)],
        through_on=date(2026, 5, 10),
    )
    assert result.running_years[0].used == 12
    assert result.refundable_days == 10


def test_other_terms_than_todays_can_be_tried() -> None:
    never = VersionTable(
        "R-TEST",
        [Version("free", None, None, RefundTerms(None, Decimal("0.25")), "test", Mark.UNVERIFIED)],
    )
    result = reimburse(E9, terms=never)
    assert (result.refundable_days, result.amount_dkk) == (122, Decimal(122 * 350))
    assert result.running_years == ()


def test_no_stays_no_refund() -> None:
    result = reimburse([])
    assert (result.refundable_days, result.last_refundable_on) == (0, None)
    assert (result.amount_dkk, result.lines, result.running_years) == (Decimal(0), (), ())


def test_the_lines_of_a_quarter() -> None:
    result = reimburse(J1)
    third = result.within(date(2026, 7, 1), date(2026, 10, 1))
    fourth = result.within(date(2026, 10, 1), date(2027, 1, 1))
    assert [(line.days, line.day_number, line.amount_dkk) for line in third] == [
        (59, 1, Decimal("39618.50"))
    ]
    assert [(line.days, line.day_number, line.amount_dkk) for line in fourth] == [
        (31, 60, Decimal("20816.50")),
        (43, 91, Decimal("0.00")),
    ]
    (before,) = reimburse([stay("2023-06-01", "2023-08-01")]).within(
        date(2023, 7, 1), date(2023, 10, 1)
    )
    assert (before.days, before.day_number) == (31, None)


def test_a_stay_that_goes_on_needs_a_last_day() -> None:
    with pytest.raises(ValueError, match="2026-05-01 goes on"):
        reimburse([stay("2026-05-01", None)])


def test_impossible_facts_are_refused() -> None:
    with pytest.raises(ValueError, match="before admitted"):
        stay("2026-05-02", "2026-05-01")
    with pytest.raises(ValueError, match="below 0"):
        stay("2026-05-01", None, daily_rate_dkk=Decimal(-1))
    with pytest.raises(ValueError, match="below 0"):
        RatePeriod(date(2026, 1, 1), RATE, Decimal("-0.01"))
    with pytest.raises(ValueError, match="out of order"):
        stay("2026-05-01", None, rate_periods=tuple(reversed(PRICED.rate_periods)))
    with pytest.raises(ValueError, match="cannot end"):
        AbsenceSpan(date(2026, 5, 2), date(2026, 5, 1))
