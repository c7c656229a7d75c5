"""Finds whom a row of an invoice is about, and what is registered of them at the shelter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db.models import Q

from cases.models import Citizen
from crosssector.reimbursement.enums import Difference, InvoiceState
from crosssector.reimbursement.invoicing import Registered
from crosssector.reimbursement.models import InvoiceLine
from housing.models import Shelter, Stay
from housing.shelters.clock import listed_rates, rate_periods
from housingfirst.base.crypto import blind_index
from housingfirst.imports.columns import ReadLine

YEAR: Final = timedelta(days=365)
PRICES: Final = {Difference.RATE, Difference.NIGHTS, Difference.AMOUNT}
"""What is wrong with a price says nothing of whose night it is."""


@dataclass(slots=True)
class Known:
    """Of the shelter: its residents by what may be written of them, their stays, and the nights
    that other invoices have had already."""

    by_cpr: dict[bytes, int]
    by_number: dict[str, int]
    by_name: dict[str, list[int]]
    stays: dict[int, list[Registered]]
    taken: dict[int, set[date]]

    def citizen_of(self, values: Mapping[str, Any]) -> int | None:
        """The citizen, if exactly one fits: by CPR number, by the shelter's own number, by name."""
        if values["cpr"] is not None:
            return self.by_cpr.get(blind_index(values["cpr"].digits))
        if values["external_id"]:
            return self.by_number.get(values["external_id"].casefold())
        named = self.by_name.get((values["name"] or "").casefold(), [])
        return named[0] if len(named) == 1 else None


def known_of(
    shelter: Shelter,
    municipality_id: int,
    lines: Sequence[ReadLine],
    *,
    starts_on: date,
    ends_on: date,
) -> Known:
    """Of those who stayed in the period or in the year before it: somebody may be invoiced long
    after having left. A few queries, whatever the length of the invoice."""
    stays = list(
        Stay.objects.filter(shelter=shelter, admitted_on__lt=ends_on)
        .filter(Q(discharged_on__isnull=True) | Q(discharged_on__gte=starts_on - YEAR))
        .for_clock()
        .select_related("case", "citizen", "shelter")
    )
    indexes = {bytes(blind_index(v.digits)) for line in lines if (v := line.values["cpr"])}
    citizens = Citizen.objects.filter(cpr_index__in=indexes, stays__shelter=shelter)
    known = Known(
        by_cpr={bytes(one.cpr_index or b""): one.pk for one in citizens},
        by_number={s.external_id.casefold(): s.citizen_id for s in stays if s.external_id},
        by_name=defaultdict(list),
        stays=defaultdict(list),
        taken=_taken(shelter, municipality_id, starts_on, ends_on),
    )
    for stay in stays:
        named = known.by_name[stay.citizen.name.casefold()]
        if stay.citizen_id not in named:
            named.append(stay.citizen_id)
        known.stays[stay.citizen_id].append(_registered(stay, municipality_id, ends_on))
    return known


def registered_nights(known: Known, starts_on: date, ends_on: date) -> int:
    """Of the municipality's residents in [starts_on, ends_on)."""
    spans = (stay for stays in known.stays.values() for stay in stays if stay.is_ours)
    return sum(
        max((min(stay.ends_on, ends_on) - max(stay.admitted_on, starts_on)).days, 0)
        for stay in spans
    )


def _registered(stay: Stay, municipality_id: int, ends_on: date) -> Registered:
    """A same-day stay is one night: a rate was charged for it."""
    end = stay.discharged_on or ends_on
    rates: list[tuple[date, Decimal]] = [(stay.admitted_on, stay.daily_rate_dkk)]
    for period in rate_periods(stay, listed_rates(stay)):
        rates.append((period.starts_on, period.daily_rate_dkk))
    return Registered(
        admitted_on=stay.admitted_on,
        discharged_on=stay.discharged_on,
        ends_on=max(end, stay.admitted_on + timedelta(days=1)),
        rates=rates,
        is_ours=stay.case.municipality_id == municipality_id,
        key=stay,
    )


def _taken(
    shelter: Shelter, municipality_id: int, starts_on: date, ends_on: date
) -> dict[int, set[date]]:
    """By citizen, the right nights of invoices for these nights that were not objected to."""
    taken: dict[int, set[date]] = defaultdict(set)
    lines = InvoiceLine.objects.filter(
        invoice__shelter=shelter,
        invoice__municipality=municipality_id,
        invoice__starts_on__lt=ends_on,
        invoice__ends_on__gt=starts_on,
        case__isnull=False,
    ).exclude(invoice__state=InvoiceState.OBJECTED)
    for line in lines.select_related("case"):
        wrong: set[date] = set()
        for one in line.differences:
            if one["code"] not in PRICES and one["from"]:
                first, last = date.fromisoformat(one["from"]), date.fromisoformat(one["to"])
                wrong.update(first + timedelta(days=n) for n in range((last - first).days + 1))
        nights = {line.starts_on + timedelta(days=n) for n in range(line.nights)}
        if line.case is not None:
            taken[line.case.citizen_id] |= nights - wrong
    return taken
