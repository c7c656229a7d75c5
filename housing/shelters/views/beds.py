"""Rooms and beds."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from housing.shelters import services
from housing.shelters.access import bed_for, may_at
from housing.shelters.forms import BedForm
from housing.shelters.models import Bed, Shelter
from housing.shelters.selectors import beds as selectors
from housing.shelters.selectors.shelters import chosen, shelters_of, unregistered
from housing.shelters.views.shelters import tells_of_none
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.base.errors import DomainError
from housingfirst.base.http import Request


@require_http_methods(["GET", "POST"])
@tells_of_none
def bed_list(request: Request) -> HttpResponse:
    """The shelter's rooms and beds with how they are used; adding a bed."""
    if not request.user.may(Act.STAY_VIEW):
        raise PermissionDenied
    shelters = shelters_of(request.user)
    shelter = chosen(shelters, request.GET.get("shelter", ""))
    form = BedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.bed_add(shelter=shelter, actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The bed is added."))
            return redirect(_list(shelter))
    return _page(request, shelter, shelters, form)


@require_POST
def bed_change(request: Request, reference: UUID) -> HttpResponse:
    """Rename a bed, or take it out of use and back: `act` is "rename", "out" or "back"."""
    bed = bed_for(request.user, reference)
    shelter = bed.room.shelter
    if not may_at(request.user, shelter):
        raise PermissionDenied
    form = BedForm(request.POST if request.POST.get("act") == "rename" else _names(bed))
    try:
        if request.POST.get("act") in ("out", "back"):
            services.bed_change(bed=bed, in_use=request.POST["act"] == "back", actor=request.user)
            return redirect(_list(shelter))
        if form.is_valid():
            services.bed_change(bed=bed, actor=request.user, **form.cleaned_data)
            return redirect(_list(shelter))
    except DomainError as error:
        form.is_valid()
        form.add_error(None, str(error))
    shelters = shelters_of(request.user)
    return _page(request, shelter, shelters, BedForm(), changed=(str(bed.reference), form))


def _names(bed: Bed) -> dict[str, str]:
    return {"room_name": bed.room.name, "label": bed.label}


def _list(shelter: Shelter) -> str:
    return f"{reverse('housing:bed_list')}?shelter={shelter.reference}"


def _page(
    request: Request,
    shelter: Shelter,
    shelters: list[Shelter],
    form: BedForm,
    changed: tuple[str, BedForm] | None = None,
) -> HttpResponse:
    rooms = selectors.rooms_at(request.user, shelter, timezone.localdate())
    citizens = [stay.citizen_id for room in rooms for line in room.lines if (stay := line.stay)]
    log(request.user, LogAction.LISTED, citizens, what="bed_list")
    context = {
        "shelter": shelter,
        "shelters": shelters,
        "unregistered": unregistered(request.user, shelters),
        "rooms": rooms,
        "usage": selectors.usage_of(rooms),
        "form": form,
        "changed": changed[0] if changed else "",
        "change_form": changed[1] if changed else None,
    }
    has_errors = bool(form.errors) or changed is not None
    return render(
        request, "housing/shelters/bed_list.html", context, status=422 if has_errors else 200
    )
