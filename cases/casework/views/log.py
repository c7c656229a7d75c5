"""Who looked at a citizen: the access log, for the team lead."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from cases.access import case_for
from cases.casework.header import case_context
from cases.casework.selectors.log import entries_of
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.base.http import Request, is_partial
from housingfirst.ui.parts import Filter


@require_GET
@vary_on_headers("HX-Request")
def case_log(request: Request, case_reference: UUID) -> HttpResponse:
    """Who, when, what and why. Reading it is logged as well."""
    case = case_for(request.user, case_reference, Act.LOG_VIEW)
    log(request.user, LogAction.VIEWED, [case.citizen_id], what="case_log")
    action = request.GET.get("action", "")
    context = {
        "case": case,
        "entries": entries_of(case, request.GET.dict()),
        "filters": [
            Filter(_("All"), request.path, is_current=action not in LogAction.values),
            *(
                Filter(
                    str(choice.label).capitalize(),
                    f"{request.path}?action={choice.value}",
                    is_current=action == choice.value,
                )
                for choice in LogAction
            ),
        ],
    }
    if is_partial(request) and request.htmx.target == "log":
        return render(request, "cases/case/log.html#log", context)
    return render(request, "cases/case/log.html", context | case_context(request, case, "log"))
