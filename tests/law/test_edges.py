"""Edges of the refund rules that a run of mutants showed nobody had looked at."""

from datetime import date
from decimal import Decimal

import pytest

from housingfirst.law.days import CalendarSettings, working_days_between
from housingfirst.law.reimbursement import RatePeriod, StaySpan, clock_on, reimburse
from housingfirst.law.support import (
    NewWindow,
    PartMonth,
    ShelterPeriod,
    SupportLine,
    SupportRefundReason,
    SupportRefundSettings,
    SupportSection,
    SupportSpan,
    reimburse_support,
    support_refund_at_discharge,
    windows_of,
)
from tests.law.stays import stay

LEFT = date(2025, 10, 20)
AT_110 = [ShelterPeriod(date(2025, 9, 1), LEFT)]
BEFORE = date(2025, 10, 1)
COST = Decimal(30_000)


def place(
    starts: date, ends: date | None, cost: Decimal = COST, decided: date = BEFORE
) -> SupportSpan:
    return SupportSpan(SupportSection.SECTION_107, decided, starts, ends, cost)


def support(decided: date, starts: date, ends: date | None = None) -> SupportSpan:
    return SupportSpan(SupportSection.SECTION_85A, decided, starts, ends, Decimal(1_000))


def refunded_until(lines: tuple[SupportLine, ...]) -> list[date | None]:
    return [line.ends_on for line in lines if line.is_refundable]


def test_a_price_that_changes_does_not_split_the_six_months() -> None:
    """1 March to 31 August has 184 days: one more than six months of split stays have."""
    spans = [
        place(date(2026, 3, 1), date(2026, 5, 1)),
        place(date(2026, 5, 1), date(2026, 12, 1), Decimal(31_000)),
    ]
    assert refunded_until(reimburse_support(AT_110, spans).lines) == [
        date(2026, 5, 1),
        date(2026, 9, 1),
    ]


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        pytest.param(date(2025, 11, 1), date(2026, 5, 1), id="six-months-of-181-days"),
        pytest.param(date(2025, 11, 1), date(2026, 5, 11), id="more-than-six-months"),
        pytest.param(date(2025, 12, 31), date(2026, 7, 2), id="183-days-of-the-most-there-are"),
    ],
)
def test_after_six_months_nothing_is_left_for_another_stay(starts: date, ends: date) -> None:
    spans = [place(starts, ends), place(date(2026, 8, 1), date(2026, 8, 20))]
    answer = reimburse_support(AT_110, spans)
    assert answer.lines[-1].reason is SupportRefundReason.FACILITY_MONTHS_USED
    assert len(refunded_until(answer.lines)) == 1


def test_183_days_of_a_longer_half_year_leave_nothing() -> None:
    spans = [
        place(date(2026, 3, 1), date(2026, 8, 31)),
        place(date(2026, 9, 10), date(2026, 9, 12)),
    ]
    assert refunded_until(reimburse_support(AT_110, spans).lines) == [date(2026, 8, 31)]


def test_support_decided_in_time_is_refunded_during_the_facility_too() -> None:
    spans = [place(LEFT, None), support(BEFORE, LEFT)]
    lines = reimburse_support(AT_110, spans).lines
    assert [line.reason for line in lines if line.section is SupportSection.SECTION_85A] == [
        SupportRefundReason.DECIDED_BEFORE_DISCHARGE,
        SupportRefundReason.WINDOW_HAS_ENDED,
    ]


def test_on_the_first_day_of_the_facility_it_is_not_left() -> None:
    late = date(2025, 11, 15)
    spans = [place(LEFT, None, decided=late), support(late, LEFT, date(2025, 10, 21))]
    (first,) = (
        line
        for line in reimburse_support(AT_110, spans).lines
        if line.section is SupportSection.SECTION_85A
    )
    assert first.reason is SupportRefundReason.FACILITY_NOT_LEFT


def test_an_older_facility_does_not_hide_the_one_that_was_moved_to() -> None:
    late = date(2025, 11, 15)
    spans = [
        place(date(2025, 1, 1), date(2025, 8, 1)),
        place(LEFT, date(2025, 12, 1), decided=late),
        support(late, date(2025, 12, 1)),
    ]
    assert reimburse_support(AT_110, spans).support_amount_dkk > 0


def test_a_discharge_on_the_day_after_the_window_opens_a_new_one() -> None:
    settings = SupportRefundSettings(new_window=NewWindow.OPENS_AT_DISCHARGE)
    periods = [*AT_110, ShelterPeriod(date(2027, 10, 1), date(2027, 10, 20))]
    assert [one.starts_on for one in windows_of(periods, settings)] == [LEFT, date(2027, 10, 20)]


def test_part_months_at_a_discharge_follow_the_setting() -> None:
    refund = support_refund_at_discharge(
        BEFORE,
        LEFT,
        LEFT,
        periods=AT_110,
        ends_on=date(2025, 10, 30),
        monthly_cost_dkk=Decimal(6_000),
        settings=SupportRefundSettings(part_month=PartMonth.THIRTY_DAYS),
    )
    assert refund.refund_dkk == 1_000


def test_the_answer_carries_its_settings_and_versions() -> None:
    settings = SupportRefundSettings(split_facility_days=180)
    answer = reimburse_support(AT_110, [place(LEFT, None)], settings=settings)
    assert answer.settings is settings
    assert answer.windows[0].facility_version == "2023-10-01"
    assert reimburse_support([], [place(LEFT, None)]).lines[0].terms_version == ""


def test_stays_that_go_on_have_a_last_day_of_their_own() -> None:
    planned = stay("2026-07-01", "2026-07-11")
    answer = reimburse([stay("2026-05-01", None), planned], open_through_on=date(2026, 5, 10))
    assert [line.days for line in answer.lines] == [10, 10]


def test_a_year_and_its_lines_know_each_other() -> None:
    answer = reimburse([stay("2025-12-01", "2026-03-21"), stay("2026-04-10", "2026-05-10")])
    (year,) = answer.running_years
    assert (year.used, year.over, year.within) == (140, 30, 110)
    assert (year.limit, year.limit_when_last_within) == (90, 120)
    assert {line.year_starts_on for line in answer.lines} == {date(2025, 12, 1)}
    assert {line.terms_version for line in answer.lines} == {"2023-10-01", "2026-04-01"}


def test_on_the_last_day_of_a_used_up_year_the_refund_has_run_out() -> None:
    """The next day opens new days; what ran out stays the day it ran out."""
    clock = clock_on([stay("2024-03-01", None)], on=date(2025, 2, 28))
    assert clock.last_refundable_on == date(2024, 6, 28)
    assert (clock.left, clock.year_resets_on) == (0, date(2025, 3, 1))
    opened = clock_on([stay("2024-03-01", None)], on=date(2025, 3, 1))
    assert opened.last_refundable_on == date(2025, 6, 28)


def test_facts_that_cannot_be() -> None:
    one = RatePeriod(date(2026, 5, 1), Decimal(1), Decimal(0))
    with pytest.raises(ValueError, match="out of order"):
        stay("2026-04-01", None, rate_periods=(one, one))
    with pytest.raises(ValueError, match="below 0"):
        RatePeriod(date(2026, 5, 1), Decimal(-1), Decimal(0))
    with pytest.raises(ValueError, match="below 0"):
        StaySpan(date(2026, 5, 1), None, Decimal(1), Decimal(-1))


def test_days_back_are_counted_as_days_forward() -> None:
    closed = CalendarSettings(constitution_day_is_working_day=False)
    start, end = date(2026, 6, 1), date(2026, 6, 10)
    assert working_days_between(end, start, closed) == -working_days_between(start, end, closed)
    assert working_days_between(start, end, closed) == 6
    assert working_days_between(start, end) == 7


def test_the_last_day_of_the_limit_in_a_stay_of_its_own() -> None:
    """89 days, and then five: one of them is the 90th."""
    answer = reimburse([stay("2026-04-01", "2026-06-29"), stay("2026-07-10", "2026-07-15")])
    assert answer.refundable_days == 90
    assert answer.last_refundable_on == date(2026, 7, 10)


def test_of_two_alike_the_one_that_began_first_is_refunded() -> None:
    """So a later stay does not change a claim that is sent; a stay's parts began with the first."""
    later = stay("2026-05-10", "2026-05-20", reference="a, later by name first")
    parts = [
        stay("2026-05-01", "2026-05-12", reference="b"),
        stay("2026-05-12", "2026-05-20", reference="b"),
    ]
    answer = reimburse([later, *parts])
    refunded = {line.reference for line in answer.lines if line.is_refundable}
    assert refunded == {"b"}
    assert answer.refundable_days == 19
