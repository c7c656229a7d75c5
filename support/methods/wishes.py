"""Who the citizen wishes the support from: told by the app that knows where it was written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cases.casework.models import Case


@dataclass(frozen=True, slots=True)
class ProviderWish:
    """The citizen's words, and where they come from: "from the referral of 5 Aug."."""

    words: str
    source: str


WishSource = Callable[[Case], ProviderWish | None]
_SOURCES: list[WishSource] = []


def register_wish_source(source: WishSource) -> None:
    """Add a place to look from AppConfig.ready; they are asked in order."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def provider_wish_of(case: Case) -> ProviderWish | None:
    """The wish as it was last written down, or None."""
    return next((wish for source in _SOURCES if (wish := source(case)) is not None), None)
