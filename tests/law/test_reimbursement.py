"""R-110-REF against the examples a caseworker or a lawyer would work through by hand."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from housingfirst.law.reimbursement import (
    Absence,
    AbsenceSpan,
    CapTransition,
    ChangeOfMunicipality,
    CountDischargeDay,
    LeapDay,
    LineReason,
    NewYearStart,
    Overlap,
    RatePeriod,
    RefundTerms,
    ReimbursementSettings,
    ResidentOnReform,
    SameDayStay,
    StaySection,
    StaySpan,
    reimburse,
)
from housingfirst.law.versions import Mark, Version, VersionTable

RATE = Decimal("1500.00")
PAYMENT = Decimal("100.00")


def stay(admitted: str, discharged: str | None, **more: Any) -> StaySpan:
    """A stay at 1,500 a day of which the resident pays 100: 700 refunded per refundable day."""
    return StaySpan(
        admitted_on=date.fromisoformat(admitted),
        discharged_on=date.fromisoformat(discharged) if discharged else None,
        **({"daily_rate_dkk": RATE, "resident_payment_dkk": PAYMENT} | more),
    )


def days(first: str, n: int) -> list[date]:
    return [date.fromisoformat(first) + timedelta(days=i) for i in range(n)]


E3 = [
    stay("2024-02-01", "2024-03-02"),
    stay("2024-05-01", "2024-06-10"),
    stay("2024-09-01", "2024-12-10"),
]
E5 = [stay("2024-03-01", "2024-07-29"), stay("2025-02-01", "2025-04-02")]
E6 = [stay("2024-03-01", "2024-07-29"), stay("2025-06-15", "2025-08-14")]
E6B = [*E6, stay("2026-03-10", "2026-05-09")]
E7 = [stay("2026-01-15", "2026-06-15")]
E8 = [stay("2025-12-01", "2026-03-21"), stay("2026-04-10", "2026-05-10")]
E9 = [stay("2026-04-01", "2026-08-01")]
E11 = [stay("2026-05-04", "2026-05-04")]
E12 = [
    stay("2026-05-01", "2026-05-20", reference="A"),
    stay("2026-05-18", "2026-06-07", reference="B"),
]
E13 = [stay("2026-05-01", "2026-07-30")]
E15 = [stay("2024-02-29", "2024-03-10"), stay("2025-02-27", "2025-03-05")]
E16 = [stay("2026-02-01", "2026-02-21"), stay("2026-04-20", "2026-08-18")]
E17 = [stay("2026-04-01", "2026-08-01", resident_payment_dkk=Decimal(0))]
E18 = [
    stay("2026-02-01", "2026-03-01", section=StaySection.SECTION_109),
    stay("2026-03-01", "2026-06-09"),
]
J1 = [
    stay(
        "2026-08-03",
        "2026-12-14",
        daily_rate_dkk=Decimal("1450.00"),
        resident_payment_dkk=Decimal("107.00"),
    )
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

DEFAULT = ReimbursementSettings()
FIXED = ReimbursementSettings(new_year_start=NewYearStart.FIXED)
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


@pytest.mark.parametrize(
    ("settings", "years"),
    [
        pytest.param(
            DEFAULT,
            [("2024-03-01", "2025-03-01", 150, 30), ("2025-06-15", "2026-06-15", 120, 30)],
            id="next-admission",
        ),
        pytest.param(
            FIXED,
            [
                ("2024-03-01", "2025-03-01", 150, 30),
                ("2025-03-01", "2026-03-01", 60, 0),
                ("2026-03-01", "2027-03-01", 60, 0),
            ],
            id="anniversaries",
        ),
    ],
)
def test_e6b_running_years(
    settings: ReimbursementSettings, years: list[tuple[str, str, int, int]]
) -> None:
    found = reimburse(E6B, settings=settings).running_years
    assert [(str(y.starts_on), str(y.ends_on), y.used, y.over) for y in found] == years


@pytest.mark.parametrize(
    ("leap_day", "second_year"),
    [
        pytest.param(LeapDay.ON_28_FEBRUARY, date(2025, 2, 28), id="28-february"),
        pytest.param(LeapDay.ON_1_MARCH, date(2025, 3, 1), id="1-march"),
    ],
)
def test_e15_reset_of_a_year_begun_on_leap_day(leap_day: LeapDay, second_year: date) -> None:
    result = reimburse(E15, settings=ReimbursementSettings(leap_day=leap_day))
    assert [year.starts_on for year in result.running_years] == [date(2024, 2, 29), second_year]


def test_fixed_years_return_to_leap_day() -> None:
    stays = [stay("2024-02-29", "2024-03-01"), stay("2028-02-28", "2028-03-02")]
    years = reimburse(stays, settings=FIXED).running_years
    assert [year.starts_on for year in years] == [
        date(2024, 2, 29),
        date(2027, 2, 28),
        date(2028, 2, 29),
    ]


def test_e12_the_second_boform_is_shown_but_not_refunded_on_the_same_dates() -> None:
    lines = reimburse(E12).lines
    assert [(line.reference, line.days, line.reason) for line in lines] == [
        ("A", 19, LineReason.WITHIN_LIMIT),
        ("B", 2, LineReason.OVERLAP),
        ("B", 18, LineReason.WITHIN_LIMIT),
    ]
    assert lines[1].amount_dkk == 0
    assert lines[1].day_number is None


@pytest.mark.parametrize(
    ("overlap", "refund"),
    [
        pytest.param(Overlap.ONE_RATE, 17 * 700 + 20 * 600, id="lowest-net-cost"),
        pytest.param(Overlap.ALL_RATES, 19 * 700 + 20 * 600, id="both"),
    ],
)
def test_overlap_of_two_prices(overlap: Overlap, refund: int) -> None:
    dear, cheap = E12[0], stay("2026-05-18", "2026-06-07", daily_rate_dkk=Decimal(1300))
    result = reimburse([dear, cheap], settings=ReimbursementSettings(overlap=overlap))
    assert result.amount_dkk == refund
    assert result.refundable_days == 37
    assert result.running_years[0].used == 37


def test_the_same_stay_registered_twice() -> None:
    twice = [E9[0], E9[0]]
    assert reimburse(twice).amount_dkk == 63_000
    both = reimburse(twice, settings=ReimbursementSettings(overlap=Overlap.ALL_RATES))
    assert (both.refundable_days, both.amount_dkk) == (90, Decimal(126_000))


def test_days_elsewhere_use_the_limit_and_open_the_year_but_earn_nothing() -> None:
    result = reimburse(
        [stay("2026-09-14", "2026-12-10")], days_used_elsewhere=days("2026-06-03", 12)
    )
    elsewhere, within, over = result.lines
    assert (elsewhere.days, elsewhere.reason) == (12, LineReason.USED_ELSEWHERE)
    assert elsewhere.amount_dkk == elsewhere.net_cost_dkk == 0
    assert (within.days, within.day_number, within.amount_dkk) == (78, 13, Decimal(78 * 700))
    assert result.last_refundable_on == date(2026, 11, 30)
    assert over.starts_on == date(2026, 12, 1)
    assert result.running_years[0].starts_on == date(2026, 6, 3)
    assert result.refundable_days == 78


@pytest.mark.parametrize(
    ("overlap", "reason", "refundable"),
    [
        pytest.param(Overlap.ONE_RATE, LineReason.OVERLAP, 9, id="the-other-municipality-had-it"),
        pytest.param(Overlap.ALL_RATES, LineReason.WITHIN_LIMIT, 10, id="both"),
    ],
)
def test_a_date_both_here_and_elsewhere(
    overlap: Overlap, reason: LineReason, refundable: int
) -> None:
    result = reimburse(
        [stay("2026-05-01", "2026-05-11")],
        days_used_elsewhere=days("2026-05-01", 1),
        settings=ReimbursementSettings(overlap=overlap),
    )
    ours = next(line for line in result.lines if line.reason is not LineReason.USED_ELSEWHERE)
    assert ours.reason is reason
    assert result.refundable_days == refundable
    assert result.running_years[0].used == 10


def test_a_new_municipality_may_restart_the_count() -> None:
    settings = ReimbursementSettings(change_of_municipality=ChangeOfMunicipality.RESTARTS)
    result = reimburse(E9, days_used_elsewhere=days("2026-01-01", 60), settings=settings)
    assert result.refundable_days == 90
    assert result.running_years[0].starts_on == date(2026, 4, 1)


AWAY = stay(
    "2026-05-01",
    "2026-06-10",
    absences=(
        AbsenceSpan(date(2026, 5, 11), date(2026, 5, 21)),
        AbsenceSpan(date(2026, 6, 5), None),
    ),
)


@pytest.mark.parametrize(
    ("absence", "refundable", "away"),
    [
        pytest.param(Absence.COUNTED, 40, 0, id="count"),
        pytest.param(Absence.NOT_COUNTED, 25, 15, id="do-not-count"),
    ],
)
def test_days_away_while_admitted(absence: Absence, refundable: int, away: int) -> None:
    result = reimburse([AWAY], settings=ReimbursementSettings(absence=absence))
    assert result.refundable_days == result.running_years[0].used == refundable
    assert result.days(LineReason.ABSENT) == away
    assert sum(line.net_cost_dkk for line in result.lines) == 40 * 1400


def test_an_absence_outside_the_stay_is_nothing() -> None:
    absence = AbsenceSpan(date(2026, 4, 1), date(2026, 5, 1))
    result = reimburse(
        [stay("2026-05-01", "2026-05-11", absences=(absence,))],
        settings=ReimbursementSettings(absence=Absence.NOT_COUNTED),
    )
    assert result.refundable_days == 10


def test_away_from_one_boform_and_present_at_another() -> None:
    result = reimburse(
        [AWAY, stay("2026-05-11", "2026-05-21", reference="B")],
        settings=ReimbursementSettings(absence=Absence.NOT_COUNTED),
    )
    assert result.refundable_days == 35
    assert result.days(LineReason.ABSENT) == 15


@pytest.mark.parametrize(
    ("stays", "reading", "year", "free_after_reform"),
    [
        pytest.param(
            [stay("2023-09-20", "2023-11-20"), stay("2024-02-01", "2024-03-01")],
            ResidentOnReform.FROM_REFORM,
            date(2023, 10, 1),
            0,
            id="counter-starts-with-the-reform",
        ),
        pytest.param(
            [stay("2023-09-20", "2023-11-20"), stay("2024-02-01", "2024-03-01")],
            ResidentOnReform.FIRST_NEW_ADMISSION,
            date(2024, 2, 1),
            50,
            id="counter-starts-with-a-new-admission",
        ),
        pytest.param(
            [
                stay("2023-09-20", "2023-10-10"),
                stay("2023-10-10", "2023-11-20", reference="B"),
                stay("2024-02-01", "2024-03-01"),
            ],
            ResidentOnReform.FIRST_NEW_ADMISSION,
            date(2024, 2, 1),
            50,
            id="a-move-between-boforme-is-no-new-admission",
        ),
        pytest.param(
            [stay("2023-10-01", "2023-11-20")],
            ResidentOnReform.FIRST_NEW_ADMISSION,
            date(2023, 10, 1),
            0,
            id="admitted-on-the-day-of-the-reform",
        ),
    ],
)
def test_resident_when_the_limit_came(
    stays: list[StaySpan], reading: ResidentOnReform, year: date, free_after_reform: int
) -> None:
    result = reimburse(stays, settings=ReimbursementSettings(resident_on_2023_10_01=reading))
    assert result.running_years[0].starts_on == year
    assert result.days(LineReason.RESIDENT_ON_REFORM) == free_after_reform


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
