"""Where the citizen is right now, by name and address: hidden when the citizen is protected.

The apps that know a place register it. Nothing here is asked before the page may show it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from cases.casework.models import Case
from cases.citizens.models import Citizen
from housingfirst.access.enums import UnitKind
from housingfirst.access.models import Unit


@dataclass(frozen=True, slots=True)
class Place:
    """A shelter with its room, or a home with its address. `detail` is a second line."""

    name: str
    detail: str = ""
    phone: str = ""
    since: date | None = None


Find = Callable[[Case, date], Place | None]
_FINDERS: dict[str, tuple[int, Find]] = {}


def register_place(key: str, order: int, find: Find) -> None:
    """Add a place from AppConfig.ready: `find(case, today)` gives it, or None."""
    _FINDERS[key] = (order, find)


def places_of(case: Case, today: date) -> list[Place]:
    """Every place known today. The caller has asked whether the reader may know it."""
    found = (
        find(case, today) for _order, find in sorted(_FINDERS.values(), key=lambda row: row[0])
    )
    return [place for place in found if place is not None]


def unit_shown(unit: Unit | None, citizen: Citizen) -> str:
    """The unit's name, but not a shelter's when the citizen is protected: she may sleep there."""
    if unit is None:
        return "–"
    return hidden_name(unit.kind, citizen) or unit.name


def hidden_name(kind: str, citizen: Citizen) -> str:
    """What is written instead of the name of a unit of this kind; empty when it may be named."""
    if citizen.is_protected and kind == UnitKind.SHELTER:
        return _("Shelter (place protected)")
    return ""
