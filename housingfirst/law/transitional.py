"""R-ABL-63: how long a transitional dwelling (*udslusningsbolig*) may last.

ABL § 63: by agreement, a dwelling is let to one who needs help to get and keep a home. Support goes
with it for a limited time; what it was when the lease began holds for it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from housingfirst.law.days import add_months
from housingfirst.law.tables import version_table
from housingfirst.law.versions import Mark

RULE_ID: Final = "R-ABL-63"
WARNING_MONTHS: Final = (12, 6)
"""Months before the end at which what follows is looked at; practice, not law."""


@dataclass(frozen=True, slots=True)
class TransitionalTerms:
    most_years: int


TRANSITIONAL_TERMS: Final = version_table("transitional", RULE_ID, TransitionalTerms)


class TransitionalReason(StrEnum):
    RUNNING = "running"
    ENDING = "ending"
    """Within the months of the first warning."""
    RUN_OUT = "run-out"


@dataclass(frozen=True, slots=True)
class Transitional:
    """The time of one lease; `last_on` is the last day support may go with it."""

    starts_on: date
    last_on: date
    warn_on: tuple[date, ...]
    reason: TransitionalReason
    most_years: int
    terms_version: str
    source: str
    mark: Mark
    rule_id: str = RULE_ID


def transitional(starts_on: date, *, on: date) -> Transitional:
    """How long a lease that began on `starts_on` may be supported, and where it stands on `on`.

    Source: ABL § 63.
    """
    version = TRANSITIONAL_TERMS.on(starts_on)
    months = 12 * version.value.most_years
    ends_on = add_months(starts_on, months)
    warn_on = tuple(add_months(starts_on, months - before) for before in WARNING_MONTHS)
    reason = TransitionalReason.RUNNING
    if on >= ends_on:
        reason = TransitionalReason.RUN_OUT
    elif on >= warn_on[0]:
        reason = TransitionalReason.ENDING
    return Transitional(
        starts_on=starts_on,
        last_on=ends_on - timedelta(days=1),
        warn_on=warn_on,
        reason=reason,
        most_years=version.value.most_years,
        terms_version=version.key,
        source=version.source,
        mark=version.mark,
    )
