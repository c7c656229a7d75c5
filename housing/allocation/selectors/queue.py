"""Who waits, in order, and how one of them fits a vacancy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from housing.allocation.enums import OfferStatus
from housing.allocation.models import HousingReferral, Offer
from housing.allocation.rules import Match, Spread, Verdict, match, stairwell_of
from housing.allocation.selectors.facts import dwelling_facts, referral_facts
from housing.allocation.selectors.matching import ORDER, only, with_order, with_verdict

if TYPE_CHECKING:
    from housing.supply.models import Vacancy
    from housingfirst.access.models import User

SPREAD_OVER = timedelta(days=365)


def waiting_for(user: User, municipality_id: int, day: date) -> QuerySet[HousingReferral]:
    """The municipality's waiting referrals that the user sees, with what orders them."""
    return with_order(
        HousingReferral.objects.visible_to(user).waiting().filter(municipality=municipality_id),
        day,
    )


def first_fitting(vacancy: Vacancy, user: User, day: date) -> int | None:
    """The primary key of the referral that comes first among those the dwelling fits."""
    waiting = waiting_for(user, vacancy.municipality_id, day)
    fitting = only(with_verdict(waiting, dwelling_facts(vacancy)), Verdict.FITS)
    return fitting.order_by(*ORDER).values_list("pk", flat=True).first()


def match_of(referral: HousingReferral, vacancy: Vacancy, day: date) -> Match:
    """The explained match with the spread (H6)."""
    return match(referral_facts(referral), dwelling_facts(vacancy), spread=spread_of(vacancy, day))


def spread_of(vacancy: Vacancy, day: date) -> Spread:
    """How many homes were allocated to the same stairwell and estate in the last year."""
    stairwell = stairwell_of(vacancy.dwelling.address)
    accepted = Offer.objects.filter(
        dwelling__estate=vacancy.dwelling.estate_id,
        status=OfferStatus.ACCEPTED,
        ended_at__date__gt=day - SPREAD_OVER,
    )
    return Spread(
        **accepted.aggregate(
            estate=Count("pk"),
            stairwell=Count(
                "pk",
                filter=Q(dwelling__address=stairwell)
                | Q(dwelling__address__startswith=f"{stairwell},"),
            ),
        )
    )


def places(referrals: Sequence[HousingReferral], day: date) -> dict[int, int]:
    """Each waiting referral's place among all of its municipality, also those the user does not
    see: a number tells nothing of them. One query for each municipality.

    The referrals came through `with_order`.
    """
    wanted = {referral.pk for referral in referrals}
    found: dict[int, int] = {}
    for municipality_id in {referral.municipality_id for referral in referrals}:
        waiting = with_order(
            HousingReferral.objects.waiting().filter(municipality=municipality_id), day
        )
        in_order = waiting.order_by(*ORDER).values_list("pk", flat=True)
        found |= {pk: place for place, pk in enumerate(in_order, start=1) if pk in wanted}
    return found


def with_place(referrals: QuerySet[HousingReferral], day: date) -> QuerySet[HousingReferral]:
    """The same as a column, `place`, for the few referrals of one case. After `with_order`."""
    earlier = (
        Q(group__lt=OuterRef("group"))
        | Q(group=OuterRef("group"), waits_from__lt=OuterRef("waits_from"))
        | Q(group=OuterRef("group"), waits_from=OuterRef("waits_from"), pk__lt=OuterRef("pk"))
    )
    waiting = HousingReferral.objects.waiting().filter(municipality=OuterRef("municipality"))
    ahead = (
        with_order(waiting, day)
        .filter(earlier)
        .order_by()
        .values("municipality")
        .annotate(n=Count("pk"))
        .values("n")
    )
    # a mapping, because the model declares what is annotated here
    columns: dict[str, Any] = {"place": Coalesce(Subquery(ahead), 0) + 1}
    return referrals.annotate(**columns)
