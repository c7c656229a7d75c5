"""What a decision on support must hold together."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from support.methods.enums import Method, SupportSection, WishAnswer

HOUSING_FIRST_METHODS: Final[Collection[Method]] = (
    Method.CTI,
    Method.ICM,
    Method.ACT,
    Method.M_ACT,
)
"""The methods of § 85 a. The statute names none: they come from the agency's guidance."""


METHODS: Final[Mapping[SupportSection, Collection[Method]]] = {
    SupportSection.S85A: HOUSING_FIRST_METHODS,
    SupportSection.S85: (Method.GENERAL,),
    SupportSection.S107: (Method.FACILITY,),
}
"""What can be decided under each paragraph."""


def method_fits(section: SupportSection, method: Method) -> bool:
    """Whether the paragraph gives support by the method."""
    return method in METHODS[section]


def is_course(section: SupportSection) -> bool:
    """Whether the decision grants a course of support; a place at a facility does not."""
    return section != SupportSection.S107


def wish_is_answered(provider_wish: str, answer: WishAnswer) -> bool:
    """A wish has an answer, and an answer has a wish."""
    return bool(provider_wish) == (answer != WishAnswer.NONE)
