"""Who sleeps here tonight, and admitting one more."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from housing.shelters import rules, services
from housing.shelters.enums import NoticeKind
from housing.shelters.forms import AdmissionForm, form_key_in
from housing.shelters.models import Shelter, Stay
from housing.shelters.selectors import notices
from housing.shelters.selectors.residents import (
    Order,
    ResidentList,
    Show,
    free_beds_at,
    residents_at,
)
from housing.shelters.selectors.shelters import chosen, rate_on, shelters_of, unregistered
from housing.shelters.views.shelters import tells_of_none
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log, log_search
from housingfirst.base.errors import DomainError
from housingfirst.base.http import Request
from housingfirst.lawbook.selectors import choices_of
from housingfirst.ui import words
from housingfirst.ui.forms.once import FIELD_NAME, once
from housingfirst.ui.parts import Filter


@require_GET
@tells_of_none
def resident_list(request: Request) -> HttpResponse:
    """Beds with their residents; `?show=`, `?sort=` and `?shelter=` are the state of the page."""
    shelters = _shelters(request)
    shelter = chosen(shelters, request.GET.get("shelter", ""))
    now = timezone.localtime()
    show, order = _one_of(Show, request, "show"), _one_of(Order, request, "sort")
    residents = residents_at(
        request.user, shelter, now=now, today=now.date(), show=show, order=order
    )
    log(request.user, LogAction.LISTED, residents.citizen_ids, what="resident_list")
    rate = rate_on(shelter, now.date())
    bed = request.GET.get("bed", "")
    form = AdmissionForm(at=shelter, free_beds=residents.free_beds, rate=rate, now=now, bed=bed)
    context = {
        "shelter": shelter,
        "shelters": shelters,
        "unregistered": unregistered(request.user, shelters),
        "residents": residents,
        "facts": _facts(residents),
        "filters": _filters(request, residents, show),
        "orders": _orders(request, order),
        "is_filtered": show is not Show.ALL,
        "desk": notices.desk_of(request.user, shelter, now.date()),
        **_admission(form),
    }
    return render(request, "housing/shelters/resident_list.html", context)


@require_http_methods(["GET", "POST"])
@tells_of_none
def stay_admit(request: Request) -> HttpResponse:
    """The quick form, on a page of its own; the resident list posts here."""
    posted = request.POST if request.method == "POST" else None
    asked = (posted or request.GET).get("shelter", "")
    shelter = chosen(_shelters(request, Act.STAY_REGISTER), asked)
    now = timezone.localtime()
    form = AdmissionForm(
        posted,
        at=shelter,
        free_beds=free_beds_at(shelter),
        rate=rate_on(shelter, now.date()),
        now=now,
        bed=request.GET.get("bed", ""),
    )
    if posted is not None and (done := _earlier(request)) is not None:
        return _go(request, done)
    if posted is not None and form.is_valid():
        try:
            return _go(request, _admit(request, shelter, form))
        except DomainError as error:
            form.add_error(None, str(error))
    if form.is_bound and form.candidates:
        log_search(
            request.user,
            form.cleaned_data["name"],
            [citizen.pk for citizen in form.candidates],
            what="alike",
        )
    context = {"shelter": shelter, **_admission(form)}
    status = 422 if form.errors else 200
    return render(request, "housing/shelters/stay_admit.html", context, status=status)


def _admit(request: Request, shelter: Shelter, form: AdmissionForm) -> str:
    """Admit once, however often the button was pressed; where to go next."""
    with once(request) as sent:
        if sent.earlier is None:
            stay = services.stay_admit(
                shelter=shelter,
                citizen=form.newcomer(),
                actor=request.user,
                form_key=form_key_in(request.POST.get(FIELD_NAME, "")),
                **form.admission(),
            )
            elsewhere = form.elsewhere()
            if elsewhere is not None:
                services.days_elsewhere_add(case=stay.case, actor=request.user, **elsewhere)
            log(request.user, LogAction.CHANGED, [stay.citizen_id], what="stay_admit")
            messages.success(request, _told(stay))
            sent.result = f"{reverse('housing:resident_list')}?shelter={shelter.reference}"
    return sent.address


def _earlier(request: Request) -> str | None:
    """Where the same form led before: its citizen now fills the bed the second press asks for."""
    key = form_key_in(request.POST.get(FIELD_NAME, ""))
    earlier = Stay.objects.visible_to(request.user).filter(form_key=key).first() if key else None
    if earlier is None:
        return None
    return f"{reverse('housing:resident_list')}?shelter={earlier.shelter.reference}"


def _told(stay: Stay) -> str:
    """What was done and what is next. It is kept in a cookie, so it names nobody."""
    notice = stay.notices.get(kind=NoticeKind.ADMISSION)
    said = {
        "municipality": notice.municipality.name,
        "day": words.day(notice.due_on, today=timezone.localdate()),
    }
    if stay.bed is None:
        return _("Admitted. By %(day)s the notice must be sent to %(municipality)s.") % said
    return _("Admitted to bed %(bed)s. By %(day)s the notice must be sent to %(municipality)s.") % (
        said | {"bed": stay.bed.label}
    )


def _go(request: Request, url: str) -> HttpResponse:
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


def _shelters(request: Request, act: Act = Act.STAY_VIEW) -> list[Shelter]:
    if not request.user.may(act):
        raise PermissionDenied
    return shelters_of(request.user)


def _one_of(kind: type[Show] | type[Order], request: Request, key: str) -> Any:
    """The choice in the address; one that does not exist is the first."""
    try:
        return kind(request.GET.get(key, ""))
    except ValueError:
        return kind("")


def _admission(form: AdmissionForm) -> dict[str, Any]:
    """The form, and what happens by itself when it is sent today."""
    today = form.now.date()
    calendar = choices_of(form.at.unit.municipality_id).calendar
    return {
        "form": form,
        "rate": form.rate,
        "due_on": rules.notice_due_on(NoticeKind.ADMISSION, today, calendar),
        "opens": form.is_bound
        and any(
            name in form.errors
            for name in ("municipality", "daily_rate_dkk", "resident_payment_dkk")
        ),
        "opens_elsewhere": form.is_bound
        and any(name.startswith("elsewhere") for name in form.errors),
    }


def _facts(residents: ResidentList) -> list[str]:
    free, away = residents.counts[Show.FREE], residents.counts[Show.AWAY]
    return [
        _("%(occupied)d of %(beds)d beds taken")
        % {"occupied": residents.occupied, "beds": residents.beds},
        ngettext("%(n)d free", "%(n)d free", free) % {"n": free},
        ngettext("%(n)d away tonight", "%(n)d away tonight", away) % {"n": away},
    ]


def _filters(request: Request, residents: ResidentList, show: Show) -> list[Filter]:
    labels = {
        Show.ALL: _("All beds"),
        Show.NEAR: _("14 days left or fewer"),
        Show.TASKS: _("Task for us"),
        Show.AWAY: _("Away"),
        Show.FREE: _("Free"),
    }
    return [
        Filter(label, _address(request, show=one), one is show, residents.counts[one])
        for one, label in labels.items()
    ]


def _orders(request: Request, order: Order) -> list[Filter]:
    labels = {Order.BED: _("bed"), Order.LEFT: _("days left"), Order.NAME: _("name")}
    return [
        Filter(label, _address(request, sort=one), one is order) for one, label in labels.items()
    ]


def _address(request: Request, **changes: str) -> str:
    """This page with another filter or order; the bed asked for is forgotten."""
    state = request.GET.copy()
    state.pop("bed", None)
    for key, value in changes.items():
        if value:
            state[key] = value
        else:
            state.pop(key, None)
    return f"?{state.urlencode()}"
