"""What other apps add to the list of citizens: columns, and whose citizens are "mine"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from cases.casework.models import Case
from housingfirst.access.models import User


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the list. `annotate` adds what `cell` reads of each row: no query per row.

    `cell(case, today)` gives text (marks come from `format_html`); "" leaves the cell empty.
    """

    key: str
    order: int
    label: str | Promise
    annotate: Callable[[QuerySet[Case], date], QuerySet[Case]]
    cell: Callable[[Case, date], str]


_COLUMNS: dict[str, Column] = {}
_MINE: dict[str, Callable[[User, date], Q]] = {}


def register_column(column: Column) -> None:
    """Add a column from AppConfig.ready. The same key again replaces it."""
    _COLUMNS[column.key] = column


def register_mine(key: str, mine: Callable[[User, date], Q]) -> None:
    """Say from AppConfig.ready which cases are a person's own, beside those they advise.

    `mine(user, today)` is a condition on the case, an `Exists` where it looks at other tables.
    """
    _MINE[key] = mine


def columns() -> list[Column]:
    return sorted(_COLUMNS.values(), key=lambda column: column.order)


def is_mine(user: User, today: date) -> Q:
    """The condition that a case is the user's own: as adviser, or as another app says."""
    condition = Q(adviser=user)
    for mine in _MINE.values():
        condition |= mine(user, today)
    return condition
