"""What a citizen can pay in rent: an estimate, with every figure it stands on.

The model of R-PAYABLE (docs/law): highest rent = income paid out + housing benefit - fixed costs -
the amount to live on. No law sets the figures; they are the municipality's assumptions, shown
beside the result, and the result is a proposal that people change.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Final

from housing.allocation.enums import Benefit

DAYS_PER_MONTH: Final = Decimal(365) / 12
ROUND_TO_DKK: Final = Decimal(50)


@dataclass(frozen=True, slots=True)
class Assumptions:
    """Per month unless said otherwise.

    `rent_share` is the most of the income that goes to rent. `housing_benefit` is the share of the
    rent that it covers: more for pensioners, and more with children.
    """

    fixed_per_adult_dkk: Decimal = Decimal(1_000)
    live_on_per_adult_per_day_dkk: Decimal = Decimal(70)
    live_on_per_child_per_day_dkk: Decimal = Decimal(50)
    rent_share: Decimal = Decimal("0.50")
    housing_benefit: Decimal = Decimal("0.15")
    housing_benefit_pension: Decimal = Decimal("0.25")
    housing_benefit_children: Decimal = Decimal("0.25")
    source: str = "R-PAYABLE"


DEFAULT_ASSUMPTIONS: Final = Assumptions()
"""With these a benefit of 5,500 to 6,000 kr. carries a rent of about 2,800 to 3,000 kr. (B4)."""
PENSIONS: Final = frozenset(
    {Benefit.EARLY_PENSION, Benefit.SENIOR_PENSION, Benefit.OLD_AGE_PENSION}
)


@dataclass(frozen=True, slots=True)
class Affordability:
    """At `rent_dkk`: what is left, whole kroner, and the figures behind it.

    `left_per_day_dkk` is for the whole household and may be negative.
    """

    rent_dkk: Decimal
    income_dkk: Decimal
    housing_benefit_dkk: Decimal
    fixed_dkk: Decimal
    live_on_dkk: Decimal
    left_dkk: Decimal
    left_per_day_dkk: Decimal

    @property
    def lacks_dkk(self) -> Decimal:
        """How much is missing for the amount to live on; 0 when it is covered."""
        return max(self.live_on_dkk - self.left_dkk, Decimal(0))

    @property
    def is_enough(self) -> bool:
        return self.lacks_dkk == 0


def affordability(
    *,
    rent_dkk: Decimal,
    income_dkk: Decimal,
    benefit: Benefit,
    adults: int = 1,
    children: int = 0,
    assumptions: Assumptions = DEFAULT_ASSUMPTIONS,
) -> Affordability:
    """What is left of the income after rent, housing benefit and fixed costs."""
    share = housing_benefit_share(benefit, children, assumptions)
    housing_benefit = _whole(rent_dkk * share)
    fixed = assumptions.fixed_per_adult_dkk * max(adults, 1)
    left = income_dkk + housing_benefit - rent_dkk - fixed
    return Affordability(
        rent_dkk=rent_dkk,
        income_dkk=income_dkk,
        housing_benefit_dkk=housing_benefit,
        fixed_dkk=fixed,
        live_on_dkk=_live_on(adults, children, assumptions),
        left_dkk=left,
        left_per_day_dkk=_whole(left / DAYS_PER_MONTH),
    )


def highest_rent(
    *,
    income_dkk: Decimal,
    benefit: Benefit,
    adults: int = 1,
    children: int = 0,
    assumptions: Assumptions = DEFAULT_ASSUMPTIONS,
) -> Decimal:
    """The rent at which just the amount to live on is left, and at most `rent_share` of the income;
    down to whole 50 kroner, at least 0."""
    share = housing_benefit_share(benefit, children, assumptions)
    fixed = assumptions.fixed_per_adult_dkk * max(adults, 1)
    room = income_dkk - fixed - _live_on(adults, children, assumptions)
    rent = min(max(room, Decimal(0)) / (1 - share), income_dkk * assumptions.rent_share)
    return (rent / ROUND_TO_DKK).to_integral_value(rounding=ROUND_DOWN) * ROUND_TO_DKK


def housing_benefit_share(
    benefit: Benefit, children: int = 0, assumptions: Assumptions = DEFAULT_ASSUMPTIONS
) -> Decimal:
    """The share of the rent that housing benefit is taken to cover."""
    if benefit in PENSIONS:
        return assumptions.housing_benefit_pension
    return assumptions.housing_benefit_children if children else assumptions.housing_benefit


def _live_on(adults: int, children: int, assumptions: Assumptions) -> Decimal:
    per_day = (
        assumptions.live_on_per_adult_per_day_dkk * max(adults, 1)
        + assumptions.live_on_per_child_per_day_dkk * children
    )
    return _whole(per_day * DAYS_PER_MONTH)


def _whole(amount_dkk: Decimal) -> Decimal:
    return amount_dkk.to_integral_value(rounding=ROUND_DOWN)
