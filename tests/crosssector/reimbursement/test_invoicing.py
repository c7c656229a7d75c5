"""A row of an invoice held against what is registered: which night is right, and why not."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from crosssector.reimbursement.invoicing import Invoiced, Judged, Registered, judge

RATE = Decimal("1450.00")
JULY = date(2026, 7, 1)
OCTOBER = date(2026, 10, 1)


def stay(first: date, left: date | None, *, is_ours: bool = True) -> Registered:
    return Registered(
        admitted_on=first,
        discharged_on=left,
        ends_on=left or OCTOBER,
        rates=[(first, RATE), (date(2026, 9, 1), Decimal("1475.00"))],
        is_ours=is_ours,
    )


def row(first: date, nights: int, rate: Decimal = RATE, **values: Any) -> Invoiced:
    return Invoiced(
        starts_on=first,
        to_on=values.get("to_on", first + timedelta(days=nights)),
        nights=nights,
        rate_dkk=rate,
        amount_dkk=values.get("amount_dkk", rate * nights),
    )


def judged(invoiced: Invoiced, *stays: Registered, taken: set[date] | None = None) -> Judged:
    return judge(
        invoiced,
        stays,
        taken=set() if taken is None else taken,
        starts_on=JULY,
        ends_on=OCTOBER,
    )


def codes(answer: Judged) -> list[tuple[str, int]]:
    return [(one["code"], one["nights"]) for one in answer.differences]


AT = stay(date(2026, 7, 10), date(2026, 7, 20))


@pytest.mark.parametrize(
    ("invoiced", "nights", "found"),
    [
        pytest.param(row(date(2026, 7, 10), 10), 10, [], id="as-registered"),
        pytest.param(
            row(date(2026, 7, 10), 10, to_on=date(2026, 7, 19)), 10, [], id="to-is-the-last-night"
        ),
        pytest.param(row(date(2026, 7, 10), 11), 10, [("discharge_day", 1)], id="day-of-discharge"),
        pytest.param(
            row(date(2026, 7, 10), 17), 10, [("after_discharge", 7)], id="a-week-after-it"
        ),
        pytest.param(
            row(date(2026, 7, 8), 12), 10, [("before_admission", 2)], id="before-the-admission"
        ),
        pytest.param(
            row(date(2026, 6, 29), 3),
            0,
            [("outside", 2), ("before_admission", 1)],
            id="outside-the-period",
        ),
        pytest.param(
            row(date(2026, 7, 10), 10, Decimal("1425.00")), 10, [("rate", 10)], id="old-rate"
        ),
        pytest.param(
            row(date(2026, 7, 10), 10, amount_dkk=Decimal("15950.00")),
            10,
            [("amount", 10)],
            id="amount-of-eleven",
        ),
        pytest.param(
            row(date(2026, 7, 10), 10, to_on=date(2026, 7, 15)),
            10,
            [("nights", 10)],
            id="nights-and-dates-disagree",
        ),
    ],
)
def test_what_is_right_of_a_row(
    invoiced: Invoiced, nights: int, found: list[tuple[str, int]]
) -> None:
    answer = judged(invoiced, AT)
    assert (answer.nights, answer.amount_dkk) == (nights, nights * RATE)
    assert codes(answer) == found


def test_a_rate_that_changes_within_the_row_is_told_by_its_nights() -> None:
    answer = judged(row(date(2026, 8, 30), 4), stay(date(2026, 8, 30), date(2026, 9, 3)))
    assert codes(answer) == [("rate", 2)]
    assert answer.amount_dkk == 2 * RATE + 2 * Decimal("1475.00")


def test_a_night_is_paid_once() -> None:
    taken: set[date] = set()
    judged(row(date(2026, 7, 10), 5), AT, taken=taken)
    assert codes(judged(row(date(2026, 7, 13), 4), AT, taken=taken)) == [("overlap", 2)]


def test_an_unknown_resident_and_anothers_are_all_disputed() -> None:
    nobody = judge(row(JULY, 3), None, taken=set(), starts_on=JULY, ends_on=OCTOBER)
    assert (nobody.nights, codes(nobody)) == (0, [("unknown", 3)])
    theirs = judged(row(JULY, 3), stay(JULY, OCTOBER, is_ours=False))
    assert (theirs.nights, codes(theirs)) == (0, [("not_ours", 3)])


def test_no_nights_are_nothing() -> None:
    assert judged(row(JULY, 0), AT).differences == []
