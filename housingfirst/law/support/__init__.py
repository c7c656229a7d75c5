"""R-176A-1 to R-176A-3: the state's refund of § 85 a support and § 107 stays (SEL § 176 a).

`reimburse_support` says what is refunded, line by line; `support_refund_at_discharge` what a
decision on support is worth, or would have been, at one discharge.
"""

from housingfirst.law.support.claim import SupportReimbursement, reimburse_support
from housingfirst.law.support.discharge import SupportRefund, support_refund_at_discharge
from housingfirst.law.support.lines import SupportLine
from housingfirst.law.support.reasons import SupportRefundReason
from housingfirst.law.support.settings import (
    DEFAULT_SUPPORT_REFUND,
    DecisionOnDischargeDate,
    Directly,
    DuringNewStay,
    FollowsFacility,
    LaterDischarge,
    NewWindow,
    PartMonth,
    SupportRefundSettings,
    WindowEnd,
)
from housingfirst.law.support.spans import SupportSection, SupportSpan
from housingfirst.law.support.terms import (
    FACILITY_REFUND_TERMS,
    FACILITY_RULE_ID,
    REFUND_TABLES,
    SUPPORT_REFUND_TERMS,
    SUPPORT_RULE_ID,
    FacilityRefundTerms,
    RefundTables,
    SupportRefundTerms,
)
from housingfirst.law.support.windows import (
    RefundWindow,
    ShelterPeriod,
    shelter_periods,
    windows_of,
)

__all__ = [
    "DEFAULT_SUPPORT_REFUND",
    "FACILITY_REFUND_TERMS",
    "FACILITY_RULE_ID",
    "REFUND_TABLES",
    "SUPPORT_REFUND_TERMS",
    "SUPPORT_RULE_ID",
    "DecisionOnDischargeDate",
    "Directly",
    "DuringNewStay",
    "FacilityRefundTerms",
    "FollowsFacility",
    "LaterDischarge",
    "NewWindow",
    "PartMonth",
    "RefundTables",
    "RefundWindow",
    "ShelterPeriod",
    "SupportLine",
    "SupportRefund",
    "SupportRefundReason",
    "SupportRefundSettings",
    "SupportRefundTerms",
    "SupportReimbursement",
    "SupportSection",
    "SupportSpan",
    "WindowEnd",
    "reimburse_support",
    "shelter_periods",
    "support_refund_at_discharge",
    "windows_of",
]
