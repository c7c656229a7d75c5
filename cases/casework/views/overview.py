"""The overview of a case, on screen and on paper."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from cases.access import case_for
from cases.casework.header import case_context
from cases.casework.models import Case
from cases.casework.panels import panels_of
from cases.casework.selectors import overview, timeline
from cases.casework.summary import decisions_of
from cases.casework.whereabouts import places_of
from housingfirst.access.enums import LogAction
from housingfirst.access.log import log
from housingfirst.base.http import Request, is_partial

FIRST_BELOW = 50
"""Panels from this order on stand below "Where the citizen sleeps"."""


@require_GET
@vary_on_headers("HX-Request")
def case_detail(request: Request, case_reference: UUID) -> HttpResponse:
    """The citizen's wish first, then what must be done, then the rest."""
    case = case_for(request.user, case_reference)
    if is_partial(request) and request.htmx.target in ("timeline", "timeline-more"):
        return _timeline_only(request, case)
    log(request.user, LogAction.VIEWED, [case.citizen_id], what="case")
    context = case_context(request, case, "overview")
    context |= _overview(request, case, context["today"])
    context |= _timeline(request, case)
    context["side_panels"] = panels_of(request, case, case.rights, "side")
    return render(request, "cases/case/detail.html", context)


@require_GET
def case_print(request: Request, case_reference: UUID) -> HttpResponse:
    """The overview on one A4 page: without the timeline, and without a protected place."""
    case = case_for(request.user, case_reference)
    log(request.user, LogAction.PRINTED, [case.citizen_id], what="case")
    context = case_context(request, case, "overview")
    context |= _overview(request, case, context["today"], printed=True)
    return render(request, "cases/case/print.html", context)


def _overview(
    request: Request, case: Case, today: date, *, printed: bool = False
) -> dict[str, Any]:
    panels = panels_of(request, case, case.rights, "main", printed=printed)
    is_protected = case.citizen.is_protected
    facts = overview.facts_of(case, today)
    return {
        "wish": facts.wish,
        "next_steps": overview.next_steps(case, request.user, today, timezone.now()),
        "upper_panels": [shown for shown in panels if shown.order < FIRST_BELOW],
        "lower_panels": [shown for shown in panels if shown.order >= FIRST_BELOW],
        "situations": facts.situations,
        "places": [] if is_protected else places_of(case, today),
        "place_state": "hidden" if is_protected else "open",
        "printing": printed,
        "decisions": decisions_of(case, today),
        "people": overview.around(case, facts, today),
    }


def _timeline(request: Request, case: Case) -> dict[str, Any]:
    query = request.GET.dict()
    return {
        "timeline": timeline.timeline(case, request.user, query),
        "timeline_filters": timeline.filters(request.path, query.get("show", "")),
    }


def _timeline_only(request: Request, case: Case) -> HttpResponse:
    log(request.user, LogAction.VIEWED, [case.citizen_id], what="timeline")
    context = {"case": case, "today": timezone.localdate(), "may": case.rights}
    context |= _timeline(request, case)
    fragment = "_timeline.html" if request.htmx.target == "timeline" else "_timeline_older.html"
    return render(request, f"cases/case/{fragment}", context)
