"""The parameters of § 176 a as dated versions, by the date of the first discharge.

That a discharge before the act gives nothing is an assumption.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from housingfirst.law.tables import optional_version_table
from housingfirst.law.versions import VersionTable

SUPPORT_RULE_ID: Final = "R-176A-1"
FACILITY_RULE_ID: Final = "R-176A-2"


@dataclass(frozen=True, slots=True)
class SupportRefundTerms:
    """`refund_share` of the cost of § 85 a support, for `window_years` after the discharge."""

    refund_share: Decimal
    window_years: int


@dataclass(frozen=True, slots=True)
class FacilityRefundTerms:
    """`refund_share` of the cost of § 107, for `months` within `window_years` after it."""

    refund_share: Decimal
    months: int
    window_years: int


SUPPORT_REFUND_TERMS: Final = optional_version_table("support", SUPPORT_RULE_ID, SupportRefundTerms)
FACILITY_REFUND_TERMS: Final = optional_version_table(
    "support", FACILITY_RULE_ID, FacilityRefundTerms
)


@dataclass(frozen=True, slots=True)
class RefundTables:
    """Both tables; a version without a value is a time that the act does not reach."""

    support: VersionTable[SupportRefundTerms | None]
    facility: VersionTable[FacilityRefundTerms | None]


REFUND_TABLES: Final = RefundTables(SUPPORT_REFUND_TERMS, FACILITY_REFUND_TERMS)
