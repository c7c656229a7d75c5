"""A row of an invoice held against the nights that are registered: pure.

A night is named by its evening; the day of discharge is none. What is invoiced is the nights from
the row's first day on, as many as it says: so a `to` that is the last night or the day after does
not matter, and one night too many shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

from crosssector.reimbursement.enums import Difference

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Registered:
    """A stay as it is registered: nights [admitted_on, ends_on) and what they cost from when."""

    admitted_on: date
    discharged_on: date | None
    ends_on: date
    rates: Sequence[tuple[date, Decimal]]
    is_ours: bool
    key: Any = None

    def has(self, night: date) -> bool:
        return self.admitted_on <= night < self.ends_on

    def rate_on(self, night: date) -> Decimal:
        """The rate of the latest change by then, the first one before it."""
        return next(
            (rate for since, rate in reversed(self.rates) if since <= night), self.rates[0][1]
        )


@dataclass(frozen=True, slots=True)
class Invoiced:
    """A row as it is written; `to_on` is the last night or the day after it, None when empty."""

    starts_on: date
    to_on: date | None
    nights: int
    rate_dkk: Decimal
    amount_dkk: Decimal

    @property
    def evenings(self) -> list[date]:
        return [self.starts_on + timedelta(days=n) for n in range(self.nights)]


@dataclass(slots=True)
class Judged:
    """What is right of a row. `differences` are JSON: `code`, `nights` and what belongs to it."""

    nights: int = 0
    amount_dkk: Decimal = Decimal("0.00")
    differences: list[dict[str, Any]] = field(default_factory=list)
    stay: Registered | None = None


def judge(
    row: Invoiced,
    stays: Sequence[Registered] | None,
    *,
    taken: set[date],
    starts_on: date,
    ends_on: date,
) -> Judged:
    """What is right of a row, and what is not. `stays` None: nobody was found.

    `taken` are the resident's nights that were invoiced before; those of this row are added.
    [starts_on, ends_on) is the period of the invoice.
    """
    judged = Judged()
    if stays is None:
        _add(judged, Difference.UNKNOWN, row.evenings)
        return judged
    ours = [stay for stay in stays if stay.is_ours]
    judged.stay = next((s for s in ours if any(s.has(n) for n in row.evenings)), None) or next(
        iter(sorted(ours, key=lambda s: abs((s.admitted_on - row.starts_on).days))), None
    )
    right: list[tuple[date, Decimal]] = []
    wrong: list[tuple[date, Difference]] = []
    for night in row.evenings:
        stay = next((stay for stay in ours if stay.has(night)), None)
        if not starts_on <= night < ends_on:
            wrong.append((night, Difference.OUTSIDE))
        elif stay is None:
            wrong.append((night, _why_not(night, stays, ours)))
        elif night in taken:
            wrong.append((night, Difference.OVERLAP))
        else:
            right.append((night, stay.rate_on(night)))
    taken.update(night for night, _rate in right)
    judged.nights = len(right)
    judged.amount_dkk = sum((rate for _night, rate in right), Decimal("0.00"))
    for code, run in _runs(wrong):
        _add(judged, _one_day(code, run, ours), run)
    _about_price(judged, row, right)
    return judged


def _why_not(night: date, stays: Sequence[Registered], ours: Sequence[Registered]) -> Difference:
    if any(stay.has(night) for stay in stays):
        return Difference.NOT_OURS
    if any(s.discharged_on is not None and s.discharged_on <= night for s in ours):
        return Difference.AFTER_DISCHARGE
    return Difference.BEFORE_ADMISSION if ours else Difference.NOT_OURS


def _one_day(code: Difference, run: Sequence[date], ours: Sequence[Registered]) -> Difference:
    """One night too many, on the very day of discharge, is a mistake of its own."""
    is_one = code is Difference.AFTER_DISCHARGE and len(run) == 1
    if is_one and any(stay.discharged_on == run[0] for stay in ours):
        return Difference.DISCHARGE_DAY
    return code


def _about_price(judged: Judged, row: Invoiced, right: Sequence[tuple[date, Decimal]]) -> None:
    other = [(night, rate) for night, rate in right if rate != row.rate_dkk]
    if other:
        judged.differences.append(
            {
                "code": Difference.RATE,
                "nights": len(other),
                "invoiced": str(row.rate_dkk),
                "registered": str(other[0][1]),
            }
        )
    if row.to_on is not None and (row.to_on - row.starts_on).days not in (
        row.nights,
        row.nights - 1,
    ):
        dates = (row.to_on - row.starts_on).days
        judged.differences.append(
            {"code": Difference.NIGHTS, "nights": row.nights, "by_dates": dates}
        )
    if row.amount_dkk != row.nights * row.rate_dkk:
        judged.differences.append(
            {
                "code": Difference.AMOUNT,
                "nights": row.nights,
                "invoiced": str(row.amount_dkk),
                "registered": str(row.nights * row.rate_dkk),
            }
        )


def _runs(wrong: Iterable[tuple[date, Difference]]) -> Iterable[tuple[Difference, list[date]]]:
    """Nights that touch and are wrong alike, together."""

    def alike(pair: tuple[int, tuple[date, Difference]]) -> tuple[date, Difference]:
        at, (night, code) = pair
        return night - timedelta(days=at), code

    for (_start, code), group in groupby(enumerate(wrong), alike):
        yield code, [night for _at, (night, _code) in group]


def _add(judged: Judged, code: Difference, nights: Sequence[date]) -> None:
    judged.differences.append(
        {
            "code": code,
            "nights": len(nights),
            "from": nights[0].isoformat() if nights else None,
            "to": nights[-1].isoformat() if nights else None,
        }
    )
