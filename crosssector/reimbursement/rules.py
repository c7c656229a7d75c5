"""Quarters, and the steps of a claim."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from crosssector.reimbursement.enums import ClaimState, ClaimStep, InvoiceState, InvoiceStep
from crosssector.reimbursement.errors import ClaimIsLocked, InvoiceIsSettled, WrongStep
from housingfirst.law.days import add_months

FIRST_MONTHS: Final = (1, 4, 7, 10)

INVOICE_STEPS: Final[Mapping[tuple[InvoiceState, InvoiceStep], InvoiceState]] = {
    (InvoiceState.RECEIVED, InvoiceStep.ACCEPT): InvoiceState.ACCEPTED,
    (InvoiceState.RECEIVED, InvoiceStep.OBJECT): InvoiceState.OBJECTED,
    (InvoiceState.OBJECTED, InvoiceStep.ACCEPT): InvoiceState.ACCEPTED,
}
"""What was objected to is accepted when the shelter has put it right."""

STEPS: Final[Mapping[tuple[ClaimState, ClaimStep], ClaimState]] = {
    (ClaimState.DRAFT, ClaimStep.DRAFT): ClaimState.DRAFT,
    (ClaimState.DRAFT, ClaimStep.CHECK): ClaimState.CHECKED,
    (ClaimState.CHECKED, ClaimStep.DRAFT): ClaimState.DRAFT,
    (ClaimState.CHECKED, ClaimStep.RETURN): ClaimState.DRAFT,
    (ClaimState.CHECKED, ClaimStep.APPROVE): ClaimState.LOCKED,
}


def next_state(state: ClaimState, step: ClaimStep) -> ClaimState:
    """The state after `step`. Raises ClaimIsLocked, or WrongStep when `state` does not allow it."""
    if state is ClaimState.LOCKED:
        raise ClaimIsLocked
    try:
        return STEPS[state, step]
    except KeyError:
        raise WrongStep from None


def next_invoice_state(state: InvoiceState, step: InvoiceStep) -> InvoiceState:
    """The state after `step`. Raises InvoiceIsSettled."""
    try:
        return INVOICE_STEPS[state, step]
    except KeyError:
        raise InvoiceIsSettled from None


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """The days [starts_on, ends_on) of a quarter. Raises ValueError on another first day."""

    starts_on: date

    def __post_init__(self) -> None:
        if self.starts_on.day != 1 or self.starts_on.month not in FIRST_MONTHS:
            raise ValueError(f"no quarter begins on {self.starts_on}")

    @property
    def ends_on(self) -> date:
        return add_months(self.starts_on, 3)

    @property
    def last_on(self) -> date:
        return self.ends_on - timedelta(days=1)

    @property
    def number(self) -> int:
        return (self.starts_on.month + 2) // 3

    @property
    def key(self) -> str:
        """ "2026-3": how an address and a file name write it."""
        return f"{self.starts_on.year}-{self.number}"

    def before(self) -> Quarter:
        return Quarter(add_months(self.starts_on, -3))


def quarter_of(day: date) -> Quarter:
    """The quarter that `day` is in."""
    return Quarter(date(day.year, (day.month - 1) // 3 * 3 + 1, 1))


def last_quarters(today: date, count: int) -> list[Quarter]:
    """The quarter of `today` and those before it, `count` in all, the newest first."""
    quarters = [quarter_of(today)]
    while len(quarters) < count:
        quarters.append(quarters[-1].before())
    return quarters


def quarter_named(key: str) -> Quarter:
    """The quarter whose `key` this is. Raises ValueError."""
    year, dash, number = key.partition("-")
    is_year = len(year) == 4 and year.isascii() and year.isdigit() and int(year) > 0
    if dash and is_year and number in ("1", "2", "3", "4"):
        return Quarter(date(int(year), int(number) * 3 - 2, 1))
    raise ValueError(f"no quarter is named {key!r}")
