"""The estimate of what rent can be paid: its figures, and its bounds."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from housing.allocation.affordability import (
    DEFAULT_ASSUMPTIONS,
    affordability,
    highest_rent,
    housing_benefit_share,
)
from housing.allocation.enums import Benefit


def test_every_figure_is_told() -> None:
    found = affordability(rent_dkk=Decimal(4_400), income_dkk=Decimal(9_734), benefit=Benefit.CASH)

    assert found.housing_benefit_dkk == 660
    assert found.fixed_dkk == 1_000
    assert found.left_dkk == 4_994
    assert found.left_per_day_dkk == 164
    assert (found.is_enough, found.lacks_dkk) == (True, Decimal(0))


def test_a_rent_that_leaves_too_little_says_how_much_is_lacking() -> None:
    found = affordability(
        rent_dkk=Decimal(5_000), income_dkk=Decimal(5_870), benefit=Benefit.EDUCATION
    )

    assert found.left_dkk == 620
    assert (found.is_enough, found.lacks_dkk) == (False, Decimal(1_509))


@pytest.mark.parametrize(
    ("income", "benefit", "adults", "children", "rent"),
    [
        pytest.param(5_870, Benefit.EDUCATION, 1, 0, 2_900, id="lowest-rate"),
        pytest.param(9_734, Benefit.CASH, 1, 0, 4_850, id="cash-benefit"),
        pytest.param(11_870, Benefit.SENIOR_PENSION, 1, 0, 5_900, id="pension"),
        pytest.param(9_734, Benefit.CASH, 1, 3, 2_700, id="three-children"),
        pytest.param(3_000, Benefit.NONE, 1, 0, 0, id="nothing-is-left"),
        pytest.param(0, Benefit.NONE, 1, 0, 0, id="no-income"),
    ],
)
def test_highest_rent(income: int, benefit: Benefit, adults: int, children: int, rent: int) -> None:
    found = highest_rent(
        income_dkk=Decimal(income), benefit=benefit, adults=adults, children=children
    )

    assert found == rent


@pytest.mark.parametrize(
    ("benefit", "children", "share"),
    [
        (Benefit.CASH, 0, "0.15"),
        (Benefit.CASH, 1, "0.25"),
        (Benefit.EARLY_PENSION, 0, "0.25"),
        (Benefit.UNKNOWN, 0, "0.15"),
    ],
)
def test_housing_benefit(benefit: Benefit, children: int, share: str) -> None:
    assert housing_benefit_share(benefit, children) == Decimal(share)


@given(
    income=st.decimals(0, 40_000, places=2),
    benefit=st.sampled_from(Benefit),
    adults=st.integers(1, 3),
    children=st.integers(0, 4),
)
def test_the_rent_proposed_leaves_enough_and_takes_at_most_half(
    income: Decimal, benefit: Benefit, adults: int, children: int
) -> None:
    rent = highest_rent(income_dkk=income, benefit=benefit, adults=adults, children=children)
    left = affordability(
        rent_dkk=rent, income_dkk=income, benefit=benefit, adults=adults, children=children
    )

    assert 0 <= rent <= income * DEFAULT_ASSUMPTIONS.rent_share
    assert rent == 0 or left.lacks_dkk <= 1  # kroner are rounded down
