"""What other apps want to know of a case at first sight, read in the query that reads the case.

A panel or a place that has nothing to say then costs no query of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.db.models.expressions import Combinable

from cases.casework.models import Case

PREFIX: Final = "glance_"

Seen = Callable[[], Combinable]
_SEEN: dict[str, Seen] = {}


def register_glance(key: str, seen: Seen) -> None:
    """Add from AppConfig.ready an expression about the case in OuterRef("pk").

    Mostly an `Exists`; a subquery with a JSONObject where a few values are all that is needed.
    It may depend on today, and on nothing else: it is made once a day (`cases.access`).
    """
    _SEEN[key] = seen


def glances() -> dict[str, Combinable]:
    """The annotations of `case_for`."""
    return {PREFIX + key: seen() for key, seen in _SEEN.items()}


def has(case: Case, key: str) -> bool:
    """Whether the case has it; of a key that is an `Exists`."""
    return bool(glance(case, key))


def glance(case: Case, key: str) -> Any:
    """What was seen when the case was read; looked up for one that did not come by `case_for`."""
    known = vars(case)
    name = PREFIX + key
    if name not in known:
        known[name] = Case.objects.filter(pk=case.pk).values_list(_SEEN[key]()).get()[0]
    return known[name]
