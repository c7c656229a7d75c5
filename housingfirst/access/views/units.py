"""The administrator's pages about units."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from housingfirst.access import selectors, services
from housingfirst.access.enums import Act, OrganisationKind, UnitKind
from housingfirst.access.forms import UnitChangeForm, UnitForm
from housingfirst.access.services import require_page
from housingfirst.base.errors import DomainError
from housingfirst.base.http import Request
from housingfirst.ui.forms.once import once


@require_GET
def unit_list(request: Request) -> HttpResponse:
    require_page(request.user, Act.USERS_MANAGE)
    units = selectors.units_with_members(request.user, timezone.localdate())
    return render(request, "access/unit/list.html", {"units": units})


@require_http_methods(["GET", "POST"])
def unit_create(request: Request) -> HttpResponse:
    require_page(request.user, Act.USERS_MANAGE)
    municipality = request.user.units_for(Act.USERS_MANAGE)[0].municipality
    form = UnitForm(
        request.POST if request.method == "POST" else None,
        organisations=selectors.organisations_for(request.user),
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with once(request) as sent:
                if sent.earlier is None:
                    services.unit_register(
                        organisation=form.chosen_organisation
                        or services.organisation_register(
                            name=data["new_organisation"],
                            kind=OrganisationKind(
                                data["organisation_kind"] or OrganisationKind.MUNICIPAL
                            ),
                            municipality=municipality,
                            actor=request.user,
                        ),
                        municipality=municipality,
                        name=data["name"],
                        kind=UnitKind(data["kind"]),
                        phone=data["phone"],
                        takes_intake=data["takes_intake"],
                        actor=request.user,
                    )
                    sent.result = reverse("access:unit_list")
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The unit is created."))
            return redirect(sent.address)
    context = {"form": form, "municipality": municipality}
    status = 422 if form.errors else 200
    return render(request, "access/unit/create.html", context, status=status)


@require_http_methods(["GET", "POST"])
def unit_edit(request: Request, unit_reference: UUID) -> HttpResponse:
    require_page(request.user, Act.USERS_MANAGE)
    unit = selectors.unit_for(request.user, unit_reference)
    values = {"name": unit.name, "phone": unit.phone, "takes_intake": unit.takes_intake}
    form = UnitChangeForm(request.POST if request.method == "POST" else None, initial=values)
    if request.method == "POST" and form.is_valid():
        try:
            services.unit_change(unit=unit, **form.cleaned_data, actor=request.user)
        except DomainError as error:
            form.add_error(None, str(error))
            unit.refresh_from_db()
        else:
            messages.success(request, _("The unit is saved."))
            return redirect("access:unit_list")
    context = {"form": form, "unit": unit}
    status = 422 if form.errors else 200
    return render(request, "access/unit/edit.html", context, status=status)
