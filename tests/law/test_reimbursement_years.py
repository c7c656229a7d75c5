"""R-110-REF: when a running year of a citizen opens, and under which limit."""

from datetime import date

import pytest

from housingfirst.law.reimbursement import (
    ChangeOfMunicipality,
    LeapDay,
    LineReason,
    ReimbursementSettings,
    ResidentOnReform,
    StaySpan,
    reimburse,
)
from tests.law.stays import DEFAULT, E6B, E9, E15, FIXED, days, stay


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


def test_a_new_municipality_may_restart_the_count() -> None:
    settings = ReimbursementSettings(change_of_municipality=ChangeOfMunicipality.RESTARTS)
    result = reimburse(E9, days_used_elsewhere=days("2026-01-01", 60), settings=settings)
    assert result.refundable_days == 90
    assert result.running_years[0].starts_on == date(2026, 4, 1)


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
