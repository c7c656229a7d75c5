"""The shelter's prices."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from housing.shelters import services
from housing.shelters.access import may_at
from housing.shelters.forms.rates import RateForm
from housing.shelters.models import Shelter
from housing.shelters.selectors.rates import rate_lines
from housing.shelters.selectors.shelters import chosen, rate_on, shelters_of, unregistered
from housing.shelters.views.shelters import tells_of_none
from housingfirst.access.enums import Act
from housingfirst.base.errors import DomainError
from housingfirst.base.http import Request
from housingfirst.ui import forms, words


class _When(forms.Form):
    valid_from = forms.DayField()


@require_http_methods(["GET", "POST"])
@tells_of_none
def rate_list(request: Request) -> HttpResponse:
    """What a day costs, has cost and will cost; a shelter's leader adds a price from a day on."""
    shelter = _shelter(request)
    may_write = may_at(request.user, shelter, Act.RATE_WRITE)
    if request.method == "GET":
        return _page(request, shelter, RateForm(initial=_initial(shelter)))
    if not may_write:
        raise PermissionDenied
    form = RateForm(request.POST)
    if form.is_valid():
        try:
            rate = services.rate_add(
                shelter=shelter, today=timezone.localdate(), actor=request.user, **form.cleaned_data
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            on = words.day(rate.valid_from, today=timezone.localdate())
            told = _("The new rate holds from %(day)s.") % {"day": on}
            messages.success(request, words.sentence(told))
            return redirect(_address(shelter))
    return _page(request, shelter, form)


@require_POST
def rate_remove(request: Request) -> HttpResponse:
    """Take back a price that has not come into force."""
    shelter = _shelter(request)
    if not may_at(request.user, shelter, Act.RATE_WRITE):
        raise PermissionDenied
    form = _When(request.POST)
    if not form.is_valid():
        return _page(request, shelter, RateForm(initial=_initial(shelter)), status=422)
    try:
        services.rate_remove(
            shelter=shelter,
            valid_from=form.cleaned_data["valid_from"],
            today=timezone.localdate(),
            actor=request.user,
        )
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The rate is removed."))
    return redirect(_address(shelter))


def _shelter(request: Request) -> Shelter:
    if not request.user.may(Act.STAY_VIEW):
        raise PermissionDenied
    return chosen(shelters_of(request.user), request.GET.get("shelter", ""))


def _initial(shelter: Shelter) -> dict[str, object]:
    """Most often one of the two changes."""
    rate = rate_on(shelter, timezone.localdate())
    if rate is None:
        return {"valid_from": timezone.localdate()}  # the first rate holds at once
    return {
        "daily_rate_dkk": rate.daily_rate_dkk,
        "resident_payment_dkk": rate.resident_payment_dkk,
    }


def _address(shelter: Shelter) -> str:
    return f"{reverse('housing:rate_list')}?shelter={shelter.reference}"


def _page(
    request: Request, shelter: Shelter, form: RateForm, *, status: int | None = None
) -> HttpResponse:
    shelters = shelters_of(request.user)
    context = {
        "shelter": shelter,
        "shelters": shelters,
        "unregistered": unregistered(request.user, shelters),
        "lines": rate_lines(shelter, timezone.localdate()),
        "form": form,
        "may_write": may_at(request.user, shelter, Act.RATE_WRITE),
    }
    status = status or (422 if form.errors else 200)
    return render(request, "housing/shelters/rate_list.html", context, status=status)
