"""The overview of a case."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cases.access import case_for
from cases.casework.header import case_context
from cases.casework.panels import panels_of
from housingfirst.access.enums import LogAction
from housingfirst.access.log import log
from housingfirst.base.http import Request


@require_GET
def case_detail(request: Request, case_reference: UUID) -> HttpResponse:
    """The citizen's wish first, then what must be done, then the rest."""
    case = case_for(request.user, case_reference)
    log(request.user, LogAction.VIEWED, [case.citizen_id], what="case")
    context = case_context(request, case, "overview") | {
        "main_panels": panels_of(request, case, case.rights, "main"),
        "side_panels": panels_of(request, case, case.rights, "side"),
    }
    return render(request, "cases/case/detail.html", context)
