"""The dates of a CTI course."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from housingfirst.law.cti import FIRST_MONTH_CONTACTS, CtiPhase, CtiSettings, cti_dates


@pytest.mark.parametrize(
    ("start", "phase_2", "phase_3", "last", "handover", "contacts"),
    [
        pytest.param(
            date(2026, 12, 15),
            date(2027, 3, 15),
            date(2027, 6, 15),
            date(2027, 9, 14),
            date(2027, 8, 15),
            date(2027, 1, 15),
            id="J1-Mads",
        ),
        pytest.param(
            date(2027, 1, 31),
            date(2027, 4, 30),
            date(2027, 7, 31),
            date(2027, 10, 30),
            date(2027, 9, 30),
            date(2027, 2, 28),
            id="started-on-the-31st",
        ),
        pytest.param(
            date(2027, 11, 29),
            date(2028, 2, 29),
            date(2028, 5, 29),
            date(2028, 8, 28),
            date(2028, 7, 29),
            date(2027, 12, 29),
            id="through-a-leap-day",
        ),
        pytest.param(
            date(2026, 5, 31),
            date(2026, 8, 31),
            date(2026, 11, 30),
            date(2027, 2, 27),
            date(2027, 1, 28),
            date(2026, 6, 30),
            id="ends-in-february",
        ),
    ],
)
def test_phases_end_and_hand_over(
    start: date, phase_2: date, phase_3: date, last: date, handover: date, contacts: date
) -> None:
    dates = cti_dates(start)
    assert (dates.phase_1_on, dates.phase_2_on, dates.phase_3_on) == (start, phase_2, phase_3)
    assert (dates.last_on, dates.handover_due_on) == (last, handover)
    assert dates.contacts_due_on == contacts
    assert FIRST_MONTH_CONTACTS == 2


def test_reviews_and_application_of_the_course_started_on_the_31st() -> None:
    dates = cti_dates(date(2027, 1, 31))
    assert dates.application_due_on == date(2027, 9, 18)
    assert dates.reviews_on == (date(2027, 4, 16), date(2027, 7, 17), date(2027, 10, 16))


def test_a_municipality_with_a_longer_wait_applies_earlier() -> None:
    dates = cti_dates(date(2027, 1, 31), CtiSettings(waiting_days=56, margin_days=0, review_days=7))
    assert dates.application_due_on == date(2027, 9, 4)
    assert dates.reviews_on[0] == date(2027, 4, 23)


@pytest.mark.parametrize(
    ("day", "phase"),
    [
        pytest.param(date(2026, 12, 14), None, id="the-day-before"),
        pytest.param(date(2026, 12, 15), CtiPhase.TRANSITION, id="first-day"),
        pytest.param(date(2027, 3, 14), CtiPhase.TRANSITION, id="last-day-of-phase-1"),
        pytest.param(date(2027, 3, 15), CtiPhase.TRY_OUT, id="first-day-of-phase-2"),
        pytest.param(date(2027, 6, 14), CtiPhase.TRY_OUT, id="last-day-of-phase-2"),
        pytest.param(date(2027, 6, 15), CtiPhase.TRANSFER_OF_CARE, id="first-day-of-phase-3"),
        pytest.param(date(2027, 9, 14), CtiPhase.TRANSFER_OF_CARE, id="last-day"),
        pytest.param(date(2027, 9, 15), None, id="the-day-after"),
    ],
)
def test_the_phase_of_a_day(day: date, phase: CtiPhase | None) -> None:
    assert cti_dates(date(2026, 12, 15)).phase_on(day) is phase


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_the_dates_of_any_course_come_in_order(start: date) -> None:
    dates = cti_dates(start)
    assert start < dates.contacts_due_on < dates.phase_2_on < dates.phase_3_on
    assert dates.phase_3_on < dates.handover_due_on < dates.last_on
    assert timedelta(days=271) <= dates.last_on - start <= timedelta(days=275)
