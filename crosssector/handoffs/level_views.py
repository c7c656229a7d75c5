"""The page of the agreements with those who are asked."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from crosssector.handoffs.forms import ServiceLevelForm
from crosssector.handoffs.service_levels import (
    Agreement,
    agreements_kept_by,
    service_level_set,
)
from housingfirst.access.enums import Act
from housingfirst.base.errors import DomainError
from housingfirst.base.http import Request


@require_http_methods(["GET", "POST"])
def service_levels(request: Request) -> HttpResponse:
    """What is agreed with each unit that may be asked; each is saved by itself."""
    if not request.user.may(Act.SERVICE_LEVEL_WRITE):
        raise PermissionDenied
    agreements = agreements_kept_by(request.user)
    if request.method == "GET":
        return _page(request, agreements)
    asked = (request.POST.get("unit", ""), request.POST.get("kind", ""))
    keys = [(str(one.unit.reference), one.kind.value) for one in agreements]
    if asked not in keys:
        messages.error(request, _("The unit is no longer on the list. Choose one that is."))
        return _page(request, agreements, status=422)
    at = keys.index(asked)
    agreement, form = agreements[at], _form(agreements[at], at, request)
    if form.is_valid():
        try:
            service_level_set(
                unit=agreement.unit, kind=agreement.kind, actor=request.user, **form.cleaned_data
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            said = {"unit": agreement.unit.name}
            messages.success(request, _("The agreement with %(unit)s is saved.") % said)
            return redirect("crosssector:service_levels")
    return _page(request, agreements, at=at, typed=form, status=422)


def _page(
    request: Request,
    agreements: Sequence[Agreement],
    *,
    at: int | None = None,
    typed: ServiceLevelForm | None = None,
    status: int = 200,
) -> HttpResponse:
    lines = [
        (one, typed if typed is not None and number == at else _form(one, number))
        for number, one in enumerate(agreements)
    ]
    context = {"lines": lines}
    return render(request, "crosssector/handoff/service_levels.html", context, status=status)


def _form(agreement: Agreement, number: int, request: Request | None = None) -> ServiceLevelForm:
    """One of several on the page, so its controls have ids of their own."""
    level = agreement.level
    known = {"working_days_only": True} if level is None else {
        "hours": level.hours,
        "working_days_only": level.working_days_only,
        "contact_name": level.contact_name,
        "contact_phone": level.contact_phone,
    }  # fmt: skip
    return ServiceLevelForm(
        request.POST if request else None, initial=known, auto_id=f"id_{number}_%s"
    )
