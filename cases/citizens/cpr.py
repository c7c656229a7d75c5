"""CPR numbers: their form is checked, never their modulus 11.

Numbers without a valid check digit have been given since 2007, and replacement numbers have 60
added to the day, so neither is a reason to refuse one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_DIGITS = re.compile(r"(\d{6})[\s-]?(\d{4})")


class NotCpr(ValueError):
    """The text does not have the form of a CPR number."""


@dataclass(frozen=True, slots=True)
class Cpr:
    """Ten digits, and the date of birth when they tell one (a replacement number's may not)."""

    digits: str
    birth_date: date | None

    @property
    def shown(self) -> str:
        return f"{self.digits[:6]}-{self.digits[6:]}"


def parse_cpr(text: str) -> Cpr:
    """The number in `text`, with or without its hyphen. Raises NotCpr for anything else."""
    match = _DIGITS.fullmatch(text.strip())
    if match is None or not text.isascii():
        raise NotCpr
    digits = match[1] + match[2]
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    if day > 60:
        day -= 60
    if not (1 <= day <= 31 and 1 <= month <= 12):
        raise NotCpr
    try:
        born: date | None = date(_century(int(digits[6]), year) + year, month, day)
    except ValueError:  # 30 February: a demo or replacement number
        born = None
    return Cpr(digits, born)


def _century(seventh: int, year: int) -> int:
    """The century that the seventh digit gives the two-digit `year`, by the CPR office's table."""
    if seventh <= 3:
        return 1900
    if seventh in (4, 9):
        return 2000 if year <= 36 else 1900
    return 2000 if year <= 57 else 1800
