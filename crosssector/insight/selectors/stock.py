"""The residents of shelters by the days of refund they have left, and what they cost."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)

from crosssector.insight.rules import FAR, LEFT_FROM, NEAR, OVER, OVER_FROM, StockBand
from crosssector.insight.selectors.scope import Scope, residents, stays
from crosssector.keyset import Found, by_day, find
from housing.models import Offer, ReimbursementClock, Stay

ROWS_PER_PAGE = 50
MONTH = timedelta(days=30)
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Amounts:
    """Kroner a week: what the shelters charge less own payment, the refund, and what is left."""

    gross: Decimal = ZERO
    refund: Decimal = ZERO

    @property
    def net(self) -> Decimal:
        return self.gross - self.refund

    def __add__(self, other: Amounts) -> Amounts:
        return Amounts(self.gross + other.gross, self.refund + other.refund)


@dataclass(frozen=True, slots=True)
class BandCount:
    citizens: int = 0
    with_offer: int = 0
    weekly: Amounts = Amounts()

    def __add__(self, other: BandCount) -> BandCount:
        return BandCount(
            self.citizens + other.citizens,
            self.with_offer + other.with_offer,
            self.weekly + other.weekly,
        )


@dataclass(frozen=True, slots=True)
class Flow:
    """Residents 30 days ago, and who came and left since."""

    then: int
    came: int
    left: int


@dataclass(frozen=True, slots=True)
class Stock:
    """The residents by band; `uncounted` are those without a clock, as no limit counts them."""

    bands: Mapping[StockBand, BandCount]
    uncounted: int
    flow: Flow

    def of(self, bands: Collection[StockBand]) -> BandCount:
        return sum((self.bands[band] for band in bands), BandCount())

    @property
    def over(self) -> BandCount:
        return self.of(OVER)

    @property
    def near(self) -> BandCount:
        return self.of(NEAR)

    @property
    def far(self) -> BandCount:
        return self.of(FAR)

    @property
    def counted(self) -> BandCount:
        return self.of(list(StockBand))

    @property
    def citizens(self) -> int:
        return self.counted.citizens + self.uncounted


def clocks(scope: Scope) -> QuerySet[Any]:
    """The clocks of the residents, each with its `band`."""
    rows = ReimbursementClock.objects.filter(stay__in=residents(scope)).at(scope.day)
    return rows.annotate(band=_band(scope.day))


def stock_of(scope: Scope) -> Stock:
    """Two queries, however many residents."""
    offered = Offer.objects.live().filter(case=OuterRef("stay__case_id"))
    found = {
        StockBand(row["band"]): BandCount(
            citizens=row["citizens"],
            with_offer=row["with_offer"],
            weekly=_amounts(StockBand(row["band"]), row["before"], row["after"]),
        )
        for row in clocks(scope)
        .order_by()
        .values("band")
        .annotate(
            citizens=Count("pk"),
            with_offer=Count("pk", filter=Exists(offered)),
            before=Sum("weekly_before_dkk"),
            after=Sum("weekly_after_dkk"),
        )
    }
    uncounted, flow = _uncounted_and_flow(scope)
    return Stock(
        bands={band: found.get(band, BandCount()) for band in StockBand},
        uncounted=uncounted,
        flow=flow,
    )


def _uncounted_and_flow(scope: Scope) -> tuple[int, Flow]:
    then = scope.day - MONTH
    since = {"gt": then, "lte": scope.day}
    row = stays(scope).aggregate(
        then=Count(
            "pk",
            filter=Q(admitted_on__lte=then)
            & (Q(discharged_on__isnull=True) | Q(discharged_on__gt=then)),
        ),
        came=Count("pk", filter=Q(**{f"admitted_on__{k}": v for k, v in since.items()})),
        left=Count("pk", filter=Q(**{f"discharged_on__{k}": v for k, v in since.items()})),
        uncounted=Count("pk", filter=Q(discharged_on__isnull=True, clock__isnull=True)),
    )
    return row.pop("uncounted"), Flow(**row)


def residents_in(scope: Scope, bands: Collection[StockBand] | None) -> QuerySet[Any]:
    """The residents of these bands, or all; the refund that ends first comes first.

    Each with what a line about them needs, and whether they have an offer (`has_offer`).
    """
    rows = residents(scope)
    if bands is not None:
        rows = rows.filter(clock__in=clocks(scope).filter(band__in=list(bands)))
    return (
        rows.select_related("case__citizen", "case__adviser", "shelter", "clock")
        .annotate(
            has_offer=Exists(Offer.objects.live().filter(case=OuterRef("case_id"))),
            order_key=by_day("clock__last_refundable_on"),
        )
        .order_by("order_key")
    )


def page_of_residents(
    scope: Scope, bands: Collection[StockBand] | None, *, after: str, before: str
) -> Found:
    return find(
        residents_in(scope, bands), "order_key", after=after, before=before, size=ROWS_PER_PAGE
    )


def weekly_of(stay: Stay, day: date) -> Decimal | None:
    """What the municipality pays a week for the resident today; None without a clock."""
    clock: ReimbursementClock | None = getattr(stay, "clock", None)
    if clock is None:
        return None
    is_over = clock.last_refundable_on < day
    return clock.weekly_after_dkk if is_over else clock.weekly_before_dkk


def _band(day: date) -> Case:
    """`stock_band` in SQL, over the annotations of `at`."""
    is_over = Q(last_refundable_on__lt=day)
    whens = [
        When(is_over & Q(days_over__gte=fewest), then=Value(band.value))
        for band, fewest in OVER_FROM.items()
    ]
    whens += [
        When(~is_over & Q(days_left__gte=fewest), then=Value(band.value))
        for band, fewest in LEFT_FROM.items()
    ]
    return Case(*whens, output_field=CharField())


def _amounts(band: StockBand, before: Decimal, after: Decimal) -> Amounts:
    """The week of a band: nothing is refunded of those over the limit."""
    return Amounts(gross=after, refund=ZERO if band in OVER else after - before)
