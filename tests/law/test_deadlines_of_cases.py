"""Processing times and complaints: the last day, and where a case stands around it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from housingfirst.law.complaints import (
    ComplaintReason,
    ComplaintSettings,
    EndsOnDayOff,
    complaint,
)
from housingfirst.law.days import CalendarSettings, is_working_day
from housingfirst.law.processing import (
    CaseKind,
    ProcessingReason,
    ProcessingSettings,
    processing_time,
)

RECEIVED = date(2026, 10, 1)
DUE = date(2026, 10, 15)
ONE_DAY = timedelta(days=1)


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("on", "decided", "expected", "reason", "needs_letter"),
    [
        pytest.param("2026-10-15", None, None, ProcessingReason.UNDER_WAY, False, id="last-day"),
        pytest.param(
            "2026-10-16",
            None,
            None,
            ProcessingReason.CITIZEN_MUST_BE_TOLD,
            True,
            id="the-day-after-the-citizen-must-be-told",
        ),
        pytest.param(
            "2026-10-16", None, "2026-10-30", ProcessingReason.CITIZEN_IS_TOLD, False, id="told"
        ),
        pytest.param(
            "2026-10-30",
            None,
            "2026-10-30",
            ProcessingReason.CITIZEN_IS_TOLD,
            False,
            id="on-the-expected-day",
        ),
        pytest.param(
            "2026-10-31",
            None,
            "2026-10-30",
            ProcessingReason.EXPECTED_DAY_HAS_PASSED,
            True,
            id="told-anew",
        ),
        pytest.param(
            "2026-10-15",
            "2026-10-15",
            None,
            ProcessingReason.DECIDED_IN_TIME,
            False,
            id="decided-on-the-last-day",
        ),
        pytest.param(
            "2026-11-01",
            "2026-10-16",
            None,
            ProcessingReason.DECIDED_LATE,
            False,
            id="decided-a-day-late",
        ),
        pytest.param(
            "2026-10-10",
            "2026-10-16",
            None,
            ProcessingReason.UNDER_WAY,
            False,
            id="decided-later-than-asked-for",
        ),
    ],
)
def test_where_a_case_stands(
    on: str,
    decided: str | None,
    expected: str | None,
    reason: ProcessingReason,
    needs_letter: bool,
) -> None:
    time = processing_time(
        CaseKind.DEPOSIT_LOAN,
        RECEIVED,
        on=date.fromisoformat(on),
        decided_on=day(decided),
        expected_on=day(expected),
    )
    assert (time.due_on, time.days, time.rule_id) == (DUE, 14, "R-RSL-3")
    assert (time.reason, time.needs_letter) == (reason, needs_letter)


@pytest.mark.parametrize("kind", CaseKind)
def test_every_kind_has_its_time(kind: CaseKind) -> None:
    time = processing_time(kind, RECEIVED, on=RECEIVED)
    assert time.due_on == RECEIVED + timedelta(days=ProcessingSettings().days_of(kind))
    assert (time.due_on == RECEIVED) == (
        kind in (CaseKind.CASH_BENEFIT, CaseKind.EMERGENCY_SHELTER)
    )


def test_a_municipality_sets_its_own_time() -> None:
    settings = ProcessingSettings(support_85a_days=7)
    time = processing_time(CaseKind.SUPPORT_85A, RECEIVED, on=RECEIVED, settings=settings)
    assert time.due_on == date(2026, 10, 8)


def test_nothing_is_decided_before_it_came() -> None:
    with pytest.raises(ValueError, match="before received"):
        processing_time(CaseKind.SUPPORT_85A, RECEIVED, on=RECEIVED, decided_on=RECEIVED - ONE_DAY)


@pytest.mark.parametrize(
    ("told", "last"),
    [
        pytest.param(date(2026, 10, 1), date(2026, 10, 29), id="four-weeks"),
        pytest.param(date(2026, 3, 9), date(2026, 4, 7), id="easter-monday-moves-it"),
        pytest.param(date(2026, 10, 3), date(2026, 11, 2), id="a-saturday-moves-it"),
        pytest.param(date(2023, 4, 7), date(2023, 5, 8), id="store-bededag-2023-moves-it"),
        pytest.param(date(2024, 3, 29), date(2024, 4, 26), id="no-store-bededag-in-2024"),
        pytest.param(date(2026, 11, 26), date(2026, 12, 24), id="christmas-eve-is-a-working-day"),
    ],
)
def test_the_last_day_to_complain(told: date, last: date) -> None:
    found = complaint(told, on=told)
    assert (found.last_on, found.rule_id, found.terms_version) == (last, "R-KLAGE", "4-weeks")
    stays = ComplaintSettings(ends_on_day_off=EndsOnDayOff.SAME_DAY)
    assert complaint(told, on=told, settings=stays).last_on == told + timedelta(weeks=4)


def test_christmas_eve_as_a_day_off_moves_the_last_day() -> None:
    closed = CalendarSettings(christmas_eve_is_working_day=False)
    assert complaint(date(2026, 11, 26), on=RECEIVED, calendar=closed).last_on == date(2026, 12, 28)


@pytest.mark.parametrize(
    ("on", "received", "reconsidered", "by", "reason"),
    [
        ("2026-10-29", None, None, None, ComplaintReason.MAY_COMPLAIN),
        ("2026-10-30", None, None, None, ComplaintReason.NO_LONGER),
        ("2026-10-20", "2026-10-21", None, None, ComplaintReason.MAY_COMPLAIN),
        ("2026-11-18", "2026-10-21", None, "2026-11-18", ComplaintReason.RECONSIDER),
        ("2026-11-19", "2026-10-21", None, "2026-11-18", ComplaintReason.RECONSIDER_OVERDUE),
        ("2026-11-19", "2026-10-30", None, "2026-11-27", ComplaintReason.TOO_LATE),
        (
            *("2026-11-19", "2026-10-21", "2026-11-18", "2026-11-18"),
            ComplaintReason.RECONSIDERED_IN_TIME,
        ),
        (
            *("2026-11-20", "2026-10-21", "2026-11-19", "2026-11-18"),
            ComplaintReason.RECONSIDERED_LATE,
        ),
        ("2026-11-18", "2026-10-21", "2026-11-19", "2026-11-18", ComplaintReason.RECONSIDER),
    ],
)
def test_where_a_complaint_stands(
    on: str,
    received: str | None,
    reconsidered: str | None,
    by: str | None,
    reason: ComplaintReason,
) -> None:
    found = complaint(
        RECEIVED,
        on=date.fromisoformat(on),
        received_on=day(received),
        reconsidered_on=day(reconsidered),
    )
    assert (found.reconsider_by, found.reason) == (day(by), reason)


@pytest.mark.parametrize(
    ("received", "reconsidered"),
    [("2026-09-30", None), (None, "2026-10-20"), ("2026-10-10", "2026-10-09")],
    ids=["before-the-decision", "without-a-complaint", "before-the-complaint"],
)
def test_what_cannot_have_happened(received: str | None, reconsidered: str | None) -> None:
    with pytest.raises(ValueError, match="2026"):
        complaint(RECEIVED, on=DUE, received_on=day(received), reconsidered_on=day(reconsidered))


@given(st.dates(date(2019, 1, 1), date(2040, 12, 31)))
def test_the_last_day_is_a_working_day_and_never_earlier_than_four_weeks(told: date) -> None:
    last = complaint(told, on=told).last_on
    assert is_working_day(last)
    assert told + timedelta(weeks=4) <= last <= told + timedelta(weeks=4, days=5)
