"""R-110-REF against the examples a caseworker or a lawyer would work through by hand."""

from datetime import date
from decimal import Decimal

import pytest

from housingfirst.law.reimbursement import (
    CapTransition,
    CountDischargeDay,
    LineReason,
    ReimbursementSettings,
    SameDayStay,
    StaySection,
    StaySpan,
    reimburse,
)
from tests.law.stays import DEFAULT, E6, E6B, E9, E12, E15, FIXED, J1, stay

E3 = [
    stay("2024-02-01", "2024-03-02"),
    stay("2024-05-01", "2024-06-10"),
    stay("2024-09-01", "2024-12-10"),
]


E5 = [stay("2024-03-01", "2024-07-29"), stay("2025-02-01", "2025-04-02")]


E7 = [stay("2026-01-15", "2026-06-15")]


E8 = [stay("2025-12-01", "2026-03-21"), stay("2026-04-10", "2026-05-10")]


E11 = [stay("2026-05-04", "2026-05-04")]


E13 = [stay("2026-05-01", "2026-07-30")]


E16 = [stay("2026-02-01", "2026-02-21"), stay("2026-04-20", "2026-08-18")]


E17 = [stay("2026-04-01", "2026-08-01", resident_payment_dkk=Decimal(0))]


E18 = [
    stay("2026-02-01", "2026-03-01", section=StaySection.SECTION_109),
    stay("2026-03-01", "2026-06-09"),
]


J3 = [
    stay(
        admitted,
        discharged,
        daily_rate_dkk=Decimal("1380.00"),
        resident_payment_dkk=Decimal("107.00"),
    )
    for admitted, discharged in (
        ("2025-12-10", "2026-01-20"),
        ("2026-03-15", "2026-05-30"),
        ("2026-06-10", "2026-09-01"),
    )
]


PER_YEAR = ReimbursementSettings(cap_transition=CapTransition.PER_YEAR)


STRICT_NIGHTS = ReimbursementSettings(same_day_stay=SameDayStay.NO_DAY)


DISCHARGE_DAY = ReimbursementSettings(count_discharge_day=CountDischargeDay.YES)


@pytest.mark.parametrize(
    ("stays", "settings", "used", "refundable", "last", "amount"),
    [
        pytest.param(
            [stay("2024-01-10", "2024-04-09")],
            DEFAULT,
            90,
            90,
            "2024-04-08",
            63_000,
            id="E1-under-the-limit",
        ),
        pytest.param(
            [stay("2024-01-10", "2024-07-08")],
            DEFAULT,
            180,
            120,
            "2024-05-08",
            84_000,
            id="E2-over-the-limit",
        ),
        pytest.param(
            E3,
            DEFAULT,
            170,
            120,
            "2024-10-20",
            84_000,
            id="E3-several-stays-in-one-running-year",
        ),
        pytest.param(
            [stay("2024-03-01", "2025-05-01")],
            DEFAULT,
            426,
            181,
            "2025-04-30",
            126_700,
            id="E4-reset-during-a-stay",
        ),
        pytest.param(
            E5,
            DEFAULT,
            210,
            152,
            "2025-04-01",
            106_400,
            id="E5-readmitted-before-the-reset",
        ),
        pytest.param(E6, DEFAULT, 210, 180, "2025-08-13", 126_000, id="E6-returns-after-the-reset"),
        pytest.param(
            E6B,
            DEFAULT,
            270,
            210,
            "2026-04-08",
            147_000,
            id="E6b-next-year-starts-with-next-admission",
        ),
        pytest.param(
            E6B,
            FIXED,
            270,
            240,
            "2026-05-08",
            168_000,
            id="E6b-next-year-starts-on-the-anniversary",
        ),
        pytest.param(
            E7, DEFAULT, 151, 90, "2026-04-14", 63_000, id="E7-limit-falls-mid-stay-per-day"
        ),
        pytest.param(
            E7, PER_YEAR, 151, 120, "2026-05-14", 84_000, id="E7-limit-falls-mid-stay-per-year"
        ),
        pytest.param(
            E8,
            DEFAULT,
            140,
            110,
            "2026-03-20",
            77_000,
            id="E8-more-than-90-used-before-april-per-day",
        ),
        pytest.param(
            E8,
            PER_YEAR,
            140,
            120,
            "2026-04-19",
            84_000,
            id="E8-more-than-90-used-before-april-per-year",
        ),
        pytest.param(E9, DEFAULT, 122, 90, "2026-06-29", 63_000, id="E9-only-under-90-days"),
        pytest.param(E11, DEFAULT, 1, 1, "2026-05-04", 700, id="E11-admitted-and-left-same-day"),
        pytest.param(E11, STRICT_NIGHTS, 0, 0, None, 0, id="E11-same-day-with-strict-nights"),
        pytest.param(E12, DEFAULT, 37, 37, "2026-06-06", 25_900, id="E12-two-boforme-on-two-dates"),
        pytest.param(E13, DEFAULT, 90, 90, "2026-07-29", 63_000, id="E13-discharge-day-is-free"),
        pytest.param(
            E13, DISCHARGE_DAY, 91, 90, "2026-07-29", 63_000, id="E13-discharge-day-counts"
        ),
        pytest.param(
            [stay("2025-07-01", "2026-09-01")],
            DEFAULT,
            427,
            182,
            "2026-08-31",
            127_400,
            id="E14-both-limits-in-one-stay",
        ),
        pytest.param(E15, DEFAULT, 16, 16, "2025-03-04", 11_200, id="E15-began-on-leap-day"),
        pytest.param(
            E16,
            DEFAULT,
            140,
            90,
            "2026-06-28",
            63_000,
            id="E16-short-stay-before-april-long-after-per-day",
        ),
        pytest.param(
            E16,
            PER_YEAR,
            140,
            120,
            "2026-07-28",
            84_000,
            id="E16-short-stay-before-april-long-after-per-year",
        ),
        pytest.param(E17, DEFAULT, 122, 90, "2026-06-29", 67_500, id="E17-keeps-own-home-pays-0"),
        pytest.param(E18, DEFAULT, 100, 90, "2026-05-29", 63_000, id="E18-section-109-uses-none"),
        pytest.param(J1, DEFAULT, 133, 90, "2026-10-31", 60_435, id="J1-Mads"),
        pytest.param(J3, DEFAULT, 200, 90, "2026-05-02", 57_285, id="J3-Aputsiaq-per-day"),
        pytest.param(J3, PER_YEAR, 200, 120, "2026-06-12", 76_380, id="J3-Aputsiaq-per-year"),
    ],
)
def test_refund_of_all_stays(
    stays: list[StaySpan],
    settings: ReimbursementSettings,
    used: int,
    refundable: int,
    last: str | None,
    amount: int,
) -> None:
    result = reimburse(stays, settings=settings)
    assert sum(year.used for year in result.running_years) == used
    assert result.refundable_days == refundable
    assert result.last_refundable_on == (date.fromisoformat(last) if last else None)
    assert result.amount_dkk == Decimal(amount)
    assert result.settings == settings
    assert result.rule_id == "R-110-REF"


def test_e2_the_municipality_bears_the_rest() -> None:
    result = reimburse([stay("2024-01-10", "2024-07-08")])
    cost = sum(line.net_cost_dkk for line in result.lines)
    assert cost == Decimal("252000.00")
    assert cost - result.amount_dkk == Decimal("168000.00")


def test_e10_days_before_the_reform_have_no_limit() -> None:
    result = reimburse([stay("2023-06-01", "2024-03-01")])
    before, within, over = result.lines
    assert (before.days, before.amount_dkk, before.reason) == (
        122,
        Decimal(85_400),
        LineReason.BEFORE_LIMIT,
    )
    assert (within.days, within.amount_dkk, within.reason) == (
        120,
        Decimal(84_000),
        LineReason.WITHIN_LIMIT,
    )
    assert (over.days, over.amount_dkk, over.reason) == (32, Decimal(0), LineReason.OVER_LIMIT)
    assert result.amount_dkk == Decimal("169400.00")
    assert result.refundable_days == 242
    assert result.last_refundable_on == date(2024, 1, 28)
    assert [(y.starts_on, y.used, y.over) for y in result.running_years] == [
        (date(2023, 10, 1), 152, 32)
    ]


def test_j1_what_is_not_refunded_is_paid_in_full() -> None:
    within, over = reimburse(J1).lines
    assert (within.starts_on, within.ends_on) == (date(2026, 8, 3), date(2026, 11, 1))
    assert (over.starts_on, over.ends_on) == (date(2026, 11, 1), date(2026, 12, 14))
    assert (over.days, over.net_cost_dkk, over.amount_dkk) == (43, Decimal("57749.00"), Decimal(0))
    assert (within.day_number, over.day_number) == (1, 91)


def test_e7_the_fall_in_the_limit_can_be_read_from_the_lines() -> None:
    lines = reimburse(E7).lines
    assert [(line.days, line.reason, line.terms_version, line.day_number) for line in lines] == [
        (76, LineReason.WITHIN_LIMIT, "2023-10-01", 1),
        (14, LineReason.WITHIN_LIMIT, "2026-04-01", 77),
        (61, LineReason.OVER_LIMIT, "2026-04-01", 91),
    ]
