"""What is hidden until somebody asks for it, and the log knows."""

from dataclasses import replace
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cases.access import case_for
from cases.casework import identity
from cases.casework.enums import RevealReason
from cases.casework.forms.identity import RevealForm
from cases.casework.header import case_context
from cases.citizens import services as citizens
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.base.http import Request, is_partial

REMARKS = 6


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


@require_http_methods(["GET", "POST"])
def place_reveal(request: Request, case_reference: UUID) -> HttpResponse:
    """Where a protected citizen is, to who says why. GET asks for the reason."""
    case = case_for(request.user, case_reference, Act.PLACE_REVEAL)
    form = RevealForm(request.POST if request.method == "POST" else None)
    context = {"case": case, "form": form, "place_state": "ask", "may": case.rights}
    if request.method == "POST" and form.is_valid():
        context["places"] = identity.place_reveal(
            case=case,
            reason=RevealReason(form.cleaned_data["reason"]),
            today=timezone.localdate(),
            actor=request.user,
        )
        context["remarks"] = case.situations.exclude(remark="")[:REMARKS]
        context["place_state"] = "shown"
    status = 422 if form.errors else 200
    if is_partial(request):
        return render(request, "cases/case/_place.html", context, status=status)
    log(request.user, LogAction.VIEWED, [case.citizen_id], what="place")
    context |= case_context(request, case, "overview")
    return render(request, "cases/case/place_reveal.html", context, status=status)
