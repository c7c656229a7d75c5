"""The refund of § 85 a and § 107 after § 110, line by line: examples A1 to A9 and their edges."""

from datetime import date
from decimal import Decimal

import pytest

from housingfirst.law.reimbursement import StaySection, StaySpan
from housingfirst.law.support import (
    DecisionOnDischargeDate,
    Directly,
    DuringNewStay,
    FollowsFacility,
    PartMonth,
    ShelterPeriod,
    SupportReimbursement,
    SupportSection,
    SupportSpan,
    WindowEnd,
    reimburse_support,
    shelter_periods,
)
from housingfirst.law.support import SupportRefundReason as Reason
from housingfirst.law.support import SupportRefundSettings as Settings

Row = tuple[date, date | None, Reason, Decimal]


def day(text: str) -> date:
    return date.fromisoformat(text)


def shelter(admitted: str, discharged: str | None) -> ShelterPeriod:
    return ShelterPeriod(day(admitted), day(discharged) if discharged else None)


def support(
    decided: str | None,
    starts: str,
    ends: str | None,
    cost: int | str,
    section: SupportSection = SupportSection.SECTION_85A,
    reference: str = "",
) -> SupportSpan:
    return SupportSpan(
        section=section,
        decided_on=day(decided) if decided else None,
        starts_on=day(starts),
        ends_on=day(ends) if ends else None,
        monthly_cost_dkk=Decimal(cost),
        reference=reference,
    )


def facility(
    decided: str | None, starts: str, ends: str | None, cost: int | str = 45_000
) -> SupportSpan:
    return support(decided, starts, ends, cost, SupportSection.SECTION_107)


def rows(answer: SupportReimbursement) -> list[tuple[str, str | None, Reason, Decimal]]:
    return [
        (
            line.starts_on.isoformat(),
            line.ends_on.isoformat() if line.ends_on else None,
            line.reason,
            line.amount_dkk,
        )
        for line in answer.lines
    ]


SPRING_2024 = [shelter("2024-01-10", "2024-03-15")]
SPRING_2025 = [shelter("2025-02-01", "2025-05-01")]
TWICE = [shelter("2024-03-23", "2024-06-01"), shelter("2024-12-01", "2025-01-31")]


@pytest.mark.parametrize(
    ("periods", "spans", "support_dkk", "facility_dkk"),
    [
        pytest.param(
            SPRING_2024,
            [support("2024-03-01", "2024-03-15", "2026-07-01", 12_000)],
            144_000,
            0,
            id="A1-two-years-of-support",
        ),
        pytest.param(
            SPRING_2024,
            [support("2024-03-20", "2024-03-20", "2026-07-01", 12_000)],
            0,
            0,
            id="A2-decided-after-the-discharge",
        ),
        pytest.param(
            SPRING_2024,
            [
                facility("2024-03-20", "2024-03-15", "2024-09-15"),
                support("2024-09-01", "2024-09-15", None, 10_000),
            ],
            90_000,
            0,
            id="A3-directly-to-107-and-then-support",
        ),
        pytest.param(
            SPRING_2025,
            [facility("2025-04-20", "2025-05-01", "2025-12-31")],
            0,
            135_000,
            id="A4-six-of-eight-months",
        ),
        pytest.param(
            SPRING_2025,
            [facility("2025-04-20", "2026-01-01", "2026-06-30")],
            0,
            90_000,
            id="A5-the-year-ends-before-the-stay",
        ),
        pytest.param(
            TWICE,
            [
                support("2024-05-20", "2024-06-01", "2024-12-01", 8_000),
                support("2024-05-20", "2025-02-01", None, 8_000),
            ],
            88_000,
            0,
            id="A6-paused-during-a-new-stay",
        ),
        pytest.param(
            [], [support("2024-03-01", "2024-03-15", None, 12_000)], 0, 0, id="A8-from-the-street"
        ),
        pytest.param(
            SPRING_2024,
            [
                facility("2024-03-01", "2024-03-15", "2024-09-15"),
                support("2024-09-01", "2024-09-15", None, 10_000),
            ],
            90_000,
            135_000,
            id="A9-six-months-of-107-and-eighteen-of-support",
        ),
    ],
)
def test_worked_examples(
    periods: list[ShelterPeriod], spans: list[SupportSpan], support_dkk: int, facility_dkk: int
) -> None:
    answer = reimburse_support(periods, spans)
    assert answer.support_amount_dkk == Decimal(support_dkk)
    assert answer.facility_amount_dkk == Decimal(facility_dkk)


def test_a_line_carries_its_rule_and_its_facts() -> None:
    answer = reimburse_support(
        SPRING_2024, [support("2024-03-01", "2024-03-15", "2026-07-01", 12_000, reference="a")]
    )
    first, second = answer.lines
    assert rows(answer) == [
        ("2024-03-15", "2026-03-15", Reason.DECIDED_BEFORE_DISCHARGE, Decimal(144_000)),
        ("2026-03-15", "2026-07-01", Reason.WINDOW_HAS_ENDED, Decimal(0)),
    ]
    assert (first.months, first.cost_dkk) == (Decimal(24), Decimal(288_000))
    assert first.days == 730
    assert (first.window_starts_on, first.terms_version, first.reference) == (
        day("2024-03-15"),
        "2023-10-01",
        "a",
    )
    assert second.months is not None
    assert round(second.months, 3) == Decimal("3.533")  # three months, and 16 of 30 days
    assert answer.windows[0].last_on == day("2026-03-14")
    assert answer.windows[0].facility_last_on == day("2025-03-14")


def test_what_goes_on_is_counted_through_its_window_and_has_no_end() -> None:
    answer = reimburse_support(SPRING_2024, [support("2024-03-01", "2024-03-15", None, 12_000)])
    assert rows(answer) == [
        ("2024-03-15", "2026-03-15", Reason.DECIDED_BEFORE_DISCHARGE, Decimal(144_000)),
        ("2026-03-15", None, Reason.WINDOW_HAS_ENDED, Decimal(0)),
    ]
    last = answer.lines[-1]
    assert (last.days, last.months, last.cost_dkk) == (None, None, None)


def test_support_that_overlaps_the_shelter_is_refunded_from_the_discharge() -> None:
    answer = reimburse_support(
        SPRING_2024, [support("2024-02-15", "2024-02-15", "2024-04-15", 12_000)]
    )
    assert rows(answer) == [
        ("2024-02-15", "2024-03-15", Reason.NOT_DISCHARGED, Decimal(0)),
        ("2024-03-15", "2024-04-15", Reason.DECIDED_BEFORE_DISCHARGE, Decimal(6_000)),
    ]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        pytest.param(
            Settings(),
            [
                ("2024-06-01", "2024-12-01", Reason.DECIDED_BEFORE_DISCHARGE, Decimal(24_000)),
                ("2024-12-01", "2025-01-31", Reason.BACK_AT_SHELTER, Decimal(0)),
                # sixteen months, and one day of the 30 from 31 May
                ("2025-01-31", "2026-06-01", Reason.DECIDED_BEFORE_DISCHARGE, Decimal("64133.33")),
                ("2026-06-01", None, Reason.WINDOW_HAS_ENDED, Decimal(0)),
            ],
            id="cautious",
        ),
        pytest.param(
            Settings(during_new_stay=DuringNewStay.REFUNDED),
            [
                ("2024-06-01", "2026-06-01", Reason.DECIDED_BEFORE_DISCHARGE, Decimal(96_000)),
                ("2026-06-01", None, Reason.WINDOW_HAS_ENDED, Decimal(0)),
            ],
            id="refunded",
        ),
    ],
)
def test_support_that_goes_on_during_a_new_stay(
    settings: Settings, expected: list[tuple[str, str | None, Reason, Decimal]]
) -> None:
    span = support("2024-05-20", "2024-06-01", None, 8_000)
    assert rows(reimburse_support(TWICE, [span], settings=settings)) == expected


@pytest.mark.parametrize(
    ("decided", "settings", "reason"),
    [
        ("2024-03-14", Settings(), Reason.DECIDED_BEFORE_DISCHARGE),
        ("2024-03-15", Settings(), Reason.DECIDED_ON_DISCHARGE_DATE),
        (
            "2024-03-15",
            Settings(decision_on_discharge_date=DecisionOnDischargeDate.BEFORE),
            Reason.DECIDED_BEFORE_DISCHARGE,
        ),
        ("2024-03-16", Settings(), Reason.DECIDED_AFTER_DISCHARGE),
        (None, Settings(), Reason.NOT_DECIDED),
    ],
)
@pytest.mark.parametrize("section", list(SupportSection))
def test_decided_before_the_discharge(
    section: SupportSection, decided: str | None, settings: Settings, reason: Reason
) -> None:
    span = support(decided, "2024-04-01", "2024-05-01", 12_000, section)
    answer = reimburse_support(SPRING_2024, [span], settings=settings)
    assert [line.reason for line in answer.lines] == [reason]
    assert answer.lines[0].is_refundable is (reason is Reason.DECIDED_BEFORE_DISCHARGE)


def test_decided_between_two_discharges_is_refunded_after_the_second_only() -> None:
    answer = reimburse_support(TWICE, [support("2024-07-01", "2024-08-01", None, 8_000)])
    assert [(row[0], row[2]) for row in rows(answer)] == [
        ("2024-08-01", Reason.DECIDED_AFTER_DISCHARGE),
        ("2024-12-01", Reason.BACK_AT_SHELTER),
        ("2025-01-31", Reason.DECIDED_BEFORE_DISCHARGE),
        ("2026-06-01", Reason.WINDOW_HAS_ENDED),
    ]


def test_before_the_act_and_still_at_the_shelter() -> None:
    span = support("2023-01-01", "2023-05-01", "2024-03-01", 1_000)
    periods = [shelter("2023-01-01", "2023-06-01"), shelter("2024-02-01", None)]
    assert [(row[0], row[2]) for row in rows(reimburse_support(periods, [span]))] == [
        ("2023-05-01", Reason.NOT_DISCHARGED),
        ("2023-06-01", Reason.DISCHARGED_BEFORE_ACT),
    ]


@pytest.mark.parametrize(
    ("starts", "settings", "is_direct"),
    [
        ("2024-03-15", Settings(), True),
        ("2024-03-16", Settings(), True),
        ("2024-03-17", Settings(), False),
        ("2024-03-14", Settings(), False),
        ("2024-03-16", Settings(directly=Directly.SAME_DAY), False),
        ("2024-03-15", Settings(directly=Directly.SAME_DAY), True),
    ],
)
def test_directly_to_the_facility(starts: str, settings: Settings, is_direct: bool) -> None:
    spans = [
        facility("2024-03-20", starts, "2024-09-15"),
        support("2024-09-01", "2024-09-15", "2024-10-15", 10_000),
    ]
    answer = reimburse_support(SPRING_2024, spans, settings=settings)
    assert answer.support_amount_dkk == (5_000 if is_direct else 0)
    reason = Reason.FOLLOWS_FACILITY if is_direct else Reason.DECIDED_AFTER_DISCHARGE
    assert answer.lines[-1].reason is reason


@pytest.mark.parametrize(
    ("starts", "ends_107", "settings", "expected"),
    [
        pytest.param(
            "2024-09-01",
            "2024-09-15",
            Settings(),
            [("2024-09-01", Reason.FACILITY_NOT_LEFT), ("2024-09-15", Reason.FOLLOWS_FACILITY)],
            id="begins-while-there",
        ),
        pytest.param(
            "2024-09-16",
            "2024-09-15",
            Settings(),
            [("2024-09-16", Reason.FOLLOWS_FACILITY)],
            id="the-next-day",
        ),
        pytest.param(
            "2024-09-17",
            "2024-09-15",
            Settings(),
            [("2024-09-17", Reason.DOES_NOT_FOLLOW_FACILITY)],
            id="two-days-later",
        ),
        pytest.param(
            "2024-12-01",
            "2024-09-15",
            Settings(follows_facility=FollowsFacility.ANY_TIME),
            [("2024-12-01", Reason.FOLLOWS_FACILITY)],
            id="any-time",
        ),
        pytest.param(
            "2024-09-01",
            None,
            Settings(),
            [("2024-09-01", Reason.FACILITY_NOT_LEFT)],
            id="still-there",
        ),
    ],
)
def test_support_follows_the_facility(
    starts: str, ends_107: str | None, settings: Settings, expected: list[tuple[str, Reason]]
) -> None:
    spans = [
        facility("2024-03-20", "2024-03-15", ends_107),
        support("2024-08-01", starts, "2025-03-01", 10_000),
    ]
    answer = reimburse_support(SPRING_2024, spans, settings=settings)
    mine = [line for line in answer.lines if line.section is SupportSection.SECTION_85A]
    assert [(line.starts_on.isoformat(), line.reason) for line in mine] == expected


def test_several_places_under_107_are_one_stay_when_they_follow_each_other() -> None:
    spans = [
        facility("2024-03-20", "2024-03-15", "2024-06-01"),
        facility("2024-03-20", "2024-06-02", "2024-09-15"),
        facility("2024-03-20", "2024-07-01", "2024-08-01"),
        facility("2024-03-20", "2024-12-01", "2024-12-02"),
        support("2024-09-01", "2024-09-15", "2024-10-15", 10_000),
    ]
    assert reimburse_support(SPRING_2024, spans).support_amount_dkk == 5_000
    spans.append(facility("2024-03-20", "2024-07-01", None))
    assert reimburse_support(SPRING_2024, spans).support_amount_dkk == 0


def test_six_months_of_two_stays_are_183_days() -> None:
    """May has 31 days and June 30: 122 are left, and the second stay has 123."""
    spans = [
        facility("2025-04-20", "2025-05-01", "2025-07-01", 31_000),
        facility("2025-04-20", "2025-08-01", "2025-12-02", 31_000),
        facility("2025-04-20", "2025-12-24", "2026-01-01", 31_000),
    ]
    answer = reimburse_support(SPRING_2025, spans)
    assert rows(answer) == [
        ("2025-05-01", "2025-07-01", Reason.DECIDED_BEFORE_DISCHARGE, Decimal(31_000)),
        ("2025-08-01", "2025-12-01", Reason.DECIDED_BEFORE_DISCHARGE, Decimal(62_000)),
        ("2025-12-01", "2025-12-02", Reason.FACILITY_MONTHS_USED, Decimal(0)),
        ("2025-12-24", "2026-01-01", Reason.FACILITY_MONTHS_USED, Decimal(0)),
    ]
    half = reimburse_support(SPRING_2025, spans, settings=Settings(split_facility_days=71))
    assert [row[1] for row in rows(half)][:2] == ["2025-07-01", "2025-08-11"]


def test_a_later_stay_takes_nothing_from_six_calendar_months() -> None:
    """1 May to 31 October has 184 days."""
    spans = [
        facility("2025-04-20", "2025-05-01", "2025-11-01"),
        facility("2025-04-20", "2025-12-01", "2026-02-01"),
    ]
    answer = reimburse_support(SPRING_2025, spans)
    assert [(row[2], row[3]) for row in rows(answer)] == [
        (Reason.DECIDED_BEFORE_DISCHARGE, Decimal(135_000)),
        (Reason.FACILITY_MONTHS_USED, Decimal(0)),
    ]


def test_two_costs_of_one_stay_use_the_same_months() -> None:
    """The place and the support at the place are two decisions; the price changes in July."""
    spans = [
        facility("2025-04-20", "2025-05-01", "2025-07-01", 40_000),
        facility("2025-04-20", "2025-07-01", None, 42_000),
        facility("2025-04-20", "2025-05-01", "2025-12-31", 5_000),
    ]
    answer = reimburse_support(SPRING_2025, spans)
    assert answer.facility_amount_dkk == (2 * 40_000 + 4 * 42_000 + 6 * 5_000) / 2


def test_the_anniversary_can_be_the_last_day() -> None:
    anniversary = Settings(window_end=WindowEnd.ANNIVERSARY)
    spans = [
        support("2024-03-01", "2026-03-15", "2026-03-17", 3_100),
        facility("2024-03-01", "2025-03-15", "2025-03-17", 3_100),
    ]
    answer = reimburse_support(SPRING_2024, spans, settings=anniversary)
    assert answer.support_amount_dkk == 50
    assert answer.facility_amount_dkk == 50
    assert reimburse_support(SPRING_2024, spans).support_amount_dkk == 0


def test_support_runs_on_into_a_new_window() -> None:
    periods = [*SPRING_2024, shelter("2027-01-01", "2027-02-01")]
    answer = reimburse_support(periods, [support("2024-03-01", "2024-03-15", None, 1_000)])
    assert [(row[0], row[2]) for row in rows(answer)] == [
        ("2024-03-15", Reason.DECIDED_BEFORE_DISCHARGE),
        ("2026-03-15", Reason.WINDOW_HAS_ENDED),
        ("2027-02-01", Reason.DECIDED_BEFORE_DISCHARGE),
        ("2029-02-01", Reason.WINDOW_HAS_ENDED),
    ]


@pytest.mark.parametrize(
    ("starts", "ends", "part_month", "amount"),
    [
        pytest.param("2025-05-15", "2025-06-15", PartMonth.MONTH_BEGUN, "1000.00", id="a-month"),
        pytest.param("2025-05-15", "2025-06-20", PartMonth.MONTH_BEGUN, "1166.67", id="5-of-30"),
        pytest.param("2025-06-15", "2025-07-20", PartMonth.MONTH_BEGUN, "1161.29", id="5-of-31"),
        pytest.param("2025-06-15", "2025-07-20", PartMonth.THIRTY_DAYS, "1166.67", id="of-30"),
        pytest.param("2025-05-31", "2025-06-30", PartMonth.MONTH_BEGUN, "1000.00", id="short"),
        pytest.param("2025-05-31", "2025-06-29", PartMonth.MONTH_BEGUN, "966.67", id="29-of-30"),
    ],
)
def test_months_and_days(starts: str, ends: str, part_month: PartMonth, amount: str) -> None:
    answer = reimburse_support(
        SPRING_2025,
        [support("2025-04-01", starts, ends, 2_000)],
        settings=Settings(part_month=part_month),
    )
    assert answer.support_amount_dkk == Decimal(amount)


def test_quarters_add_up_to_the_whole() -> None:
    answer = reimburse_support(
        [shelter("2024-01-01", "2024-01-31")],
        [support("2024-01-10", "2024-01-31", "2025-08-13", "9999.99")],
    )
    edges = [date(year, month, 1) for year in (2024, 2025) for month in (1, 4, 7, 10)]
    parts = [
        part
        for first, end in zip(edges, [*edges[1:], date(2026, 1, 1)], strict=True)
        for part in answer.within(first, end)
    ]
    assert len(parts) == 7
    assert sum(part.amount_dkk for part in parts) == answer.support_amount_dkk
    assert sum(part.months or 0 for part in parts) == answer.lines[0].months


def test_nothing_in_an_empty_span() -> None:
    spans = [support("2024-03-01", "2024-03-15", "2024-03-15", 12_000)]
    assert reimburse_support(SPRING_2024, spans).lines == ()


def test_only_stays_under_110_are_counted_from() -> None:
    at_109 = StaySpan(
        day("2024-01-01"),
        day("2024-02-01"),
        Decimal(1_500),
        Decimal(100),
        StaySection.SECTION_109,
    )
    at_110 = StaySpan(day("2024-02-01"), day("2024-03-15"), Decimal(1_500), Decimal(100))
    assert shelter_periods([at_109, at_110]) == [shelter("2024-02-01", "2024-03-15")]
