"""Pages about vacancies: the list, one, a new one, a correction, the end."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.db.models import Case, F, When
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from django.views.decorators.vary import vary_on_headers

from housing.agreements.counting import group_of
from housing.agreements.wording import next_of, title_of, turn_of, why_of
from housing.supply import selectors, services
from housing.supply.access import dwelling_for, may_for, require_act, vacancy_for
from housing.supply.enums import DwellingKind, VacancyEnd
from housing.supply.forms import (
    CloseForm,
    DwellingForm,
    ReportForm,
    VacancyForm,
    dwelling_values,
    vacancy_initial,
)
from housing.supply.models import Dwelling, Vacancy
from housingfirst.access.enums import Act
from housingfirst.base.errors import DomainError, StaleVersion
from housingfirst.base.http import Request, is_partial
from housingfirst.base.keyset import window
from housingfirst.ui import conflict
from housingfirst.ui.forms import clean_line
from housingfirst.ui.forms.once import once
from housingfirst.ui.parts import Fact, Filter, Page

PER_PAGE = 25


class Turn(NamedTuple):
    """Whose turn the next vacancy of a group is, and what that stands on."""

    text: str
    why: str
    where: str
    is_ours: bool


FAR_AWAY = datetime(9999, 1, 1, tzinfo=UTC)


@require_GET
@vary_on_headers("HX-Request")
def vacancy_list(request: Request) -> HttpResponse:
    """What nobody lives in yet, what must be answered first on top; or what was closed, newest
    first."""
    require_act(request.user, Act.VACANCY_VIEW)
    today = timezone.localdate()
    is_open = request.GET.get("show") != "closed"
    found = selectors.vacancies(request.user)
    if is_open:
        asked = Case(When(closed_on__isnull=True, then=F("answer_by")))
        found = found.until_somebody_moves_in(today).annotate(
            answer_order=Coalesce(asked, FAR_AWAY)
        )
        order = ["answer_order", "pk"]
    else:
        found = found.filter(closed_on__isnull=False)
        order = ["-closed_on", "-pk"]
    shown = window(found, order=order, size=PER_PAGE, query=request.GET)
    previous_url, next_url = shown.addresses(request.GET.dict())
    context = {
        "rows": [selectors.row_of(vacancy, today) for vacancy in shown.rows],
        "is_open": is_open,
        "may_report": request.user.may(Act.VACANCY_REPORT),
        "may_keep": request.user.may(Act.ESTATE_WRITE),
        "filters": [
            Filter(_("Vacant"), "?", is_current=is_open),
            Filter(_("Closed vacancies"), "?show=closed", is_current=not is_open),
        ],
        "page": Page(previous_url, next_url),
    }
    template = "housing/supply/vacancy_list.html" + ("#vacancy-list" if is_partial(request) else "")
    return render(request, template, context)


@require_GET
def vacancy_detail(request: Request, reference: UUID) -> HttpResponse:
    """One vacancy: the facts, the running vacancy rent, and what can be done with it."""
    vacancy = vacancy_for(request.user, reference)
    return render(request, "housing/supply/vacancy_detail.html", _detail(request, vacancy))


def _detail(request: Request, vacancy: Vacancy) -> dict[str, Any]:
    may_change = vacancy.closed_on is None and may_for(
        request.user, vacancy.dwelling.estate, Act.VACANCY_REPORT
    )
    today = timezone.localdate()
    row = selectors.row_of(vacancy, today)
    facts = row.facts
    if vacancy.dwelling.kind == DwellingKind.FAMILY:
        turn = turn_of(vacancy, group_of(vacancy.dwelling.estate, today))
        facts += [Fact(_("The quarter rule"), turn)] if turn else []
    return {
        "row": row,
        "facts": facts,
        "vacancy": vacancy,
        "dwelling": vacancy.dwelling,
        "may_change": may_change,
        "may_offer": vacancy.closed_on is None and request.user.may(Act.OFFER_MAKE),
        "form": CloseForm() if may_change else None,
        "reads_rules": request.user.may(Act.RULES_VIEW),
    }


@require_http_methods(["GET", "POST"])
def vacancy_report(request: Request) -> HttpResponse:
    """First which dwelling: one that is known, or a new one. Then what is said of the vacancy."""
    require_act(request.user, Act.VACANCY_REPORT)
    dwelling = _chosen(request)
    is_new = "new" in request.GET
    if dwelling is None and not is_new:
        return _choose_dwelling(request)
    data = request.POST if request.method == "POST" else None
    estates = selectors.estates_for_report(request.user)
    about = DwellingForm(data, estates=estates) if dwelling is None else None
    form = ReportForm(data, initial=_from_dwelling(dwelling))
    if data is not None and all(f.is_valid() for f in (about, form) if f is not None):
        try:
            with once(request) as sent:
                if sent.earlier is None:
                    sent.result = _report(request, dwelling, about, form)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return redirect(sent.address)
    context = {
        "dwelling": dwelling,
        "about": about,
        "form": form,
        "turn": _turn(dwelling),
        "may_keep": request.user.may(Act.ESTATE_WRITE),
    }
    errors = form.errors or (about is not None and about.errors)
    return render(
        request, "housing/supply/vacancy_report.html", context, status=422 if errors else 200
    )


def _turn(dwelling: Dwelling | None) -> Turn | None:
    """Whose turn it is by the quarter rule; None for what the rule does not count."""
    if dwelling is None or dwelling.kind != DwellingKind.FAMILY:
        return None
    today = timezone.localdate()
    group = group_of(dwelling.estate, today)
    return Turn(next_of(group), why_of(group, today), title_of(group), group.is_next)


def _report(
    request: Request, dwelling: Dwelling | None, about: DwellingForm | None, form: ReportForm
) -> str:
    """Write the vacancy, and the dwelling when it is new; returns the vacancy's address."""
    values = form.cleaned_data
    if about is not None:
        dwelling = services.dwelling_save(
            estate=about.cleaned_data["estate"],
            values=dwelling_values(about.cleaned_data, vacancy=values),
            actor=request.user,
        )
    assert dwelling is not None
    vacancy = services.vacancy_report(
        dwelling=dwelling,
        reported_on=timezone.localdate(),
        available_from=values["available_from"],
        answer_by=values["answer_by"],
        vacancy_rent_from=values["vacancy_rent_from"],
        rent_dkk=values["rent_dkk"],
        deposit_dkk=values["deposit_dkk"],
        remark=values["remark"],
        is_given=form.is_given,
        actor=request.user,
    )
    messages.success(request, _("%(address)s is reported vacant.") % {"address": dwelling.address})
    return reverse("housing:vacancy_detail", args=[vacancy.reference])


def _chosen(request: Request) -> Dwelling | None:
    """The dwelling that the address names, if it can be read and the user may report it."""
    try:
        reference = UUID(request.GET.get("dwelling", ""))
    except ValueError:
        return None
    return dwelling_for(request.user, reference, Act.VACANCY_REPORT)


def _choose_dwelling(request: Request) -> HttpResponse:
    text = clean_line(request.GET.get("q", ""))[:80]
    found = selectors.dwellings_found(request.user, text)
    context = {"q": text, "found": found, "is_cut": len(found) == selectors.FOUND_AT_MOST}
    return render(request, "housing/supply/vacancy_choose.html", context)


def _from_dwelling(dwelling: Dwelling | None) -> dict[str, Any]:
    if dwelling is None:
        return {}
    return {"rent_dkk": dwelling.rent_dkk, "deposit_dkk": dwelling.deposit_dkk}


@require_http_methods(["GET", "POST"])
def vacancy_edit(request: Request, reference: UUID) -> HttpResponse:
    """Correct an open vacancy. Two who correct it at once choose field by field."""
    vacancy = vacancy_for(request.user, reference, Act.VACANCY_REPORT)
    url = reverse("housing:vacancy_detail", args=[vacancy.reference])
    if vacancy.closed_on is not None:
        return redirect(url)
    if request.method == "GET":
        form = VacancyForm(initial=vacancy_initial(vacancy))
        return _edit_page(request, vacancy, form)
    data = conflict.settled(VacancyForm, request.POST, theirs=vacancy_initial(vacancy))
    form = VacancyForm(data)
    if form.is_valid():
        seen = conflict.posted_version(data)
        try:
            services.vacancy_change(
                vacancy=vacancy, actor=request.user, version=seen, **form.cleaned_data
            )
        except StaleVersion as stale:
            name = selectors.row_of(vacancy, timezone.localdate()).name
            return conflict.page(
                request,
                form=form,
                stale=stale,
                seen=seen,
                values_of=vacancy_initial,
                title=_("Vacancy %(name)s") % {"name": name},
                keep_url=url,
                citizen=None,
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The vacancy is saved."))
            return redirect(url)
    return _edit_page(request, vacancy, form)


def _edit_page(request: Request, vacancy: Vacancy, form: VacancyForm) -> HttpResponse:
    context = {
        "row": selectors.row_of(vacancy, timezone.localdate()),
        "vacancy": vacancy,
        "form": form,
    }
    return render(
        request, "housing/supply/vacancy_edit.html", context, status=422 if form.errors else 200
    )


@require_http_methods(["POST"])
def vacancy_close(request: Request, reference: UUID) -> HttpResponse:
    """Give the dwelling back with a reason, or withdraw it. A live offer ends with it."""
    vacancy = vacancy_for(request.user, reference, Act.VACANCY_REPORT)
    form = CloseForm(request.POST)
    if form.is_valid():
        try:
            services.vacancy_close(
                vacancy=vacancy,
                ended=VacancyEnd(form.cleaned_data["ended"]),
                closed_on=timezone.localdate(),
                remark=form.cleaned_data["remark"],
                actor=request.user,
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The vacancy is closed."))
            return redirect("housing:vacancy_list")
    context = _detail(request, vacancy) | {"form": form}
    return render(request, "housing/supply/vacancy_detail.html", context, status=422)
