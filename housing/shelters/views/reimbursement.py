"""The tab "Økonomi og refusion" of a case."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cases.access import case_for
from cases.casework.header import case_context
from cases.casework.models import Case
from housing.shelters import services
from housing.shelters.clock import running_clock
from housing.shelters.forms import ElsewhereForm
from housing.shelters.panels import clock_facts, figure_of, tone_of
from housing.shelters.reimbursement_panels import reimbursement_panels
from housing.shelters.selectors.reimbursement import reimbursement_of
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.base.errors import DomainError
from housingfirst.base.http import Request


@require_GET
def reimbursement(request: Request, case_reference: UUID) -> HttpResponse:
    """The citizen's stays as the state refunds them, line by line, with the reasons."""
    case = case_for(request.user, case_reference, Act.REIMBURSEMENT_VIEW)
    return _page(request, case, ElsewhereForm())


@require_POST
def days_elsewhere_add(request: Request, case_reference: UUID) -> HttpResponse:
    case = case_for(request.user, case_reference, Act.REIMBURSEMENT_VIEW)
    form = ElsewhereForm(request.POST)
    if form.is_valid():
        try:
            services.days_elsewhere_add(case=case, actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            log(request.user, LogAction.CHANGED, [case.citizen_id], what="days_elsewhere")
            messages.success(request, _("The days elsewhere are counted now."))
            return redirect("housing:reimbursement", case_reference)
    return _page(request, case, form)


def _page(request: Request, case: Case, form: ElsewhereForm) -> HttpResponse:
    log(request.user, LogAction.VIEWED, [case.citizen_id], what="reimbursement")
    context = case_context(request, case, "reimbursement")
    today = context["today"]
    clock = running_clock(case, today)
    if clock is not None:
        context |= {
            "clock": clock,
            "tone": tone_of(clock, today),
            "number": clock.over_on(today) or clock.left_on(today),
            "is_over": bool(clock.over_on(today)),
            "figure": figure_of(clock, today),
            "clock_facts": clock_facts(clock, today),
        }
    else:
        context["clock"] = None
    context |= {
        "reimbursement": reimbursement_of(
            case, today, hides_places=case.citizen.is_protected, clock=clock
        ),
        "form": form,
        "main_panels": reimbursement_panels(request, case, case.rights, "main"),
        "side_panels": reimbursement_panels(request, case, case.rights, "side"),
    }
    status = 422 if form.errors else 200
    return render(request, "housing/shelters/reimbursement.html", context, status=status)
