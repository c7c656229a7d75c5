"""The kinds of events this subject publishes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from housing.evictions.enums import STEPS, HeardFrom, HelpOutcome
from housingfirst.events.kinds import Category, register_kind
from housingfirst.ui import words

ARREARS_HEARD: Final = "arrears.heard"
ARREARS_STEPS: Final = "arrears.steps"
ARREARS_CORRECTED: Final = "arrears.corrected"
ARREARS_DECIDED: Final = "arrears.decided"


def register() -> None:
    register_kind(
        ARREARS_HEARD,
        Category.HOUSING,
        _("Rent in arrears, heard from: %(heard_from)s"),
        is_important=True,
        text_params=lambda data: {"heard_from": _inside(HeardFrom(data["heard_from"]).label)},
    )
    register_kind(
        ARREARS_STEPS,
        Category.HOUSING,
        _("Arrears: %(steps)s"),
        is_important=True,
        text_params=_steps,
    )
    register_kind(ARREARS_CORRECTED, Category.HOUSING, _("What is registered of arrears put right"))
    register_kind(
        ARREARS_DECIDED,
        Category.HOUSING,
        _("Help against eviction: %(outcome)s"),
        is_important=True,
        text_params=lambda data: {"outcome": _inside(HelpOutcome(data["outcome"]).label)},
    )


def _inside(label: Any) -> str:
    return words.inside(label)


def _steps(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Each step by its day: the data hold the day of each by its name."""
    today = timezone.localdate()
    said = [
        f"{_inside(label)} {words.day(date.fromisoformat(data[name]), today=today, weekday=False)}"
        for name, label in STEPS.items()
        if data.get(name)
    ]
    return {"steps": "; ".join(said)}
