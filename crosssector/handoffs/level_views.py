"""The page of the agreements with those who are asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from crosssector.handoffs import service_levels as kept
from crosssector.handoffs.forms import ServiceLevelForm
from crosssector.handoffs.models import ServiceLevel
from crosssector.handoffs.service_levels import Agreement, agreements_kept_by
from housingfirst.access.enums import Act
from housingfirst.base.errors import DomainError, StaleVersion
from housingfirst.base.http import Request
from housingfirst.ui import conflict


@require_http_methods(["GET", "POST"])
def service_levels(request: Request) -> HttpResponse:
    """What is agreed with each unit that may be asked; `?unit=&kind=` is the one that is saved."""
    agreements = _kept(request)
    if request.method == "GET":
        return _page(request, agreements)
    at = _asked(request, agreements)
    if at is None:
        return _gone(request, agreements)
    agreement = agreements[at]
    data = conflict.settled(ServiceLevelForm, request.POST, theirs=_known(agreement.level))
    form, seen = _form(agreement, at, data), conflict.posted_version(data)
    if form.is_valid():
        try:
            kept.service_level_set(
                unit=agreement.unit,
                kind=agreement.kind,
                actor=request.user,
                version=seen,
                **form.cleaned_data,
            )
        except StaleVersion as stale:
            return conflict.page(
                request,
                form=form,
                stale=stale,
                seen=seen,
                values_of=_known,
                title=_("The agreement with %(unit)s") % {"unit": agreement.unit.name},
                keep_url=reverse("crosssector:service_levels"),
                citizen=None,
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            said = {"unit": agreement.unit.name}
            messages.success(request, _("The agreement with %(unit)s is saved.") % said)
            return redirect("crosssector:service_levels")
    return _page(request, agreements, at=at, typed=form, status=422)


@require_POST
def service_level_remove(request: Request) -> HttpResponse:
    """Nothing is agreed with the unit any more; refused when somebody has changed it since."""
    agreements = _kept(request)
    at = _asked(request, agreements)
    if at is None:
        return _gone(request, agreements)
    agreement = agreements[at]
    said = {"unit": agreement.unit.name}
    try:
        kept.service_level_remove(
            unit=agreement.unit,
            kind=agreement.kind,
            actor=request.user,
            version=conflict.posted_version(request.POST),
        )
    except StaleVersion:
        changed = _(
            "The agreement with %(unit)s was changed meanwhile. Look at it, then remove it."
        )
        messages.error(request, changed % said)
        return _page(request, agreements, status=409)
    messages.success(request, _("The agreement with %(unit)s is removed.") % said)
    return redirect("crosssector:service_levels")


def _kept(request: Request) -> list[Agreement]:
    if not request.user.may(Act.SERVICE_LEVEL_WRITE):
        raise PermissionDenied
    return agreements_kept_by(request.user)


def _asked(request: Request, agreements: Sequence[Agreement]) -> int | None:
    """Where in the list the agreement stands that the address names."""
    asked = (request.GET.get("unit", ""), request.GET.get("kind", ""))
    return next((at for at, one in enumerate(agreements) if one.key == asked), None)


def _gone(request: Request, agreements: Sequence[Agreement]) -> HttpResponse:
    messages.error(request, _("The unit is no longer on the list. Choose one that is."))
    return _page(request, agreements, status=422)


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


def _form(agreement: Agreement, number: int, data: QueryDict | None = None) -> ServiceLevelForm:
    """One of several on the page, so its controls have ids of their own."""
    return ServiceLevelForm(data, initial=_known(agreement.level), auto_id=f"id_{number}_%s")


def _known(level: ServiceLevel | None) -> dict[str, Any]:
    if level is None:
        return {"working_days_only": True}
    names = ("hours", "working_days_only", "contact_name", "contact_phone")
    return {name: getattr(level, name) for name in names}
