"""Pages of a list by the place in its order, so that the hundredth costs what the first does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import F, Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)

AFTER, BEFORE = "after", "before"


@dataclass(frozen=True, slots=True)
class Window(Generic[Row]):
    """The rows of one page in their order, and whether there are others before and after."""

    rows: list[Row]
    has_previous: bool
    has_next: bool

    def addresses(self, query: Mapping[str, str]) -> tuple[str, str]:
        """The queries of the previous and the next page, empty where there is none.

        `query` is what else the address says. A row is named by its `reference`.
        """
        kept = {key: value for key, value in query.items() if key not in (AFTER, BEFORE)}
        previous = following = ""
        if self.rows and self.has_previous:
            previous = "?" + urlencode({**kept, BEFORE: self._name(self.rows[0])})
        if self.rows and self.has_next:
            following = "?" + urlencode({**kept, AFTER: self._name(self.rows[-1])})
        return previous, following

    @staticmethod
    def _name(row: Model) -> str:
        return str(getattr(row, "reference", row.pk))


def window(
    rows: QuerySet[Row], *, order: Sequence[str], size: int, query: Mapping[str, str]
) -> Window[Row]:
    """The page of `rows` that the address asks for: after or before a row, or the first.

    `order` names fields as `order_by` does, all rising or all falling, and ends with one that is
    unique. A row that is not among `rows` (any more), or a name that cannot be read, gives the
    first page.
    """
    falling = order[0].startswith("-")
    names = [name.removeprefix("-") for name in order]
    backward = BEFORE in query
    at = _place(rows, names, query.get(BEFORE) or query.get(AFTER))
    if at is None:
        backward = False
    greater = falling == backward
    if at is not None:
        rows = rows.filter(_beyond(names, at, greater=greater))
    direction = names if greater else [f"-{name}" for name in names]
    found = list(rows.order_by(*direction)[: size + 1])
    more, found = len(found) > size, found[:size]
    if backward:
        return Window(found[::-1], has_previous=more, has_next=True)
    return Window(found, has_previous=at is not None, has_next=more)


def _place(rows: QuerySet[Row], names: Sequence[str], name: str | None) -> tuple[Any, ...] | None:
    """The values of the order's fields in the row called `name`."""
    if not name:
        return None
    try:
        if hasattr(rows.model, "reference"):
            rows = rows.filter(reference=UUID(name))
        else:
            rows = rows.filter(pk=min(int(name), 2**63 - 1))
    except ValueError:
        return None
    places = {f"place_{n}": F(field) for n, field in enumerate(names)}
    found: tuple[Any, ...] | None
    found = rows.annotate(**places).values_list(*places).order_by().first()
    return found


def _beyond(names: Sequence[str], at: Sequence[Any], *, greater: bool) -> Q:
    """Rows strictly beyond the place in the order, compared field by field."""
    step, bound = ("gt", "gte") if greater else ("lt", "lte")
    condition = Q(**{f"{names[-1]}__{step}": at[-1]})
    for name, value in zip(names[-2::-1], at[-2::-1], strict=True):
        condition = Q(**{f"{name}__{step}": value}) | (Q(**{name: value}) & condition)
    # The first field's bound is said once more, so that an index can be used.
    return Q(**{f"{names[0]}__{bound}": at[0]}) & condition
