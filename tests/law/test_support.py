"""Refund of § 85 a support after a discharge (SEL § 176 a, stk. 1 and 3)."""

from datetime import date
from decimal import Decimal

import pytest

from housingfirst.law.support import (
    DecisionOnDischargeDate,
    LaterDischarge,
    NewWindow,
    RefundWindow,
    ShelterPeriod,
    SupportRefundReason,
    SupportRefundSettings,
    WindowEnd,
    support_refund_at_discharge,
    windows_of,
)

DISCHARGED = date(2026, 12, 14)
COST = Decimal("8500.00")
PERIODS = [ShelterPeriod(date(2026, 8, 3), None)]
ANNIVERSARY = SupportRefundSettings(window_end=WindowEnd.ANNIVERSARY)
SAME_DAY = SupportRefundSettings(decision_on_discharge_date=DecisionOnDischargeDate.BEFORE)
TOO_LATE = SupportRefundSettings(later_discharge=LaterDischarge.TOO_LATE)
NEVER = SupportRefundSettings(new_window=NewWindow.NEVER)


def ending(*discharges: date) -> list[ShelterPeriod]:
    """Stays of a single day that end with each discharge."""
    return [ShelterPeriod(day, day) for day in discharges]


def days_of(window: RefundWindow | None) -> tuple[date, date] | None:
    return None if window is None else (window.starts_on, window.ends_on)


@pytest.mark.parametrize(
    ("decided_on", "reason"),
    [
        pytest.param(
            date(2026, 11, 26), SupportRefundReason.DECIDED_BEFORE_DISCHARGE, id="J1-in-november"
        ),
        pytest.param(
            date(2026, 12, 13), SupportRefundReason.DECIDED_BEFORE_DISCHARGE, id="the-day-before"
        ),
        pytest.param(
            date(2026, 12, 14), SupportRefundReason.DECIDED_ON_DISCHARGE_DATE, id="the-same-day"
        ),
        pytest.param(
            date(2026, 12, 15), SupportRefundReason.DECIDED_AFTER_DISCHARGE, id="J1-a-day-late"
        ),
        pytest.param(None, SupportRefundReason.NOT_DECIDED, id="no-decision"),
    ],
)
def test_the_decision_must_come_before_the_discharge(
    decided_on: date | None, reason: SupportRefundReason
) -> None:
    refund = support_refund_at_discharge(
        decided_on, date(2026, 12, 15), DISCHARGED, periods=PERIODS, monthly_cost_dkk=COST
    )
    is_refundable = reason is SupportRefundReason.DECIDED_BEFORE_DISCHARGE
    assert refund.reason is reason
    assert refund.is_refundable is is_refundable
    assert refund.window is not None
    assert refund.window.last_on == date(2028, 12, 13)
    assert (refund.refund_from, refund.refund_until) == (date(2026, 12, 15), date(2028, 12, 14))
    # 23 months and 29 of the 30 days from 15 November.
    worth = Decimal("101858.33")
    assert refund.refund_dkk == (worth if is_refundable else 0)
    assert refund.lost_dkk == (0 if is_refundable else worth)
    assert (refund.rule_id, refund.terms_version) == ("R-176A-1", "2023-10-01")


@pytest.mark.parametrize(
    ("decided_on", "refundable", "lost"),
    [
        pytest.param(date(2024, 3, 1), 144_000, 0, id="A1-decided-before"),
        pytest.param(date(2024, 3, 20), 0, 144_000, id="A2-decided-after"),
    ],
)
def test_two_years_of_support(decided_on: date, refundable: int, lost: int) -> None:
    refund = support_refund_at_discharge(
        decided_on,
        None,
        date(2024, 3, 15),
        periods=ending(date(2024, 3, 15)),
        ends_on=date(2026, 7, 1),
        monthly_cost_dkk=Decimal(12_000),
    )
    assert days_of(refund.window) == (date(2024, 3, 15), date(2026, 3, 15))
    assert (refund.refund_dkk, refund.lost_dkk) == (Decimal(refundable), Decimal(lost))


def test_a6_a_new_stay_does_not_start_the_two_years_again() -> None:
    refund = support_refund_at_discharge(
        date(2024, 5, 20),
        date(2024, 6, 1),
        date(2025, 1, 31),
        monthly_cost_dkk=Decimal(8_000),
        periods=ending(date(2024, 6, 1), date(2025, 1, 31)),
    )
    assert days_of(refund.window) == (date(2024, 6, 1), date(2026, 6, 1))
    assert (refund.refund_from, refund.refund_until) == (date(2025, 1, 31), date(2026, 6, 1))


def test_nine_months_of_cti_end_before_the_window() -> None:
    refund = support_refund_at_discharge(
        None,
        date(2026, 12, 15),
        DISCHARGED,
        periods=PERIODS,
        ends_on=date(2027, 9, 15),
        monthly_cost_dkk=COST,
    )
    assert refund.lost_dkk == Decimal("38250.00")


def test_support_that_ends_before_the_discharge_is_worth_nothing() -> None:
    refund = support_refund_at_discharge(
        date(2026, 10, 1),
        date(2026, 10, 1),
        DISCHARGED,
        periods=PERIODS,
        ends_on=date(2026, 12, 1),
        monthly_cost_dkk=COST,
    )
    assert refund.is_refundable
    assert (refund.refund_from, refund.refund_until, refund.refund_dkk) == (None, None, Decimal(0))


@pytest.mark.parametrize(
    ("settings", "decided_on", "discharges", "reason", "window"),
    [
        pytest.param(
            SAME_DAY,
            DISCHARGED,
            [DISCHARGED],
            SupportRefundReason.DECIDED_BEFORE_DISCHARGE,
            (DISCHARGED, date(2028, 12, 14)),
            id="the-same-day-read-as-before",
        ),
        pytest.param(
            ANNIVERSARY,
            date(2026, 12, 1),
            [DISCHARGED],
            SupportRefundReason.DECIDED_BEFORE_DISCHARGE,
            (DISCHARGED, date(2028, 12, 15)),
            id="the-anniversary-read-as-the-last-day",
        ),
        pytest.param(
            SupportRefundSettings(),
            date(2026, 12, 1),
            [date(2026, 1, 10), DISCHARGED],
            SupportRefundReason.DECIDED_BEFORE_DISCHARGE,
            (date(2026, 1, 10), date(2028, 1, 10)),
            id="decided-before-the-second-discharge",
        ),
        pytest.param(
            TOO_LATE,
            date(2026, 12, 1),
            [date(2026, 1, 10), DISCHARGED],
            SupportRefundReason.FIRST_DISCHARGE_WITHOUT_DECISION,
            (date(2026, 1, 10), date(2028, 1, 10)),
            id="decided-before-the-second-discharge-read-as-too-late",
        ),
        pytest.param(
            TOO_LATE,
            date(2026, 1, 9),
            [date(2026, 1, 10), DISCHARGED],
            SupportRefundReason.DECIDED_BEFORE_DISCHARGE,
            (date(2026, 1, 10), date(2028, 1, 10)),
            id="decided-before-the-first-discharge",
        ),
        pytest.param(
            SupportRefundSettings(
                decision_on_discharge_date=DecisionOnDischargeDate.BEFORE,
                later_discharge=LaterDischarge.TOO_LATE,
            ),
            date(2026, 1, 10),
            [date(2026, 1, 10), DISCHARGED],
            SupportRefundReason.DECIDED_BEFORE_DISCHARGE,
            (date(2026, 1, 10), date(2028, 1, 10)),
            id="decided-on-the-day-of-the-first-discharge",
        ),
        pytest.param(
            SupportRefundSettings(),
            date(2026, 12, 1),
            [date(2024, 12, 14), DISCHARGED],
            SupportRefundReason.DECIDED_BEFORE_DISCHARGE,
            (DISCHARGED, date(2028, 12, 14)),
            id="a-new-window-on-the-day-after-the-old",
        ),
        pytest.param(
            SupportRefundSettings(),
            date(2026, 12, 1),
            [date(2024, 12, 15), DISCHARGED],
            SupportRefundReason.DECIDED_BEFORE_DISCHARGE,
            (date(2024, 12, 15), date(2026, 12, 15)),
            id="the-last-day-of-the-old-window",
        ),
        pytest.param(
            NEVER,
            date(2026, 12, 1),
            [date(2024, 12, 14), DISCHARGED],
            SupportRefundReason.WINDOW_HAS_ENDED,
            (date(2024, 12, 14), date(2026, 12, 14)),
            id="no-new-window-once-it-has-ended",
        ),
        pytest.param(
            SupportRefundSettings(),
            date(2023, 9, 1),
            [date(2023, 9, 15), DISCHARGED],
            SupportRefundReason.DECIDED_BEFORE_DISCHARGE,
            (DISCHARGED, date(2028, 12, 14)),
            id="a-discharge-before-the-act-is-not-the-first",
        ),
    ],
)
def test_readings(
    settings: SupportRefundSettings,
    decided_on: date,
    discharges: list[date],
    reason: SupportRefundReason,
    window: tuple[date, date],
) -> None:
    refund = support_refund_at_discharge(
        decided_on, None, discharges[-1], periods=ending(*discharges), settings=settings
    )
    assert refund.reason is reason
    assert days_of(refund.window) == window
    assert refund.settings == settings


def test_support_that_starts_after_the_window() -> None:
    refund = support_refund_at_discharge(
        date(2026, 12, 1), date(2028, 12, 14), DISCHARGED, periods=PERIODS, monthly_cost_dkk=COST
    )
    assert refund.reason is SupportRefundReason.WINDOW_HAS_ENDED
    assert (refund.refund_from, refund.refund_dkk, refund.lost_dkk) == (
        None,
        Decimal(0),
        Decimal(0),
    )


@pytest.mark.parametrize(
    ("discharged_on", "is_reached"),
    [
        pytest.param(date(2023, 9, 30), False, id="the-day-before-the-act"),
        pytest.param(date(2023, 10, 1), True, id="the-day-of-the-act"),
    ],
)
def test_the_act_reaches_discharges_from_october_2023(
    discharged_on: date, is_reached: bool
) -> None:
    refund = support_refund_at_discharge(
        date(2023, 9, 1), None, discharged_on, periods=ending(discharged_on), monthly_cost_dkk=COST
    )
    assert refund.is_refundable is is_reached
    assert (refund.window is not None) is is_reached
    if not is_reached:
        assert refund.reason is SupportRefundReason.DISCHARGED_BEFORE_ACT
        assert (refund.refund_from, refund.lost_dkk) == (None, Decimal(0))


def test_no_discharge_no_window() -> None:
    assert windows_of([], SupportRefundSettings()) == []
    assert windows_of(PERIODS, SupportRefundSettings()) == []


@pytest.mark.parametrize(
    ("settings", "opens"),
    [
        pytest.param(SupportRefundSettings(), False, id="cautious"),
        pytest.param(
            SupportRefundSettings(new_window=NewWindow.OPENS_AT_DISCHARGE), True, id="at-discharge"
        ),
    ],
)
def test_a_stay_that_begins_within_the_two_years_and_ends_after_them(
    settings: SupportRefundSettings, opens: bool
) -> None:
    periods = [
        ShelterPeriod(date(2024, 1, 1), date(2024, 2, 1)),
        ShelterPeriod(date(2026, 1, 31), date(2026, 3, 1)),
    ]
    windows = [window.starts_on for window in windows_of(periods, settings)]
    assert windows == [date(2024, 2, 1), *([date(2026, 3, 1)] if opens else [])]


def test_to_move_from_one_boform_to_another_on_the_same_day_is_no_discharge() -> None:
    """The parts touch, overlap and lie within each other; in the end the citizen is still there."""
    moved = [
        ShelterPeriod(date(2026, 3, 1), date(2026, 4, 1)),
        ShelterPeriod(date(2026, 1, 1), date(2026, 3, 1)),
        ShelterPeriod(date(2026, 3, 5), date(2026, 3, 9)),
        ShelterPeriod(date(2026, 4, 2), date(2026, 4, 5)),
    ]
    (window,) = windows_of(moved, SupportRefundSettings())
    assert window.discharges == (date(2026, 4, 1), date(2026, 4, 5))
    stays = [*moved, ShelterPeriod(date(2026, 4, 4), None), ShelterPeriod(date(2026, 5, 1), None)]
    (window,) = windows_of(stays, SupportRefundSettings())
    assert window.discharges == (date(2026, 4, 1),)


def test_impossible_facts_are_refused() -> None:
    with pytest.raises(ValueError, match="no stay ends with the discharge"):
        support_refund_at_discharge(None, None, DISCHARGED, periods=[])
    with pytest.raises(ValueError, match="cannot end"):
        support_refund_at_discharge(
            None, date(2026, 12, 15), DISCHARGED, periods=PERIODS, ends_on=date(2026, 12, 14)
        )
    with pytest.raises(ValueError, match="below 0"):
        support_refund_at_discharge(
            None, None, DISCHARGED, periods=PERIODS, monthly_cost_dkk=Decimal(-1)
        )
    with pytest.raises(ValueError, match="before admitted"):
        ShelterPeriod(date(2026, 5, 2), date(2026, 5, 1))
    with pytest.raises(ValueError, match="below 0"):
        SupportRefundSettings(split_facility_days=-1)
