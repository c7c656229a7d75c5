"""What the refund is counted from: stays at a boform, their rates and the days away."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise


class StaySection(StrEnum):
    """The paragraph of the Social Services Act (SEL) that a stay is given under."""

    SECTION_109 = "109"
    SECTION_110 = "110"


@dataclass(frozen=True, slots=True)
class RatePeriod:
    """The daily rate and the resident's own payment from `starts_on` until the next period.

    Raises ValueError on an amount below 0.
    """

    starts_on: date
    daily_rate_dkk: Decimal
    resident_payment_dkk: Decimal

    def __post_init__(self) -> None:
        _refuse_negative(self.daily_rate_dkk, self.resident_payment_dkk)


@dataclass(frozen=True, slots=True)
class AbsenceSpan:
    """Days away while still admitted and charged: [starts_on, ends_on), None while still away.

    Raises ValueError when it ends before it starts.
    """

    starts_on: date
    ends_on: date | None

    def __post_init__(self) -> None:
        if self.ends_on is not None and self.ends_on < self.starts_on:
            raise ValueError(f"an absence from {self.starts_on} cannot end {self.ends_on}")


@dataclass(frozen=True, slots=True)
class StaySpan:
    """One stay: [admitted_on, discharged_on) in whole days, discharged_on None while it lasts.

    `daily_rate_dkk` is the fixed rate (*takst*) the municipality pays per day, and
    `resident_payment_dkk` what the resident pays of it; `rate_periods` are later changes, in
    order. `registered_from` is the first day the place stood on Tilbudsportalen, None where it
    always did. `reference` names the stay in the lines of a result; two adjacent stays with the
    same reference, rate and payment become one line.

    Raises ValueError on a discharge before admission, an amount below 0, or rate periods that are
    not in order.
    """

    admitted_on: date
    discharged_on: date | None
    daily_rate_dkk: Decimal
    resident_payment_dkk: Decimal
    section: StaySection = StaySection.SECTION_110
    rate_periods: tuple[RatePeriod, ...] = ()
    absences: tuple[AbsenceSpan, ...] = ()
    reference: str = ""
    registered_from: date | None = None

    def __post_init__(self) -> None:
        if self.discharged_on is not None and self.discharged_on < self.admitted_on:
            raise ValueError(f"discharged {self.discharged_on} before admitted {self.admitted_on}")
        _refuse_negative(self.daily_rate_dkk, self.resident_payment_dkk)
        for period, following in pairwise(self.rate_periods):
            if following.starts_on <= period.starts_on:
                raise ValueError(f"rate period {following.starts_on} is out of order")

    def is_resident_after(self, day: date) -> bool:
        """Whether the stay has begun by the end of `day` and goes on into the next day."""
        return self.admitted_on <= day and (self.discharged_on is None or self.discharged_on > day)


def _refuse_negative(*amounts_dkk: Decimal) -> None:
    for amount in amounts_dkk:
        if amount < 0:
            raise ValueError(f"an amount cannot be below 0: {amount}")
