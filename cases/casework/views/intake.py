"""A citizen who comes for the first time."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.casework.duplicates import Duplicates, duplicates_of
from cases.casework.enums import DespiteReason, Situation
from cases.casework.forms.identity import IntakeForm
from cases.casework.intake import FirstWords, Person, case_take_in
from cases.casework.selectors.staff import intake_of
from cases.casework.views.pages import form_key_of
from cases.citizens.enums import Protection
from housingfirst.access.enums import Act
from housingfirst.access.log import log_search
from housingfirst.access.services import require_page
from housingfirst.base.errors import DomainError
from housingfirst.base.http import Request
from housingfirst.ui.forms.once import once


@require_http_methods(["GET", "POST"])
def case_create(request: Request) -> HttpResponse:
    """Register a citizen and open a case, after a look at whether they are here already."""
    require_page(request.user, Act.CASE_CREATE)
    units = request.user.units_for(Act.CASE_CREATE)
    form = IntakeForm(request.POST if request.method == "POST" else None, units=units)
    found = Duplicates()
    if request.method == "POST" and form.is_valid():
        try:
            with once(request) as sent:
                if sent.earlier is None:
                    found = _looked_for(request, form)
                    case = _take_in(request, form, found)
                    sent.result = reverse("cases:case_detail", args=[case.reference])
        except _Asked as asked:
            found = asked.found
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            _log_look(request, form, found)
            messages.success(request, _("The case is opened."))
            return redirect(sent.address)
        _log_look(request, form, found)
    context: dict[str, Any] = {
        "form": form,
        "found": found,
        "has_units": len(units) > 1,
        "ask": intake_of(units[0].municipality) if found else None,
        "today": timezone.localdate(),
    }
    status = 422 if form.errors or found else 200
    return render(request, "cases/case/create.html", context, status=status)


class _Asked(Exception):
    """Somebody like it is here: the person must look, and say why they go on."""

    def __init__(self, found: Duplicates) -> None:
        super().__init__()
        self.found = found


def _looked_for(request: Request, form: IntakeForm) -> Duplicates:
    """Who is here already. Raises _Asked unless the person may go on."""
    found = duplicates_of(
        request.user,
        form.chosen_unit.municipality,
        name=form.cleaned_data["name"],
        birth_date=form.cleaned_data["birth_date"],
        cpr=form.cleaned_data["cpr"],
    )
    if found.stops or not form.may_go_on(found):
        raise _Asked(found)
    return found


def _log_look(request: Request, form: IntakeForm, found: Duplicates) -> None:
    """Write down what was asked for and whom it showed, as a search."""
    data = form.cleaned_data
    shown = [case.citizen_id for case in found.alike]
    if found.own_case is not None:
        shown.append(found.own_case.citizen_id)
    if found.same is not None:
        shown.append(found.same.pk)
    asked = data["cpr"].digits if data["cpr"] else f"{data['name']} {data['birth_date'] or ''}"
    log_search(request.user, asked, shown, what="case_create")


def _take_in(request: Request, form: IntakeForm, found: Duplicates) -> Any:
    data = form.cleaned_data
    today: date = timezone.localdate()
    return case_take_in(
        person=found.same
        or Person(
            name=data["name"],
            cpr=data["cpr"],
            birth_date=data["birth_date"],
            protection=Protection(data["protection"]),
            language=data["language"],
            needs_interpreter=data["needs_interpreter"],
            phone=data["phone"],
        ),
        said=FirstWords(
            situation=Situation(data["situation"]) if data["situation"] else None,
            situation_from=data["situation_from"],
            wish=data["wish"],
            note=data["note"],
        ),
        unit=form.chosen_unit,
        adviser=request.user if data["is_adviser"] else None,
        at=timezone.now(),
        on=today,
        form_key=form_key_of(request),
        actor=request.user,
        despite=DespiteReason(data["despite"]) if found and data["despite"] else None,
    )
