"""The case's page about a home, and what is done from it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cases.access import case_for, rights_on
from cases.casework.header import case_context
from housing.allocation import services
from housing.allocation.access import paper_for
from housing.allocation.enums import ReferralEnd
from housing.allocation.forms.withdraw import WithdrawReferralForm
from housing.allocation.selectors.referral import open_referral
from housing.allocation.selectors.tab import Homing, Suitable, homing, suitable_for
from housing.evictions.case_page import whole_panel as arrears_panel
from housing.tenancies.selectors import homes_of
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.base.errors import DomainError
from housingfirst.base.http import Request


@require_GET
def housing_tab(request: Request, case_reference: UUID) -> HttpResponse:
    """The home, the offer, the referral with its papers, and what was before."""
    return _page(request, case_reference)


def _page(
    request: Request, case_reference: UUID, withdraw: WithdrawReferralForm | None = None
) -> HttpResponse:
    case = case_for(request.user, case_reference, Act.REFERRAL_VIEW)
    log(request.user, LogAction.VIEWED, [case.citizen_id], what="housing_tab")
    today = timezone.localdate()
    found = homing(case, today, timezone.now())
    homes = homes_of(case, today)
    is_waiting = found.draft is not None or found.waiting is not None
    may_write = Act.REFERRAL_WRITE in case.rights and case.closed_on is None
    context = case_context(request, case, "housing") | {
        "homing": found,
        "homes": homes,
        "arrears": arrears_panel(request, case),
        "suitable": _suitable(request, found, today),
        "may_write": may_write,
        "may_receive": may_write or Act.OFFER_MAKE in case.rights,
        "sees_reason": Act.OFFER_MAKE in case.rights,
        "proposes_again": may_write and homes.is_lost and not is_waiting,
        "withdraw": withdraw or WithdrawReferralForm(),
    }
    status = 422 if withdraw is not None else 200
    return render(request, "housing/allocation/housing_tab.html", context, status=status)


def _suitable(request: Request, found: Homing, today: date) -> list[Suitable]:
    """Vacant dwellings for who waits without an offer, to those who may see vacancies."""
    if found.waiting is None or found.live or not request.user.may(Act.VACANCY_VIEW):
        return []
    return suitable_for(found.waiting.referral, request.user, today)


@require_POST
def referral_withdraw(request: Request, case_reference: UUID) -> HttpResponse:
    """The citizen no longer waits, for a reason."""
    case = case_for(request.user, case_reference, Act.REFERRAL_WRITE)
    form = WithdrawReferralForm(request.POST)
    referral = open_referral(case, timezone.localdate())
    if form.is_valid():
        try:
            if referral is not None:
                services.referral_withdraw(
                    referral=referral,
                    reason=ReferralEnd(form.cleaned_data["reason"]),
                    actor=request.user,
                )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The referral is withdrawn."))
            return redirect("housing:housing_tab", case_reference=case.reference)
    return _page(request, case_reference, form)


@require_POST
def referral_again(request: Request, case_reference: UUID) -> HttpResponse:
    """After a lost home: a draft that keeps the wait, opened to be looked through."""
    case = case_for(request.user, case_reference, Act.REFERRAL_WRITE)
    try:
        services.referral_again(case=case, actor=request.user)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("housing:housing_tab", case_reference=case.reference)
    messages.success(request, _("A draft is made. It keeps the wait; look it through and send it."))
    return redirect("housing:referral_edit", case_reference=case.reference)


@require_POST
def paper_receive(request: Request, reference: UUID) -> HttpResponse:
    """A paper has come today."""
    paper = paper_for(request.user, reference)
    case = paper.referral.case
    rights = rights_on(request.user, case)
    if not rights & {Act.REFERRAL_WRITE, Act.OFFER_MAKE}:
        raise PermissionDenied
    try:
        services.paper_receive(paper=paper, received_on=timezone.localdate(), actor=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(paper)s is received.") % {"paper": paper.get_kind_display()})
    return redirect("housing:housing_tab", case_reference=case.reference)
