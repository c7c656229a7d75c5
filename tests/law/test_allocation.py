"""Every n'th vacancy, the time to answer, and the rent of an empty dwelling."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from housingfirst.law.allocation import (
    AllocationSettings,
    TurnReason,
    Vacancy,
    VacancyRentFrom,
    answer_due_on,
    quarter,
    rent_of_a_week,
    vacancy_rent,
)

ON = date(2026, 11, 22)
FIRST = date(2026, 1, 5)


def vacancies(*given: str) -> list[Vacancy]:
    """A vacancy a day: "." the landlord's own, "x" given, "r" released by the municipality."""
    return [
        Vacancy(f"{n:02d}", FIRST + timedelta(days=n), mark == "x", mark == "r")
        for n, mark in enumerate("".join(given))
    ]


@pytest.mark.parametrize(
    ("given", "every", "offset", "due", "received", "next_number"),
    [
        pytest.param("...", None, 0, 0, 0, 4, id="three-and-the-next-is-ours"),
        pytest.param("...x", None, 0, 1, 1, 8, id="the-fourth"),
        pytest.param("....", None, 0, 1, 0, 8, id="the-fourth-was-kept"),
        pytest.param("...r", None, 0, 1, 1, 8, id="the-fourth-was-let-go"),
        pytest.param(".x..", None, 0, 1, 1, 8, id="given-out-of-turn-counts"),
        pytest.param(".r..", None, 0, 1, 0, 8, id="out-of-turn-nothing-is-let-go"),
        pytest.param("..x.", None, 2, 1, 0 + 1, 6, id="two-had-been-counted"),
        pytest.param("x.x", 2, 0, 1, 2, 4, id="every-second-by-agreement"),
        pytest.param("xx", 1, 0, 2, 2, 3, id="all-by-agreement"),
        pytest.param("", None, 3, 0, 0, 1, id="none-yet-and-the-next-is-ours"),
    ],
)
def test_due_and_received(
    given: str, every: int | None, offset: int, due: int, received: int, next_number: int
) -> None:
    found = quarter(vacancies(given), on=ON, every=every, offset=offset)
    assert (found.due, found.received, found.balance) == (due, received, due - received)
    assert (found.next_due_number, found.until_next) == (next_number, next_number - len(given))
    assert found.is_by_agreement is (every is not None)
    assert (found.rule_id, found.terms_version) == ("R-ABL-59", "every-fourth")


def test_each_vacancy_says_whose_it_was() -> None:
    found = quarter(vacancies(".x.x", "...r", "...."), on=ON)
    assert [turn.reason for turn in found.turns] == [
        TurnReason.LANDLORDS_TURN,
        TurnReason.GIVEN_OUT_OF_TURN,
        TurnReason.LANDLORDS_TURN,
        TurnReason.MUNICIPALITYS_TURN,
        *[TurnReason.LANDLORDS_TURN] * 3,
        TurnReason.RELEASED,
        *[TurnReason.LANDLORDS_TURN] * 3,
        TurnReason.NOT_GIVEN,
    ]
    assert [(turn.number, turn.due, turn.received) for turn in found.turns if turn.is_due] == [
        (4, 1, 2),
        (8, 2, 3),
        (12, 3, 3),
    ]


def test_vacancies_are_counted_in_the_order_they_fell_vacant() -> None:
    later, sooner = Vacancy("a", ON, was_given=True), Vacancy("b", FIRST)
    found = quarter([later, sooner], on=ON, every=2)
    assert [turn.vacancy.reference for turn in found.turns] == ["b", "a"]
    same_day = quarter([Vacancy("b", ON), Vacancy("a", ON)], on=ON)
    assert [turn.vacancy.reference for turn in same_day.turns] == ["a", "b"]


@pytest.mark.parametrize(("every", "offset"), [(0, 0), (4, 4), (4, -1)])
def test_what_cannot_be_agreed(every: int, offset: int) -> None:
    with pytest.raises(ValueError, match=r"none|counted before"):
        quarter([], on=ON, every=every, offset=offset)


@given(st.text(alphabet=".xr", max_size=60), st.integers(1, 8), st.data())
def test_cutting_the_count_in_two_changes_nothing(
    given: str, every: int, data: st.DataObject
) -> None:
    whole = quarter(vacancies(given), on=ON, every=every)
    cut = data.draw(st.integers(0, len(given)))
    rows = vacancies(given)
    first = quarter(rows[:cut], on=ON, every=every)
    second = quarter(rows[cut:], on=ON, every=every, offset=cut % every)
    assert whole.due == first.due + second.due == len(given) // every
    assert whole.received == first.received + second.received
    assert whole.until_next == second.until_next
    assert 1 <= whole.until_next <= every


def test_the_time_to_answer() -> None:
    assert answer_due_on(date(2026, 11, 20)) == date(2026, 12, 2)
    assert answer_due_on(date(2026, 11, 20), AllocationSettings(answer_working_days=0)) == date(
        2026, 11, 20
    )


DAY_AFTER = AllocationSettings(vacancy_rent_from=VacancyRentFrom.DAY_AFTER)


@pytest.mark.parametrize(
    ("available", "on", "let", "settings", "days", "amount"),
    [
        pytest.param("2026-05-01", "2026-05-01", None, None, 1, "158.06", id="the-first-day"),
        pytest.param("2026-05-01", "2026-05-31", None, None, 31, "4900.00", id="a-month"),
        pytest.param("2026-05-01", "2026-07-20", "2026-06-16", None, 46, "7350.00", id="let"),
        pytest.param("2026-05-15", "2026-06-14", None, None, 31, "4900.00", id="mid-month"),
        pytest.param("2026-01-31", "2026-03-30", None, None, 59, "9800.00", id="short-month"),
        pytest.param("2026-01-31", "2026-02-27", None, None, 28, "4900.00", id="february"),
        pytest.param("2026-05-01", "2026-04-20", None, None, 0, "0.00", id="not-yet-available"),
        pytest.param("2026-05-01", "2026-05-09", "2026-05-01", None, 0, "0.00", id="let-at-once"),
        pytest.param("2026-05-01", "2026-05-01", None, DAY_AFTER, 0, "0.00", id="day-after"),
        pytest.param(
            *("2026-05-01", "2026-05-09", "2026-05-01", DAY_AFTER, 0, "0.00"), id="let-before"
        ),
    ],
)
def test_the_rent_of_an_empty_dwelling(
    available: str,
    on: str,
    let: str | None,
    settings: AllocationSettings | None,
    days: int,
    amount: str,
) -> None:
    found = vacancy_rent(
        date.fromisoformat(available),
        Decimal(4900),
        on=date.fromisoformat(on),
        let_on=date.fromisoformat(let) if let else None,
        settings=settings or AllocationSettings(),
    )
    assert (found.days, str(found.amount_dkk)) == (days, amount)
    assert (found.ends_on is None) == (let is None)
    assert found.ends_on is None or found.ends_on >= found.starts_on


def test_the_rent_of_a_week() -> None:
    assert rent_of_a_week(Decimal(4900)) == Decimal("1127.67")


def test_a_rent_is_not_below_nothing() -> None:
    with pytest.raises(ValueError, match="below 0"):
        vacancy_rent(ON, Decimal(-1), on=ON)
