"""How the log's readers speak of citizens: by case number, which the app of the cases knows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """The citizen of a case, and the groups that have or had access to that case."""

    citizen_id: int
    group_ids: tuple[int, ...] = ()


Find = Callable[[str, Collection[int]], Found | None]
Numbers = Callable[[Collection[int], Collection[int]], Mapping[int, str]]
_FIND: list[Find] = []
_NUMBERS: list[Numbers] = []


def register_citizens(find: Find, numbers: Numbers) -> None:
    """Tell from AppConfig.ready how to find a case's citizen, and the case numbers of citizens.

    Both are given the municipalities whose cases count.
    """
    _FIND[:], _NUMBERS[:] = [find], [numbers]


def citizen_of(number: str, municipality_ids: Collection[int]) -> Found | None:
    """The citizen of the case with this number in one of the municipalities."""
    return next((found for find in _FIND if (found := find(number, municipality_ids))), None)


def case_numbers(
    citizen_ids: Collection[int], municipality_ids: Collection[int]
) -> Mapping[int, str]:
    """A case number for each of the citizens who has a case in one of the municipalities."""
    return {
        citizen: number
        for numbers in _NUMBERS
        for citizen, number in numbers(citizen_ids, municipality_ids).items()
    }
