"""A thing is given to a colleague, or back; and the way to it from a calendar or a mail."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.access import rights_on
from crosssector.worklist.forms import GiveForm
from crosssector.worklist.items import item_of
from crosssector.worklist.views.shared import back, back_url, deadline_for, scope_of
from housingfirst.access.enums import LogAction
from housingfirst.access.log import log
from housingfirst.base.errors import DomainError
from housingfirst.base.http import Request
from housingfirst.deadlines import services
from housingfirst.deadlines.selectors import colleagues_for
from housingfirst.ui.told import told


@require_http_methods(["GET", "POST"])
def give(request: Request, reference: UUID) -> HttpResponse:
    """Choose who takes it, and say why."""
    deadline = deadline_for(request.user, reference)
    today = timezone.localdate()
    colleagues = colleagues_for(deadline, today)
    form = GiveForm(request.POST if request.method == "POST" else None, colleagues=colleagues)
    if request.method == "POST" and form.is_valid():
        to = form.cleaned_data["to"]
        try:
            services.give(
                deadline=deadline,
                to=to,
                reason=form.cleaned_data["reason"],
                actor=request.user,
                today=today,
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            told = _("%(name)s has it now, and reads that you gave it and why.")
            messages.success(request, told % {"name": to.name})
            return back(request)
    if deadline.case is not None:
        log(request.user, LogAction.VIEWED, [deadline.case.citizen_id], what="give")
    context = {
        "item": item_of(deadline, scope_of(request.user), waits=False),
        "deadline": deadline,
        "form": form,
        "back": back_url(request),
    }
    status = 422 if form.errors else 200
    return render(request, "deadlines/deadline/give.html", context, status=status)


@require_POST
def give_back(request: Request, reference: UUID) -> HttpResponse:
    """Give back what was given: to whose it is by the facts, or to the unit."""
    deadline = deadline_for(request.user, reference)
    with told(request, _("It is given back.")):
        services.give_back(deadline=deadline, actor=request.user)
    return back(request)


@require_GET
def deadline_open(request: Request, reference: UUID) -> HttpResponse:
    """To where the act is taken; to the list where it is done already, or not the reader's."""
    deadline = deadline_for(request.user, reference)
    case = deadline.case
    rights = rights_on(request.user, case) if case else frozenset()
    item = item_of(deadline, scope_of(request.user), waits=False, rights=rights)
    if case is not None:
        log(request.user, LogAction.VIEWED, [case.citizen_id], what="deadline")
    if deadline.closed_at is not None:
        messages.info(request, _("That is done already."))
        return redirect(reverse("deadlines:my_day"))
    return redirect(item.url or reverse("deadlines:my_day"))
