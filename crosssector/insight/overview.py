"""What the template of the team lead's page asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crosssector.insight.lists import Cell, Line, due_cell, offer_line
from crosssector.insight.rules import FAR, NEAR, NEAR_DAYS, OVER, StockBand, WaitBand
from crosssector.insight.selectors import late, stock, waiting
from crosssector.insight.selectors.scope import Scope, units
from crosssector.insight.selectors.stock import Amounts, Stock
from crosssector.worklist.enums import Show
from housing.models import Offer
from housingfirst.ui import words
from housingfirst.ui.figures import Bar, Kind

BAND_KINDS: dict[StockBand, Kind] = {
    **dict.fromkeys(OVER, "over"),
    **dict.fromkeys(NEAR, "now"),
    StockBand.LEFT_15: "soon",
    StockBand.LEFT_31: "use",
    StockBand.LEFT_61: "use",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure: what it counts, the number, and a line beneath."""

    label: str
    value: int
    url: str
    note: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class CostRow:
    label: str
    url: str
    amounts: Amounts
    is_over: bool = False


def overview_context(scope: Scope, offers: Sequence[Offer], offers_total: int) -> dict[str, Any]:
    """`offers` are the live offers the page names, out of `offers_total`."""
    residents = stock.stock_of(scope)
    waits = waiting.waits_of(scope)
    homes = waiting.empty_homes_of(scope)
    return {
        "today": capfirst(words.day_long(scope.day, today=scope.day)),
        "now": words.clock(scope.now),
        "unit": scope.unit,
        "units": units(scope.user),
        "figures": _figures(scope, residents, waits),
        "stock": residents,
        "bars": stock_bars(scope, residents),
        "finding": _finding(residents),
        "limit_after": len(OVER),
        "bar_columns": [_("Kroner a week, the municipality")],
        "costs": _costs(scope, residents, homes),
        "waits": waits,
        "wait_rows": [_wait_row(scope, band, waits) for band in WaitBand],
        "waiting_url": address("waiting_referrals", scope),
        "offers": [offer_line(offer, scope) for offer in offers],
        "offers_total": offers_total,
        "offers_url": address("open_offers", scope),
        "late_units": [_late_row(row, scope) for row in late.late_by_unit(scope)],
        "partners": [_partner_row(row, scope) for row in late.partners_of(scope)],
    }


def address(name: str, scope: Scope, **query: str) -> str:
    """A list's address with the unit of the page and its own filters."""
    if scope.unit is not None:
        query = {"unit": str(scope.unit.reference), **query}
    url = reverse(f"crosssector:{name}")
    return f"{url}?{urlencode(query)}" if query else url


def stock_url(scope: Scope, bands: str = "") -> str:
    return address("resident_stock", scope, b=bands) if bands else address("resident_stock", scope)


def band_labels() -> dict[StockBand, str]:
    return {
        StockBand.OVER_61: _("more than 60 over"),
        StockBand.OVER_31: _("31-60 over"),
        StockBand.OVER_1: _("1-30 over"),
        StockBand.LEFT_0: _("0-7 left"),
        StockBand.LEFT_8: "8-14",
        StockBand.LEFT_15: "15-30",
        StockBand.LEFT_31: "31-60",
        StockBand.LEFT_61: _("61 and more"),
    }


def wait_labels() -> dict[WaitBand, str]:
    return {
        WaitBand.D181: _("More than 180 days"),
        WaitBand.D91: "91-180",
        WaitBand.D31: "31-90",
        WaitBand.D0: "0-30",
    }


def stock_bars(scope: Scope, residents: Stock) -> list[Bar]:
    labels = band_labels()
    return [
        Bar(
            label=labels[band],
            value=residents.bands[band].citizens,
            kind=BAND_KINDS[band],
            url=stock_url(scope, band.value),
            cells=(kroner(residents.bands[band].weekly.net),),
        )
        for band in StockBand
    ]


def kroner(amount: Decimal) -> str:
    """Whole kroner, without the unit that stands in the heading."""
    return words.number(amount)


def _figures(scope: Scope, residents: Stock, waits: waiting.Waits) -> list[Figure]:
    flow, offers = residents.flow, residents.near.with_offer
    has_offer = ngettext("%(n)d has an offer of a home", "%(n)d have an offer of a home", offers)
    wait_note = ""
    if waits.quartiles is not None:
        first, median, third = waits.quartiles
        wait_note = _("median %(median)d days, half of them %(first)d-%(third)d") % {
            "median": median,
            "first": first,
            "third": third,
        }
    return [
        Figure(
            _("Live at a shelter today"),
            residents.citizens,
            stock_url(scope),
            _("%(then)d thirty days ago · in %(came)d, out %(left)d")
            % {"then": flow.then, "came": flow.came, "left": flow.left},
        ),
        Figure(
            _("Over the reimbursement limit"),
            residents.over.citizens,
            stock_url(scope, "over"),
            _("cost %(amount)s a week") % {"amount": words.money(round(residents.over.weekly.net))},
            "over" if residents.over.citizens else "",
        ),
        Figure(
            _("Reach the limit within %(n)d days") % {"n": NEAR_DAYS},
            residents.near.citizens,
            stock_url(scope, "near"),
            has_offer % {"n": offers},
            "now" if residents.near.citizens else "",
        ),
        Figure(
            _("Wait for a home"),
            waits.citizens,
            address("waiting_referrals", scope),
            wait_note,
        ),
    ]


def _finding(residents: Stock) -> str:
    """The chart in a sentence."""
    return _("%(over)d of %(all)d are over the limit, and %(near)d have 14 days or fewer left.") % {
        "over": residents.over.citizens,
        "all": residents.counted.citizens,
        "near": residents.near.citizens,
    }


def _costs(scope: Scope, residents: Stock, homes: waiting.EmptyHomes) -> list[CostRow]:
    all_of, over = residents.counted, residents.over
    return [
        CostRow(
            ngettext(
                "Shelter nights, %(n)d citizen", "Shelter nights, %(n)d citizens", all_of.citizens
            )
            % {"n": all_of.citizens},
            stock_url(scope, "counted") if residents.uncounted else stock_url(scope),
            all_of.weekly,
        ),
        CostRow(
            _("Of them over the limit, %(n)d") % {"n": over.citizens},
            stock_url(scope, "over"),
            over.weekly,
            is_over=bool(over.citizens),
        ),
        CostRow(
            ngettext("Vacancy rent, %(n)d home", "Vacancy rent, %(n)d homes", homes.homes)
            % {"n": homes.homes},
            address("empty_homes", scope),
            Amounts(gross=homes.weekly_dkk),
        ),
    ]


def _wait_row(scope: Scope, band: WaitBand, waits: waiting.Waits) -> Line:
    counts = waits.bands[band]
    is_long = band == WaitBand.D181 and counts.citizens > 0
    return Line(
        head=Cell(wait_labels()[band], url=address("waiting_referrals", scope, b=band.value)),
        cells=(
            Cell(words.number(counts.citizens), badge="over" if is_long else ""),
            Cell(words.number(counts.with_offer)),
            Cell(words.number(counts.papers_missing)),
        ),
    )


def _late_row(row: late.LateAt, scope: Scope) -> Line:
    url = f"{reverse('deadlines:unit_day')}?" + urlencode(
        {"unit": row.unit_reference, "f": Show.LATE.value}
    )
    return Line(
        head=Cell(row.unit_name, url=url),
        cells=(
            Cell(words.number(row.late)),
            Cell(words.number(row.statutory)),
            Cell(words.relative(row.oldest_on, today=scope.day), badge="over"),
        ),
    )


def _partner_row(row: late.Partner, scope: Scope) -> Line:
    url = address("team_handoffs", scope, partner=row.reference)
    kept = _("%(kept)d of %(answered)d") % {"kept": row.kept, "answered": row.answered}
    return Line(
        head=Cell(row.name, url=url),
        cells=(
            Cell(words.number(row.open)),
            Cell(words.number(row.late), url=f"{url}&late=1" if row.late else ""),
            due_cell(row.first_due, scope) if row.first_due else Cell("–"),
            Cell(kept if row.answered else "–"),
        ),
    )


def group_counts(residents: Stock) -> dict[str, int]:
    """How many residents each group of bands holds, as the list's filters show them."""
    return {
        "": residents.citizens,
        "over": residents.over.citizens,
        "near": residents.near.citizens,
        "far": residents.far.citizens,
    }


GROUPS: dict[str, Sequence[StockBand] | None] = {
    "": None,
    "counted": tuple(StockBand),
    "over": OVER,
    "near": NEAR,
    "far": FAR,
}
"""What `b` may say in the address of the residents' list, beside the bands themselves."""
