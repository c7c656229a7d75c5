"""The three working days of the notices of § 110, stk. 6 and 7."""

from datetime import date

import pytest

from housingfirst.law.days import CalendarSettings, DayOff
from housingfirst.law.notices import DayNotCounted, NoticeKind, notice_deadline
from housingfirst.law.versions import Mark


@pytest.mark.parametrize(
    ("decided_on", "due_on"),
    [
        pytest.param(date(2026, 8, 3), date(2026, 8, 6), id="J1-monday-to-thursday"),
        pytest.param(date(2026, 8, 5), date(2026, 8, 10), id="wednesday-to-monday"),
        pytest.param(date(2026, 8, 8), date(2026, 8, 12), id="decided-on-a-saturday"),
        pytest.param(date(2026, 4, 1), date(2026, 4, 9), id="before-easter"),
        pytest.param(date(2026, 12, 23), date(2026, 12, 29), id="before-christmas"),
        pytest.param(date(2023, 5, 3), date(2023, 5, 9), id="store-bededag-2023"),
        pytest.param(date(2024, 4, 24), date(2024, 4, 29), id="no-store-bededag-2024"),
    ],
)
@pytest.mark.parametrize("kind", NoticeKind)
def test_notice_is_due_on_the_third_working_day(
    kind: NoticeKind, decided_on: date, due_on: date
) -> None:
    assert notice_deadline(kind, decided_on).due_on == due_on


def test_the_deadline_says_why() -> None:
    deadline = notice_deadline(NoticeKind.ADMISSION, date(2026, 4, 1))
    assert deadline.counted_from == date(2026, 4, 1)
    assert deadline.not_counted == (
        DayNotCounted(date(2026, 4, 2), DayOff.PUBLIC_HOLIDAY),
        DayNotCounted(date(2026, 4, 3), DayOff.PUBLIC_HOLIDAY),
        DayNotCounted(date(2026, 4, 4), DayOff.WEEKEND),
        DayNotCounted(date(2026, 4, 5), DayOff.WEEKEND),
        DayNotCounted(date(2026, 4, 6), DayOff.PUBLIC_HOLIDAY),
    )
    assert (deadline.rule_id, deadline.working_days) == ("R-110-6", 3)
    assert (deadline.source, deadline.mark) == ("SEL § 110, stk. 6", Mark.VERIFIED)
    assert deadline.terms_version == "3-working-days"


def test_the_notice_of_discharge_is_read_from_the_sister_rule() -> None:
    deadline = notice_deadline(NoticeKind.DISCHARGE, date(2026, 12, 14))
    assert (deadline.rule_id, deadline.mark) == ("R-110-7", Mark.INFERRED)
    assert deadline.kind is NoticeKind.DISCHARGE


def test_a_notice_on_the_last_day_is_in_time() -> None:
    deadline = notice_deadline(NoticeKind.ADMISSION, date(2026, 8, 3))
    assert not deadline.is_late(date(2026, 8, 3))
    assert not deadline.is_late(date(2026, 8, 6))
    assert deadline.is_late(date(2026, 8, 7))


def test_a_municipality_may_leave_constitution_day_out() -> None:
    closed = CalendarSettings(constitution_day_is_working_day=False)
    deadline = notice_deadline(NoticeKind.ADMISSION, date(2026, 6, 3), closed)
    assert deadline.due_on == date(2026, 6, 9)
    assert deadline.not_counted[0] == DayNotCounted(date(2026, 6, 5), DayOff.CONSTITUTION_DAY)
    assert notice_deadline(NoticeKind.ADMISSION, date(2026, 6, 3)).due_on == date(2026, 6, 8)
