"""How well a dwelling fits a referral, with the reasons."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from housing.allocation.enums import Stairs
from housing.allocation.rules.facts import (
    DEFAULT_REACH,
    DEFAULT_RENT_CUT,
    FLOOR_LIMIT,
    TRACK_KINDS,
    Criterion,
    DwellingFacts,
    Match,
    Must,
    Reach,
    ReferralFacts,
    RentCut,
    Spread,
    State,
    Verdict,
    Want,
    WishAnswer,
)


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


def stairwell_of(address: str) -> str:
    """Street and number of an address: "Skonnertvej 8" of "Skonnertvej 8, st. tv."."""
    return address.split(",", 1)[0].strip()
