"""The parameters of § 176 a as dated versions."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from housingfirst.law.versions import Mark, Version, VersionTable

SUPPORT_RULE_ID: Final = "R-176A-1"
FACILITY_RULE_ID: Final = "R-176A-2"


@dataclass(frozen=True, slots=True)
class SupportRefundTerms:
    """`refund_share` of the cost, counted from the first discharge.

    § 85 a support: for `window_years`. A stay under § 107: for `facility_months` within
    `facility_window_years`.
    """

    refund_share: Decimal
    window_years: int
    facility_months: int
    facility_window_years: int


SUPPORT_REFUND_TERMS: Final[VersionTable[SupportRefundTerms | None]] = VersionTable(
    SUPPORT_RULE_ID,
    [
        Version(
            key="none",
            valid_from=None,
            valid_until=date(2023, 10, 1),
            value=None,
            source="act no. 482 of 12 May 2023",
            mark=Mark.UNVERIFIED,
        ),
        Version(
            key="2023-10-01",
            valid_from=date(2023, 10, 1),
            valid_until=None,
            value=SupportRefundTerms(
                refund_share=Decimal("0.50"),
                window_years=2,
                facility_months=6,
                facility_window_years=1,
            ),
            source="SEL § 176 a, stk. 1-3",
            mark=Mark.VERIFIED,
        ),
    ],
)
"""By the date of the discharge. That a discharge before the act gives nothing is an assumption."""
