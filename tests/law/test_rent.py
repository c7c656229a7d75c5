"""The reduced rent through its years: to the øre, on days that never drift."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from housingfirst.law.rent import RentReason, RentSettings, Taper, last_day, rent_schedule

AT_ONCE = RentSettings(taper=Taper.AT_ONCE)


def test_four_years_in_full_then_six_steps() -> None:
    schedule = rent_schedule(date(2024, 5, 1), Decimal("4900.00"))
    assert [(str(s.starts_on), str(s.grant_dkk), str(s.rent_dkk)) for s in schedule.steps] == [
        ("2024-05-01", "1413.75", "3486.25"),
        ("2028-05-01", "1178.13", "3721.87"),
        ("2029-05-01", "942.50", "3957.50"),
        ("2030-05-01", "706.88", "4193.12"),
        ("2031-05-01", "471.25", "4428.75"),
        ("2032-05-01", "235.63", "4664.37"),
        ("2033-05-01", "0.00", "4900.00"),
    ]
    assert [str(step.rise_dkk) for step in schedule.rises] == [
        *("235.62", "235.63", "235.62", "235.63", "235.62", "235.63"),
    ]
    assert (schedule.ends_on, last_day(schedule)) == (date(2033, 5, 1), date(2033, 4, 30))
    assert (schedule.rule_id, schedule.terms_version) == ("R-RENTCUT", "2024-01-01")


def test_each_rise_warns_twelve_and_six_months_before() -> None:
    schedule = rent_schedule(date(2024, 5, 1), Decimal(4900))
    assert schedule.steps[0].warn_on == ()
    assert schedule.rises[0].warn_on == (date(2027, 5, 1), date(2027, 11, 1))
    assert schedule.rises[5].warn_on == (date(2032, 5, 1), date(2032, 11, 1))


@pytest.mark.parametrize(
    ("start", "steps", "warnings"),
    [
        pytest.param(
            date(2024, 2, 29),
            [date(2028, 2, 29), date(2029, 2, 28), date(2030, 2, 28)],
            (date(2027, 2, 28), date(2027, 8, 29)),
            id="leap-day-comes-back",
        ),
        pytest.param(
            date(2025, 8, 31),
            [date(2029, 8, 31), date(2030, 8, 31), date(2031, 8, 31)],
            (date(2028, 8, 31), date(2029, 2, 28)),
            id="warned-on-the-last-of-february",
        ),
    ],
)
def test_short_months_do_not_push_the_later_days(
    start: date, steps: list[date], warnings: tuple[date, date]
) -> None:
    schedule = rent_schedule(start, Decimal(4900))
    assert [step.starts_on for step in schedule.rises[:3]] == steps
    assert schedule.rises[0].warn_on == warnings


def test_the_other_reading_ends_at_once() -> None:
    schedule = rent_schedule(date(2024, 5, 1), Decimal(4900), AT_ONCE)
    assert [(step.starts_on, step.rent_dkk) for step in schedule.steps] == [
        (date(2024, 5, 1), Decimal("3486.25")),
        (date(2028, 5, 1), Decimal("4900.00")),
    ]


@pytest.mark.parametrize(
    ("start", "rent", "reason"),
    [
        pytest.param(date(2022, 7, 1), "4499.99", RentReason.RENT_TOO_LOW, id="an-oere-too-low"),
        pytest.param(date(2022, 7, 1), "4500.00", RentReason.REACHES_TARGET, id="lowest"),
        pytest.param(date(2023, 6, 30), "5000.01", RentReason.RENT_TOO_HIGH, id="old-order"),
        pytest.param(date(2023, 7, 1), "5000.01", RentReason.ABOVE_TARGET, id="new-order"),
        pytest.param(date(2024, 5, 1), "4913.75", RentReason.REACHES_TARGET, id="just-the-target"),
        pytest.param(date(2024, 5, 1), "4913.76", RentReason.ABOVE_TARGET, id="an-oere-over"),
        pytest.param(date(2024, 5, 1), "6500.00", RentReason.ABOVE_TARGET, id="highest"),
        pytest.param(date(2024, 5, 1), "6500.01", RentReason.RENT_TOO_HIGH, id="too-high"),
    ],
)
def test_what_is_to_be_said_of_the_rent(start: date, rent: str, reason: RentReason) -> None:
    schedule = rent_schedule(start, Decimal(rent))
    assert (schedule.reason, schedule.target_dkk) == (reason, Decimal(3500))


def test_the_step_of_a_day() -> None:
    schedule = rent_schedule(date(2024, 5, 1), Decimal(4900))
    assert schedule.step_on(date(2024, 5, 1)).number == 0
    assert schedule.step_on(date(2028, 4, 30)).number == 0
    assert schedule.step_on(date(2028, 5, 1)).number == 1
    assert schedule.step_on(date(2050, 1, 1)).grant_dkk == 0
    with pytest.raises(LookupError, match="2024-05-01"):
        schedule.step_on(date(2024, 4, 30))


def test_what_cannot_be_reduced() -> None:
    with pytest.raises(ValueError, match="below 0"):
        rent_schedule(date(2024, 5, 1), Decimal(-1))
    with pytest.raises(LookupError):
        rent_schedule(date(2022, 6, 30), Decimal(4900))
    assert rent_schedule(date(2024, 5, 1), Decimal(1000)).steps[0].rent_dkk == 0


@given(
    st.dates(date(2022, 7, 1), date(2040, 12, 31)),
    st.decimals(0, 20_000, places=2),
    st.sampled_from([RentSettings(), AT_ONCE]),
)
def test_the_rises_add_up_to_the_grant(start: date, rent: Decimal, settings: RentSettings) -> None:
    schedule = rent_schedule(start, rent, settings)
    first, *_, last = schedule.steps
    assert last.rent_dkk == rent
    assert sum(step.rise_dkk for step in schedule.rises) == first.grant_dkk
    for step, following in pairwise(schedule.steps):
        assert step.starts_on < following.starts_on
        assert step.rent_dkk <= following.rent_dkk
        assert following.warn_on[0] < following.warn_on[1] < following.starts_on
