"""What is hidden until somebody asks for it, and the log knows."""

from dataclasses import replace
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from cases.access import case_for
from cases.casework.header import case_context
from cases.citizens import services as citizens
from housingfirst.access.enums import Act
from housingfirst.base.http import Request, is_partial


@require_POST
def cpr_reveal(request: Request, case_reference: UUID) -> HttpResponse:
    """The CPR number, in the header's place for htmx, else on a page of its own."""
    case = case_for(request.user, case_reference, Act.CPR_REVEAL)
    number = citizens.cpr_reveal(citizen=case.citizen, actor=request.user) or ""
    if is_partial(request):
        return render(request, "cases/case/_cpr.html", {"number": number})
    context = case_context(request, case, "")
    context["who"] = replace(context["who"], cpr_masked=number, cpr_reveal_url="")
    return render(request, "cases/case/cpr_reveal.html", context | {"number": number})
