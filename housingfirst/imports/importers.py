"""What an importer is: registered by the app that owns the rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from django.forms import Field
from django.utils.functional import Promise

from housingfirst.access.enums import Act
from housingfirst.imports.columns import Column, ReadLine
from housingfirst.imports.enums import LineStatus

if TYPE_CHECKING:
    from housingfirst.access.models import Unit, User

Progress = Callable[[int], None]
"""Told how many lines are done so far."""


@dataclass(slots=True)
class Planned:
    """What would happen to a line, and why. `data` is the importer's own, for `apply`."""

    number: int
    status: LineStatus
    text: str = ""
    data: Any = field(default=None)


class Importer(Protocol):
    """One kind of file. `plan` reads, `apply` writes; both get all lines at once.

    `plan` gives one Planned per line, in order, and touches nothing. Lines that are an error in
    the reading already are errors in the plan. `apply` writes those that are new or changed, in
    the caller's transaction, and calls `progress` now and then.
    """

    key: str
    label: str | Promise
    act: Act
    columns: Sequence[Column]

    def plan(self, lines: Sequence[ReadLine], unit: Unit, actor: User | None) -> list[Planned]: ...

    def apply(
        self, plan: Sequence[Planned], unit: Unit, actor: User | None, progress: Progress
    ) -> None: ...


@runtime_checkable
class Asking(Protocol):
    """An importer that asks for more than the file: what it is about, kept with the run."""

    def fields(self, user: User) -> Mapping[str, Field]: ...

    def options(self, cleaned: Mapping[str, Any]) -> dict[str, str]:
        """What the fields said, as text. Raises DomainError when it does not hold together."""
        ...

    def with_options(self, options: Mapping[str, str]) -> Importer:
        """The importer for a file with these options."""
        ...

    def result_url(self, options: Mapping[str, str]) -> str:
        """Where what was applied can be seen."""
        ...


def bound(importer: Importer, options: Mapping[str, str]) -> Importer:
    """The importer that plans and applies a file with these options."""
    return importer.with_options(options) if isinstance(importer, Asking) else importer


_IMPORTERS: dict[str, Importer] = {}


def register_importer(importer: Importer) -> None:
    """Register from AppConfig.ready."""
    _IMPORTERS[importer.key] = importer


def importer_of(key: str) -> Importer:
    """Raises KeyError for a kind that no app has registered."""
    return _IMPORTERS[key]


def all_importers() -> list[Importer]:
    return list(_IMPORTERS.values())


def error_line(line: ReadLine, *more: str) -> Planned:
    """An error of a line: those of its reading and `more`, one sentence after the other."""
    return Planned(line.number, LineStatus.ERROR, " ".join((*line.errors, *more)))
