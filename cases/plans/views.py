"""The pages of a case's assessments and plans."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cases.access import case_for
from cases.casework.header import case_context
from cases.casework.models import Case
from cases.casework.views.pages import form_page
from cases.plans import services
from cases.plans.enums import PlanKind
from cases.plans.forms import PlanForm, values_of
from cases.plans.selectors import plan_in, plans_of
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.base.errors import DomainError, StaleVersion
from housingfirst.base.http import Request
from housingfirst.ui import conflict
from housingfirst.ui.forms.once import once

TAB = "plans"


@require_GET
def plan_tab(request: Request, case_reference: UUID) -> HttpResponse:
    """The assessments and plans of a case, the newest first."""
    case = case_for(request.user, case_reference, Act.CASE_WHOLE)
    log(request.user, LogAction.VIEWED, [case.citizen_id], what="plan_tab")
    context = case_context(request, case, TAB) | {"plans": plans_of(case)}
    return render(request, "cases/plan/tab.html", context)


@require_http_methods(["GET", "POST"])
def plan_create(request: Request, case_reference: UUID) -> HttpResponse:
    """Register one that was made. The address may say which kind: `?kind=142`."""
    case = case_for(request.user, case_reference, Act.PLAN_WRITE)
    asked = request.GET.get("kind", "")
    form = PlanForm(
        request.POST if request.method == "POST" else None,
        initial={
            "made_on": timezone.localdate(),
            "kind": asked if asked in PlanKind.values else None,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            with once(request) as sent:
                if sent.earlier is None:
                    services.plan_register(case=case, actor=request.user, **form.values())
                    sent.result = _tab(case)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("It is registered."))
            return redirect(sent.address)
    return form_page(request, case, "cases/plan/create.html", form, "plan_create", tab=TAB)


@require_http_methods(["GET", "POST"])
def plan_edit(request: Request, case_reference: UUID, plan_reference: UUID) -> HttpResponse:
    """Put right what is registered."""
    case = case_for(request.user, case_reference, Act.PLAN_WRITE)
    plan = plan_in(case, plan_reference, request.user)
    form = PlanForm(None, initial=values_of(plan))
    if request.method == "POST":
        data = conflict.settled(PlanForm, request.POST, theirs=values_of(plan))
        form, seen = PlanForm(data), conflict.posted_version(data)
        if form.is_valid():
            try:
                services.plan_correct(plan=plan, actor=request.user, version=seen, **form.values())
            except StaleVersion as stale:
                return conflict.page(
                    request,
                    form=form,
                    stale=stale,
                    seen=seen,
                    values_of=values_of,
                    title=plan.name,
                    keep_url=_tab(case),
                    citizen=case.citizen_id,
                    context=case_context(request, case, TAB),
                )
            except DomainError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("It is corrected."))
                return redirect(_tab(case))
    return form_page(request, case, "cases/plan/edit.html", form, "plan_edit", tab=TAB, plan=plan)


def _tab(case: Case) -> str:
    return reverse("cases:plan_tab", args=[case.reference])
