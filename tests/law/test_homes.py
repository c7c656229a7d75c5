"""Transitional dwellings and aftercare: how long, and from which day."""

from datetime import date

import pytest

from housingfirst.law.aftercare import AftercareReason, AftercareSettings, aftercare
from housingfirst.law.transitional import TransitionalReason, transitional


@pytest.mark.parametrize(
    ("starts", "last", "years", "version"),
    [
        pytest.param(date(2022, 12, 31), date(2024, 12, 30), 2, "2-years", id="the-last-of-two"),
        pytest.param(date(2023, 1, 1), date(2027, 12, 31), 5, "5-years", id="the-first-of-five"),
        pytest.param(date(2024, 2, 29), date(2029, 2, 27), 5, "5-years", id="leap-day"),
    ],
)
def test_how_long_a_transitional_dwelling_lasts(
    starts: date, last: date, years: int, version: str
) -> None:
    found = transitional(starts, on=starts)
    assert (found.last_on, found.most_years, found.terms_version) == (last, years, version)
    assert (found.rule_id, found.reason) == ("R-ABL-63", TransitionalReason.RUNNING)


@pytest.mark.parametrize(
    ("on", "reason"),
    [
        (date(2027, 4, 30), TransitionalReason.RUNNING),
        (date(2027, 5, 1), TransitionalReason.ENDING),
        (date(2028, 4, 30), TransitionalReason.ENDING),
        (date(2028, 5, 1), TransitionalReason.RUN_OUT),
    ],
)
def test_it_warns_and_runs_out(on: date, reason: TransitionalReason) -> None:
    found = transitional(date(2023, 5, 1), on=on)
    assert (found.reason, found.warn_on) == (reason, (date(2027, 5, 1), date(2027, 11, 1)))


@pytest.mark.parametrize(
    ("on", "support", "back", "reason"),
    [
        pytest.param("2026-03-31", None, None, AftercareReason.MAY_BE_GIVEN, id="first-day"),
        pytest.param("2027-03-30", None, None, AftercareReason.MAY_BE_GIVEN, id="last-day"),
        pytest.param("2027-03-31", None, None, AftercareReason.TIME_HAS_RUN, id="the-day-after"),
        pytest.param(
            "2026-04-30", "2026-05-01", None, AftercareReason.MAY_BE_GIVEN, id="before-the-support"
        ),
        pytest.param(
            *("2026-05-01", "2026-05-01", None, AftercareReason.SUPPORT_HAS_TAKEN_OVER),
            id="the-support-takes-over",
        ),
        pytest.param(
            "2026-05-01", None, "2026-05-02", AftercareReason.MAY_BE_GIVEN, id="not-yet-back"
        ),
        pytest.param(
            "2026-05-02", "2026-04-01", "2026-05-02", AftercareReason.BACK_AT_SHELTER, id="back"
        ),
    ],
)
def test_aftercare(on: str, support: str | None, back: str | None, reason: AftercareReason) -> None:
    found = aftercare(
        date(2026, 3, 31),
        on=date.fromisoformat(on),
        support_from=date.fromisoformat(support) if support else None,
        readmitted_on=date.fromisoformat(back) if back else None,
    )
    assert (found.reason, found.last_on) == (reason, date(2027, 3, 30))
    assert found.may_be_given is (reason is AftercareReason.MAY_BE_GIVEN)
    assert found.rule_id == "R-AFTER"


def test_a_municipality_may_give_none() -> None:
    none = AftercareSettings(max_months=0)
    found = aftercare(date(2026, 3, 31), on=date(2026, 3, 31), settings=none)
    assert found.reason is AftercareReason.TIME_HAS_RUN
