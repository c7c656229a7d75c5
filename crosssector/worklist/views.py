"""The worklist of a person and of a unit, and what is said about a thing on it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import reselect, retarget

from crosssector.keyset import asked
from crosssector.worklist.context import worklist_context
from crosssector.worklist.enums import Show
from crosssector.worklist.forms import SnoozeForm
from crosssector.worklist.items import item_of
from crosssector.worklist.rows import Scope
from crosssector.worklist.selectors import is_readable, news_of, page_of
from housingfirst.access.denied import Denied
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.access.models import Unit, User
from housingfirst.base.errors import DomainError
from housingfirst.base.http import Request, is_partial
from housingfirst.deadlines import services
from housingfirst.deadlines.kinds import all_kinds
from housingfirst.deadlines.models import Deadline
from housingfirst.ui import words


@require_GET
def my_day(request: Request) -> HttpResponse:
    """What is mine to do, by citizen, what hurts first on top."""
    if not request.user.may(Act.WORKLIST):
        raise Denied("my_day")
    return _worklist(request, _scope(request.user), "my_day")


@require_GET
def unit_day(request: Request) -> HttpResponse:
    """The same for a unit: one of the user's own, or one that holds things of their cases."""
    if not request.user.may(Act.WORKLIST):
        raise Denied("unit_day")
    unit = _unit(request.user, request.GET.get("unit"))
    return _worklist(request, _scope(request.user, unit), "unit_day")


@require_http_methods(["GET", "POST"])
def snooze(request: Request, reference: UUID) -> HttpResponse:
    """Put a thing off; a page of its own where the list's little form cannot be used."""
    deadline = _deadline(request.user, reference)
    today = timezone.localdate()
    form = SnoozeForm(request.POST if request.method == "POST" else None, today=today)
    if request.method == "POST" and form.is_valid():
        until = form.cleaned_data["until"]
        try:
            services.snooze(
                deadline=deadline,
                until=until,
                reason=form.cleaned_data["reason"],
                actor=request.user,
                today=today,
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            on = words.day(until, today=today)
            told = words.sentence(_("Put off until %(day)s.") % {"day": on})
            messages.success(request, told)
            return _back(request)
    if deadline.case is not None:
        log(request.user, LogAction.VIEWED, [deadline.case.citizen_id], what="snooze")
    context = {
        "item": item_of(deadline, _scope(request.user), waits=False),
        "deadline": deadline,
        "form": form,
        "back": _back_url(request),
    }
    response = render(
        request,
        "deadlines/deadline/snooze.html",
        context,
        status=422 if form.errors else 200,
    )
    if is_partial(request):
        target = f"#snooze-{deadline.reference}"
        response = reselect(retarget(response, target), target)
    return response


@require_POST
def acknowledge(request: Request, reference: UUID) -> HttpResponse:
    """Say that it is in hand: it stays on the list and asks again when it comes nearer."""
    deadline = _deadline(request.user, reference)
    try:
        services.acknowledge(deadline=deadline, actor=request.user, today=timezone.localdate())
    except DomainError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("Your colleagues can see that you have it in hand."))
    return _back(request)


@require_POST
def wake(request: Request, reference: UUID) -> HttpResponse:
    """Take what was put off back onto the list."""
    deadline = _deadline(request.user, reference)
    try:
        services.wake(deadline=deadline, actor=request.user)
    except DomainError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("It is back on the list."))
    return _back(request)


def _worklist(request: Request, scope: Scope, name: str) -> HttpResponse:
    try:
        show = Show(request.GET.get("f", Show.ALL))
    except ValueError:
        show = Show.ALL
    page = page_of(scope, show, **asked(request))
    news = news_of(scope)
    named = [event.case.citizen_id for event in news if event.case]
    log(request.user, LogAction.LISTED, [*page.citizen_ids, *named], what=name)
    context = worklist_context(request, scope, show, page, news)
    return render(request, "deadlines/worklist/list.html", context)


def _scope(user: User, unit: Unit | None = None) -> Scope:
    return Scope(user=user, day=timezone.localdate(), now=timezone.now(), unit=unit)


def _unit(user: User, reference: str | None) -> Unit:
    """The unit of the address, or the user's first. Raises Denied."""
    own = user.units_for(Act.WORKLIST)
    if not reference:
        return own[0]
    try:
        unit = Unit.objects.filter(reference=UUID(reference)).first()
    except ValueError:
        unit = None
    if unit is None or not is_readable(user, unit):
        raise Denied("unit_day")
    return unit


def _deadline(user: User, reference: UUID) -> Deadline:
    """The deadline, open or closed. Raises Denied, a logged 404."""
    rows = Deadline.objects.filter(reference=reference)
    deadline = (
        rows.visible_to(user)
        .filter(kind__in=[kind.key for kind in all_kinds()])
        .select_related("case__citizen", "unit", "acknowledged_by", "snoozed_by")
        .first()
        if user.may(Act.WORKLIST)
        else None
    )
    if deadline is None:
        citizens = rows.filter(case__isnull=False).values_list("case__citizen_id", flat=True)
        raise Denied("deadline", tuple(citizens))
    return deadline


def _back(request: Request) -> HttpResponse:
    """To the list the act was taken on."""
    return redirect(_back_url(request))


def _back_url(request: Request) -> str:
    """Where the form says it came from, if that is a page of ours; else the user's own list."""
    given: Any = request.POST.get("back") or request.GET.get("back") or ""
    if url_has_allowed_host_and_scheme(given, allowed_hosts=None) and given.startswith("/"):
        return str(given)
    return reverse("deadlines:my_day")
