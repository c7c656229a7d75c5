"""R-RSL-3: how long a case may take (RSL § 3).

The municipality sets and publishes a time for each kind of case. When it cannot be kept, the
citizen is told in writing, with the day the decision is expected.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

RULE_ID: Final = "R-RSL-3"


class CaseKind(StrEnum):
    """The kinds of case a time is set for; each is a field of `ProcessingSettings` with `_days`."""

    CASH_BENEFIT = "cash_benefit"
    EMERGENCY_SHELTER = "emergency_shelter"
    DEPOSIT_LOAN = "deposit_loan"
    ONE_OFF_COSTS = "one_off_costs"
    MOVING_COSTS = "moving_costs"
    SUPPORT_85A = "support_85a"
    FACILITY_107 = "facility_107"
    TREATMENT_101 = "treatment_101"


def _days(default: int) -> int:
    number: int = field(default=default, metadata={"rule": RULE_ID})
    return number


@dataclass(frozen=True, slots=True)
class ProcessingSettings:
    """The times a municipality has set, in calendar days from the application; 0 is at once.

    The defaults are examples from published deadlines; § 85 a has been set as § 107.
    """

    cash_benefit_days: int = _days(0)
    emergency_shelter_days: int = _days(0)
    deposit_loan_days: int = _days(14)
    one_off_costs_days: int = _days(21)
    moving_costs_days: int = _days(21)
    support_85a_days: int = _days(28)
    facility_107_days: int = _days(28)
    treatment_101_days: int = _days(28)

    def days_of(self, kind: CaseKind) -> int:
        days: int = getattr(self, f"{kind}_days")
        return days


DEFAULT_PROCESSING: Final = ProcessingSettings()


class ProcessingReason(StrEnum):
    """Where a case stands on a day."""

    UNDER_WAY = "under-way"
    DECIDED_IN_TIME = "decided-in-time"
    DECIDED_LATE = "decided-late"
    CITIZEN_MUST_BE_TOLD = "citizen-must-be-told"
    """The time has run, and the citizen has not been told when the decision is expected."""
    CITIZEN_IS_TOLD = "citizen-is-told"
    """The time has run, and the citizen knows the new day."""
    EXPECTED_DAY_HAS_PASSED = "expected-day-has-passed"
    """The day the citizen was told has passed too: tell anew."""


@dataclass(frozen=True, slots=True)
class ProcessingTime:
    """The clock of one case. A decision on `due_on` itself is in time."""

    kind: CaseKind
    received_on: date
    due_on: date
    days: int
    expected_on: date | None
    reason: ProcessingReason
    rule_id: str = RULE_ID

    @property
    def needs_letter(self) -> bool:
        """Whether the citizen is to be told, in writing, when the decision is expected."""
        return self.reason in (
            ProcessingReason.CITIZEN_MUST_BE_TOLD,
            ProcessingReason.EXPECTED_DAY_HAS_PASSED,
        )


def processing_time(
    kind: CaseKind,
    received_on: date,
    *,
    on: date,
    decided_on: date | None = None,
    expected_on: date | None = None,
    settings: ProcessingSettings = DEFAULT_PROCESSING,
) -> ProcessingTime:
    """Where a case received on `received_on` stands on `on`.

    `expected_on` is the day the citizen has been told to expect the decision, in writing. Raises
    ValueError when the case is decided before it is received.

    Source: RSL § 3, stk. 2.
    """
    if decided_on is not None and decided_on < received_on:
        raise ValueError(f"decided {decided_on} before received {received_on}")
    days = settings.days_of(kind)
    due_on = received_on + timedelta(days=days)
    return ProcessingTime(
        kind=kind,
        received_on=received_on,
        due_on=due_on,
        days=days,
        expected_on=expected_on,
        reason=_reason(due_on, on, decided_on, expected_on),
    )


def _reason(
    due_on: date, on: date, decided_on: date | None, expected_on: date | None
) -> ProcessingReason:
    if decided_on is not None and decided_on <= on:
        in_time = decided_on <= due_on
        return ProcessingReason.DECIDED_IN_TIME if in_time else ProcessingReason.DECIDED_LATE
    if on <= due_on:
        return ProcessingReason.UNDER_WAY
    if expected_on is None:
        return ProcessingReason.CITIZEN_MUST_BE_TOLD
    if expected_on < on:
        return ProcessingReason.EXPECTED_DAY_HAS_PASSED
    return ProcessingReason.CITIZEN_IS_TOLD
