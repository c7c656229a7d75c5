"""Parameters of the law as dated versions: a table of rows without gaps or overlaps."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Generic, TypeVar

T = TypeVar("T")


class Mark(StrEnum):
    """How well a value is known; the letters are those of the documentation."""

    VERIFIED = "V"
    VERIFIED_OLD = "V-old"
    INFERRED = "INF"
    UNVERIFIED = "UNVERIFIED"


@dataclass(frozen=True, slots=True)
class Version(Generic[T]):
    """One row: `value` holds on the days [valid_from, valid_until).

    `valid_from` None means as far back as the system counts, `valid_until` None means still valid.
    `key` names the row in stored results, and never changes once used.
    """

    key: str
    valid_from: date | None
    valid_until: date | None
    value: T
    source: str
    mark: Mark

    def is_valid_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day < self.valid_until
        )


class VersionTable(Generic[T]):
    """The versions of one parameter of a rule, oldest first.

    Raises ValueError on a gap, an overlap, a row out of order, a repeated key or an empty table.
    """

    __slots__ = ("rows", "rule_id")

    def __init__(self, rule_id: str, rows: Iterable[Version[T]]) -> None:
        self.rule_id = rule_id
        self.rows = tuple(rows)
        if not self.rows:
            raise ValueError(f"{rule_id}: no versions")
        if len({row.key for row in self.rows}) != len(self.rows):
            raise ValueError(f"{rule_id}: a version key is used twice")
        for row in self.rows:
            if row.valid_from and row.valid_until and row.valid_until <= row.valid_from:
                raise ValueError(f"{rule_id}: {row.key} ends before it begins")
        for row, following in pairwise(self.rows):
            if row.valid_until is None or row.valid_until != following.valid_from:
                raise ValueError(
                    f"{rule_id}: {row.key} ends {row.valid_until}, "
                    f"{following.key} begins {following.valid_from}"
                )

    def __iter__(self) -> Iterator[Version[T]]:
        return iter(self.rows)

    def on(self, day: date) -> Version[T]:
        """The version valid on `day`. Raises LookupError when there is none."""
        for row in reversed(self.rows):
            if row.is_valid_on(day):
                return row
        raise LookupError(f"{self.rule_id}: no version on {day}")
