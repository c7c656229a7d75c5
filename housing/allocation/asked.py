"""What was asked of others with an offer, for those who made it: other apps tell it.

The allocator who asked for the deposit loan cannot open the case. What they asked for, of whom, by
when and what came of it is told here, and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from housing.allocation.models import Offer
from housingfirst.access.enums import Act
from housingfirst.access.models import User
from housingfirst.ui.parts import Severity


@dataclass(frozen=True, slots=True)
class Asked:
    """`what` was asked of whom; `state` in words with its `severity`; `when` it is or was due."""

    what: str
    severity: Severity
    state: str
    when: str


Source = Callable[[Sequence[Offer], datetime], Mapping[int, Sequence[Asked]]]
_SOURCES: list[Source] = []


def register_asked(source: Source) -> None:
    """Add from AppConfig.ready what is told of many offers at once, by their primary keys."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def asked_with(offers: Sequence[Offer], user: User, now: datetime) -> dict[int, list[Asked]]:
    """What was asked with each offer, for those who make offers; nothing for the others."""
    if not offers or not user.may(Act.OFFER_MAKE):
        return {}
    told: dict[int, list[Asked]] = {}
    for source in _SOURCES:
        for offer, lines in source(offers, now).items():
            told.setdefault(offer, []).extend(lines)
    return told
