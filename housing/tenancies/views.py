"""Pages about one lease: signed, keys, the end."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cases.casework.header import case_context
from housing.evictions.selectors import arrears_of
from housing.tenancies import services
from housing.tenancies.access import tenancy_for
from housing.tenancies.enums import TenancyEnd
from housing.tenancies.forms import EndForm, OrdinaryForm, RegisterForm, register_initial
from housing.tenancies.models import Tenancy
from housing.tenancies.selectors import LOST, home_of
from housing.tenancies.transitional import clock_of, tenancy_make_ordinary
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.base.errors import DomainError, StaleVersion
from housingfirst.base.http import Request
from housingfirst.ui import conflict
from housingfirst.ui.forms import Form


@require_GET
def tenancy_detail(request: Request, reference: UUID) -> HttpResponse:
    """The lease: its facts, what has happened, and how it ends."""
    tenancy = tenancy_for(request.user, reference)
    log(request.user, LogAction.VIEWED, [tenancy.case.citizen_id], what="tenancy")
    return render(request, "housing/tenancies/tenancy_detail.html", _context(request, tenancy))


def _context(request: Request, tenancy: Tenancy, **forms: Form) -> dict[str, Any]:
    may = tenancy.case.rights
    is_open = tenancy.ends_on is None
    return case_context(request, tenancy.case, "housing") | {
        "home": home_of(tenancy, timezone.localdate()),
        "tenancy": tenancy,
        "may_write": is_open and Act.TENANCY_WRITE in may,
        "arrears": arrears_of(tenancy, timezone.localdate()),
        "may_reveal": tenancy.case.citizen.is_protected and Act.PLACE_REVEAL in may,
        "proposes_again": tenancy.end_reason in LOST and Act.REFERRAL_WRITE in may,
        "register": RegisterForm(initial=register_initial(tenancy)),
        "end": EndForm(),
        "clock": clock_of(tenancy, timezone.localdate()),
        "ordinary": OrdinaryForm(),
        "shows_place": False,
        "refused": next(iter(forms.values()), None),
        **forms,
    }


def _refused(request: Request, reference: UUID, **forms: Form) -> HttpResponse:
    tenancy = tenancy_for(request.user, reference)
    log(request.user, LogAction.VIEWED, [tenancy.case.citizen_id], what="tenancy")
    context = _context(request, tenancy, **forms)
    return render(request, "housing/tenancies/tenancy_detail.html", context, status=422)


@require_POST
def tenancy_register(request: Request, reference: UUID) -> HttpResponse:
    """When the lease was signed and the keys handed over."""
    tenancy = tenancy_for(request.user, reference, Act.TENANCY_WRITE)
    url = reverse("housing:tenancy_detail", args=[tenancy.reference])
    data = conflict.settled(RegisterForm, request.POST, theirs=register_initial(tenancy))
    form = RegisterForm(data)
    if form.is_valid():
        seen = conflict.posted_version(data)
        try:
            services.tenancy_register(
                tenancy=tenancy, actor=request.user, version=seen, **form.cleaned_data
            )
        except StaleVersion as stale:
            frame = case_context(request, tenancy.case, "housing")
            return conflict.page(
                request,
                form=form,
                stale=stale,
                seen=seen,
                values_of=register_initial,
                title=_("Lease"),
                keep_url=url,
                citizen=tenancy.case.citizen_id,
                context={"who": frame["who"], "tabs": frame["tabs"]},
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The lease is saved."))
            return redirect(url)
    return _refused(request, reference, register=form)


@require_POST
def tenancy_end(request: Request, reference: UUID) -> HttpResponse:
    """The lease ends. Support goes on, and a new referral keeps the wait."""
    tenancy = tenancy_for(request.user, reference, Act.TENANCY_WRITE)
    form = EndForm(request.POST)
    if form.is_valid():
        try:
            services.tenancy_end(
                tenancy=tenancy,
                ends_on=form.cleaned_data["ends_on"],
                reason=TenancyEnd(form.cleaned_data["reason"]),
                actor=request.user,
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("The end of the lease is registered. Support goes on as before.")
            )
            return redirect("housing:housing_tab", case_reference=tenancy.case.reference)
    return _refused(request, reference, end=form)


@require_POST
def tenancy_ordinary(request: Request, reference: UUID) -> HttpResponse:
    """The transitional dwelling's tenant has been given an ordinary lease of it."""
    tenancy = tenancy_for(request.user, reference, Act.TENANCY_WRITE)
    form = OrdinaryForm(request.POST)
    if form.is_valid():
        try:
            tenancy_make_ordinary(
                tenancy=tenancy,
                ordinary_from=form.cleaned_data["ordinary_from"],
                actor=request.user,
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The lease is registered as an ordinary one."))
            return redirect("housing:tenancy_detail", tenancy.reference)
    return _refused(request, reference, ordinary=form)


@require_POST
def tenancy_place(request: Request, reference: UUID) -> HttpResponse:
    """The address of a protected citizen's home, once; the look is logged."""
    tenancy = tenancy_for(request.user, reference, Act.PLACE_REVEAL)
    log(request.user, LogAction.REVEALED, [tenancy.case.citizen_id], what="place")
    context = _context(request, tenancy) | {"shows_place": True}
    return render(request, "housing/tenancies/tenancy_detail.html", context)
