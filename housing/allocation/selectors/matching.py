"""The order of the waiting list and what must be met, as SQL.

`rules.match` explains one referral; this orders all of them without loading any. Both say the same:
what depends on a choice field is derived from the rules, and a test compares the rest.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import (
    Case,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import Combinable

from housing.allocation.enums import OfferStatus, Stairs, Track, Urgency
from housing.allocation.models import HousingReferral, Offer
from housing.allocation.rules import (
    DEFAULT_REACH,
    NEAR_LIMIT_DAYS,
    TRACK_KINDS,
    Criterion,
    DwellingFacts,
    Group,
    Must,
    Reach,
    ReferralFacts,
    State,
    Verdict,
    match,
)

FAR: Final = 100
"""What a criterion missed by much adds to `missed_by`; one missed by little adds 1."""

ORDER = ("group", "waits_from", "pk")
"""Who is offered a home first. `pk` makes the order total."""

RANKED_ORDER = ("verdict_rank", *ORDER)
"""Those whom the dwelling fits first. After `with_verdict`."""

VERDICT_RANK: Final = {Verdict.FITS: 0, Verdict.WOULD_FIT_IF: 1, Verdict.DOES_NOT_FIT: 2}


def with_order(referrals: QuerySet[HousingReferral], day: date) -> QuerySet[HousingReferral]:
    """Annotates `refundable_on` (last refundable day of the running stay) with the days over as
    they were counted, `group`, and `is_offered`.

    Lost homes and earlier answers are not read at all.
    """
    live = Offer.objects.filter(case=OuterRef("case_id"), status=OfferStatus.LIVE)
    last_day = "open_stay__clock__last_refundable_on"
    near = day + timedelta(days=NEAR_LIMIT_DAYS)
    # a mapping, because the model declares what is annotated here
    columns: dict[str, Any] = {
        "refundable_on": F(last_day),
        "over_counted": F("open_stay__clock__over"),
        "over_counted_on": F("open_stay__clock__counted_on"),
        "group": Case(
            When(**{f"{last_day}__lt": day}, then=Value(int(Group.OVER))),
            When(**{f"{last_day}__lt": near}, then=Value(int(Group.NEAR_LIMIT))),
            When(urgency=Urgency.URGENT, then=Value(int(Group.URGENT))),
            default=Value(int(Group.ORDINARY)),
            output_field=IntegerField(),
        ),
        "is_offered": Exists(live),
    }
    open_stay = FilteredRelation(
        "case__citizen__stays", condition=Q(case__citizen__stays__discharged_on__isnull=True)
    )
    return referrals.alias(open_stay=open_stay).annotate(**columns)


def with_verdict(
    referrals: QuerySet[HousingReferral],
    dwelling: DwellingFacts,
    *,
    reach: Reach = DEFAULT_REACH,
) -> QuerySet[HousingReferral]:
    """Annotates `verdict_rank`: 0 fits, 1 would fit if, 2 does not fit. After `with_order`."""
    rank: dict[str, Any] = {
        "verdict_rank": Case(
            When(missed_by=0, then=Value(VERDICT_RANK[Verdict.FITS])),
            When(missed_by__lte=reach.changes, then=Value(VERDICT_RANK[Verdict.WOULD_FIT_IF])),
            default=Value(VERDICT_RANK[Verdict.DOES_NOT_FIT]),
            output_field=IntegerField(),
        )
    }
    return referrals.alias(missed_by=missed_by(dwelling, reach)).annotate(**rank)


def only(
    referrals: QuerySet[HousingReferral], verdict: Verdict | None
) -> QuerySet[HousingReferral]:
    """Those with this verdict; all without one. After `with_verdict`."""
    return referrals.filter(**{"verdict_rank": VERDICT_RANK[verdict]}) if verdict else referrals


def missed_by(dwelling: DwellingFacts, reach: Reach = DEFAULT_REACH) -> Combinable:
    """How far the dwelling is from fitting: 0 fits, at most `reach.changes` would fit if."""
    near_stairs, far_stairs = missed_stairs(dwelling, reach)
    one_room_less = Q(rooms_min=dwelling.rooms + 1, children=0)
    points = [
        _points(
            near=Q(rent_max_dkk__lt=dwelling.rent_dkk),
            far=Q(rent_max_dkk__lt=dwelling.rent_dkk - reach.rent_dkk),
        ),
        _points(near=one_room_less, far=Q(rooms_min__gt=dwelling.rooms) & ~one_room_less),
        _points(near=Q(stairs__in=near_stairs), far=Q(stairs__in=far_stairs)),
        _points(near=Q(Exists(_unfit(dwelling.area)))),
        _points(far=Q(track__in=wrong_tracks(dwelling))),
        _points(far=Q(is_offered=True)),
    ]
    if not dwelling.pets_allowed:
        points.append(_points(near=Q(has_pets=True)))
    total: Combinable = Value(FAR if dwelling.is_barred else 0, output_field=IntegerField())
    for more in points:
        total = total + more
    return total


def _points(*, near: Q | None = None, far: Q | None = None) -> Case:
    """What one criterion adds: `far` is asked first."""
    whens = [When(far, then=Value(FAR))] if far is not None else []
    if near is not None:
        whens.append(When(near, then=Value(1)))
    return Case(*whens, default=Value(0), output_field=IntegerField())


def verdict_of(rank: int) -> Verdict:
    return next(verdict for verdict, known in VERDICT_RANK.items() if known == rank)


def missed_stairs(dwelling: DwellingFacts, reach: Reach) -> tuple[set[str], set[str]]:
    """The answers about stairs that this dwelling misses by little and by much."""
    states = {
        stairs: _state(match(ReferralFacts(stairs=stairs), dwelling, reach=reach).hard, Must.STAIRS)
        for stairs in Stairs
    }
    return (
        {stairs.value for stairs, state in states.items() if state == State.NEAR},
        {stairs.value for stairs, state in states.items() if state == State.FAR},
    )


def _state(criteria: Iterable[Criterion], must: Must) -> State:
    return next(criterion.state for criterion in criteria if criterion.must == must)


def wrong_tracks(dwelling: DwellingFacts) -> list[str]:
    return [track.value for track in Track if dwelling.kind not in TRACK_KINDS[track]]


def _unfit(area: int) -> QuerySet[Model]:
    through = HousingReferral.unfit_areas.through
    rows: QuerySet[Model] = through._default_manager.filter(
        housingreferral=OuterRef("pk"), area=area
    )
    return rows
