"""One line of what § 176 a comes to: days of one decision with one answer and one reason."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from housingfirst.law.support.months import months_of, refund_of
from housingfirst.law.support.reasons import SupportRefundReason
from housingfirst.law.support.settings import PartMonth
from housingfirst.law.support.spans import SupportSection


@dataclass(frozen=True, slots=True)
class SupportLine:
    """Days [starts_on, ends_on) of one decision; `ends_on` None where they have no end.

    A line without an end is never refunded, and has no months. `counted_from` is the first day of
    the refunded days that the line is a part of: months are counted from it, so that the parts of
    a line, such as its quarters, add up to the whole to the øre. `window_starts_on` is the first
    discharge, `terms_version` the key of the parameters by it; None and empty where none counts.
    """

    starts_on: date
    ends_on: date | None
    section: SupportSection
    reference: str
    monthly_cost_dkk: Decimal
    refund_share: Decimal
    reason: SupportRefundReason
    part_month: PartMonth
    counted_from: date
    window_starts_on: date | None
    terms_version: str

    @property
    def is_refundable(self) -> bool:
        return self.reason.is_refundable

    @property
    def days(self) -> int | None:
        return None if self.ends_on is None else (self.ends_on - self.starts_on).days

    @property
    def months(self) -> Decimal | None:
        if self.ends_on is None:
            return None
        until = months_of(self.counted_from, self.ends_on, self.part_month)
        return until - months_of(self.counted_from, self.starts_on, self.part_month)

    @property
    def cost_dkk(self) -> Decimal | None:
        """The municipality's cost before the refund; None without an end."""
        return None if self.ends_on is None else self._part(self.ends_on, Decimal(1))

    @property
    def amount_dkk(self) -> Decimal:
        """The refund, in whole øre."""
        if not self.is_refundable or self.ends_on is None:
            return Decimal("0.00")
        return self._part(self.ends_on, self.refund_share)

    def _part(self, ends_on: date, share: Decimal) -> Decimal:
        def until(day: date) -> Decimal:
            return refund_of(self.monthly_cost_dkk, share, self.counted_from, day, self.part_month)

        return until(ends_on) - until(self.starts_on)

    def within(self, starts_on: date, ends_on: date) -> "SupportLine | None":
        """The part of the line in [starts_on, ends_on); None when empty."""
        first = max(self.starts_on, starts_on)
        end = ends_on if self.ends_on is None else min(self.ends_on, ends_on)
        return None if first >= end else replace(self, starts_on=first, ends_on=end)


def in_order(lines: Iterable[SupportLine]) -> tuple[SupportLine, ...]:
    """By first day; lines that begin together in an order that depends on nothing else."""
    return tuple(
        sorted(
            lines,
            key=lambda line: (
                line.starts_on,
                line.ends_on or date.max,
                line.section,
                line.reference,
                line.reason,
                line.monthly_cost_dkk,
            ),
        )
    )
