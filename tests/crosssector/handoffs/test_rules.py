"""When an answer is due: service hours over weekends, Easter, the offer's end and a question."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from crosssector.handoffs.enums import HandoffStatus
from crosssector.handoffs.rules import (
    OPEN,
    Step,
    due_after_pause,
    due_at,
    next_status,
    severity,
)

DK = ZoneInfo("Europe/Copenhagen")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=DK)


@pytest.mark.parametrize(
    ("asked", "hours", "due"),
    [
        pytest.param("2026-11-17 10:30", 24, "2026-11-18 10:30", id="next-day"),
        pytest.param("2026-11-17 10:30", 48, "2026-11-19 10:30", id="two-days"),
        pytest.param("2026-11-20 10:30", 24, "2026-11-23 10:30", id="friday-to-monday"),
        pytest.param("2026-11-20 10:30", 13, "2026-11-20 23:30", id="friday-same-evening"),
        pytest.param(
            "2026-11-21 12:00", 24, "2026-11-24 08:00", id="saturday-from-mondays-opening"
        ),
        pytest.param("2026-11-22 23:59", 24, "2026-11-24 08:00", id="sunday-night-the-same"),
        pytest.param("2026-11-23 00:00", 24, "2026-11-24 08:00", id="the-night-to-monday-the-same"),
        pytest.param("2026-11-23 07:59", 24, "2026-11-24 08:00", id="before-opening-the-same"),
        pytest.param("2026-11-23 08:00", 24, "2026-11-24 08:00", id="at-opening"),
        pytest.param("2026-11-23 08:01", 24, "2026-11-24 08:01", id="after-opening"),
        pytest.param("2026-11-21 12:00", 2, "2026-11-23 10:00", id="two-hours-of-monday"),
        pytest.param("2026-11-21 12:00", 16, "2026-11-24 08:00", id="monday-to-its-midnight"),
        pytest.param("2026-11-21 12:00", 15, "2026-11-23 23:00", id="one-hour-less"),
        pytest.param("2026-11-21 12:00", 48, "2026-11-25 08:00", id="two-days-from-saturday"),
        pytest.param("2026-11-20 12:00", 12, "2026-11-23 08:00", id="friday-to-its-midnight"),
        pytest.param("2026-11-19 20:00", 8, "2026-11-20 08:00", id="never-due-at-night"),
        pytest.param("2026-11-20 20:00", 8, "2026-11-23 08:00", id="nor-in-the-night-to-monday"),
        # Easter 2027: Maundy Thursday 25 March to Easter Monday 29 March
        pytest.param("2027-03-24 15:00", 24, "2027-03-30 15:00", id="over-easter"),
        pytest.param("2027-03-25 15:00", 1, "2027-03-30 09:00", id="asked-in-easter"),
        pytest.param("2026-12-31 12:00", 24, "2027-01-04 12:00", id="over-new-year"),
        # The clocks change on a Sunday, inside the weekend that is not counted.
        pytest.param("2026-10-23 12:00", 24, "2026-10-26 12:00", id="over-the-end-of-summer-time"),
    ],
)
def test_working_hours_skip_weekends_and_holidays(asked: str, hours: int, due: str) -> None:
    assert due_at(at(asked), hours=hours, working_days_only=True) == at(due)


def test_other_agreements_count_every_hour() -> None:
    assert due_at(at("2026-11-20 10:30"), hours=24, working_days_only=False) == at(
        "2026-11-21 10:30"
    )


def test_it_is_counted_on_copenhagens_clocks_whatever_the_zone() -> None:
    asked = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)  # Saturday 00:30 in Copenhagen

    assert due_at(asked, hours=24, working_days_only=True) == at("2026-11-24 08:00")


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        due_at(datetime(2026, 11, 20, 10, 30), hours=24, working_days_only=True)  # noqa: DTZ001  (the very thing refused)


@pytest.mark.parametrize(
    ("answer_by", "due"),
    [
        pytest.param("2026-11-20 16:00", "2026-11-20 16:00", id="offer-ends-first"),
        pytest.param("2026-11-25 12:00", "2026-11-23 10:30", id="offer-ends-later"),
    ],
)
def test_never_later_than_the_offer(answer_by: str, due: str) -> None:
    assert due_at(
        at("2026-11-20 10:30"), hours=24, working_days_only=True, no_later_than=at(answer_by)
    ) == at(due)


@pytest.mark.parametrize(
    ("stopped", "resumed", "due"),
    [
        pytest.param("2026-11-17 12:30", "2026-11-17 15:30", "2026-11-18 13:30", id="three-hours"),
        pytest.param("2026-11-17 12:30", "2026-11-20 12:30", "2026-11-23 10:30", id="to-friday"),
        pytest.param("2026-11-17 12:30", "2026-11-21 08:00", "2026-11-24 08:00", id="to-saturday"),
        pytest.param("2026-11-18 10:30", "2026-11-19 09:00", "2026-11-18 10:30", id="at-the-end"),
        pytest.param("2026-11-19 09:00", "2026-11-20 09:00", "2026-11-18 10:30", id="overdue"),
    ],
)
def test_a_question_stops_the_clock(stopped: str, resumed: str, due: str) -> None:
    """Due Wednesday 10:30: what was left when it stopped is left when it goes on."""
    assert due_after_pause(
        at("2026-11-18 10:30"),
        stopped_at=at(stopped),
        resumed_at=at(resumed),
        working_days_only=True,
    ) == at(due)


@pytest.mark.parametrize(
    ("stopped", "resumed", "due"),
    [
        pytest.param("2026-11-21 13:00", "2026-11-21 15:00", "2026-11-24 08:00", id="on-saturday"),
        pytest.param(
            "2026-11-21 13:00", "2026-11-23 07:00", "2026-11-24 08:00", id="before-opening"
        ),
        pytest.param("2026-11-21 13:00", "2026-11-23 10:00", "2026-11-24 10:00", id="two-hours-in"),
    ],
)
def test_a_question_on_a_day_off_costs_no_hours(stopped: str, resumed: str, due: str) -> None:
    """Asked on Saturday, due Tuesday at opening: no hour has run before Monday's."""
    assert due_after_pause(
        at("2026-11-24 08:00"),
        stopped_at=at(stopped),
        resumed_at=at(resumed),
        working_days_only=True,
    ) == at(due)


def test_a_stopped_clock_counts_every_hour_where_that_is_agreed() -> None:
    assert due_after_pause(
        at("2026-11-21 10:30"),
        stopped_at=at("2026-11-20 12:30"),
        resumed_at=at("2026-11-20 15:30"),
        working_days_only=False,
    ) == at("2026-11-21 13:30")


def test_the_offer_does_not_wait_for_a_question() -> None:
    assert due_after_pause(
        at("2026-11-18 10:30"),
        stopped_at=at("2026-11-17 12:30"),
        resumed_at=at("2026-11-19 09:00"),
        working_days_only=True,
        no_later_than=at("2026-11-19 12:00"),
    ) == at("2026-11-19 12:00")


@pytest.mark.parametrize(
    ("left", "mark"),
    [
        (timedelta(seconds=-1), "over"),
        (timedelta(0), "now"),
        (timedelta(hours=24), "now"),
        (timedelta(hours=24, seconds=1), "soon"),
        (timedelta(hours=72), "soon"),
        (timedelta(hours=73), "ok"),
    ],
)
def test_severity(left: timedelta, mark: str) -> None:
    now = at("2026-11-17 10:30")
    assert severity(now + left, now=now) == mark


@pytest.mark.parametrize("status", list(HandoffStatus))
@pytest.mark.parametrize("step", list(Step))
def test_every_status_and_every_step(status: HandoffStatus, step: Step) -> None:
    allowed = {
        HandoffStatus.ASKED: set(Step) - {Step.REPLY},
        HandoffStatus.QUESTION: set(Step) - {Step.ASK_BACK},
    }.get(status, set())

    assert (next_status(status, step) is not None) == (step in allowed)
    assert bool(allowed) == (status in OPEN)
