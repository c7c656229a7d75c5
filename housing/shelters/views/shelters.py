"""What is known of the shelter itself, and what is shown while nobody has told."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from housing.shelters import services
from housing.shelters.enums import Section
from housing.shelters.forms.shelters import ShelterForm
from housing.shelters.models import Shelter
from housing.shelters.selectors.shelters import (
    NoShelter,
    Place,
    chosen_place,
    places_of,
    shelters_of,
)
from housingfirst.access.enums import Act
from housingfirst.access.models import Unit
from housingfirst.base.errors import DomainError, StaleVersion
from housingfirst.base.http import Request
from housingfirst.ui import conflict

View = Callable[[Request], HttpResponse]


def tells_of_none(view: View) -> View:
    """A page of a shelter says so, and what to do, to those whose unit has no shelter yet."""

    @wraps(view)
    def page(request: Request) -> HttpResponse:
        try:
            return view(request)
        except NoShelter:
            if request.method != "GET" or not places_of(request.user, [], Act.STAY_VIEW):
                raise
        may_register = bool(places_of(request.user, [], Act.RATE_WRITE))
        return render(request, "housing/shelters/none.html", {"may_register": may_register})

    return page


@require_http_methods(["GET", "POST"])
def shelter_edit(request: Request) -> HttpResponse:
    """The leader tells what the shelter is; `?shelter=` or `?unit=` where they lead more."""
    if not request.user.may(Act.RATE_WRITE):
        raise PermissionDenied
    places = places_of(request.user, shelters_of(request.user), Act.RATE_WRITE)
    place = chosen_place(places, request.GET.get("shelter", ""), request.GET.get("unit", ""))
    data = None
    if request.method == "POST":
        data = conflict.settled(ShelterForm, request.POST, theirs=_known(place.shelter))
    form = ShelterForm(data, initial=_known(place.shelter) or _of_unit(place.unit))
    if data is not None and form.is_valid():
        seen = conflict.posted_version(data)
        try:
            return _save(request, place, form, seen)
        except StaleVersion as stale:
            return conflict.page(
                request,
                form=form,
                stale=stale,
                seen=seen,
                values_of=_known,
                title=place.name,
                keep_url=_address("housing:rate_list", stale.current),
                citizen=None,
            )
        except DomainError as error:
            form.add_error(None, str(error))
    context = {"form": form, "place": place, "places": places}
    status = 422 if form.errors else 200
    return render(request, "housing/shelters/shelter_edit.html", context, status=status)


def _save(request: Request, place: Place, form: ShelterForm, seen: int) -> HttpResponse:
    """A new shelter needs beds next; a known one was reached from its rates."""
    data = form.cleaned_data
    shelter, is_new = services.shelter_save(
        unit=place.unit,
        today=timezone.localdate(),
        actor=request.user,
        version=seen,
        **data | {"section": Section(data["section"])},
    )
    if is_new:
        messages.success(request, _("The shelter is registered. Add its beds, then its rate."))
    else:
        messages.success(request, _("The shelter's details are saved."))
    return redirect(_address("housing:bed_list" if is_new else "housing:rate_list", shelter))


def _address(page: str, shelter: Shelter) -> str:
    return f"{reverse(page)}?shelter={shelter.reference}"


def _known(shelter: Shelter | None) -> dict[str, str]:
    if shelter is None:
        return {}
    names = ("name", "section", "address", "phone", "registered_number", "registered_from")
    return {name: getattr(shelter, name) for name in names}


def _of_unit(unit: Unit) -> dict[str, str]:
    """What a shelter that is not registered yet begins with."""
    return {"name": unit.name, "phone": unit.phone, "section": Section.S110}
