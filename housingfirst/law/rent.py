"""R-RENTCUT: the temporary rent reduction of Fonden for Blandede Byer, step by step.

The grant lowers the rent of a dwelling for some years in full, and then tapers off. How it tapers
was not found: the steps below are the reading that the fund's frame fits. Every date is counted
from the first day of the reduction and never from another, so that short months do not push them.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from housingfirst.law.days import add_months
from housingfirst.law.money import whole_oere
from housingfirst.law.tables import version_table

RULE_ID: Final = "R-RENTCUT"
WARNING_MONTHS: Final = (12, 6)
"""Months before each step at which the tenant's rent is looked at again; practice, not law."""


@dataclass(frozen=True, slots=True)
class GrantTerms:
    """The grant of one dwelling in kroner a year, in full for `full_years`.

    Then it falls in equal steps, one a year: the first at the end of the full years, the last,
    which ends it, `taper_years` later.
    """

    yearly_dkk: Decimal
    full_years: int
    taper_years: int


@dataclass(frozen=True, slots=True)
class QualifyingTerms:
    """The rent a month before the grant, without utilities, that may be reduced; both included."""

    lowest_dkk: Decimal
    highest_dkk: Decimal


@dataclass(frozen=True, slots=True)
class TargetTerms:
    """What the rent a month is meant to come down to."""

    monthly_dkk: Decimal


GRANT_TERMS: Final = version_table("rent", RULE_ID, GrantTerms, "grant")
QUALIFYING_TERMS: Final = version_table("rent", RULE_ID, QualifyingTerms, "qualifying")
TARGET_TERMS: Final = version_table("rent", RULE_ID, TargetTerms, "target")


class Taper(StrEnum):
    """What happens when the full years have run."""

    STEPS = "steps"
    """The grant falls by equal steps, one a year."""
    AT_ONCE = "at_once"
    """The grant ends."""


@dataclass(frozen=True, slots=True)
class RentSettings:
    taper: Taper = Taper.STEPS


DEFAULT_RENT: Final = RentSettings()


class RentReason(StrEnum):
    """What is to be said of the rent."""

    REACHES_TARGET = "reaches-target"
    ABOVE_TARGET = "above-target"
    """The tenant still pays more than the target after the reduction."""
    RENT_TOO_LOW = "rent-too-low"
    RENT_TOO_HIGH = "rent-too-high"


@dataclass(frozen=True, slots=True)
class RentStep:
    """What is paid from `starts_on`; `rise_dkk` is what it is more than before, 0 at the first.

    `warn_on` are the days, the first first, on which the tenant's rent is to be looked at.
    """

    number: int
    starts_on: date
    grant_dkk: Decimal
    rent_dkk: Decimal
    rise_dkk: Decimal
    warn_on: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class RentSchedule:
    """The rent of one dwelling through its reduction. Amounts are kroner a month, to the øre.

    The first step is the reduced rent itself, the last the full rent, from `ends_on`.
    """

    starts_on: date
    full_rent_dkk: Decimal
    target_dkk: Decimal
    reason: RentReason
    steps: tuple[RentStep, ...]
    settings: RentSettings
    terms_version: str
    rule_id: str = RULE_ID

    @property
    def ends_on(self) -> date:
        """The first day without a grant."""
        return self.steps[-1].starts_on

    @property
    def rises(self) -> tuple[RentStep, ...]:
        """The steps at which the rent rises."""
        return self.steps[1:]

    def step_on(self, day: date) -> RentStep:
        """The step in force on `day`. Raises LookupError before the reduction."""
        for step in reversed(self.steps):
            if step.starts_on <= day:
                return step
        raise LookupError(f"no reduction on {day}: it starts {self.starts_on}")


def rent_schedule(
    starts_on: date, full_rent_dkk: Decimal, settings: RentSettings = DEFAULT_RENT
) -> RentSchedule:
    """The rent of a dwelling whose reduction starts on `starts_on`, step by step.

    `full_rent_dkk` is the rent a month before the grant, without utilities; later changes of it are
    the caller's. The rent never falls below 0. Raises ValueError on a rent below 0, and LookupError
    on a start before there was a grant.

    Source: the fund's order; the taper is an assumption.
    """
    if full_rent_dkk < 0:
        raise ValueError(f"a rent cannot be below 0: {full_rent_dkk}")
    version = GRANT_TERMS.on(starts_on)
    target = TARGET_TERMS.on(starts_on).value.monthly_dkk
    steps: list[RentStep] = []
    for number, (years, share) in enumerate(_shares(version.value, settings)):
        grant = whole_oere(version.value.yearly_dkk * share.numerator / (12 * share.denominator))
        grant = min(grant, full_rent_dkk)
        rent = full_rent_dkk - grant
        months = 12 * years
        steps.append(
            RentStep(
                number=number,
                starts_on=add_months(starts_on, months),
                grant_dkk=grant,
                rent_dkk=rent,
                rise_dkk=rent - steps[-1].rent_dkk if steps else Decimal("0.00"),
                warn_on=tuple(add_months(starts_on, months - n) for n in WARNING_MONTHS)
                if steps
                else (),
            )
        )
    return RentSchedule(
        starts_on=starts_on,
        full_rent_dkk=full_rent_dkk,
        target_dkk=target,
        reason=_reason(starts_on, full_rent_dkk, steps[0].rent_dkk, target),
        steps=tuple(steps),
        settings=settings,
        terms_version=version.key,
    )


def last_day(schedule: RentSchedule) -> date:
    """The last day with a grant."""
    return schedule.ends_on - timedelta(days=1)


def _shares(terms: GrantTerms, settings: RentSettings) -> list[tuple[int, Fraction]]:
    """The years after the start at which the grant changes, and the share of it from then on."""
    if settings.taper is Taper.AT_ONCE:
        return [(0, Fraction(1)), (terms.full_years, Fraction(0))]
    parts = terms.taper_years + 1
    falling = [(terms.full_years + n - 1, Fraction(parts - n, parts)) for n in range(1, parts + 1)]
    return [(0, Fraction(1)), *falling]


def _reason(
    starts_on: date, full_rent_dkk: Decimal, rent_dkk: Decimal, target_dkk: Decimal
) -> RentReason:
    bounds = QUALIFYING_TERMS.on(starts_on).value
    if full_rent_dkk < bounds.lowest_dkk:
        return RentReason.RENT_TOO_LOW
    if full_rent_dkk > bounds.highest_dkk:
        return RentReason.RENT_TOO_HIGH
    return RentReason.ABOVE_TARGET if rent_dkk > target_dkk else RentReason.REACHES_TARGET
