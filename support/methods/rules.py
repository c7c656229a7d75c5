"""What a decision on support must hold together."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from support.methods.enums import Method, SupportSection, WishAnswer

HOUSING_FIRST_METHODS: Final[Collection[Method]] = (
    Method.CTI,
    Method.ICM,
    Method.ACT,
    Method.M_ACT,
)
"""The methods of § 85 a. The statute names none: they come from the agency's guidance."""


def method_fits(section: SupportSection, method: Method) -> bool:
    """§ 85 a is given by one of its methods, § 85 as general support."""
    return (method in HOUSING_FIRST_METHODS) == (section == SupportSection.S85A)


def wish_is_answered(provider_wish: str, answer: WishAnswer) -> bool:
    """A wish has an answer, and an answer has a wish."""
    return bool(provider_wish) == (answer != WishAnswer.NONE)
