"""Every address the site answers, read from the URL resolver."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.urls import URLPattern, URLResolver, get_resolver

_PARAMETER = re.compile(r"<(?:(?P<converter>[^:>]+):)?(?P<name>[^>]+)>")

OF_CITIZENS: Final = frozenset(
    {
        "cases", "notes", "situations", "wishes", "stays", "notices", "absences", "referrals",
        "papers", "offers", "tenancies", "handoffs", "decisions", "enrolments", "phases", "visits",
        "deadlines", "days-elsewhere", "summaries", "plans", "waitlists", "reviews", "arrears",
        "complaints", "applications",
    }
)  # fmt: skip
"""The nouns before a parameter that lead to one citizen."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """`noun` is the address's part before it: `cases` in `cases/<uuid:case_reference>/`."""

    noun: str
    name: str
    converter: str


@dataclass(frozen=True, slots=True)
class Route:
    """`name` with its namespaces; `pattern` as it stands in the urlconf, from the root."""

    name: str
    pattern: str
    parameters: tuple[Parameter, ...]

    @property
    def is_api(self) -> bool:
        return self.pattern.startswith("api/")

    @property
    def nouns(self) -> frozenset[str]:
        return frozenset(parameter.noun for parameter in self.parameters)

    @property
    def is_of_citizen(self) -> bool:
        """Whether the address names a citizen's case, or a thing in one."""
        return bool(self.nouns & OF_CITIZENS)


def all_routes() -> list[Route]:
    """In the order of the urlconf. Raises AssertionError for one without a name, or named twice."""
    routes = list(_walk(get_resolver().url_patterns, "", ""))
    names = [route.name for route in routes]
    twice = {name for name in names if names.count(name) > 1}
    assert not twice, f"Two addresses share a name; give each its own: {sorted(twice)}"
    return routes


def _walk(entries: list[URLPattern | URLResolver], prefix: str, space: str) -> Iterator[Route]:
    for entry in entries:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry.url_patterns, pattern, inner)
        else:
            assert entry.name, f"The address {pattern} has no name; give it one in its urls.py."
            yield Route(space + entry.name, pattern, tuple(_parameters(pattern)))


def _parameters(pattern: str) -> Iterator[Parameter]:
    parts = pattern.split("/")
    for before, part in zip(["", *parts], parts, strict=False):
        for match in _PARAMETER.finditer(part):
            yield Parameter(before, match["name"], match["converter"] or "str")
