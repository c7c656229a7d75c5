"""What the board's address says: chosen vacancy and citizen, filter, how many rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from housing.allocation.rules import Verdict

PAGE: Final = 25
MOST: Final = 500
VACANCIES: Final = 15
"""How many vacancies stand on the left at first; each costs a count of the whole waiting list."""
MOST_VACANCIES: Final = 90
SHOWN: Final = {"fits": Verdict.FITS, "if": Verdict.WOULD_FIT_IF, "not": Verdict.DOES_NOT_FIT}
"""The values of `m` in the address."""


@dataclass(frozen=True, slots=True)
class State:
    """What the address says: the chosen vacancy and citizen, the filter, how many rows."""

    vacancy: UUID | None = None
    referral: UUID | None = None
    verdict: Verdict | None = None
    shown: int = PAGE
    vacancies_shown: int = VACANCIES

    @classmethod
    def of(cls, query: Mapping[str, str]) -> State:
        """Anything that cannot be read is as if it was not there."""
        return cls(
            vacancy=_uuid(query.get("vacancy")),
            referral=_uuid(query.get("referral")),
            verdict=SHOWN.get(query.get("m", "")),
            shown=page_size(query.get("show")),
            vacancies_shown=_size(query.get("vacancies"), VACANCIES, MOST_VACANCIES),
        )

    def url(self, **changes: Any) -> str:
        """The address with changes; None drops a key."""
        values = {
            "vacancy": self.vacancy,
            "referral": self.referral,
            "m": next((key for key, value in SHOWN.items() if value == self.verdict), None),
            "show": self.shown if self.shown != PAGE else None,
            "vacancies": self.vacancies_shown if self.vacancies_shown != VACANCIES else None,
            **changes,
        }
        return "?" + urlencode({key: value for key, value in values.items() if value})


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def page_size(text: str | None) -> int:
    """How many rows the address asks for: 25 to 500."""
    return _size(text, PAGE, MOST)


def _size(text: str | None, least: int, most: int) -> int:
    if text and text.isascii() and text.isdigit() and len(text) <= 4:
        return min(max(int(text), least), most)
    return least
