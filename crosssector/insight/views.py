"""The team lead's page, and the lists its figures open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from crosssector.exports.enums import ExportReason
from crosssector.exports.forms import ReasonForm
from crosssector.exports.services import FREE_PERSONS, approval_for, export_ask
from crosssector.insight import lists
from crosssector.insight.overview import (
    GROUPS,
    address,
    band_labels,
    group_counts,
    overview_context,
    stock_url,
    wait_labels,
)
from crosssector.insight.rules import StockBand, WaitBand
from crosssector.insight.selectors import late, stock, waiting
from crosssector.insight.selectors.scope import Scope, units
from crosssector.keyset import Found, asked, paging
from housingfirst.access.denied import Denied
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.access.models import Unit
from housingfirst.base.http import Request
from housingfirst.ui.export import xlsx_response
from housingfirst.ui.parts import Filter


@require_GET
def team_overview(request: Request) -> HttpResponse:
    """Stock, cost, waits, and what is late: every number opens the rows it counts."""
    scope = _scope(request, "team_overview")
    offers, total = waiting.offers_of(scope)
    _log(request, [offer.case.citizen_id for offer in offers], "team_overview")
    context = overview_context(scope, offers, total)
    return render(request, "crosssector/insight/team_overview.html", context)


@require_GET
def resident_stock(request: Request) -> HttpResponse:
    """The residents of a band, a group of bands, or all."""
    scope = _scope(request, "resident_stock")
    key, bands = _bands(request)
    found = stock.page_of_residents(scope, bands, **asked(request))
    counts = group_counts(stock.stock_of(scope))
    labels = {
        "": _("All"),
        "over": _("Over the limit"),
        "near": _("0-14 days left"),
        "far": _("15 days and more"),
    }
    filters = [
        Filter(label, stock_url(scope, group), group == key, counts[group])
        for group, label in labels.items()
    ]
    if key not in labels:
        label = band_labels()[StockBand(key)] if key in set(StockBand) else _("With a clock")
        filters.append(Filter(label, stock_url(scope, key), is_current=True))
    page = ListPage(
        title=_("Residents by days of reimbursement left"),
        order=_("Order: the reimbursement that ran out first, or will, comes first."),
        filters=filters,
        columns=lists.resident_columns(),
        shape=lists.resident_line,
        export_url=address("resident_stock_export", scope, **({"b": key} if key else {})),
    )
    return page.response(request, scope, found, "resident_stock")


@require_GET
def resident_stock_export(request: Request) -> HttpResponse:
    """The same residents as a spreadsheet, all of them."""
    scope = _scope(request, "resident_stock")
    _key, bands = _bands(request)
    stays = list(stock.residents_in(scope, bands))
    citizens = [stay.case.citizen_id for stay in stays]
    persons, detail, mark = len(set(citizens)), f"{len(stays)} rows", ""
    if persons > FREE_PERSONS:
        approval = approval_for(
            request.user,
            _uuid(request.GET.get("approval", "")),
            what="resident_stock",
            query=_query(request),
            persons=persons,
            now=scope.now,
        )
        if approval is None:
            return redirect(f"{reverse('crosssector:resident_stock_ask')}?{_query(request)}")
        detail = f"{detail}, {approval.reason}, {approval.reference}"
        mark = f"{request.user.name}, {approval.reference}"
    log(request.user, LogAction.EXPORTED, citizens, what="resident_stock", detail=detail)
    columns = (
        _("Case number"),
        _("Citizen"),
        _("Shelter"),
        _("Admitted"),
        _("Days used"),
        _("Limit"),
        _("Days left"),
        _("Days over"),
        _("Last reimbursable day"),
        _("The municipality's cost a week"),
        _("Offer of a home"),
        _("Adviser"),
    )
    rows = [_exported(stay, scope) for stay in stays]
    title = _("Residents")
    name = f"{title.lower()}-{scope.day.isoformat()}.xlsx"
    return xlsx_response(name, title, columns, rows, mark=mark)


@require_http_methods(["GET", "POST"])
def resident_stock_ask(request: Request) -> HttpResponse:
    """A file with many people: why it is needed. Another team lead says yes before it is made."""
    scope = _scope(request, "resident_stock")
    _key, bands = _bands(request)
    persons = len({stay.case.citizen_id for stay in stock.residents_in(scope, bands)})
    query = _query(request)
    back = f"{reverse('crosssector:resident_stock')}?{query}"
    if persons <= FREE_PERSONS:
        return redirect(f"{reverse('crosssector:resident_stock_export')}?{query}")
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        place = scope.unit or units(request.user)[0]
        export_ask(
            what="resident_stock",
            query=query,
            persons=persons,
            reason=ExportReason(form.cleaned_data["reason"]),
            municipality=place.municipality,
            actor=request.user,
        )
        messages.success(request, _("Asked for. Another team lead must approve it."))
        return redirect("crosssector:export_list")
    context = {"form": form, "persons": persons, "back": back}
    status = 422 if form.errors else 200
    return render(request, "crosssector/export/ask.html", context, status=status)


@require_GET
def waiting_referrals(request: Request) -> HttpResponse:
    """Who waits for a home, the longest first."""
    scope = _scope(request, "waiting_referrals")
    waits = waiting.waits_of(scope)
    try:
        band = WaitBand(request.GET.get("b", ""))
    except ValueError:
        band = None
    found = waiting.page_of_waiting(scope, band, **asked(request))
    filters = [Filter(_("All"), address("waiting_referrals", scope), band is None, waits.citizens)]
    filters += [
        Filter(
            label,
            address("waiting_referrals", scope, b=one.value),
            one == band,
            waits.bands[one].citizens,
        )
        for one, label in wait_labels().items()
    ]
    page = ListPage(
        title=_("Housing referrals by wait"),
        order=_("Order: who has waited longest comes first."),
        filters=filters,
        columns=lists.waiting_columns(),
        shape=lists.waiting_line,
    )
    return page.response(request, scope, found, "waiting_referrals")


@require_GET
def open_offers(request: Request) -> HttpResponse:
    """Offers of homes that wait for an answer."""
    scope = _scope(request, "open_offers")
    found = waiting.page_of_offers(scope, **asked(request))
    page = ListPage(
        title=_("Offers that wait for an answer"),
        order=_("Order: the first to be answered comes first."),
        filters=(),
        columns=lists.offer_columns(),
        shape=lists.offer_line,
    )
    return page.response(request, scope, found, "open_offers")


@require_GET
def team_handoffs(request: Request) -> HttpResponse:
    """Open handoffs, of one partner if the address names it."""
    scope = _scope(request, "team_handoffs")
    partner = _unit_named(request.GET.get("partner", ""))
    only_late = request.GET.get("late") == "1"
    found = late.page_of_handoffs(scope, partner, only_late=only_late, **asked(request))
    query = {"partner": str(partner.reference)} if partner else {}
    filters = [
        Filter(_("All open"), address("team_handoffs", scope, **query), not only_late),
        Filter(_("Late"), address("team_handoffs", scope, late="1", **query), only_late),
    ]
    page = ListPage(
        title=_("Handoffs to %(partner)s") % {"partner": partner.name}
        if partner
        else _("Open handoffs"),
        order=_("Order: the first due comes first."),
        filters=filters,
        columns=lists.handoff_columns(),
        shape=lists.handoff_line,
    )
    return page.response(request, scope, found, "team_handoffs")


@require_GET
def empty_homes(request: Request) -> HttpResponse:
    """Homes that stand empty while the municipality pays their rent."""
    scope = _scope(request, "empty_homes")
    found = waiting.page_of_empty_homes(scope, **asked(request))
    page = ListPage(
        title=_("Homes with vacancy rent"),
        order=_("Order: the longest paid for comes first."),
        filters=(),
        columns=lists.home_columns(),
        shape=lists.home_line,
    )
    return page.response(request, scope, found, "empty_homes")


@dataclass(frozen=True, slots=True)
class ListPage:
    """One of the lists: they look alike, and each logs whom it shows."""

    title: str
    order: str
    filters: Sequence[Filter]
    columns: lists.Columns
    shape: lists.Shape
    export_url: str = ""

    def response(self, request: Request, scope: Scope, found: Found, name: str) -> HttpResponse:
        cases = [case for row in found.rows if (case := getattr(row, "case", None)) is not None]
        _log(request, [case.citizen_id for case in cases], name)
        context: dict[str, Any] = {
            "title": self.title,
            "order": self.order,
            "filters": self.filters,
            "columns": self.columns,
            "lines": [
                (line.head, line.under(self.columns))
                for line in (self.shape(row, scope) for row in found.rows)
            ],
            "page": paging(request, found.previous, found.next),
            "export_url": self.export_url,
            "overview_url": address("team_overview", scope),
            "unit": scope.unit,
        }
        return render(request, "crosssector/insight/rows.html", context)


def _scope(request: Request, what: str) -> Scope:
    """What the lead sees, of the unit the address names. Raises Denied."""
    if not request.user.may(Act.TEAM_VIEW):
        raise Denied(what)
    scope = Scope(user=request.user, day=timezone.localdate(), now=timezone.now())
    named = request.GET.get("unit", "")
    if not named:
        return scope
    unit = next((unit for unit in units(scope.user) if str(unit.reference) == named), None)
    if unit is None:
        raise Denied(what)
    return replace(scope, unit=unit)


def _bands(request: Request) -> tuple[str, Sequence[StockBand] | None]:
    """The bands that `b` names: a group, or one band; all of them when it names none."""
    key = request.GET.get("b", "")
    if key in GROUPS:
        return key, GROUPS[key]
    try:
        return key, (StockBand(key),)
    except ValueError:
        return "", None


def _query(request: Request) -> str:
    """The list's filter as it stands in the address, without anything else."""
    kept = {key: request.GET[key] for key in ("b", "unit") if request.GET.get(key)}
    return urlencode(kept)[:200]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _unit_named(reference: str) -> Unit | None:
    try:
        return Unit.objects.filter(reference=UUID(reference)).first()
    except ValueError:
        return None


def _log(request: Request, citizen_ids: Sequence[int], what: str) -> None:
    log(request.user, LogAction.LISTED, citizen_ids, what=what)


def _exported(stay: Any, scope: Scope) -> Sequence[Any]:
    clock = getattr(stay, "clock", None)
    counted: Sequence[Any] = (None,) * 5
    if clock is not None:
        is_over = clock.last_refundable_on < scope.day
        counted = (
            clock.used_on(scope.day),
            clock.limit,
            clock.left_on(scope.day),
            clock.over_on(scope.day) if is_over else 0,
            clock.last_refundable_on,
        )
    return (
        stay.case.number,
        stay.case.citizen.name,
        lists.place_of(stay),
        stay.admitted_on,
        *counted,
        stock.weekly_of(stay, scope.day),
        bool(stay.has_offer),
        stay.case.adviser.name if stay.case.adviser else "",
    )
