"""Pages of a support worker: today, a visit, what was logged."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from cases.access import case_for
from cases.casework.models import Case
from housingfirst.access.enums import Act, LogAction, UnitKind
from housingfirst.access.log import log
from housingfirst.base.errors import DomainError
from housingfirst.base.http import Request, is_partial
from housingfirst.base.keyset import window
from housingfirst.ui.parts import Page
from support.enrolments.selectors import units_on
from support.visits import selectors
from support.visits.access import require_worker
from support.visits.forms import VisitForm
from support.visits.rules import guide_days
from support.visits.services import visit_log

PAGE: Final = 50


@require_GET
def today(request: Request) -> HttpResponse:
    """Whom to see today, when somebody last did, and one tap to log it."""
    require_worker(request.user)
    day = timezone.localdate()
    plan = selectors.today_of(request.user, day)
    log(
        request.user,
        LogAction.LISTED,
        [row.case.citizen_id for row in plan.rows],
        what="support_today",
    )
    return render(request, "support/today.html", {"plan": plan, "today": day})


@require_http_methods(["GET", "POST"])
def visit_create(request: Request, case_reference: UUID) -> HttpResponse:
    """Log a visit. Sent twice it is one; without network the page keeps it and says so."""
    case = case_for(request.user, case_reference, Act.VISIT_LOG)
    day = timezone.localdate()
    row = selectors.row_of(case, request.user, day)
    data = request.POST if request.method == "POST" else None
    form = VisitForm(
        data,
        today=day,
        guide=guide_days(row.phase),
        initial={"happened_at": timezone.localtime()},
    )
    if form.is_bound and form.is_valid():
        try:
            visit_log(case=case, actor=request.user, **form.values())
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("The visit to %(name)s is saved.") % {"name": case.citizen.name}
            )
            return _onwards(request)
    log(request.user, LogAction.VIEWED, [case.citizen_id], what="visit")
    context = {
        "case": case,
        "citizen": case.citizen,
        "row": row,
        "form": form,
        "today": day,
        "readers": _readers(case),
    }
    status = 422 if form.errors else 200
    return render(request, "support/visit/create.html", context, status=status)


@require_GET
def visit_list(request: Request) -> HttpResponse:
    """What the worker has logged, newest first."""
    require_worker(request.user)
    query = request.GET.dict()
    page = window(
        selectors.visits_by(request.user),
        order=("-happened_at", "-pk"),
        size=PAGE,
        query=query,
    )
    log(
        request.user,
        LogAction.LISTED,
        [visit.case.citizen_id for visit in page.rows],
        what="visit_list",
    )
    context = {"visits": page.rows, "page": Page(*page.addresses(query))}
    return render(request, "support/visit/list.html", context)


def _onwards(request: Request) -> HttpResponse:
    """To the day's list: as a whole page, also when htmx sent the form."""
    url = reverse("support:today")
    return HttpResponseClientRedirect(url) if is_partial(request) else redirect(url)


def _readers(case: Case) -> str:
    """Who can read the sentence, by name: the units that see the whole case."""
    units = units_on(case).exclude(kind=UnitKind.SHELTER)
    return ", ".join(unit.name for unit in units)
