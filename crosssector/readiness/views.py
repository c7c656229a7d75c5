"""The page that says whether the municipality may discharge a citizen from a shelter."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cases.access import case_for
from cases.casework.header import case_context
from crosssector.readiness.move_out import move_out_of, route_in_words
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.base.http import Request


@require_GET
def move_out(request: Request, case_reference: UUID) -> HttpResponse:
    """The conditions of § 110, stk. 5, with what shows each, or what is missing."""
    case = case_for(request.user, case_reference, Act.CASE_WHOLE)
    log(request.user, LogAction.VIEWED, [case.citizen_id], what="move_out")
    context = case_context(request, case, "overview")
    found = move_out_of(case, context["today"])
    context |= {"move_out": found, "route": route_in_words(found.check)}
    return render(request, "crosssector/readiness/move_out.html", context)
