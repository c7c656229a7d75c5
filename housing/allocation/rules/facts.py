"""What a referral asks, what a dwelling is, and what is held against what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from housing.allocation.enums import Stairs, Track
from housing.supply.enums import DwellingKind

TRACK_KINDS: Final[Mapping[Track, frozenset[DwellingKind]]] = {
    Track.OWN_HOME: frozenset({
        DwellingKind.FAMILY, DwellingKind.MUNICIPAL, DwellingKind.PRIVATE,
        DwellingKind.TRANSITIONAL,
    }),
    Track.YOUTH: frozenset({
        DwellingKind.YOUTH, DwellingKind.FAMILY, DwellingKind.MUNICIPAL, DwellingKind.PRIVATE,
    }),
    Track.SKAEV: frozenset({DwellingKind.SKAEV}),
    Track.ELDERLY: frozenset({DwellingKind.ELDERLY}),
}  # fmt: skip
"""The kinds of dwellings that the kind of home asked for can be."""

FLOOR_LIMIT: Final[Mapping[Stairs, int]] = {Stairs.SECOND: 2, Stairs.FIRST: 1, Stairs.GROUND: 0}
"""The highest floor without a lift; step-free is asked of the dwelling itself."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How small a change must be to be worth asking the citizen about: the municipality's choice.

    `rent_dkk` per month over the ceiling, `floors` above the limit, and `changes` at most.
    """

    rent_dkk: Decimal = Decimal(500)
    floors: int = 1
    changes: int = 2


DEFAULT_REACH: Final = Reach()


@dataclass(frozen=True, slots=True)
class RentCut:
    """Temporary rent reduction: what it takes off the rent, and the rents it is given for."""

    reduction_dkk: Decimal = Decimal(1_414)
    rent_from_dkk: Decimal = Decimal(4_500)
    rent_to_dkk: Decimal = Decimal(6_500)
    source: str = "R-RENTCUT"


DEFAULT_RENT_CUT: Final = RentCut()


@dataclass(frozen=True, slots=True)
class ReferralFacts:
    """What a referral asks of a dwelling. `area_wishes` holds ids in the citizen's order."""

    track: Track = Track.OWN_HOME
    adults: int = 1
    children: int = 0
    rooms_min: int = 1
    stairs: Stairs = Stairs.ANY
    has_pets: bool = False
    rent_max_dkk: Decimal | None = None
    unfit_areas: frozenset[int] = frozenset()
    has_live_offer: bool = False
    area_wishes: tuple[int, ...] = ()
    wants_outdoor_space: bool = False
    visiting_children: bool = False


@dataclass(frozen=True, slots=True)
class DwellingFacts:
    """What a vacant dwelling is. `floor` 0 is the ground floor; `rent_dkk` is per month."""

    area: int
    area_name: str
    rent_dkk: Decimal
    kind: DwellingKind = DwellingKind.FAMILY
    rooms: int = 1
    floor: int = 0
    has_lift: bool = False
    step_free: bool = False
    has_outdoor_space: bool = False
    pets_allowed: bool = False
    is_barred: bool = False
    barred_reason: str = ""


class Must(StrEnum):
    """What must be met."""

    RENT = "rent"
    ROOMS = "rooms"
    STAIRS = "stairs"
    PETS = "pets"
    AREA = "area"
    KIND = "kind"
    ESTATE = "estate"
    FREE = "free"


class Want(StrEnum):
    """What the citizen wishes."""

    AREA = "area"
    OUTDOOR = "outdoor"
    VISITING = "visiting"


class State(StrEnum):
    """Of a criterion: met, met as far as is known, missed by little, missed by much."""

    MET = "met"
    UNKNOWN = "unknown"
    NEAR = "near"
    FAR = "far"


class Verdict(StrEnum):
    FITS = "fits"
    WOULD_FIT_IF = "would_fit_if"
    DOES_NOT_FIT = "does_not_fit"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that must be met. `params` are the figures its sentence needs."""

    must: Must
    state: State
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_met(self) -> bool:
        return self.state in (State.MET, State.UNKNOWN)


@dataclass(frozen=True, slots=True)
class WishAnswer:
    """One wish, and whether the dwelling has it."""

    want: Want
    is_met: bool
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Spread:
    """Allocations of the last twelve months to the same stairwell and estate (H6)."""

    stairwell: int
    estate: int


@dataclass(frozen=True, slots=True)
class Match:
    """The explained match. `changes` are the criteria that, if given up, would make it fit."""

    hard: tuple[Criterion, ...]
    wishes: tuple[WishAnswer, ...]
    verdict: Verdict
    changes: tuple[Criterion, ...]
    spread: Spread | None = None

    @property
    def missed(self) -> tuple[Criterion, ...]:
        return tuple(criterion for criterion in self.hard if not criterion.is_met)
