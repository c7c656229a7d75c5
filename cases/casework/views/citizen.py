"""What is written about a citizen, and whom the case is given to."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.access import case_for, may_on
from cases.casework import identity, services
from cases.casework.closing import still_running
from cases.casework.enums import CloseReason
from cases.casework.forms.assign import AssignForm, values_of
from cases.casework.forms.close import CloseForm
from cases.casework.forms.identity import CitizenForm, CprForm
from cases.casework.header import case_context
from cases.casework.selectors.staff import advisers_on, teams_of
from cases.casework.views.pages import form_page
from cases.citizens.enums import Protection
from cases.citizens.models import Citizen
from housingfirst.access.enums import Act
from housingfirst.access.log import log_search
from housingfirst.base.errors import DomainError, StaleVersion
from housingfirst.base.http import Request
from housingfirst.ui import conflict


@require_http_methods(["GET", "POST"])
def citizen_edit(request: Request, case_reference: UUID) -> HttpResponse:
    """Name, protection, language, phone. Two people at once choose field by field."""
    case = case_for(request.user, case_reference, Act.CASE_CHANGE)
    theirs = _values_of_citizen(case.citizen)
    template = "cases/case/citizen_edit.html"
    if request.method == "GET":
        return form_page(
            request, case, template, CitizenForm(initial=theirs), "citizen_edit", tab="overview"
        )
    data = conflict.settled(CitizenForm, request.POST, theirs=theirs)
    form = CitizenForm(data)
    if form.is_valid():
        version = conflict.posted_version(data)
        try:
            identity.citizen_change(
                case=case,
                **{
                    **form.cleaned_data,
                    "protection": Protection(form.cleaned_data["protection"]),
                },
                actor=request.user,
                version=version,
            )
        except StaleVersion as stale:
            case.citizen.refresh_from_db()
            return conflict.page(
                request,
                form=form,
                stale=stale,
                seen=version,
                values_of=_values_of_citizen,
                title=_("The citizen's details"),
                keep_url=reverse("cases:case_detail", args=[case.reference]),
                citizen=case.citizen_id,
                context=case_context(request, case, "overview"),
            )
        messages.success(request, _("The details are saved."))
        return redirect("cases:case_detail", case_reference=case.reference)
    return form_page(request, case, template, form, "citizen_edit", tab="overview")


@require_http_methods(["GET", "POST"])
def cpr_edit(request: Request, case_reference: UUID) -> HttpResponse:
    """Give the citizen a CPR number, or correct it. The number that is there is not shown."""
    case = case_for(request.user, case_reference, Act.CASE_CHANGE)
    form = CprForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        cpr = form.cleaned_data["cpr"]
        log_search(request.user, cpr.digits, [case.citizen_id], what="cpr_edit")
        try:
            identity.cpr_change(
                case=case,
                cpr=cpr,
                actor=request.user,
                version=conflict.posted_version(request.POST),
            )
        except StaleVersion:
            form.add_error(
                None,
                _(
                    "A colleague has changed the citizen's details while you were writing. "
                    "Look at them, and save again if the number is still right."
                ),
            )
            case.citizen.refresh_from_db()
        except DomainError as error:
            form.add_error("cpr", str(error))
            case.citizen.refresh_from_db()
        else:
            messages.success(request, _("The CPR number is saved."))
            return redirect("cases:case_detail", case_reference=case.reference)
    return form_page(request, case, "cases/case/cpr_edit.html", form, "cpr_edit", tab="overview")


@require_http_methods(["GET", "POST"])
def case_assign(request: Request, case_reference: UUID) -> HttpResponse:
    """Give the case to a unit and an adviser."""
    case = case_for(request.user, case_reference, Act.CASE_ASSIGN)
    today = timezone.localdate()
    make = partial(
        AssignForm,
        units=teams_of(case.municipality),
        staff=advisers_on(case.municipality, today),
    )
    if request.method == "GET":
        return form_page(
            request,
            case,
            "cases/case/assign.html",
            make(initial=values_of(case)),
            "case_assign",
            tab="overview",
        )
    data = conflict.settled(make, request.POST, theirs=values_of(case))  # type: ignore[arg-type]  # a class with its arguments bound
    form = make(data)
    if form.is_valid():
        unit, adviser = form.chosen
        version = conflict.posted_version(data)
        try:
            services.case_assign(
                case=case,
                unit=unit,
                adviser=adviser,
                on=today,
                actor=request.user,
                version=version,
            )
        except StaleVersion as stale:
            case.refresh_from_db()
            return conflict.page(
                request,
                form=form,
                stale=stale,
                seen=version,
                values_of=values_of,
                title=_("Unit and adviser"),
                keep_url=reverse("cases:case_detail", args=[case.reference]),
                citizen=case.citizen_id,
                context=case_context(request, case, "overview"),
            )
        except DomainError as error:
            form.add_error(None, str(error))
            case.refresh_from_db()
        else:
            messages.success(
                request,
                _("The case is given to %(name)s, %(unit)s.") % {"name": adviser.name, "unit": unit}
                if adviser
                else _("The case is given to %(unit)s.") % {"unit": unit},
            )
            if may_on(request.user, case, Act.CASE_VIEW):
                return redirect("cases:case_detail", case_reference=case.reference)
            return redirect("cases:case_list")
    return form_page(request, case, "cases/case/assign.html", form, "case_assign", tab="overview")


@require_http_methods(["GET", "POST"])
def case_close(request: Request, case_reference: UUID) -> HttpResponse:
    """Why and when. What still runs is named before anything is typed."""
    case = case_for(request.user, case_reference, Act.CASE_CLOSE)
    if case.closed_on is not None:
        messages.info(request, _("The case is closed already."))
        return redirect("cases:case_detail", case_reference=case.reference)
    today = timezone.localdate()
    form = CloseForm(request.POST if request.method == "POST" else None, case=case, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            services.case_close(
                case=case,
                reason=CloseReason(form.cleaned_data["reason"]),
                closed_on=form.cleaned_data["closed_on"],
                today=today,
                actor=request.user,
                version=conflict.posted_version(request.POST),
            )
        except StaleVersion:
            case.refresh_from_db()
            form.add_error(
                None, _("Somebody changed the case while you were here. Look at it, and try again.")
            )
        except DomainError as error:
            form.add_error(None, str(error))
            case.refresh_from_db()
        else:
            messages.success(request, _("The case is closed. It can be read and reopened."))
            return redirect("cases:case_detail", case_reference=case.reference)
    return form_page(
        request,
        case,
        "cases/case/close.html",
        form,
        "case_close",
        tab="overview",
        running=still_running(case),
    )


@require_POST
def case_reopen(request: Request, case_reference: UUID) -> HttpResponse:
    """Open a closed case again; nothing that is written in it is touched."""
    case = case_for(request.user, case_reference, Act.CASE_CLOSE)
    try:
        services.case_reopen(case=case, actor=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The case is open again."))
    return redirect("cases:case_detail", case_reference=case.reference)


def _values_of_citizen(citizen: Citizen) -> dict[str, Any]:
    return {
        "name": citizen.name,
        "birth_date": citizen.birth_date,
        "protection": citizen.protection,
        "protected_until": citizen.protected_until,
        "language": citizen.language,
        "needs_interpreter": citizen.needs_interpreter,
        "phone": citizen.phone,
    }
