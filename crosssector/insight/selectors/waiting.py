"""Citizens who wait for a home, offers that wait for an answer, and homes that stand empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    Aggregate,
    Count,
    Exists,
    F,
    FloatField,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
    Window,
)

from crosssector.insight.rules import WAIT_FROM, WaitBand
from crosssector.insight.selectors.scope import Scope, live_offers, open_vacancies, waiting
from crosssector.keyset import Found, by_day, by_moment, find
from housing.models import Offer, ReferralPaper
from housing.shelters.models import days_from
from housing.supply.rent import WEEK_DKK

ROWS_PER_PAGE: Final = 50
OFFERS_SHOWN: Final = 6


class Quartiles(Aggregate):
    """The first quarter, the median and the third quarter of a number: a list, or None."""

    template = "PERCENTILE_CONT(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = ArrayField(FloatField())


@dataclass(frozen=True, slots=True)
class WaitCount:
    citizens: int
    with_offer: int
    papers_missing: int


@dataclass(frozen=True, slots=True)
class Waits:
    """The waiting citizens by band; `quartiles` of their days are None when nobody waits."""

    bands: Mapping[WaitBand, WaitCount]
    quartiles: tuple[int, int, int] | None

    @property
    def citizens(self) -> int:
        return sum(band.citizens for band in self.bands.values())


@dataclass(frozen=True, slots=True)
class EmptyHomes:
    """Open vacancies whose vacancy rent runs, and what that costs a week."""

    homes: int
    weekly_dkk: Decimal


def waits_of(scope: Scope) -> Waits:
    """One query."""
    wanted: dict[str, Any] = {}
    for band in WaitBand:
        inside = in_wait_band(band, scope.day)
        wanted[f"citizens_{band}"] = Count("pk", filter=inside)
        wanted[f"offered_{band}"] = Count("pk", filter=inside & Q(has_offer=True))
        wanted[f"missing_{band}"] = Count("pk", filter=inside & Q(misses_papers=True))
    row = _described(scope).aggregate(**wanted, quartiles=Quartiles("days"))
    return Waits(
        bands={
            band: WaitCount(
                citizens=row[f"citizens_{band}"],
                with_offer=row[f"offered_{band}"],
                papers_missing=row[f"missing_{band}"],
            )
            for band in WaitBand
        },
        quartiles=_whole(row["quartiles"]),
    )


def page_of_waiting(scope: Scope, band: WaitBand | None, *, after: str, before: str) -> Found:
    """Referrals that wait, the longest first."""
    rows = _described(scope)
    rows = rows.filter(in_wait_band(band, scope.day)) if band else rows
    rows = rows.select_related("case__citizen", "case__adviser").annotate(
        order_key=by_day("waits_from")
    )
    return find(rows, "order_key", after=after, before=before, size=ROWS_PER_PAGE)


def in_wait_band(band: WaitBand, day: date) -> Q:
    """`wait_band` as a condition on the first day of the wait."""
    bands = list(WAIT_FROM)
    longer = bands.index(band) - 1
    condition = Q() if band == WaitBand.D0 else Q(waits_from__lte=_days_ago(day, band))
    if longer >= 0:
        condition &= Q(waits_from__gt=_days_ago(day, bands[longer]))
    return condition


def offers_of(scope: Scope) -> tuple[Sequence[Offer], int]:
    """The live offers to be answered first, and how many there are; one query."""
    rows = list(
        _offers(scope)
        .annotate(total=Window(Count("pk")))
        .order_by("answer_by", "pk")[:OFFERS_SHOWN]
    )
    return rows, rows[0].total if rows else 0


def page_of_offers(scope: Scope, *, after: str, before: str) -> Found:
    rows = _offers(scope).annotate(order_key=by_moment("answer_by"))
    return find(rows, "order_key", after=after, before=before, size=ROWS_PER_PAGE)


def empty_homes_of(scope: Scope) -> EmptyHomes:
    row = empty_homes(scope).aggregate(homes=Count("pk"), weekly=Sum("weekly_dkk"))
    return EmptyHomes(homes=row["homes"], weekly_dkk=row["weekly"] or Decimal(0))


def page_of_empty_homes(scope: Scope, *, after: str, before: str) -> Found:
    rows = empty_homes(scope).select_related("dwelling__estate__unit")
    rows = rows.annotate(
        order_key=by_day("vacancy_rent_from"),
        live=Exists(Offer.objects.live().filter(vacancy=OuterRef("pk"))),
    )
    return find(rows, "order_key", after=after, before=before, size=ROWS_PER_PAGE)


def empty_homes(scope: Scope) -> QuerySet[Any]:
    """Open vacancies whose rent the municipality pays today, each with its week (`weekly_dkk`)."""
    rows = open_vacancies(scope).filter(vacancy_rent_from__lte=scope.day)
    return rows.annotate(weekly_dkk=WEEK_DKK)


def _offers(scope: Scope) -> QuerySet[Any]:
    return live_offers(scope).select_related("case__citizen", "dwelling", "vacancy")


def _described(scope: Scope) -> QuerySet[Any]:
    """The waiting referrals with their `days`, `has_offer` and `misses_papers`."""
    papers = ReferralPaper.objects.filter(referral=OuterRef("pk"), received_on__isnull=True)
    return waiting(scope).annotate(
        days=days_from(F("waits_from"), Value(scope.day)),
        has_offer=Exists(Offer.objects.live().filter(referral=OuterRef("pk"))),
        misses_papers=Exists(papers),
    )


def _days_ago(day: date, band: WaitBand) -> date:
    return day - timedelta(days=WAIT_FROM[band])


def _whole(quartiles: Sequence[float] | None) -> tuple[int, int, int] | None:
    if not quartiles or quartiles[0] is None:
        return None
    first, median, third = (max(round(days), 0) for days in quartiles)
    return first, median, third
