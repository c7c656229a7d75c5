"""Pages of those who ask: the tab of a case, a new handoff, a reply."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.access import case_for
from cases.casework.header import case_context
from cases.casework.models import Case
from cases.casework.remedies import Decided, Remedy, remedies_of
from crosssector.applications.selectors import loan_times
from crosssector.handoffs import selectors, services
from crosssector.handoffs.access import handoff_in
from crosssector.handoffs.enums import HandoffKind, HandoffStatus
from crosssector.handoffs.forms import AskForm, ReplyForm
from crosssector.handoffs.models import Handoff
from crosssector.handoffs.service_levels import may_agree
from crosssector.handoffs.task import our_tasks
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.base.errors import DomainError
from housingfirst.base.http import Request
from housingfirst.ui.forms.once import once


@require_GET
def handoff_tab(request: Request, case_reference: UUID) -> HttpResponse:
    """What was asked of others for this citizen, and how far it is."""
    case = case_for(request.user, case_reference, Act.HANDOFF_ASK)
    return _tab_page(request, case)


@require_http_methods(["GET", "POST"])
def handoff_ask(request: Request, case_reference: UUID) -> HttpResponse:
    """Ask another unit. What is known of the offer and the income is filled in."""
    case = case_for(request.user, case_reference, Act.HANDOFF_ASK)
    form = _ask_form(request, case)
    if request.method == "POST" and form.is_valid():
        try:
            with once(request) as sent:
                if sent.earlier is None:
                    services.handoff_ask(
                        case=case,
                        kind=HandoffKind.DEPOSIT_LOAN,
                        actor=request.user,
                        **form.cleaned_data,
                    )
                    sent.result = _tab(case)
                    messages.success(
                        request,
                        _("Asked of %(unit)s.") % {"unit": form.cleaned_data["to_unit"].name},
                    )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return redirect(sent.address)
    log(request.user, LogAction.VIEWED, [case.citizen_id], what="handoff_ask")
    unit = selectors.answering_units(case.municipality, HandoffKind.DEPOSIT_LOAN).first()
    level = selectors.level_of(unit, HandoffKind.DEPOSIT_LOAN) if unit else None
    context = case_context(request, case, "handoffs") | {
        "form": form,
        "unit": unit,
        "level": level,
        "may_agree": may_agree(request.user, case.municipality),
    }
    status = 422 if form.errors else 200
    return render(request, "crosssector/handoff/ask.html", context, status=status)


@require_POST
def handoff_reply(request: Request, case_reference: UUID, reference: UUID) -> HttpResponse:
    """Answer a question; the partner's clock goes on."""
    case = case_for(request.user, case_reference, Act.HANDOFF_ASK)
    handoff = handoff_in(case, reference, request.user)
    form = ReplyForm(request.POST)
    if form.is_valid():
        try:
            services.handoff_reply(
                handoff=handoff, text=form.cleaned_data["reply"], actor=request.user
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The reply is sent. Their clock goes on."))
            return redirect(_tab(case))
    return _tab_page(request, case, reply=form, replied=handoff.reference, status=422)


@require_POST
def handoff_withdraw(request: Request, case_reference: UUID, reference: UUID) -> HttpResponse:
    """Ask for it no longer."""
    case = case_for(request.user, case_reference, Act.HANDOFF_ASK)
    handoff = handoff_in(case, reference, request.user)
    try:
        services.handoff_withdraw(handoff=handoff, actor=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("No longer asked of %(unit)s.") % {"unit": handoff.to_unit.name}
        )
    return redirect(_tab(case))


def _tab_page(
    request: Request,
    case: Case,
    *,
    reply: ReplyForm | None = None,
    replied: UUID | None = None,
    status: int = 200,
) -> HttpResponse:
    log(request.user, LogAction.VIEWED, [case.citizen_id], what="handoffs")
    handoffs = list(selectors.handoffs_of(case, request.user))
    for handoff in handoffs:
        handoff.case = case
    context = case_context(request, case, "handoffs") | {
        "tasks": our_tasks(handoffs, selectors.levels_of(handoffs), timezone.now()),
        "reply": reply or ReplyForm(None),
        "replied": replied,
        "remedies": _remedies(case, handoffs),
        "times": loan_times(case, handoffs, timezone.localdate()),
    }
    return render(request, "crosssector/handoff/tab.html", context, status=status)


def _remedies(case: Case, handoffs: list[Handoff]) -> dict[UUID, Remedy]:
    """Until when each answer may be complained about."""
    decided = [
        Decided(handoff.reference, timezone.localdate(handoff.answered_at))
        for handoff in handoffs
        if handoff.answered_at is not None and handoff.status in HandoffStatus.decided()
    ]
    return remedies_of(case, decided, timezone.localdate())


def _ask_form(request: Request, case: Case) -> AskForm:
    if request.method == "POST":
        return AskForm(request.POST, case=case, user=request.user)
    initial: dict[str, Any] = {"legal_basis": _("The citizen's application for a deposit loan")}
    sources: dict[str, str] = {}
    offer = selectors.offers_to_ask_for(case, request.user).first()
    if offer is not None:
        initial |= {
            "offer": offer.reference,
            "amount_dkk": offer.vacancy.deposit_dkk,
            "rent_dkk": offer.vacancy.rent_dkk,
            "income_dkk": offer.referral.income_dkk,
        }
        from_offer, from_referral = _("from the offer"), _("from the housing referral")
        sources = {"amount_dkk": from_offer, "rent_dkk": from_offer, "income_dkk": from_referral}
    form = AskForm(None, initial=initial, case=case, user=request.user)
    form.sources = sources
    return form


def _tab(case: Case) -> str:
    return reverse("crosssector:handoff_tab", args=[case.reference])
