"""The team lead's overview."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from crosssector.insight.overview import overview_context
from crosssector.insight.selectors import waiting
from crosssector.insight.views.page import log_listed, scope_of
from housingfirst.base.http import Request


@require_GET
def team_overview(request: Request) -> HttpResponse:
    """Stock, cost, waits, and what is late: every number opens the rows it counts."""
    scope = scope_of(request, "team_overview")
    offers, total = waiting.offers_of(scope)
    log_listed(request, [offer.case.citizen_id for offer in offers], "team_overview")
    context = overview_context(scope, offers, total)
    return render(request, "crosssector/insight/team_overview.html", context)
