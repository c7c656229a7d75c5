"""What the date of a decision means for the municipality: told before the button is pressed.

The reimbursement follows from stays at shelters, which this app does not know. The app that knows
both registers a hint.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from cases.casework.models import Case
from support.methods.enums import SupportSection


@dataclass(frozen=True, slots=True)
class DecisionHint:
    """`title` carries the message; `text` says why. The tones are those of an alert."""

    title: str
    text: str
    tone: Literal["", "now", "over", "done"] = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is typed so far, or was decided. `decided_on` decides; a cost is per month."""

    case: Case
    section: SupportSection
    decided_on: date
    monthly_cost_dkk: Decimal | None = None
    is_made: bool = False


HintSource = Callable[[Draft], DecisionHint | None]
_SOURCES: list[HintSource] = []


def register_hint(source: HintSource) -> None:
    """Add a hint from AppConfig.ready."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def hints_for(draft: Draft) -> list[DecisionHint]:
    return [hint for source in _SOURCES if (hint := source(draft)) is not None]
