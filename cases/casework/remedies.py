"""What stands beside a decision about complaining: until when, and how far a complaint is.

Decisions are recorded by several apps; the app that knows complaints registers what it knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from cases.casework.models import Case


@dataclass(frozen=True, slots=True)
class Remedy:
    """A sentence with its reason, and the one act: `url` is "" for who may not take it."""

    text: str
    tone: Literal["over", "now", "done", ""] = ""
    act: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision, by its row's reference, and the day it was made.

    The citizen was told the same day, unless who registers here knows of another.
    """

    reference: UUID
    told_on: date


Remedies = Callable[[Case, Iterable[Decided], date], Mapping[UUID, Remedy]]
_FIND: dict[str, Remedies] = {}


def register_remedies(key: str, find: Remedies) -> None:
    """Register from AppConfig.ready. Two queries at most."""
    _FIND[key] = find


def remedies_of(case: Case, decided: Iterable[Decided], today: date) -> dict[UUID, Remedy]:
    """Of decisions in a case that came through `case_for`."""
    told = list(decided)
    if not told:
        return {}
    found: dict[UUID, Remedy] = {}
    for find in _FIND.values():
        found |= find(case, told, today)
    return found
