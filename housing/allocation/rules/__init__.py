"""How well a dwelling fits a referral, and who is offered a home first.

Pure functions. What must be met, what is wished for and what would have to change are kept apart:
a wish can never turn "fits" into "does not fit". Neither lost homes nor earlier answers are among
the facts, so they cannot count. `selectors.matching` says the same in SQL; a test holds them equal.
"""

from housing.allocation.rules.facts import (
    DEFAULT_REACH,
    DEFAULT_RENT_CUT,
    FLOOR_LIMIT,
    TRACK_KINDS,
    Criterion,
    DwellingFacts,
    Match,
    Must,
    Reach,
    ReferralFacts,
    RentCut,
    Spread,
    State,
    Verdict,
    Want,
    WishAnswer,
)
from housing.allocation.rules.matching import match, stairwell_of, with_changes
from housing.allocation.rules.order import NEAR_LIMIT_DAYS, Group, group_of

__all__ = [
    "DEFAULT_REACH",
    "DEFAULT_RENT_CUT",
    "FLOOR_LIMIT",
    "NEAR_LIMIT_DAYS",
    "TRACK_KINDS",
    "Criterion",
    "DwellingFacts",
    "Group",
    "Match",
    "Must",
    "Reach",
    "ReferralFacts",
    "RentCut",
    "Spread",
    "State",
    "Verdict",
    "Want",
    "WishAnswer",
    "group_of",
    "match",
    "stairwell_of",
    "with_changes",
]
