"""The worklist of a person and of a unit, and what is said about a thing on it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
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
from crosssector.worklist.views.shared import back, back_url, deadline_for, scope_of
from housingfirst.access.denied import Denied
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.access.models import Unit, User
from housingfirst.base.errors import DomainError
from housingfirst.base.http import Request, is_partial
from housingfirst.deadlines import services
from housingfirst.ui import words
from housingfirst.ui.told import told


@require_GET
def my_day(request: Request) -> HttpResponse:
    """What is mine to do, by citizen, what hurts first on top."""
    if not request.user.may(Act.WORKLIST):
        raise Denied("my_day")
    return _worklist(request, scope_of(request.user), "my_day")


@require_GET
def unit_day(request: Request) -> HttpResponse:
    """The same for a unit: one of the user's own, or one that holds things of their cases."""
    if not request.user.may(Act.WORKLIST):
        raise Denied("unit_day")
    unit = _unit(request.user, request.GET.get("unit"))
    return _worklist(request, scope_of(request.user, unit), "unit_day")


@require_http_methods(["GET", "POST"])
def snooze(request: Request, reference: UUID) -> HttpResponse:
    """Put a thing off; a page of its own where the list's little form cannot be used."""
    deadline = deadline_for(request.user, reference)
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
            return back(request)
    if deadline.case is not None:
        log(request.user, LogAction.VIEWED, [deadline.case.citizen_id], what="snooze")
    context = {
        "item": item_of(deadline, scope_of(request.user), waits=False),
        "deadline": deadline,
        "form": form,
        "back": back_url(request),
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
    deadline = deadline_for(request.user, reference)
    with told(request, _("Your colleagues can see that you have it in hand.")):
        services.acknowledge(deadline=deadline, actor=request.user, today=timezone.localdate())
    return back(request)


@require_POST
def wake(request: Request, reference: UUID) -> HttpResponse:
    """Take what was put off back onto the list."""
    deadline = deadline_for(request.user, reference)
    with told(request, _("It is back on the list.")):
        services.wake(deadline=deadline, actor=request.user)
    return back(request)


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
