"""What the refund is counted from: decisions on support, and the time they run."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class SupportSection(StrEnum):
    """The paragraphs of the Social Services Act (SEL) that § 176 a refunds."""

    SECTION_85A = "85a"
    """Housing First support in an own home."""
    SECTION_107 = "107"
    """A stay at a temporary facility; its cost is that of the stay and the support there."""


@dataclass(frozen=True, slots=True)
class SupportSpan:
    """Support, or a § 107 stay, in [starts_on, ends_on); `ends_on` None while it goes on.

    `decided_on` None means that nothing has been decided: then nothing is refunded.
    `monthly_cost_dkk` is what a calendar month costs the municipality. `reference` names the
    decision in the lines of a result.

    Raises ValueError when it ends before it starts or the cost is below 0.
    """

    section: SupportSection
    decided_on: date | None
    starts_on: date
    ends_on: date | None
    monthly_cost_dkk: Decimal
    reference: str = ""

    def __post_init__(self) -> None:
        if self.ends_on is not None and self.ends_on < self.starts_on:
            raise ValueError(f"support from {self.starts_on} cannot end {self.ends_on}")
        if self.monthly_cost_dkk < 0:
            raise ValueError(f"a cost cannot be below 0: {self.monthly_cost_dkk}")
