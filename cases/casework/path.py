"""The way to a home, derived from facts: each app adds the steps whose facts it owns.

A step is a condition on the case in SQL, so that a list of cases asks for all of them at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, QuerySet
from django.utils.functional import Promise

from cases.casework.models import Case

PREFIX: Final = "path_"


@dataclass(frozen=True, slots=True)
class PathStep:
    """`taken` gives the EXISTS of the fact for the case in OuterRef("pk")."""

    key: str
    order: int
    label: str | Promise
    missing: str | Promise
    taken: Callable[[], Exists]


_STEPS: dict[str, PathStep] = {}


def register_step(step: PathStep) -> None:
    """Add a step from AppConfig.ready."""
    _STEPS[step.key] = step


def steps() -> list[PathStep]:
    return sorted(_STEPS.values(), key=lambda step: step.order)


def with_path(cases: QuerySet[Case]) -> QuerySet[Case]:
    """The cases with one boolean per step, for `path_of`."""
    return cases.annotate(**{PREFIX + step.key: step.taken() for step in steps()})


@dataclass(frozen=True, slots=True)
class PathState:
    """The steps in order with whether each is taken, and the first that is not."""

    taken: tuple[tuple[PathStep, bool], ...]

    @property
    def current(self) -> PathStep | None:
        return next((step for step, done in self.taken if not done), None)

    @property
    def reached(self) -> PathStep | None:
        """The last step taken; a case need not take those before it (no shelter, no notice)."""
        return next((step for step, done in reversed(self.taken) if done), None)

    @property
    def count(self) -> int:
        return sum(done for _step, done in self.taken)


def path_of(case: Case | Mapping[str, object]) -> PathState:
    """The state of a case that came through `with_path`, or of its row as a mapping."""
    row = case if isinstance(case, Mapping) else vars(case)
    return PathState(tuple((step, bool(row[PREFIX + step.key])) for step in steps()))
