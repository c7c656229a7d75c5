"""How a dwelling is written: rooms, floor, and its name where the address must not be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from housing.supply.models import Dwelling


def place_name(dwelling: Dwelling, *, is_hidden: bool) -> str:
    """The address, or the dwelling's number where the address must not be seen."""
    if is_hidden:
        return _("Dwelling %(number)s (address hidden)") % {"number": dwelling.number}
    return dwelling.address


def rooms(number: int) -> str:
    """ "1 rum", "2 rum" """
    return ngettext("%(n)d room", "%(n)d rooms", number) % {"n": number}


def size(dwelling: Dwelling) -> str:
    """ "2 rum, 51 m²" """
    return _("%(rooms)s, %(size)s m²") % {
        "rooms": rooms(dwelling.rooms),
        "size": dwelling.size_m2,
    }


def floor(number: int, *, has_lift: bool = False) -> str:
    """ "Stuen", "2. sal, elevator" """
    if number < 0:
        text = _("Basement")
    elif number == 0:
        text = _("Ground floor")
    else:
        text = _("Floor %(n)d") % {"n": number}
    return _("%(floor)s, lift") % {"floor": text} if has_lift else text
