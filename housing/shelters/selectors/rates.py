"""A shelter's prices through time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from housing.shelters.models import Shelter, ShelterRate
from housingfirst.ui.parts import Severity


@dataclass(frozen=True, slots=True)
class RateLine:
    """A price and the days it holds: `last_on` is None for one without an end yet."""

    rate: ShelterRate
    last_on: date | None
    severity: Severity
    state: str
    may_be_removed: bool


def rate_lines(shelter: Shelter, today: date) -> Sequence[RateLine]:
    """The newest first. Each ends the day before the next one begins."""
    lines: list[RateLine] = []
    begins: date | None = None
    for rate in shelter.rates.select_related("registered_by").order_by("-valid_from"):
        last_on = begins - timedelta(days=1) if begins else None
        severity: Severity = "line"
        state = _("Earlier")
        if rate.valid_from > today:
            severity, state = "soon", _("Coming")
        elif last_on is None or last_on >= today:
            severity, state = "done", _("Holds now")
        lines.append(RateLine(rate, last_on, severity, state, rate.may_be_removed(today)))
        begins = rate.valid_from
    return lines
