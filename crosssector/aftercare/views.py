"""The page of a stay's aftercare: what was decided, until when, and its end."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.access import may_on
from crosssector.aftercare import services
from crosssector.aftercare.enums import AftercareAnswer
from crosssector.aftercare.forms import AftercareForm, values_of
from crosssector.aftercare.models import AftercarePlan
from crosssector.aftercare.selectors import shown_of
from housing.shelters.access import stay_for
from housing.shelters.enums import Section
from housing.shelters.models import Stay
from housingfirst.access.denied import Denied
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.base.errors import DomainError, StaleVersion
from housingfirst.base.http import Request
from housingfirst.ui import conflict
from housingfirst.ui.told import told


@require_http_methods(["GET", "POST"])
def aftercare(request: Request, reference: UUID) -> HttpResponse:
    """What is decided on aftercare for a stay, before the discharge or after it."""
    stay = _stay(request, reference)
    plan: AftercarePlan | None = getattr(stay, "aftercare", None)  # read with the stay
    if request.method == "GET":
        return _page(request, stay, plan, AftercareForm(initial=_initial(stay, plan)))
    if not services.may_decide(request.user, stay):
        raise PermissionDenied
    data = conflict.settled(AftercareForm, request.POST, theirs=_initial(stay, plan))
    form = AftercareForm(data)
    if form.is_valid():
        seen = conflict.posted_version(data)
        values = form.cleaned_data
        try:
            services.aftercare_decide(
                stay=stay,
                answer=AftercareAnswer(values["answer"]),
                decided_on=values["decided_on"],
                given_by=values["given_by"],
                last_on=values["last_on"],
                remark=values["remark"],
                actor=request.user,
                today=timezone.localdate(),
                version=seen or None,
            )
        except StaleVersion as stale:
            return conflict.page(
                request,
                form=form,
                stale=stale,
                seen=seen,
                values_of=values_of,
                title=_("Aftercare"),
                keep_url=reverse("crosssector:aftercare", args=[stay.reference]),
                citizen=stay.citizen_id,
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("What was said of aftercare is saved."))
            return redirect("crosssector:aftercare", stay.reference)
    return _page(request, stay, plan, form)


@require_POST
def aftercare_end(request: Request, reference: UUID) -> HttpResponse:
    """The aftercare has ended today."""
    stay = _stay(request, reference)
    if not services.may_decide(request.user, stay):
        raise PermissionDenied
    with told(request, _("The end of the aftercare is registered.")):
        services.aftercare_end(stay=stay, ended_on=timezone.localdate(), actor=request.user)
    return redirect("crosssector:aftercare", stay.reference)


def _stay(request: Request, reference: UUID) -> Stay:
    """A stay at a § 110 shelter that the user sees. Raises Denied."""
    stay = stay_for(request.user, reference)
    if stay.shelter.section != Section.S110:
        raise Denied("aftercare", (stay.citizen_id,))
    return stay


def _initial(stay: Stay, plan: AftercarePlan | None) -> dict[str, Any]:
    if plan is not None:
        return values_of(plan)
    today = timezone.localdate()
    return {"decided_on": today, "last_on": services.limits_of(stay, today).last_on}


def _page(
    request: Request, stay: Stay, plan: AftercarePlan | None, form: AftercareForm
) -> HttpResponse:
    log(request.user, LogAction.VIEWED, [stay.citizen_id], what="aftercare")
    today = timezone.localdate()
    may_open = may_on(request.user, stay.case, Act.CASE_VIEW)
    context = {
        "stay": stay,
        "citizen": stay.citizen,
        "plan": plan,
        "version": plan.version if plan else 0,
        "form": form,
        "limits": services.limits_of(stay, today),
        "shown": shown_of(request.user, stay, today, knows_case=may_open),
        "may_decide": services.may_decide(request.user, stay)
        and (plan is not None or stay.case.closed_on is None),
        "case_url": reverse("cases:case_detail", args=[stay.case.reference]) if may_open else "",
        "reads_rules": request.user.may(Act.RULES_VIEW),
    }
    status = 422 if form.errors else 200
    return render(request, "crosssector/aftercare/page.html", context, status=status)
