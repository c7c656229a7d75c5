"""How a dwelling fits, by tables and by properties. No database, no clock."""

from dataclasses import fields, replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from housing.allocation.enums import Stairs, Track, Urgency
from housing.allocation.rules import (
    NEAR_LIMIT_DAYS,
    DwellingFacts,
    Group,
    Must,
    ReferralFacts,
    State,
    Verdict,
    Want,
    group_of,
    match,
    stairwell_of,
    with_changes,
)
from housing.supply.enums import DwellingKind

FLAT = DwellingFacts(
    area=1,
    area_name="Havnekvarteret",
    rent_dkk=Decimal(4_930),
    rooms=2,
    floor=0,
    pets_allowed=False,
)
ASKS = ReferralFacts(rent_max_dkk=Decimal(5_250), rooms_min=1)
FITS, IF, NOT = Verdict.FITS, Verdict.WOULD_FIT_IF, Verdict.DOES_NOT_FIT


def state_of(referral: ReferralFacts, dwelling: DwellingFacts, must: Must) -> State:
    return next(row.state for row in match(referral, dwelling).hard if row.must == must)


@pytest.mark.parametrize(
    ("referral", "dwelling", "verdict", "changes"),
    [
        pytest.param(ASKS, FLAT, FITS, [], id="all-met"),
        pytest.param(replace(ASKS, rent_max_dkk=None), FLAT, FITS, [], id="rent-unknown-passes"),
        pytest.param(
            replace(ASKS, rent_max_dkk=Decimal(4_930)), FLAT, FITS, [], id="rent-exactly-at-ceiling"
        ),
        pytest.param(
            replace(ASKS, rent_max_dkk=Decimal(4_700)), FLAT, IF, [Must.RENT], id="rent-230-over"
        ),
        pytest.param(
            replace(ASKS, rent_max_dkk=Decimal(4_430)), FLAT, IF, [Must.RENT], id="rent-500-over"
        ),
        pytest.param(
            replace(ASKS, rent_max_dkk=Decimal("4429.99")), FLAT, NOT, [], id="rent-just-over-500"
        ),
        pytest.param(replace(ASKS, has_pets=True), FLAT, IF, [Must.PETS], id="pets-not-allowed"),
        pytest.param(replace(ASKS, rooms_min=3), FLAT, IF, [Must.ROOMS], id="one-room-less"),
        pytest.param(replace(ASKS, rooms_min=4), FLAT, NOT, [], id="two-rooms-less"),
        pytest.param(
            replace(ASKS, rooms_min=3, children=2), FLAT, NOT, [], id="childrens-rooms-stand"
        ),
        pytest.param(
            replace(ASKS, unfit_areas=frozenset({1})), FLAT, IF, [Must.AREA], id="area-ruled-out"
        ),
        pytest.param(
            replace(ASKS, unfit_areas=frozenset({2})), FLAT, FITS, [], id="other-area-ruled-out"
        ),
        pytest.param(
            replace(ASKS, unfit_areas=frozenset({1}), has_pets=True),
            FLAT,
            IF,
            [Must.PETS, Must.AREA],
            id="two-small-changes",
        ),
        pytest.param(
            replace(ASKS, unfit_areas=frozenset({1}), has_pets=True, rent_max_dkk=Decimal(4_800)),
            FLAT,
            NOT,
            [],
            id="three-changes-are-too-many",
        ),
        pytest.param(replace(ASKS, has_live_offer=True), FLAT, NOT, [], id="has-another-offer"),
        pytest.param(ASKS, replace(FLAT, is_barred=True), NOT, [], id="estate-barred"),
        pytest.param(ASKS, replace(FLAT, kind=DwellingKind.YOUTH), NOT, [], id="youth-dwelling"),
        pytest.param(
            replace(ASKS, track=Track.YOUTH),
            replace(FLAT, kind=DwellingKind.YOUTH),
            FITS,
            [],
            id="youth-track",
        ),
        pytest.param(
            replace(ASKS, track=Track.SKAEV), FLAT, NOT, [], id="needs-another-kind-of-home"
        ),
    ],
)
def test_verdict(
    referral: ReferralFacts, dwelling: DwellingFacts, verdict: Verdict, changes: list[Must]
) -> None:
    found = match(referral, dwelling)

    assert found.verdict == verdict
    assert [change.must for change in found.changes] == changes


@pytest.mark.parametrize(
    ("stairs", "floor", "has_lift", "step_free", "state"),
    [
        pytest.param(Stairs.ANY, 7, False, False, State.MET, id="any-floor"),
        pytest.param(Stairs.SECOND, 2, False, False, State.MET, id="at-the-limit"),
        pytest.param(Stairs.SECOND, 3, False, False, State.NEAR, id="one-floor-over"),
        pytest.param(Stairs.SECOND, 4, False, False, State.FAR, id="two-floors-over"),
        pytest.param(Stairs.FIRST, 5, True, False, State.MET, id="lift"),
        pytest.param(Stairs.GROUND, 0, False, False, State.MET, id="ground-floor"),
        pytest.param(Stairs.GROUND, -1, False, False, State.MET, id="basement"),
        pytest.param(Stairs.GROUND, 1, False, False, State.NEAR, id="first-floor"),
        pytest.param(Stairs.STEP_FREE, 4, True, True, State.MET, id="step-free"),
        pytest.param(Stairs.STEP_FREE, 0, False, False, State.NEAR, id="ground-floor-with-steps"),
        pytest.param(Stairs.STEP_FREE, 1, True, False, State.FAR, id="lift-with-steps"),
    ],
)
def test_stairs(stairs: Stairs, floor: int, has_lift: bool, step_free: bool, state: State) -> None:
    dwelling = replace(FLAT, floor=floor, has_lift=has_lift, step_free=step_free)

    assert state_of(replace(ASKS, stairs=stairs), dwelling, Must.STAIRS) == state


def test_J5_rent_212_over_says_that_a_rent_reduction_would_carry_it() -> None:
    dwelling = replace(FLAT, rent_dkk=Decimal(4_950))

    (change,) = match(replace(ASKS, rent_max_dkk=Decimal(4_738)), dwelling).changes

    assert change.params["excess"] == Decimal(212)
    assert change.params["reduced"] == Decimal(3_536)


@pytest.mark.parametrize("rent", [Decimal(4_499), Decimal(6_501)])
def test_no_rent_reduction_outside_its_rents(rent: Decimal) -> None:
    found = match(replace(ASKS, rent_max_dkk=rent - 1), replace(FLAT, rent_dkk=rent))

    assert "reduced" not in found.changes[0].params


@pytest.mark.parametrize(
    ("referral", "dwelling", "answers"),
    [
        pytest.param(ASKS, FLAT, [], id="no-wishes"),
        pytest.param(
            replace(ASKS, area_wishes=(3, 1)), FLAT, [(Want.AREA, True)], id="second-area"
        ),
        pytest.param(replace(ASKS, area_wishes=(3,)), FLAT, [(Want.AREA, False)], id="other-area"),
        pytest.param(
            replace(ASKS, wants_outdoor_space=True), FLAT, [(Want.OUTDOOR, False)], id="balcony"
        ),
        pytest.param(
            replace(ASKS, visiting_children=True), FLAT, [(Want.VISITING, True)], id="two-rooms"
        ),
        pytest.param(
            replace(ASKS, visiting_children=True),
            replace(FLAT, rooms=1),
            [(Want.VISITING, False)],
            id="one-room",
        ),
    ],
)
def test_wishes(
    referral: ReferralFacts, dwelling: DwellingFacts, answers: list[tuple[Want, bool]]
) -> None:
    found = match(referral, dwelling)

    assert [(wish.want, wish.is_met) for wish in found.wishes] == answers


def test_the_rank_of_a_wished_area_is_told() -> None:
    (wish,) = match(replace(ASKS, area_wishes=(3, 1)), FLAT).wishes

    assert wish.params["rank"] == 2


amounts = st.decimals(min_value=0, max_value=12_000, places=2)
areas = st.integers(min_value=1, max_value=4)
referrals = st.builds(
    ReferralFacts,
    track=st.sampled_from(Track),
    adults=st.integers(1, 3),
    children=st.integers(0, 4),
    rooms_min=st.integers(1, 5),
    stairs=st.sampled_from(Stairs),
    has_pets=st.booleans(),
    rent_max_dkk=st.none() | amounts,
    unfit_areas=st.frozensets(areas),
    has_live_offer=st.booleans(),
    area_wishes=st.lists(areas, unique=True).map(tuple),
    wants_outdoor_space=st.booleans(),
    visiting_children=st.booleans(),
)
dwellings = st.builds(
    DwellingFacts,
    area=areas,
    area_name=st.just("Havnekvarteret"),
    rent_dkk=amounts,
    kind=st.sampled_from(DwellingKind),
    rooms=st.integers(1, 6),
    floor=st.integers(-1, 9),
    has_lift=st.booleans(),
    step_free=st.booleans(),
    has_outdoor_space=st.booleans(),
    pets_allowed=st.booleans(),
    is_barred=st.booleans(),
)


@given(referral=referrals, dwelling=dwellings, wish=areas)
def test_a_wish_never_changes_the_verdict(
    referral: ReferralFacts, dwelling: DwellingFacts, wish: int
) -> None:
    before = match(referral, dwelling)
    more = replace(
        referral,
        area_wishes=(*(area for area in referral.area_wishes if area != wish), wish),
        wants_outdoor_space=True,
        visiting_children=True,
    )

    after = match(more, dwelling)

    assert (after.verdict, after.hard) == (before.verdict, before.hard)


@given(referral=referrals, dwelling=dwellings)
def test_the_verdict_follows_from_what_is_missed(
    referral: ReferralFacts, dwelling: DwellingFacts
) -> None:
    found = match(referral, dwelling)

    assert (found.verdict == Verdict.FITS) == (not found.missed)
    assert bool(found.changes) == (found.verdict == Verdict.WOULD_FIT_IF)
    assert all(change.state == State.NEAR for change in found.changes)


@given(referral=referrals, dwelling=dwellings)
def test_with_its_changes_made_it_fits(referral: ReferralFacts, dwelling: DwellingFacts) -> None:
    found = match(referral, dwelling)

    if found.verdict == Verdict.WOULD_FIT_IF:
        changed = with_changes(referral, dwelling, found.changes)
        assert match(changed, dwelling).verdict == Verdict.FITS


@given(referral=referrals, dwelling=dwellings)
def test_a_higher_ceiling_never_makes_it_fit_worse(
    referral: ReferralFacts, dwelling: DwellingFacts
) -> None:
    order = [Verdict.FITS, Verdict.WOULD_FIT_IF, Verdict.DOES_NOT_FIT]
    richer = replace(referral, rent_max_dkk=(referral.rent_max_dkk or Decimal(0)) + 500)

    if referral.rent_max_dkk is not None:
        before, after = match(referral, dwelling), match(richer, dwelling)
        assert order.index(after.verdict) <= order.index(before.verdict)


def test_H2_neither_lost_homes_nor_earlier_answers_are_among_the_facts() -> None:
    known = {field.name for field in (*fields(ReferralFacts), *fields(DwellingFacts))}

    assert not [
        name
        for name in known
        if any(word in name for word in ("lost", "tenanc", "declin", "earlier", "evict", "offers"))
    ]


@pytest.mark.parametrize(
    ("days_left", "urgency", "group"),
    [
        pytest.param(-1, Urgency.ORDINARY, Group.OVER, id="a-day-over"),
        pytest.param(0, Urgency.ORDINARY, Group.NEAR_LIMIT, id="today-is-the-last"),
        pytest.param(NEAR_LIMIT_DAYS - 1, Urgency.ORDINARY, Group.NEAR_LIMIT, id="13-left"),
        pytest.param(NEAR_LIMIT_DAYS, Urgency.ORDINARY, Group.ORDINARY, id="14-left"),
        pytest.param(NEAR_LIMIT_DAYS, Urgency.URGENT, Group.URGENT, id="14-left-and-urgent"),
        pytest.param(-1, Urgency.URGENT, Group.OVER, id="over-goes-before-urgent"),
        pytest.param(None, Urgency.ORDINARY, Group.ORDINARY, id="no-stay"),
        pytest.param(None, Urgency.URGENT, Group.URGENT, id="no-stay-urgent"),
    ],
)
def test_group(days_left: int | None, urgency: Urgency, group: Group) -> None:
    assert group_of(days_left, urgency) == group


@pytest.mark.parametrize(
    ("address", "stairwell"),
    [
        ("Skonnertvej 8, st. tv.", "Skonnertvej 8"),
        ("Bådevej 3 ,2. th.", "Bådevej 3"),
        ("Kompasset 14", "Kompasset 14"),
        ("", ""),
    ],
)
def test_stairwell(address: str, stairwell: str) -> None:
    assert stairwell_of(address) == stairwell
