"""R-AFTER: how long a boform follows a citizen who has left it (*efterforsorg*).

SEL § 110, stk. 1 makes subsequent help part of the offer and stk. 2 bars it from replacing § 85 or
§ 85 a; no length was found, so it is the municipality's own. What is given after the discharge is
no day of stay, and is not refunded as one: an assumption.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from housingfirst.law.days import add_months

RULE_ID: Final = "R-AFTER"


@dataclass(frozen=True, slots=True)
class AftercareSettings:
    """`max_months` of aftercare from the discharge; 0 is none."""

    max_months: int = field(default=12, metadata={"rule": RULE_ID})


DEFAULT_AFTERCARE: Final = AftercareSettings()


class AftercareReason(StrEnum):
    MAY_BE_GIVEN = "may-be-given"
    TIME_HAS_RUN = "time-has-run"
    SUPPORT_HAS_TAKEN_OVER = "support-has-taken-over"
    """Support under § 85 or § 85 a runs: aftercare may not stand in its place."""
    BACK_AT_SHELTER = "back-at-shelter"


@dataclass(frozen=True, slots=True)
class Aftercare:
    """The days [starts_on, ends_on) after a discharge, and the answer on one day."""

    starts_on: date
    ends_on: date
    reason: AftercareReason
    settings: AftercareSettings
    rule_id: str = RULE_ID

    @property
    def last_on(self) -> date:
        return self.ends_on - timedelta(days=1)

    @property
    def may_be_given(self) -> bool:
        return self.reason is AftercareReason.MAY_BE_GIVEN


def aftercare(
    discharged_on: date,
    *,
    on: date,
    support_from: date | None = None,
    readmitted_on: date | None = None,
    settings: AftercareSettings = DEFAULT_AFTERCARE,
) -> Aftercare:
    """Whether aftercare may be given on `on` to one discharged on `discharged_on`.

    `support_from` is the day support under § 85 or § 85 a began, `readmitted_on` the next
    admission. Support that runs ends no contact; it says that the hours are the support's.

    Source: SEL § 110, stk. 1 and 2.
    """
    ends_on = add_months(discharged_on, settings.max_months)
    if readmitted_on is not None and readmitted_on <= on:
        reason = AftercareReason.BACK_AT_SHELTER
    elif on >= ends_on:
        reason = AftercareReason.TIME_HAS_RUN
    elif support_from is not None and support_from <= on:
        reason = AftercareReason.SUPPORT_HAS_TAKEN_OVER
    else:
        reason = AftercareReason.MAY_BE_GIVEN
    return Aftercare(discharged_on, ends_on, reason, settings)
