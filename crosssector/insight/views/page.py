"""What the team lead's pages share: whose rows are shown, and how a list of them looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from crosssector.insight import lists
from crosssector.insight.overview import address
from crosssector.insight.selectors.scope import Scope, units
from crosssector.keyset import Found, paging
from housingfirst.access.denied import Denied
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.base.http import Request
from housingfirst.ui.parts import Filter


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
        log_listed(request, [case.citizen_id for case in cases], name)
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


def scope_of(request: Request, what: str) -> Scope:
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


def log_listed(request: Request, citizen_ids: Sequence[int], what: str) -> None:
    log(request.user, LogAction.LISTED, citizen_ids, what=what)
