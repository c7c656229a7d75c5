"""Pages about arrears of a lease: heard of, the steps to the court and back, help decided."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.casework.header import case_context
from cases.casework.remedies import Decided, remedies_of
from housing.evictions import services
from housing.evictions.access import arrears_for
from housing.evictions.enums import HeardFrom, HelpOutcome
from housing.evictions.forms import DecideForm, HeardForm, StepsForm, values_of
from housing.evictions.models import RentArrears
from housing.evictions.selectors import followed
from housing.tenancies.access import tenancy_for
from housing.tenancies.selectors import home_of
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.base.errors import DomainError, StaleVersion
from housingfirst.base.http import Request
from housingfirst.ui import conflict
from housingfirst.ui.forms.once import once


@require_http_methods(["GET", "POST"])
def arrears_new(request: Request, reference: UUID) -> HttpResponse:
    """Somebody told of arrears in the rent of this lease."""
    tenancy = tenancy_for(request.user, reference, Act.ARREARS_WRITE)
    posted = request.POST if request.method == "POST" else None
    form = HeardForm(posted, initial={"heard_on": timezone.localdate()})
    if posted is not None and form.is_valid():
        values = form.cleaned_data
        try:
            with once(request) as sent:
                if sent.earlier is None:
                    arrears = services.arrears_register(
                        tenancy=tenancy,
                        actor=request.user,
                        **values | {"heard_from": HeardFrom(values["heard_from"])},
                    )
                    sent.result = _address(arrears)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The arrears are registered."))
            return redirect(sent.address)
    log(request.user, LogAction.VIEWED, [tenancy.case.citizen_id], what="arrears")
    context = case_context(request, tenancy.case, "housing") | {
        "form": form,
        "tenancy": tenancy,
        "home": home_of(tenancy, timezone.localdate()),
    }
    status = 422 if form.errors else 200
    return render(request, "housing/evictions/new.html", context, status=status)


@require_http_methods(["GET", "POST"])
def arrears(request: Request, reference: UUID) -> HttpResponse:
    """The steps of the law as they stand; those who may, register what has happened."""
    act = Act.ARREARS_WRITE if request.method == "POST" else None
    row = arrears_for(request.user, reference, act)
    form = StepsForm(None, initial=values_of(row))
    if request.method == "POST":
        data = conflict.settled(StepsForm, request.POST, theirs=values_of(row))
        form, seen = StepsForm(data), conflict.posted_version(data)
        if form.is_valid():
            try:
                services.arrears_steps(
                    arrears=row, steps=form.steps(), actor=request.user, version=seen
                )
            except StaleVersion as stale:
                return conflict.page(
                    request,
                    form=form,
                    stale=stale,
                    seen=seen,
                    values_of=values_of,
                    title=_("Arrears"),
                    keep_url=_address(row),
                    citizen=row.tenancy.case.citizen_id,
                    context=case_context(request, row.tenancy.case, "housing"),
                )
            except DomainError as error:
                form.add_error(None, str(error))
                row = arrears_for(request.user, reference, act)
            else:
                messages.success(request, _("The steps are registered."))
                return redirect(_address(row))
    log(request.user, LogAction.VIEWED, [row.tenancy.case.citizen_id], what="arrears")
    status = 422 if form.errors else 200
    context = _context(request, row) | {"form": form}
    return render(request, "housing/evictions/page.html", context, status=status)


@require_http_methods(["GET", "POST"])
def arrears_decide(request: Request, reference: UUID) -> HttpResponse:
    """Help is considered, given or declined (RSL § 5 a)."""
    row = arrears_for(request.user, reference, Act.SUPPORT_DECIDE)
    posted = request.POST if request.method == "POST" else None
    form = DecideForm(posted, initial={"on": timezone.localdate(), "text": row.decision_text})
    if posted is not None and form.is_valid():
        try:
            services.arrears_decide(
                arrears=row,
                outcome=HelpOutcome(form.cleaned_data["outcome"]),
                on=form.cleaned_data["on"],
                text=form.cleaned_data["text"],
                actor=request.user,
                version=conflict.posted_version(posted),
            )
        except DomainError as error:
            form.add_error(None, str(error))
            row = arrears_for(request.user, reference, Act.SUPPORT_DECIDE)
        else:
            messages.success(request, _("It is registered what was found."))
            return redirect(_address(row))
    log(request.user, LogAction.VIEWED, [row.tenancy.case.citizen_id], what="arrears")
    status = 422 if form.errors else 200
    context = _context(request, row) | {"form": form}
    return render(request, "housing/evictions/decide.html", context, status=status)


def _context(request: Request, row: RentArrears) -> dict[str, Any]:
    today, case = timezone.localdate(), row.tenancy.case
    decided_on = row.declined_on or row.helped_on
    decided = [Decided(row.reference, decided_on)] if decided_on else []
    return case_context(request, case, "housing") | {
        "remedy": remedies_of(case, decided, today).get(row.reference),
        "arrears": row,
        "followed": followed(row, today),
        "home": home_of(row.tenancy, today),
    }


def _address(row: RentArrears) -> str:
    return reverse("housing:arrears", args=[row.reference])
