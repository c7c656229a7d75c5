"""The reimbursement clock at the days on which something changes."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from housingfirst.law.reimbursement import (
    Absence,
    AbsenceSpan,
    CapTransition,
    CountDischargeDay,
    NewYearStart,
    Overlap,
    RatePeriod,
    ReimbursementSettings,
    ResidentOnReform,
    StaySection,
    StaySpan,
    clock_on,
)


def stay(admitted: date, discharged: date | None = None, **more: Any) -> StaySpan:
    price = {"daily_rate_dkk": Decimal("1450.00"), "resident_payment_dkk": Decimal("107.00")}
    return StaySpan(admitted, discharged, **(price | more))


MADS = stay(date(2026, 8, 3))
E7 = stay(date(2026, 1, 15))
FIXED = ReimbursementSettings(new_year_start=NewYearStart.FIXED)
PER_YEAR = ReimbursementSettings(cap_transition=CapTransition.PER_YEAR)
FIRST_NEW = ReimbursementSettings(resident_on_2023_10_01=ResidentOnReform.FIRST_NEW_ADMISSION)


def test_j1_the_morning_after() -> None:
    clock = clock_on([MADS], on=date(2026, 8, 4))
    assert clock.is_resident
    assert (clock.used, clock.limit, clock.left, clock.over) == (2, 90, 88, 0)
    assert clock.last_refundable_on == date(2026, 10, 31)
    assert clock.weekly_net_before_dkk == Decimal("4700.50")
    assert clock.weekly_net_after_dkk == Decimal("9401.00")
    assert clock.weekly_extra_dkk == Decimal("4700.50")
    assert (clock.year_starts_on, clock.year_resets_on) == (date(2026, 8, 3), date(2027, 8, 3))
    assert clock.recompute_on == date(2027, 8, 3)
    assert (clock.terms_version, clock.rule_id) == ("2026-04-01", "R-110-REF")


@pytest.mark.parametrize(
    ("on", "used", "left", "over"),
    [
        pytest.param(date(2026, 8, 2), 0, 90, 0, id="the-day-before-he-comes"),
        pytest.param(date(2026, 8, 3), 1, 89, 0, id="the-day-he-comes"),
        pytest.param(date(2026, 10, 1), 60, 30, 0, id="30-left"),
        pytest.param(date(2026, 10, 31), 90, 0, 0, id="last-refundable-day"),
        pytest.param(date(2026, 11, 1), 91, 0, 1, id="first-day-over"),
        pytest.param(date(2027, 8, 2), 365, 0, 275, id="last-day-of-the-running-year"),
        pytest.param(date(2027, 8, 3), 1, 89, 0, id="reset"),
    ],
)
def test_j1_if_he_stays(on: date, used: int, left: int, over: int) -> None:
    clock = clock_on([MADS], on=on)
    assert (clock.used, clock.left, clock.over) == (used, left, over)


def test_after_the_limit_the_last_refundable_day_is_in_the_past() -> None:
    assert clock_on([MADS], on=date(2026, 12, 1)).last_refundable_on == date(2026, 10, 31)
    assert clock_on([MADS], on=date(2027, 8, 3)).last_refundable_on == date(2027, 10, 31)


@pytest.mark.parametrize(
    ("settings", "on", "limit", "left", "last", "recompute"),
    [
        pytest.param(
            ReimbursementSettings(),
            date(2026, 3, 31),
            120,
            44,
            date(2026, 4, 14),
            date(2026, 4, 1),
            id="the-fall-is-foreseen",
        ),
        pytest.param(
            ReimbursementSettings(),
            date(2026, 4, 1),
            90,
            13,
            date(2026, 4, 14),
            date(2027, 1, 15),
            id="the-fall-has-come",
        ),
        pytest.param(
            PER_YEAR,
            date(2026, 4, 1),
            120,
            43,
            date(2026, 5, 14),
            date(2027, 1, 15),
            id="the-year-keeps-its-limit",
        ),
    ],
)
def test_e7_limit_falls_mid_stay(
    settings: ReimbursementSettings, on: date, limit: int, left: int, last: date, recompute: date
) -> None:
    clock = clock_on([E7], on=on, settings=settings)
    assert (clock.limit, clock.left) == (limit, left)
    assert (clock.last_refundable_on, clock.recompute_on) == (last, recompute)


def test_e8_days_refunded_under_120_are_not_over_90() -> None:
    stays = [stay(date(2025, 12, 1), date(2026, 3, 21)), stay(date(2026, 4, 10))]
    clock = clock_on(stays, on=date(2026, 4, 10))
    assert (clock.used, clock.limit, clock.left, clock.over) == (111, 90, 0, 1)
    assert clock.last_refundable_on == date(2026, 3, 20)


def test_the_forecast_runs_across_the_reset() -> None:
    stays = [stay(date(2026, 5, 1), date(2026, 5, 31)), stay(date(2027, 4, 1))]
    clock = clock_on(stays, on=date(2027, 4, 1))
    assert clock.left == 59
    assert clock.recompute_on == clock.year_resets_on == date(2027, 5, 1)
    assert clock.last_refundable_on == date(2027, 7, 29)


def test_a_discharge_to_come_is_not_foreseen() -> None:
    leaving = stay(date(2026, 8, 3), date(2026, 8, 20))
    assert clock_on([leaving], on=date(2026, 8, 4)) == clock_on([MADS], on=date(2026, 8, 4))


def test_admissions_and_days_elsewhere_to_come_are_not_foreseen() -> None:
    clock = clock_on([MADS, stay(date(2026, 9, 1))], [date(2026, 8, 5)], on=date(2026, 8, 4))
    assert clock == clock_on([MADS], on=date(2026, 8, 4))


def test_one_who_has_left_has_days_but_no_forecast() -> None:
    clock = clock_on([stay(date(2026, 8, 3), date(2026, 8, 20))], on=date(2026, 8, 20))
    assert not clock.is_resident
    assert (clock.used, clock.left) == (17, 73)
    assert clock.last_refundable_on is None
    assert clock.weekly_net_before_dkk is None
    assert clock.weekly_net_after_dkk is None
    assert clock.weekly_extra_dkk is None
    assert clock.recompute_on == clock.year_resets_on == date(2027, 8, 3)


@pytest.mark.parametrize(
    ("settings", "starts", "resets"),
    [
        pytest.param(ReimbursementSettings(), None, None, id="no-year-until-the-next-admission"),
        pytest.param(FIXED, date(2025, 6, 1), date(2026, 6, 1), id="years-run-on"),
    ],
)
def test_away_when_the_year_ended(
    settings: ReimbursementSettings, starts: date | None, resets: date | None
) -> None:
    stays = [stay(date(2024, 6, 1), date(2024, 7, 1))]
    clock = clock_on(stays, on=date(2026, 3, 1), settings=settings)
    assert (clock.used, clock.left, clock.over) == (0, 120, 0)
    assert (clock.year_starts_on, clock.year_resets_on) == (starts, resets)
    assert clock.recompute_on == date(2026, 4, 1)
    assert clock_on(stays, on=date(2026, 4, 1), settings=settings).recompute_on == resets


def test_nothing_known_of_the_citizen() -> None:
    clock = clock_on([], on=date(2026, 8, 4))
    assert (clock.used, clock.limit, clock.left, clock.over) == (0, 90, 90, 0)
    assert clock.recompute_on is None


def test_before_the_reform_there_is_no_limit() -> None:
    resident = clock_on([stay(date(2023, 8, 1))], on=date(2023, 9, 30))
    assert (resident.used, resident.limit, resident.left, resident.over) == (0, None, None, 0)
    assert resident.last_refundable_on == date(2024, 1, 28)
    assert resident.recompute_on == date(2023, 10, 1)
    gone = clock_on([stay(date(2023, 8, 1), date(2023, 9, 1))], on=date(2023, 9, 30))
    assert (gone.limit, gone.recompute_on) == (None, date(2023, 10, 1))


def test_resident_since_before_the_reform_may_have_no_limit_at_all() -> None:
    clock = clock_on([stay(date(2023, 8, 1))], on=date(2024, 6, 1), settings=FIRST_NEW)
    assert (clock.used, clock.limit, clock.left, clock.over) == (0, None, None, 0)
    assert (clock.last_refundable_on, clock.recompute_on) == (None, None)
    gone = clock_on(
        [stay(date(2023, 8, 1), date(2024, 6, 1))], on=date(2024, 6, 1), settings=FIRST_NEW
    )
    assert (gone.limit, gone.left) == (120, 120)


def test_discharged_today_on_a_day_that_counts_without_limit() -> None:
    settings = ReimbursementSettings(
        resident_on_2023_10_01=ResidentOnReform.FIRST_NEW_ADMISSION,
        count_discharge_day=CountDischargeDay.YES,
    )
    clock = clock_on(
        [stay(date(2023, 8, 1), date(2024, 6, 1))], on=date(2024, 6, 1), settings=settings
    )
    assert (clock.limit, clock.recompute_on) == (None, date(2024, 6, 2))


def test_section_109_has_no_clock() -> None:
    clock = clock_on([stay(date(2026, 8, 3), section=StaySection.SECTION_109)], on=date(2026, 8, 4))
    assert not clock.is_resident
    assert clock.used == 0


def test_prices_are_those_of_the_day_and_a_coming_change_is_named() -> None:
    resident = stay(
        date(2026, 8, 3),
        rate_periods=(RatePeriod(date(2027, 1, 1), Decimal("1500.00"), Decimal("110.00")),),
    )
    before = clock_on([resident], on=date(2026, 12, 31))
    assert (before.weekly_net_after_dkk, before.recompute_on) == (Decimal(9401), date(2027, 1, 1))
    after = clock_on([resident], on=date(2027, 1, 1))
    assert (after.weekly_net_after_dkk, after.recompute_on) == (Decimal(9730), date(2027, 8, 3))


@pytest.mark.parametrize(
    ("overlap", "net"),
    [
        pytest.param(Overlap.ONE_RATE, Decimal("7000.00"), id="lowest"),
        pytest.param(Overlap.ALL_RATES, Decimal("16401.00"), id="both"),
    ],
)
def test_weekly_cost_of_one_registered_in_two_places(overlap: Overlap, net: Decimal) -> None:
    second = stay(date(2026, 8, 4), daily_rate_dkk=Decimal("1107.00"))
    clock = clock_on(
        [MADS, second], on=date(2026, 8, 4), settings=ReimbursementSettings(overlap=overlap)
    )
    assert clock.weekly_net_after_dkk == net


def test_an_absence_that_does_not_count_is_taken_to_end() -> None:
    settings = ReimbursementSettings(absence=Absence.NOT_COUNTED)
    away = stay(date(2026, 8, 3), absences=(AbsenceSpan(date(2026, 8, 10), None),))
    clock = clock_on([away], on=date(2026, 8, 20), settings=settings)
    assert (clock.used, clock.left) == (7, 83)
    assert clock.last_refundable_on == date(2026, 8, 20) + timedelta(days=83)
    from_the_start = stay(date(2026, 8, 3), absences=(AbsenceSpan(date(2026, 8, 3), None),))
    clock = clock_on([from_the_start], on=date(2026, 8, 20), settings=settings)
    assert (clock.used, clock.recompute_on) == (0, date(2026, 8, 21))


def test_days_elsewhere_are_in_the_clock() -> None:
    elsewhere = [date(2026, 6, 3) + timedelta(days=i) for i in range(12)]
    clock = clock_on([stay(date(2026, 9, 14))], elsewhere, on=date(2026, 11, 17))
    assert (clock.used, clock.left) == (77, 13)
    assert clock.last_refundable_on == date(2026, 11, 30)
    assert clock.year_resets_on == date(2027, 6, 3)


@pytest.mark.parametrize(
    ("settings", "recompute"),
    [
        pytest.param(ReimbursementSettings(), date(2026, 4, 1), id="the-limit-falls-first"),
        pytest.param(PER_YEAR, date(2026, 12, 1), id="the-year-keeps-its-limit"),
    ],
)
def test_one_who_has_left_before_the_limit_falls(
    settings: ReimbursementSettings, recompute: date
) -> None:
    stays = [stay(date(2025, 12, 1), date(2026, 1, 1))]
    assert clock_on(stays, on=date(2026, 3, 1), settings=settings).recompute_on == recompute
