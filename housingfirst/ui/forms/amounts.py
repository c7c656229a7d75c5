"""Amounts of money as people type them; a pure function."""

import re
from decimal import Decimal

_UNIT = re.compile(r"^(kr\.?|dkk)\s*|\s*(kr\.?|dkk|,-|\.-)+$", re.IGNORECASE)
_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-"})
_PLAIN = re.compile(r"-?\d+")
_POINT_GROUPS = re.compile(r"-?\d{1,3}(\.\d{3})+")
_DANISH = re.compile(r"-?(\d+|\d{1,3}(\.\d{3})+),\d{1,2}")
_ENGLISH = re.compile(r"-?(\d+|\d{1,3}(,\d{3})+)\.\d{1,2}")
_COMMA_GROUPS = re.compile(r"-?\d{1,3}(,\d{3})+")


def parse_amount(text: str, *, english: bool = False) -> Decimal | None:
    """Kroner and øre from "8.900", "8.900,50", "8 900 kr.", "kr. 8.900,-"; None if unreadable.

    A point before three digits groups thousands in both languages, because that is how amounts are
    written here; a comma does so only when `english`, and only when it cannot be read as øre.
    """
    text = _SPACES.sub(" ", text).strip().translate(_MINUS)
    text = _UNIT.sub("", _UNIT.sub("", text)).replace(" ", "")
    if not text.isascii():
        return None
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    if _POINT_GROUPS.fullmatch(text):
        return Decimal(text.replace(".", ""))
    if _DANISH.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    if _ENGLISH.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if english and _COMMA_GROUPS.fullmatch(text):
        return Decimal(text.replace(",", ""))
    return None
