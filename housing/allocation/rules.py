"""How well a dwelling fits a referral, and who is offered a home first.

Pure functions. What must be met, what is wished for and what would have to change are kept apart:
a wish can never turn "fits" into "does not fit". Neither lost homes nor earlier answers are among
the facts, so they cannot count. `selectors.matching` says the same in SQL; a test holds them equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Any, Final

from housing.allocation.enums import Stairs, Track, Urgency
from housing.supply.enums import DwellingKind

NEAR_LIMIT_DAYS: Final = 14
"""Fewer refund days left than this puts a citizen in the group that is offered a home first."""

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


def match(
    referral: ReferralFacts,
    dwelling: DwellingFacts,
    *,
    spread: Spread | None = None,
    reach: Reach = DEFAULT_REACH,
    rent_cut: RentCut = DEFAULT_RENT_CUT,
) -> Match:
    """Whether the dwelling fits, which wishes it meets, and the smallest changes if it does not.

    "Would fit if" needs every missed criterion to be missed by little (`reach`), and no more of
    them than `reach.changes`.
    """
    hard = (
        _rent(referral, dwelling, reach, rent_cut),
        _rooms(referral, dwelling),
        _stairs(referral, dwelling, reach),
        _pets(referral, dwelling),
        _area(referral, dwelling),
        _kind(referral, dwelling),
        _estate(dwelling),
        Criterion(Must.FREE, State.FAR if referral.has_live_offer else State.MET),
    )
    missed = tuple(criterion for criterion in hard if not criterion.is_met)
    within_reach = all(criterion.state == State.NEAR for criterion in missed)
    if not missed:
        verdict = Verdict.FITS
    elif within_reach and len(missed) <= reach.changes:
        verdict = Verdict.WOULD_FIT_IF
    else:
        verdict = Verdict.DOES_NOT_FIT
    return Match(
        hard=hard,
        wishes=tuple(_wishes(referral, dwelling)),
        verdict=verdict,
        changes=missed if verdict == Verdict.WOULD_FIT_IF else (),
        spread=spread,
    )


def with_changes(
    referral: ReferralFacts, dwelling: DwellingFacts, changes: tuple[Criterion, ...]
) -> ReferralFacts:
    """The referral as it would be if the citizen agreed to `changes`; it then fits `dwelling`."""
    for change in changes:
        match change.must:
            case Must.RENT:
                referral = replace(referral, rent_max_dkk=dwelling.rent_dkk)
            case Must.ROOMS:
                referral = replace(referral, rooms_min=dwelling.rooms)
            case Must.STAIRS:
                referral = replace(referral, stairs=Stairs.ANY)
            case Must.PETS:
                referral = replace(referral, has_pets=False)
            case Must.AREA:
                referral = replace(referral, unfit_areas=referral.unfit_areas - {dwelling.area})
            case Must.KIND | Must.ESTATE | Must.FREE:
                raise ValueError(f"{change.must} cannot be changed by the citizen")
    return referral


def _rent(
    referral: ReferralFacts, dwelling: DwellingFacts, reach: Reach, rent_cut: RentCut
) -> Criterion:
    ceiling, rent = referral.rent_max_dkk, dwelling.rent_dkk
    if ceiling is None:
        return Criterion(Must.RENT, State.UNKNOWN, {"rent": rent})
    params: dict[str, Any] = {"rent": rent, "ceiling": ceiling}
    if rent <= ceiling:
        return Criterion(Must.RENT, State.MET, params)
    reduced = rent - rent_cut.reduction_dkk
    if rent_cut.rent_from_dkk <= rent <= rent_cut.rent_to_dkk and reduced <= ceiling:
        params["reduced"] = reduced
    params["excess"] = rent - ceiling
    return Criterion(
        Must.RENT, State.NEAR if rent - ceiling <= reach.rent_dkk else State.FAR, params
    )


def _rooms(referral: ReferralFacts, dwelling: DwellingFacts) -> Criterion:
    params = {
        "rooms": dwelling.rooms,
        "least": referral.rooms_min,
        "adults": referral.adults,
        "children": referral.children,
    }
    lacking = referral.rooms_min - dwelling.rooms
    if lacking <= 0:
        return Criterion(Must.ROOMS, State.MET, params)
    # Children's rooms are not asked away.
    near = lacking == 1 and referral.children == 0
    return Criterion(Must.ROOMS, State.NEAR if near else State.FAR, params)


def _stairs(referral: ReferralFacts, dwelling: DwellingFacts, reach: Reach) -> Criterion:
    params = {"floor": dwelling.floor, "lift": dwelling.has_lift, "stairs": referral.stairs}
    if referral.stairs == Stairs.STEP_FREE:
        if dwelling.step_free:
            return Criterion(Must.STAIRS, State.MET, params)
        return Criterion(Must.STAIRS, State.NEAR if dwelling.floor <= 0 else State.FAR, params)
    limit = FLOOR_LIMIT.get(referral.stairs)
    if limit is None or dwelling.has_lift or dwelling.floor <= limit:
        return Criterion(Must.STAIRS, State.MET, params)
    near = dwelling.floor - limit <= reach.floors
    return Criterion(Must.STAIRS, State.NEAR if near else State.FAR, params)


def _pets(referral: ReferralFacts, dwelling: DwellingFacts) -> Criterion:
    met = dwelling.pets_allowed or not referral.has_pets
    return Criterion(Must.PETS, State.MET if met else State.NEAR, {"has_pets": referral.has_pets})


def _area(referral: ReferralFacts, dwelling: DwellingFacts) -> Criterion:
    met = dwelling.area not in referral.unfit_areas
    return Criterion(Must.AREA, State.MET if met else State.NEAR, {"area": dwelling.area_name})


def _kind(referral: ReferralFacts, dwelling: DwellingFacts) -> Criterion:
    met = dwelling.kind in TRACK_KINDS[referral.track]
    return Criterion(
        Must.KIND,
        State.MET if met else State.FAR,
        {"kind": dwelling.kind, "track": referral.track},
    )


def _estate(dwelling: DwellingFacts) -> Criterion:
    return Criterion(
        Must.ESTATE,
        State.FAR if dwelling.is_barred else State.MET,
        {"reason": dwelling.barred_reason},
    )


def _wishes(referral: ReferralFacts, dwelling: DwellingFacts) -> list[WishAnswer]:
    answers = []
    if referral.area_wishes:
        wanted = dwelling.area in referral.area_wishes
        rank = referral.area_wishes.index(dwelling.area) + 1 if wanted else 0
        answers.append(WishAnswer(Want.AREA, wanted, {"area": dwelling.area_name, "rank": rank}))
    if referral.wants_outdoor_space:
        answers.append(WishAnswer(Want.OUTDOOR, dwelling.has_outdoor_space))
    if referral.visiting_children:
        answers.append(WishAnswer(Want.VISITING, dwelling.rooms >= 2, {"rooms": dwelling.rooms}))
    return answers


class Group(IntEnum):
    """Who is offered a home first; within a group the longest wait goes first."""

    OVER = 0
    NEAR_LIMIT = 1
    URGENT = 2
    ORDINARY = 3


def group_of(days_left: int | None, urgency: Urgency) -> Group:
    """The group of a referral. `days_left` are refund days after today: below 0 over the limit,
    None without a running shelter stay."""
    if days_left is not None and days_left < 0:
        return Group.OVER
    if days_left is not None and days_left < NEAR_LIMIT_DAYS:
        return Group.NEAR_LIMIT
    return Group.URGENT if urgency == Urgency.URGENT else Group.ORDINARY


def stairwell_of(address: str) -> str:
    """Street and number of an address: "Skonnertvej 8" of "Skonnertvej 8, st. tv."."""
    return address.split(",", 1)[0].strip()
