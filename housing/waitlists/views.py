"""The page of the ordinary waiting lists a citizen is on."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.access import case_for
from cases.casework.header import case_context
from cases.models import Case
from housing.waitlists import services
from housing.waitlists.forms import JoinForm
from housing.waitlists.models import ListMembership
from housingfirst.access.denied import Denied
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.base.errors import DomainError
from housingfirst.base.http import Request
from housingfirst.ui import conflict
from housingfirst.ui.forms.once import once
from housingfirst.ui.told import told


@require_http_methods(["GET", "POST"])
def waitlists(request: Request, case_reference: UUID) -> HttpResponse:
    """Which lists, since when; and onto one more."""
    case = case_for(request.user, case_reference, Act.REFERRAL_WRITE)
    initial = {"joined_on": timezone.localdate()}
    form = JoinForm(request.POST if request.method == "POST" else None, case=case, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            with once(request) as sent:
                if sent.earlier is None:
                    services.list_join(case=case, actor=request.user, **form.cleaned_data)
                    sent.result = _address(case)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("It is registered."))
            return redirect(sent.address)
    log(request.user, LogAction.VIEWED, [case.citizen_id], what="waitlists")
    rows = list(ListMembership.objects.filter(case=case).order_by("left_on", "-joined_on", "-pk"))
    context = case_context(request, case, "housing") | {
        "form": form,
        "current": [row for row in rows if row.left_on is None],
        "earlier": [row for row in rows if row.left_on is not None],
    }
    status = 422 if form.errors else 200
    return render(request, "housing/waitlists/page.html", context, status=status)


@require_POST
def waitlist_decline(request: Request, case_reference: UUID) -> HttpResponse:
    """The citizen does not want to be on ordinary lists."""
    case = case_for(request.user, case_reference, Act.REFERRAL_WRITE)
    with told(request, _("It is registered; the system does not ask again.")):
        services.list_decline(case=case, on=timezone.localdate(), actor=request.user)
    return redirect(_address(case))


@require_POST
def waitlist_leave(request: Request, case_reference: UUID, reference: UUID) -> HttpResponse:
    """Off a list, today."""
    case = case_for(request.user, case_reference, Act.REFERRAL_WRITE)
    rows = ListMembership.objects.visible_to(request.user).filter(case=case)
    row = rows.filter(reference=reference).select_related("case").first()
    if row is None:
        raise Denied("waitlist", (case.citizen_id,))
    with told(request, _("It is registered.")):
        services.list_leave(
            row=row,
            left_on=timezone.localdate(),
            actor=request.user,
            version=conflict.posted_version(request.POST),
        )
    return redirect(_address(case))


def _address(case: Case) -> str:
    return reverse("housing:waitlists", args=[case.reference])
