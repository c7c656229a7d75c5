"""Why support is refunded or not."""

from enum import StrEnum
from typing import Final


class SupportRefundReason(StrEnum):
    """The first two are the only ones with a refund."""

    DECIDED_BEFORE_DISCHARGE = "decided-before-discharge"
    FOLLOWS_FACILITY = "follows-facility"
    """The citizen moved directly to § 107, and the support follows that stay."""

    NEVER_AT_SHELTER = "never-at-shelter"
    NOT_DISCHARGED = "not-discharged"
    """Not, or not yet, discharged from a § 110 stay."""
    DISCHARGED_BEFORE_ACT = "discharged-before-act"
    NOT_DECIDED = "not-decided"
    DECIDED_ON_DISCHARGE_DATE = "decided-on-discharge-date"
    DECIDED_AFTER_DISCHARGE = "decided-after-discharge"
    FIRST_DISCHARGE_WITHOUT_DECISION = "first-discharge-without-decision"
    FACILITY_NOT_LEFT = "facility-not-left"
    """The support would follow the § 107 stay, which goes on."""
    DOES_NOT_FOLLOW_FACILITY = "does-not-follow-facility"
    """It begins too long after the § 107 stay."""
    BACK_AT_SHELTER = "back-at-shelter"
    WINDOW_HAS_ENDED = "window-has-ended"
    FACILITY_MONTHS_USED = "facility-months-used"

    @property
    def is_refundable(self) -> bool:
        return self in _REFUNDABLE


_REFUNDABLE: Final = {
    SupportRefundReason.DECIDED_BEFORE_DISCHARGE,
    SupportRefundReason.FOLLOWS_FACILITY,
}
