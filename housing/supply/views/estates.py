"""Pages about estates and areas, kept by the allocators."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from housing.supply import selectors, services
from housing.supply.access import area_for, estate_for, require_act
from housing.supply.forms import AreaForm, EstateForm, estate_initial, estate_values
from housing.supply.models import Estate
from housingfirst.access.enums import Act
from housingfirst.base.errors import DomainError, StaleVersion
from housingfirst.base.http import Request
from housingfirst.ui import conflict
from housingfirst.ui.forms.once import once


@require_GET
def estate_list(request: Request) -> HttpResponse:
    """The estates with their marks, and the areas of the municipality."""
    require_act(request.user, Act.ESTATE_WRITE)
    return _list_page(request, AreaForm())


def _list_page(request: Request, form: AreaForm, status: int = 200) -> HttpResponse:
    context = {
        "estates": selectors.estates_kept(request.user),
        "areas": selectors.areas_kept(request.user),
        "form": form,
    }
    return render(request, "housing/supply/estate_list.html", context, status=status)


@require_http_methods(["GET", "POST"])
def estate_create(request: Request) -> HttpResponse:
    require_act(request.user, Act.ESTATE_WRITE)
    form = _estate_form(request, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with once(request) as sent:
                if sent.earlier is None:
                    services.estate_save(
                        unit=data["unit"], values=estate_values(data), actor=request.user
                    )
                    sent.result = reverse("housing:estate_list")
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": data["name"]})
            return redirect(sent.address)
    context = {"form": form, "estate": None}
    return render(
        request, "housing/supply/estate_form.html", context, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
def estate_edit(request: Request, reference: UUID) -> HttpResponse:
    estate = estate_for(request.user, reference)
    if request.method == "GET":
        return _edit_page(request, estate, _estate_form(request, None, estate))
    data = conflict.settled(EstateForm, request.POST, theirs=estate_initial(estate))
    data["unit"] = str(estate.unit_id)  # an estate does not change its organisation
    form = _estate_form(request, data)
    if form.is_valid():
        seen = conflict.posted_version(data)
        try:
            services.estate_save(
                unit=estate.unit,
                values=estate_values(form.cleaned_data),
                actor=request.user,
                estate=estate,
                version=seen,
            )
        except StaleVersion as stale:
            return conflict.page(
                request,
                form=form,
                stale=stale,
                seen=seen,
                values_of=estate_initial,
                title=_("Estate %(name)s") % {"name": stale.current.name},
                keep_url=reverse("housing:estate_list"),
                citizen=None,
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": form.cleaned_data["name"]})
            return redirect("housing:estate_list")
    return _edit_page(request, estate, form)


def _edit_page(request: Request, estate: Estate, form: EstateForm) -> HttpResponse:
    context = {"form": form, "estate": estate}
    return render(
        request, "housing/supply/estate_form.html", context, status=422 if form.errors else 200
    )


def _estate_form(request: Request, data: object | None, estate: Estate | None = None) -> EstateForm:
    return EstateForm(
        data,
        initial=estate_initial(estate) if estate else None,
        units=selectors.organisations_of(request.user),
        areas=selectors.areas_kept(request.user),
    )


@require_POST
def area_create(request: Request) -> HttpResponse:
    require_act(request.user, Act.ESTATE_WRITE)
    form = AreaForm(request.POST)
    if form.is_valid():
        unit = request.user.units_for(Act.ESTATE_WRITE)[0]
        try:
            services.area_save(
                municipality=unit.municipality,
                name=form.cleaned_data["name"],
                actor=request.user,
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": form.cleaned_data["name"]})
            return redirect("housing:estate_list")
    return _list_page(request, form, status=422)


@require_POST
def area_edit(request: Request, pk: int) -> HttpResponse:
    """Give an area another name; what is wished for and ruled out follows."""
    area = area_for(request.user, pk)
    form = AreaForm(request.POST)
    if form.is_valid():
        try:
            services.area_save(
                municipality=area.municipality,
                name=form.cleaned_data["name"],
                actor=request.user,
                area=area,
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": form.cleaned_data["name"]})
            return redirect("housing:estate_list")
    return _list_page(request, form, status=422)
