"""One stay: its facts, the nights away, and its end."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.access import may_on, rights_on
from housing.shelters import services
from housing.shelters.access import absence_for, may_at, stay_for
from housing.shelters.discharge import DischargeWarning, discharge_warnings
from housing.shelters.enums import DischargeTo
from housing.shelters.forms import AbsenceForm, DischargeForm, MoveForm, ReturnForm
from housing.shelters.models import Stay
from housing.shelters.selectors import stays as selectors
from housing.shelters.selectors.residents import free_beds_at
from housing.shelters.stay_panels import stay_panels_of
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.base.errors import DomainError, StaleVersion
from housingfirst.base.http import Request
from housingfirst.ui import conflict


@require_GET
def stay_detail(request: Request, reference: UUID) -> HttpResponse:
    """What the shelter and the municipality know of the stay, and the acts of the shelter."""
    return _page(request, stay_for(request.user, reference), AbsenceForm())


@require_POST
def absence_register(request: Request, reference: UUID) -> HttpResponse:
    stay = _own(request, reference)
    form = AbsenceForm(request.POST)
    if form.is_valid():
        try:
            services.absence_register(stay=stay, actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            log(request.user, LogAction.CHANGED, [stay.citizen_id], what="absence")
            messages.success(request, _("Registered as away."))
            return redirect("housing:stay_detail", reference)
    return _page(request, stay, form)


@require_POST
def absence_end(request: Request, reference: UUID) -> HttpResponse:
    absence = absence_for(request.user, reference)
    stay = absence.stay
    if not may_at(request.user, stay.shelter):
        raise PermissionDenied
    form = ReturnForm(request.POST)
    if form.is_valid():
        try:
            services.absence_end(
                absence=absence, ends_on=form.cleaned_data["ends_on"], actor=request.user
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            log(request.user, LogAction.CHANGED, [stay.citizen_id], what="absence")
            messages.success(request, _("Registered as back."))
            return redirect("housing:stay_detail", stay.reference)
    return _page(request, stay_for(request.user, stay.reference), AbsenceForm(), returns=form)


@require_POST
def stay_move(request: Request, reference: UUID) -> HttpResponse:
    """To another bed of the shelter, from tonight."""
    stay = _own(request, reference)
    form = MoveForm(request.POST, stay=stay, free_beds=free_beds_at(stay.shelter))
    if form.is_valid():
        try:
            services.stay_move(
                stay=stay,
                bed=form.chosen,
                on=timezone.localdate(),
                actor=request.user,
                version=conflict.posted_version(request.POST),
            )
        except StaleVersion:
            form.add_error(
                None,
                _("A colleague has changed the stay meanwhile. Look, and move again."),
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            log(request.user, LogAction.CHANGED, [stay.citizen_id], what="stay_move")
            messages.success(request, _("Moved, from tonight."))
            return redirect("housing:stay_detail", reference)
    return _page(request, stay_for(request.user, reference), AbsenceForm(), moves=form)


@require_http_methods(["GET", "POST"])
def stay_discharge(request: Request, reference: UUID) -> HttpResponse:
    """What is lost or must be done first stands before the button, for the day it is pressed on."""
    stay = _own(request, reference)
    if stay.discharged_on is not None:
        messages.info(request, _("The citizen has already been discharged."))
        return redirect("housing:stay_detail", reference)
    today = timezone.localdate()
    if request.method == "GET":
        warnings = discharge_warnings(stay, today)
        form = DischargeForm(initial=_values(stay) | {"discharged_on": stay.leaves_on or today})
        return _discharge_page(request, stay, form, warnings)
    is_plan = request.POST.get("act") == "plan"
    data = conflict.settled(DischargeForm, request.POST, theirs=_values(stay))
    form = DischargeForm(data)
    form.full_clean()
    day = form.cleaned_data.get("discharged_on", today)
    warnings = discharge_warnings(stay, day)
    if form.is_valid() and request.POST.get("seen", "") != named(warnings):
        form.add_error(None, _("Read what changes with this day, and press again."))
    if form.is_valid():
        seen = conflict.posted_version(data)
        told = {
            "to": DischargeTo(form.cleaned_data["to"]),
            "reason": form.cleaned_data["reason"],
            "actor": request.user,
            "version": seen,
        }
        try:
            if is_plan:
                services.discharge_plan(stay=stay, planned_on=day, **told)
            else:
                services.stay_discharge(stay=stay, discharged_on=day, **told)
        except StaleVersion as stale:
            return conflict.page(
                request,
                form=form,
                stale=stale,
                seen=seen,
                values_of=_values,
                title=_("Discharge"),
                keep_url=reverse("housing:stay_detail", args=[reference]),
                citizen=stay.citizen_id,
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            log(request.user, LogAction.CHANGED, [stay.citizen_id], what="stay_discharge")
            if is_plan:
                done = _("Planned. The notice to the municipality can be sent now.")
            else:
                done = _("Discharged. The notice to the municipality is ready.")
            messages.success(request, done)
            return redirect("housing:notice_list")
    stay.refresh_from_db()
    return _discharge_page(request, stay, form, warnings)


@require_POST
def plan_drop(request: Request, reference: UUID) -> HttpResponse:
    """The resident stays on."""
    stay = _own(request, reference)
    services.plan_drop(stay=stay, actor=request.user)
    log(request.user, LogAction.CHANGED, [stay.citizen_id], what="plan_drop")
    messages.success(request, _("The planned discharge is dropped."))
    return redirect("housing:stay_detail", reference)


def named(warnings: Iterable[DischargeWarning]) -> str:
    """A name for exactly these warnings, empty for none."""
    texts = [f"{warning.title}\n{warning.text}" for warning in warnings]
    return sha256("\n\n".join(texts).encode()).hexdigest()[:16] if texts else ""


def _discharge_page(
    request: Request, stay: Stay, form: DischargeForm, warnings: list[DischargeWarning]
) -> HttpResponse:
    log(request.user, LogAction.VIEWED, [stay.citizen_id], what="stay_discharge")
    rights = rights_on(request.user, stay.case)
    context = {
        "stay": stay,
        "citizen": stay.citizen,
        "form": form,
        "warnings": warnings,
        "may_put_right": [w for w in warnings if w.act is None or w.act in rights],
        "adviser": stay.case.adviser,
        "team": stay.case.unit,
        "seen": named(warnings),
    }
    status = 422 if form.errors else 200
    return render(request, "housing/shelters/stay_discharge.html", context, status=status)


def _values(stay: Any) -> dict[str, Any]:
    return {
        "discharged_on": stay.discharged_on,
        "to": stay.discharge_to,
        "reason": stay.discharge_reason,
    }


def _own(request: Request, reference: UUID) -> Stay:
    """A stay that the user may change. Those who only see it are refused."""
    stay = stay_for(request.user, reference)
    if not may_at(request.user, stay.shelter):
        raise PermissionDenied
    return stay


def _page(
    request: Request,
    stay: Stay,
    form: AbsenceForm,
    returns: ReturnForm | None = None,
    moves: MoveForm | None = None,
) -> HttpResponse:
    log(request.user, LogAction.VIEWED, [stay.citizen_id], what="stay")
    today = timezone.localdate()
    is_own = may_at(request.user, stay.shelter, Act.STAY_VIEW)
    may_open = may_on(request.user, stay.case, Act.CASE_VIEW)
    may_change = may_at(request.user, stay.shelter)
    if moves is None and may_change and stay.discharged_on is None:
        moves = MoveForm(stay=stay, free_beds=free_beds_at(stay.shelter))
    context = {
        "stay": stay,
        "citizen": stay.citizen,
        "moves": moves,
        "today": today,
        "is_own": is_own,
        "may_change": may_change,
        "case_url": reverse("cases:case_detail", args=[stay.case.reference]) if may_open else "",
        "form": form,
        "returns": returns,
        "panels": stay_panels_of(request, stay),
        **selectors.stay_page(request.user, stay, today, hides_place=not is_own),
    }
    is_refused = any(one is not None and one.errors for one in (form, returns, moves))
    status = 422 if is_refused else 200
    return render(request, "housing/shelters/stay_detail.html", context, status=status)
