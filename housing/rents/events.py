"""The kinds of events this subject publishes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from housingfirst.events.kinds import Category, register_kind
from housingfirst.ui import words

RENT_REDUCED: Final = "rent.reduced"
RENT_REVIEWED: Final = "rent.reviewed"


def register() -> None:
    register_kind(
        RENT_REDUCED, Category.HOUSING, _("Rent reduced from %(starts_on)s"), text_params=_days
    )
    register_kind(RENT_REVIEWED, Category.HOUSING, _("The economy looked at before a rise"))


def _days(data: Mapping[str, Any]) -> Mapping[str, Any]:
    on = date.fromisoformat(data["starts_on"])
    return {"starts_on": words.day(on, today=timezone.localdate(), weekday=False)}
