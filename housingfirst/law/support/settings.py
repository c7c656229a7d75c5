"""The open questions of § 176 a, each with the readings one may choose.

The law, as far as it has been read, leaves all of these open. The defaults are the cautious
readings; docs/law/support.md sets out the reasons.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class DecisionOnDischargeDate(StrEnum):
    """Whether support decided on the very date of the discharge is decided before it."""

    NOT_BEFORE = "not_before"
    BEFORE = "before"


class WindowEnd(StrEnum):
    """The last day of the two years, and of the one year."""

    DAY_BEFORE_ANNIVERSARY = "day_before_anniversary"
    ANNIVERSARY = "anniversary"


class LaterDischarge(StrEnum):
    """A decision before a later discharge, when there was none before the first."""

    MEETS_CONDITION = "meets_condition"
    """What is left of the time is refunded."""
    TOO_LATE = "too_late"


class NewWindow(StrEnum):
    """A discharge after the two years have ended."""

    OPENS = "opens"
    """It is a first discharge again if the stay too began after they ended."""
    OPENS_AT_DISCHARGE = "opens_at_discharge"
    """It is a first discharge again, whenever the stay began."""
    NEVER = "never"


class Directly(StrEnum):
    """When a stay under § 107 follows a § 110 stay directly, or support a § 107 stay."""

    SAME_OR_NEXT_DAY = "same_or_next_day"
    SAME_DAY = "same_day"


class FollowsFacility(StrEnum):
    """When § 85 a support in an own home follows the § 107 stay (stk. 1, nr. 2)."""

    DIRECTLY = "directly"
    ANY_TIME = "any_time"
    """Whenever it begins within the two years."""


class DuringNewStay(StrEnum):
    """Support, or a place under § 107, that runs on while the citizen is back at § 110."""

    NOT_REFUNDED = "not_refunded"
    REFUNDED = "refunded"


class PartMonth(StrEnum):
    """What the days of an unfinished month are divided by."""

    MONTH_BEGUN = "month_begun"
    """The length of the month they begin."""
    THIRTY_DAYS = "thirty_days"


@dataclass(frozen=True, slots=True)
class SupportRefundSettings:
    """One reading of what § 176 a leaves open. Store it with a result.

    `split_facility_days`: what the six months of § 107 are in days when they are split over
    several stays. Raises ValueError when that is below 0.
    """

    decision_on_discharge_date: DecisionOnDischargeDate = DecisionOnDischargeDate.NOT_BEFORE
    window_end: WindowEnd = WindowEnd.DAY_BEFORE_ANNIVERSARY
    later_discharge: LaterDischarge = LaterDischarge.MEETS_CONDITION
    new_window: NewWindow = NewWindow.OPENS
    directly: Directly = Directly.SAME_OR_NEXT_DAY
    follows_facility: FollowsFacility = FollowsFacility.DIRECTLY
    during_new_stay: DuringNewStay = DuringNewStay.NOT_REFUNDED
    part_month: PartMonth = PartMonth.MONTH_BEGUN
    split_facility_days: int = 183

    def __post_init__(self) -> None:
        if self.split_facility_days < 0:
            raise ValueError(f"{self.split_facility_days} days are below 0")

    @property
    def days_apart(self) -> int:
        """Days at most between two things of which one follows the other directly."""
        return 1 if self.directly is Directly.SAME_OR_NEXT_DAY else 0


DEFAULT_SUPPORT_REFUND: Final = SupportRefundSettings()
