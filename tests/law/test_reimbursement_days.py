"""R-110-REF: which days count when stays overlap, lie elsewhere, or the citizen is away."""

from datetime import date
from decimal import Decimal

import pytest

from housingfirst.law.reimbursement import (
    Absence,
    AbsenceSpan,
    LineReason,
    Overlap,
    ReimbursementSettings,
    clock_on,
    reimburse,
)
from tests.law.stays import E9, E12, days, stay


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


def test_days_before_the_place_was_registered_use_the_limit_and_earn_nothing() -> None:
    result = reimburse([stay("2026-05-01", "2026-09-01", registered_from=date(2026, 5, 21))])
    assert [(line.days, line.reason, line.day_number) for line in result.lines] == [
        (20, LineReason.UNREGISTERED, 1),
        (70, LineReason.WITHIN_LIMIT, 21),
        (33, LineReason.OVER_LIMIT, 91),
    ]
    assert (result.refundable_days, result.amount_dkk) == (70, Decimal("49000.00"))
    assert result.running_years[0].used == 123


@pytest.mark.parametrize(
    ("registered", "expected"),
    [
        pytest.param("2026-04-30", [(31, LineReason.WITHIN_LIMIT)], id="before-the-stay"),
        pytest.param("2026-05-01", [(31, LineReason.WITHIN_LIMIT)], id="on-its-first-day"),
        pytest.param("2026-06-01", [(31, LineReason.UNREGISTERED)], id="on-the-discharge"),
        pytest.param("2026-08-01", [(31, LineReason.UNREGISTERED)], id="later"),
    ],
)
def test_when_a_place_is_registered(
    registered: str, expected: list[tuple[int, LineReason]]
) -> None:
    one = stay("2026-05-01", "2026-06-01", registered_from=date.fromisoformat(registered))
    assert [(line.days, line.reason) for line in reimburse([one]).lines] == expected


def test_days_over_the_limit_are_over_it_at_an_unregistered_place_too() -> None:
    one = stay("2026-05-01", "2026-09-01", registered_from=date(2026, 8, 20))
    assert [line.reason for line in reimburse([one]).lines] == [
        LineReason.UNREGISTERED,
        LineReason.OVER_LIMIT,
    ]


def test_before_the_limit_an_unregistered_place_earns_nothing_either() -> None:
    one = stay("2023-06-01", "2023-07-01", registered_from=date(2023, 6, 11))
    assert [(line.days, line.reason) for line in reimburse([one]).lines] == [
        (10, LineReason.UNREGISTERED),
        (20, LineReason.BEFORE_LIMIT),
    ]


def test_of_two_places_on_one_date_the_registered_one_is_refunded() -> None:
    dear = stay("2026-05-01", "2026-05-11", reference="dear", daily_rate_dkk=Decimal(2000))
    cheap = stay("2026-05-01", "2026-05-11", reference="cheap", registered_from=date(2026, 6, 1))
    result = reimburse([dear, cheap])
    assert {line.reference: line.reason for line in result.lines} == {
        "dear": LineReason.WITHIN_LIMIT,
        "cheap": LineReason.UNREGISTERED,
    }
    assert result.refundable_days == 10


def test_the_clock_costs_the_whole_week_until_the_place_is_registered() -> None:
    one = stay("2026-05-01", None, registered_from=date(2026, 5, 21))
    before, after = (clock_on([one], on=day) for day in (date(2026, 5, 20), date(2026, 5, 21)))
    assert before.weekly_net_before_dkk == before.weekly_net_after_dkk == Decimal("9800.00")
    assert before.recompute_on == date(2026, 5, 21)
    assert after.weekly_net_before_dkk == Decimal("4900.00")
    assert (before.last_refundable_on, after.last_refundable_on) == (date(2026, 7, 29),) * 2
