"""Refund of § 85 a support after a discharge (SEL § 176 a, stk. 1 and 3)."""

from datetime import date
from decimal import Decimal

import pytest

from housingfirst.law.support import (
    DecisionOnDischargeDate,
    LaterDischarge,
    NewWindow,
    RefundWindow,
    SupportRefundReason,
    SupportRefundSettings,
    WindowEnd,
    refund_window,
    support_refund_at_discharge,
)

DISCHARGED = date(2026, 12, 14)
COST = Decimal("8500.00")
ANNIVERSARY = SupportRefundSettings(window_end=WindowEnd.ANNIVERSARY)
SAME_DAY = SupportRefundSettings(decision_on_discharge_date=DecisionOnDischargeDate.BEFORE)
TOO_LATE = SupportRefundSettings(later_discharge=LaterDischarge.TOO_LATE)
NEVER = SupportRefundSettings(new_window=NewWindow.NEVER)


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
        decided_on, date(2026, 12, 15), DISCHARGED, monthly_cost_dkk=COST
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
        ends_on=date(2026, 7, 1),
        monthly_cost_dkk=Decimal(12_000),
    )
    assert refund.window == RefundWindow(date(2024, 3, 15), date(2026, 3, 15))
    assert (refund.refund_dkk, refund.lost_dkk) == (Decimal(refundable), Decimal(lost))


def test_a6_a_new_stay_does_not_start_the_two_years_again() -> None:
    refund = support_refund_at_discharge(
        date(2024, 5, 20),
        date(2024, 6, 1),
        date(2025, 1, 31),
        monthly_cost_dkk=Decimal(8_000),
        earlier_discharges=[date(2024, 6, 1)],
    )
    assert refund.window == RefundWindow(date(2024, 6, 1), date(2026, 6, 1))
    assert (refund.refund_from, refund.refund_until) == (date(2025, 1, 31), date(2026, 6, 1))


def test_nine_months_of_cti_end_before_the_window() -> None:
    refund = support_refund_at_discharge(
        None, date(2026, 12, 15), DISCHARGED, ends_on=date(2027, 9, 15), monthly_cost_dkk=COST
    )
    assert refund.lost_dkk == Decimal("38250.00")


def test_support_that_ends_before_the_discharge_is_worth_nothing() -> None:
    refund = support_refund_at_discharge(
        date(2026, 10, 1),
        date(2026, 10, 1),
        DISCHARGED,
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
    *earlier, last = discharges
    refund = support_refund_at_discharge(
        decided_on, None, last, earlier_discharges=earlier, settings=settings
    )
    assert refund.reason is reason
    assert refund.window == RefundWindow(*window)
    assert refund.settings == settings


def test_support_that_starts_after_the_window() -> None:
    refund = support_refund_at_discharge(
        date(2026, 12, 1), date(2028, 12, 14), DISCHARGED, monthly_cost_dkk=COST
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
        date(2023, 9, 1), None, discharged_on, monthly_cost_dkk=COST
    )
    assert refund.is_refundable is is_reached
    assert (refund.window is not None) is is_reached
    if not is_reached:
        assert refund.reason is SupportRefundReason.DISCHARGED_BEFORE_ACT
        assert (refund.refund_from, refund.lost_dkk) == (None, Decimal(0))


def test_no_discharge_no_window() -> None:
    assert refund_window([]) is None


def test_impossible_facts_are_refused() -> None:
    with pytest.raises(ValueError, match="is not before"):
        support_refund_at_discharge(None, None, DISCHARGED, earlier_discharges=[date(2027, 1, 1)])
    with pytest.raises(ValueError, match="cannot end"):
        support_refund_at_discharge(
            None, date(2026, 12, 15), DISCHARGED, ends_on=date(2026, 12, 14)
        )
    with pytest.raises(ValueError, match="below 0"):
        support_refund_at_discharge(None, None, DISCHARGED, monthly_cost_dkk=Decimal(-1))
