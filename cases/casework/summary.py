"""What the overview tells of other apps' facts: what is decided, and who is around the citizen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from cases.casework.models import Case


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of "What is decided": what, when, a sentence, and the page it stands on.

    What is still missing is a line too: without `on`, with `tone` "now" or "over".
    """

    title: str
    text: str = ""
    on: date | None = None
    url: str = ""
    tone: Literal["over", "now", "done", ""] = ""


@dataclass(frozen=True, slots=True)
class Around:
    """A person or a unit around the citizen, with what they are to her and since when.

    `user_id` and `unit_id` let the page add when they last were in contact.
    """

    name: str
    role: str
    since: date | None = None
    phone: str = ""
    user_id: int | None = None
    unit_id: int | None = None


Decisions = Callable[[Case, date], Iterable[Decision]]
People = Callable[[Case, date], Iterable[Around]]
_DECISIONS: dict[str, tuple[int, Decisions]] = {}
_PEOPLE: dict[str, tuple[int, People]] = {}


def register_decisions(key: str, order: int, find: Decisions) -> None:
    """Add lines to "What is decided" from AppConfig.ready. One query at most."""
    _DECISIONS[key] = (order, find)


def register_people(key: str, order: int, find: People) -> None:
    """Add lines to "Who is around" from AppConfig.ready. One query at most.

    The responsible unit, its adviser and the units that share the case stand there already.
    """
    _PEOPLE[key] = (order, find)


def decisions_of(case: Case, today: date) -> list[Decision]:
    found = sorted(_DECISIONS.values(), key=lambda row: row[0])
    return [line for _order, find in found for line in find(case, today)]


def people_of(case: Case, today: date) -> list[Around]:
    found = sorted(_PEOPLE.values(), key=lambda row: row[0])
    return [line for _order, find in found for line in find(case, today)]
