"""What the refund of a citizen's stays comes to: lines with their reasons, and running years."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from housingfirst.law.money import whole_oere
from housingfirst.law.reimbursement.settings import ReimbursementSettings
from housingfirst.law.reimbursement.terms import RULE_ID


class LineReason(StrEnum):
    """Why the days of a line are refunded or not."""

    BEFORE_LIMIT = "before-limit"
    RESIDENT_ON_REFORM = "resident-on-reform"
    WITHIN_LIMIT = "within-limit"
    OVER_LIMIT = "over-limit"
    OVERLAP = "overlap"
    ABSENT = "absent"
    USED_ELSEWHERE = "used-elsewhere"
    UNREGISTERED = "unregistered"
    """The place was not on Tilbudsportalen yet; the days use up the limit all the same."""

    @property
    def is_refundable(self) -> bool:
        return self in _REFUNDABLE


_REFUNDABLE: Final = {
    LineReason.BEFORE_LIMIT,
    LineReason.RESIDENT_ON_REFORM,
    LineReason.WITHIN_LIMIT,
}


@dataclass(frozen=True, slots=True)
class Line:
    """Days [starts_on, ends_on) of one stay that are alike in price, answer and reason.

    `day_number` is the number of the first day in the running year that began on `year_starts_on`;
    both are None for days that no limit counts. Days of OVERLAP and ABSENT use no day of the
    limit. `terms_version` is the key of the limit's version. A line of USED_ELSEWHERE has no price.
    """

    starts_on: date
    ends_on: date
    daily_rate_dkk: Decimal
    resident_payment_dkk: Decimal
    refund_share: Decimal
    reason: LineReason
    reference: str
    year_starts_on: date | None
    day_number: int | None
    terms_version: str

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days

    @property
    def is_refundable(self) -> bool:
        return self.reason.is_refundable

    @property
    def net_cost_dkk(self) -> Decimal:
        """The municipality's cost before the refund: rate less own payment, never below 0."""
        return whole_oere(self.days * self._net_per_day_dkk)

    @property
    def amount_dkk(self) -> Decimal:
        """The refund, rounded half up to whole øre for the line as a whole."""
        if not self.is_refundable:
            return Decimal("0.00")
        return whole_oere(self.days * self._net_per_day_dkk * self.refund_share)

    @property
    def _net_per_day_dkk(self) -> Decimal:
        return max(self.daily_rate_dkk - self.resident_payment_dkk, Decimal(0))

    def within(self, starts_on: date, ends_on: date) -> "Line | None":
        """The part of the line in [starts_on, ends_on), rounded by itself; None when empty."""
        first = max(self.starts_on, starts_on)
        end = min(self.ends_on, ends_on)
        if first >= end:
            return None
        skipped = (first - self.starts_on).days
        number = None if self.day_number is None else self.day_number + skipped
        return replace(self, starts_on=first, ends_on=end, day_number=number)


@dataclass(frozen=True, slots=True)
class RunningYear:
    """A running year [starts_on, ends_on), as far as it has been counted.

    `used` are the days of stay in it, those elsewhere and those over the limit included; `over`
    those of them beyond the limit. `limit` is the one in force on the last of them, so after a
    fall in the limit more days than it can have been within it; `limit_when_last_within` is the one
    in force on the last day within, and never below `within`. `ends_on` is the reset date.
    """

    starts_on: date
    ends_on: date
    used: int
    over: int
    limit: int | None
    limit_when_last_within: int | None

    @property
    def within(self) -> int:
        """The days of stay within the limit: what has been used of it."""
        return self.used - self.over


@dataclass(frozen=True, slots=True)
class Reimbursement:
    """The answer of R-110-REF for one citizen, with its reasons.

    `refundable_days` counts dates, those before the first limit included; `amount_dkk` is the sum
    of the lines' amounts.
    """

    refundable_days: int
    last_refundable_on: date | None
    amount_dkk: Decimal
    running_years: tuple[RunningYear, ...]
    lines: tuple[Line, ...]
    settings: ReimbursementSettings
    rule_id: str = RULE_ID

    def days(self, reason: LineReason) -> int:
        """The days of all lines with `reason`."""
        return sum(line.days for line in self.lines if line.reason is reason)

    def within(self, starts_on: date, ends_on: date) -> tuple[Line, ...]:
        """The lines' parts in [starts_on, ends_on), such as a quarter's.

        Each part is rounded by itself: a line cut in two can differ by one øre from the whole.
        """
        parts = (line.within(starts_on, ends_on) for line in self.lines)
        return in_order(part for part in parts if part is not None)


def in_order(lines: Iterable[Line]) -> tuple[Line, ...]:
    """By first day; lines that begin together in an order that depends on nothing else."""
    return tuple(
        sorted(
            lines,
            key=lambda line: (
                line.starts_on,
                line.ends_on,
                line.reason,
                line.reference,
                line.daily_rate_dkk,
                line.resident_payment_dkk,
            ),
        )
    )
