"""The page where a milestone of a CTI course is registered or put right."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.access import case_for
from cases.casework.header import case_context
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.base.errors import DomainError, StaleVersion
from housingfirst.base.http import Request
from housingfirst.ui import conflict
from support.enrolments.access import enrolment_in
from support.milestones import services
from support.milestones.enums import MilestoneKind
from support.milestones.forms import MilestoneForm, values_of
from support.milestones.models import Milestone


@require_http_methods(["GET", "POST"])
def milestone_hold(
    request: Request, case_reference: UUID, reference: UUID, kind: str
) -> HttpResponse:
    """Register a review, the hand-over or what follows; what is registered can be put right."""
    case = case_for(request.user, case_reference, Act.CASE_CHANGE)
    enrolment = enrolment_in(case, reference, request.user)
    if kind not in MilestoneKind.values:
        raise Http404
    what = MilestoneKind(kind)
    known = Milestone.objects.filter(enrolment=enrolment, kind=what).first()
    theirs = values_of(known) if known else {"held_on": timezone.localdate(), "remark": ""}
    form = MilestoneForm(None, initial=theirs)
    tab = reverse("support:support_tab", args=[case.reference])
    if request.method == "POST":
        data = conflict.settled(MilestoneForm, request.POST, theirs=theirs)
        form, seen = MilestoneForm(data), conflict.posted_version(data)
        if form.is_valid():
            try:
                services.milestone_hold(
                    enrolment=enrolment,
                    kind=what,
                    actor=request.user,
                    version=seen,
                    **form.cleaned_data,
                )
            except StaleVersion as stale:
                return conflict.page(
                    request,
                    form=form,
                    stale=stale,
                    seen=seen,
                    values_of=values_of,
                    title=str(what.label),
                    keep_url=tab,
                    citizen=case.citizen_id,
                    context=case_context(request, case, "support"),
                )
            except DomainError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("It is registered."))
                return redirect(tab)
    log(request.user, LogAction.VIEWED, [case.citizen_id], what="milestone")
    context = case_context(request, case, "support") | {
        "form": form,
        "what": what,
        "version": known.version if known else 0,
    }
    status = 422 if form.errors else 200
    return render(request, "support/milestone/hold.html", context, status=status)
