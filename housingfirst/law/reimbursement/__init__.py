"""R-110-REF: the state's refund of stays at a § 110 boform (SEL § 177).

`reimburse` says what is refunded, line by line; `clock_on` where a citizen stands on one day.
"""

from housingfirst.law.reimbursement.claim import reimburse
from housingfirst.law.reimbursement.clock import ReimbursementClock, clock_on
from housingfirst.law.reimbursement.results import Line, LineReason, Reimbursement, RunningYear
from housingfirst.law.reimbursement.settings import (
    DEFAULT_SETTINGS,
    Absence,
    CapTransition,
    ChangeOfMunicipality,
    CountDischargeDay,
    LeapDay,
    NewYearStart,
    Overlap,
    ReimbursementSettings,
    ResidentOnReform,
    SameDayStay,
)
from housingfirst.law.reimbursement.stays import AbsenceSpan, RatePeriod, StaySection, StaySpan
from housingfirst.law.reimbursement.terms import (
    REFUND_TERMS,
    REMAINING_DAYS_WARNINGS,
    RULE_ID,
    RefundTerms,
)

__all__ = [
    "DEFAULT_SETTINGS",
    "REFUND_TERMS",
    "REMAINING_DAYS_WARNINGS",
    "RULE_ID",
    "Absence",
    "AbsenceSpan",
    "CapTransition",
    "ChangeOfMunicipality",
    "CountDischargeDay",
    "LeapDay",
    "Line",
    "LineReason",
    "NewYearStart",
    "Overlap",
    "RatePeriod",
    "RefundTerms",
    "Reimbursement",
    "ReimbursementClock",
    "ReimbursementSettings",
    "ResidentOnReform",
    "RunningYear",
    "SameDayStay",
    "StaySection",
    "StaySpan",
    "clock_on",
    "reimburse",
]
