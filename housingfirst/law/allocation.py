"""R-ABL-59: which vacancies are the municipality's, its time to answer, and the rent till then.

ABL § 59: the municipality may claim up to every fourth vacant family dwelling; an agreement may set
another share. From the day a dwelling is available to it until it is let, the municipality pays the
rent.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from housingfirst.law.days import DEFAULT_CALENDAR, CalendarSettings, add_months, add_working_days
from housingfirst.law.money import whole_oere
from housingfirst.law.tables import version_table
from housingfirst.law.versions import Mark

RULE_ID: Final = "R-ABL-59"
DAYS_TIMES_MONTHS: Final = 7 * 12
DAYS_OF_A_YEAR: Final = 365


@dataclass(frozen=True, slots=True)
class ShareTerms:
    """The municipality may claim every `every`th vacancy without an agreement."""

    every: int


SHARE_TERMS: Final = version_table("allocation", RULE_ID, ShareTerms)


class VacancyRentFrom(StrEnum):
    """The first day the municipality pays the rent of a vacancy that is its own."""

    AVAILABLE = "available"
    """The day the dwelling can be taken over."""
    DAY_AFTER = "day_after"


@dataclass(frozen=True, slots=True)
class AllocationSettings:
    """`answer_working_days` from the landlord's report until a tenant has been named."""

    answer_working_days: int = field(default=8, metadata={"rule": RULE_ID})
    vacancy_rent_from: VacancyRentFrom = VacancyRentFrom.AVAILABLE


DEFAULT_ALLOCATION: Final = AllocationSettings()


class TurnReason(StrEnum):
    """Whose a vacancy is."""

    MUNICIPALITYS_TURN = "municipalitys-turn"
    LANDLORDS_TURN = "landlords-turn"
    GIVEN_OUT_OF_TURN = "given-out-of-turn"
    """The landlord gave it though it was not the municipality's turn."""
    NOT_GIVEN = "not-given"
    """It was the municipality's turn, and the landlord did not give it."""
    RELEASED = "released"
    """It was the municipality's turn, and the municipality let it go: it counts as received."""


@dataclass(frozen=True, slots=True)
class Vacancy:
    """One vacancy of the group an agreement counts in, in the order they fell vacant.

    `was_given`: the municipality had it; `was_released`: the municipality let it go.
    """

    reference: str
    vacant_on: date
    was_given: bool = False
    was_released: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """`number` counts vacancies from 1; `due` and `received` are as they stand after this one."""

    vacancy: Vacancy
    number: int
    is_due: bool
    reason: TurnReason
    due: int
    received: int


@dataclass(frozen=True, slots=True)
class Quarter:
    """The count of one group of dwellings. `balance` above 0: so many are owed."""

    turns: tuple[Turn, ...]
    every: int
    due: int
    received: int
    next_due_number: int
    is_by_agreement: bool
    terms_version: str
    rule_id: str = RULE_ID

    @property
    def balance(self) -> int:
        return self.due - self.received

    @property
    def until_next(self) -> int:
        """Vacancies until the next one is the municipality's: 1 is the very next."""
        return self.next_due_number - len(self.turns)


def quarter(
    vacancies: Iterable[Vacancy], *, on: date, every: int | None = None, offset: int = 0
) -> Quarter:
    """Whose each vacancy was, and what the municipality was due and has received.

    Vacancies are taken by the day they fell vacant, then by reference. `every` is the number an
    agreement sets (1: all of them); None takes the law's. `offset` is how many vacancies had been
    counted, towards the next turn, before the first of these. Raises ValueError when `every` is
    below 1 or `offset` is not from 0 to `every` - 1.

    Source: ABL § 59, stk. 1.
    """
    version = SHARE_TERMS.on(on)
    n = version.value.every if every is None else every
    if n < 1:
        raise ValueError(f"every {n}th vacancy is none")
    if not 0 <= offset < n:
        raise ValueError(f"{offset} vacancies counted before is not from 0 to {n - 1}")
    turns: list[Turn] = []
    due = received = 0
    ordered = sorted(vacancies, key=lambda vacancy: (vacancy.vacant_on, vacancy.reference))
    for number, vacancy in enumerate(ordered, start=1):
        is_due = (number + offset) % n == 0
        due += is_due
        received += vacancy.was_given or (is_due and vacancy.was_released)
        turns.append(Turn(vacancy, number, is_due, _turn_reason(vacancy, is_due), due, received))
    counted = len(turns) + offset
    return Quarter(
        turns=tuple(turns),
        every=n,
        due=due,
        received=received,
        next_due_number=len(turns) + n - counted % n,
        is_by_agreement=every is not None,
        terms_version=version.key,
    )


def _turn_reason(vacancy: Vacancy, is_due: bool) -> TurnReason:
    if is_due:
        if vacancy.was_given:
            return TurnReason.MUNICIPALITYS_TURN
        return TurnReason.RELEASED if vacancy.was_released else TurnReason.NOT_GIVEN
    return TurnReason.GIVEN_OUT_OF_TURN if vacancy.was_given else TurnReason.LANDLORDS_TURN


def answer_due_on(
    reported_on: date,
    settings: AllocationSettings = DEFAULT_ALLOCATION,
    calendar: CalendarSettings = DEFAULT_CALENDAR,
) -> date:
    """The last day to name a tenant for a vacancy the landlord reported on `reported_on`."""
    return add_working_days(reported_on, settings.answer_working_days, calendar)


def rent_starts_on(available_on: date, settings: AllocationSettings = DEFAULT_ALLOCATION) -> date:
    """The first day the municipality pays for a dwelling that can be taken over `available_on`."""
    is_later = settings.vacancy_rent_from is VacancyRentFrom.DAY_AFTER
    return available_on + timedelta(days=is_later)


def rent_of_a_week(monthly_rent_dkk: Decimal) -> Decimal:
    """What another empty week costs: the year's rent is twelve months', and has 365 days."""
    return whole_oere(monthly_rent_dkk * DAYS_TIMES_MONTHS / DAYS_OF_A_YEAR)


@dataclass(frozen=True, slots=True)
class VacancyRent:
    """What an empty dwelling has cost: `days` on [starts_on, ends_on), None while still empty.

    `amount_dkk` counts whole months from the first day, and the days left as their share of the
    month they begin.
    """

    starts_on: date
    ends_on: date | None
    days: int
    amount_dkk: Decimal
    settings: AllocationSettings
    mark: Mark = Mark.UNVERIFIED
    rule_id: str = RULE_ID


def vacancy_rent(
    available_on: date,
    monthly_rent_dkk: Decimal,
    *,
    on: date,
    let_on: date | None = None,
    settings: AllocationSettings = DEFAULT_ALLOCATION,
) -> VacancyRent:
    """What the municipality owes at the end of `on` for a dwelling that is its own.

    `let_on` is the first day another pays the rent. Raises ValueError on a rent below 0.

    Source: ABL § 59, stk. 1, read from the same words in §§ 51 a and 63.
    """
    if monthly_rent_dkk < 0:
        raise ValueError(f"a rent cannot be below 0: {monthly_rent_dkk}")
    starts_on = rent_starts_on(available_on, settings)
    until = on + timedelta(days=1)
    if let_on is not None:
        until = min(until, let_on)
    until = max(until, starts_on)
    return VacancyRent(
        starts_on=starts_on,
        ends_on=None if let_on is None else max(let_on, starts_on),
        days=(until - starts_on).days,
        amount_dkk=whole_oere(monthly_rent_dkk * _months(starts_on, until)),
        settings=settings,
    )


def _months(start: date, end: date) -> Decimal:
    """The months of [start, end): whole ones, and an unfinished one by its days."""
    whole = (end.year - start.year) * 12 + end.month - start.month
    whole -= add_months(start, whole) > end
    begun = add_months(start, whole)
    return whole + Decimal((end - begun).days) / (add_months(start, whole + 1) - begun).days
