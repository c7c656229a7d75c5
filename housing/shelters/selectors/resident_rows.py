"""A row of the resident list: a bed, who is in it, and what the page says of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from cases.casework.path import PathState
from housing.shelters.models import Bed, ReimbursementClock, Stay
from housingfirst.deadlines.rules import Severity
from housingfirst.ui.figures import NEAR_LIMIT_DAYS, Meter, PathStep

NOWHERE: Final = 10**6


@dataclass(frozen=True, slots=True)
class Task:
    """An open deadline of the shelter's own unit."""

    severity: Severity
    act: str
    due_on: date
    url: str


@dataclass(frozen=True, slots=True)
class Away:
    """Tonight's absence; `ends_on` is the day of return, if that is known."""

    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Row:
    """A bed with its resident, a free bed, or a resident without a bed.

    `is_hidden`: somebody is in the bed whom this reader may not see.
    """

    bed: Bed | None
    stay: Stay | None = None
    is_hidden: bool = False
    absence: Away | None = None
    clock: ReimbursementClock | None = None
    today: date = date.min
    path: PathState | None = None
    tasks: Sequence[Task] = ()

    @property
    def is_free(self) -> bool:
        return self.stay is None and not self.is_hidden

    @property
    def used(self) -> int:
        return self.clock.used_on(self.today) if self.clock else 0

    @property
    def left(self) -> int:
        return self.clock.left_on(self.today) if self.clock else NOWHERE

    @property
    def over(self) -> int:
        return self.clock.over_on(self.today) if self.clock else 0

    @property
    def meter(self) -> Meter | None:
        return meter_of(self.clock, self.today) if self.clock else None

    @property
    def tone(self) -> str:
        """The class of the words beside the meter: "over", "now" or none."""
        if self.over:
            return "over"
        return "now" if self.clock and self.left <= NEAR_LIMIT_DAYS else ""

    @property
    def is_near(self) -> bool:
        return self.clock is not None and self.left <= NEAR_LIMIT_DAYS

    @property
    def steps(self) -> list[PathStep]:
        return drawn(self.path) if self.path else []

    @property
    def next_step(self) -> str:
        current = self.path.current if self.path else None
        return str(current.missing) if current else ""

    @property
    def task(self) -> Task | None:
        return self.tasks[0] if self.tasks else None

    @property
    def more_tasks(self) -> int:
        return len(self.tasks) - 1

    @property
    def age(self) -> int | None:
        return self.stay.citizen.age_on(self.today) if self.stay else None


def meter_of(clock: ReimbursementClock, day: date) -> Meter:
    """The clock as a meter: it says the days left and over that the clock counts, and no others."""
    return Meter(clock.used_on(day), clock.limit, clock.left_on(day), clock.over_on(day))


def natural(bed: Bed) -> tuple[tuple[int, int | str], ...]:
    """The bed's place in the order of its label: 9 before 10, numbers before words."""
    parts: list[tuple[int, int | str]] = []
    digits = ""
    for char in bed.label.casefold() + "\0":
        if char.isdecimal() and char.isascii():
            digits += char
            continue
        if digits:
            parts.append((0, int(digits[:18])))
            digits = ""
        parts.append((1, char))
    return tuple(parts)


def drawn(path: PathState) -> list[PathStep]:
    """The steps as they are drawn: the first that is not taken is the one under way."""
    return [
        PathStep(str(step.label), "done" if done else "now" if step is path.current else "open")
        for step, done in path.taken
    ]
