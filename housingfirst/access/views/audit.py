"""The auditor's page: who used which personal data, when and why."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from housingfirst.access.enums import Act, LogAction
from housingfirst.access.forms import AuditForm
from housingfirst.access.log import log
from housingfirst.access.selectors import AuditFilter, audit
from housingfirst.access.services import require_page
from housingfirst.base.http import Request, is_partial
from housingfirst.ui.parts import Page


@require_GET
@vary_on_headers("HX-Request")
def log_audit(request: Request) -> HttpResponse:
    """The access log with filters in the address. Citizens are named by case number alone."""
    require_page(request.user, Act.LOG_AUDIT)
    form = AuditForm(request.GET)
    form.is_valid()
    query = request.GET.dict()
    found = audit(request.user, form.asked(), query)
    log(request.user, LogAction.VIEWED, (), what="log_audit", detail=form.asked().number)
    context = {
        "form": form,
        "found": found,
        "page": Page(*found.window.addresses(query)),
        "is_filtered": form.asked() != AuditFilter(),
    }
    part = "#entries" if is_partial(request) and request.htmx.target == "entries" else ""
    return render(
        request,
        f"access/log/audit.html{part}",
        context,
        status=422 if form.errors else 200,
    )
