"""The residents by the days of reimbursement left: a list, and a file of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from crosssector.exports.enums import ExportReason
from crosssector.exports.forms import ReasonForm
from crosssector.exports.services import FREE_PERSONS, approval_for, export_ask
from crosssector.insight import lists
from crosssector.insight.overview import GROUPS, address, band_labels, group_counts, stock_url
from crosssector.insight.rules import StockBand
from crosssector.insight.selectors import stock
from crosssector.insight.selectors.scope import Scope, units
from crosssector.insight.views.page import ListPage, scope_of
from crosssector.keyset import asked
from housingfirst.access.enums import LogAction
from housingfirst.access.log import log
from housingfirst.base.http import Request
from housingfirst.ui.export import xlsx_response
from housingfirst.ui.parts import Filter


@require_GET
def resident_stock(request: Request) -> HttpResponse:
    """The residents of a band, a group of bands, or all."""
    scope = scope_of(request, "resident_stock")
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
    scope = scope_of(request, "resident_stock")
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
    scope = scope_of(request, "resident_stock")
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
