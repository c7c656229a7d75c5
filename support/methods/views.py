"""Pages of decisions on support."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cases.access import case_for
from cases.casework.header import case_context
from cases.casework.models import Case
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.base.errors import DomainError, StaleVersion
from housingfirst.base.http import Request
from housingfirst.ui import conflict
from housingfirst.ui.forms.once import once
from support.methods import services
from support.methods.access import decision_in
from support.methods.enums import SupportSection
from support.methods.forms import DecisionForm, TermsForm, terms_of
from support.methods.hints import Draft, hints_for
from support.methods.wishes import provider_wish_of


@require_http_methods(["GET", "POST"])
def decision_create(request: Request, case_reference: UUID) -> HttpResponse:
    """A new decision, with what its date means for the reimbursement before it is pressed."""
    case = case_for(request.user, case_reference, Act.SUPPORT_DECIDE)
    form = _decision_form(request, case)
    if request.method == "POST" and form.is_valid():
        try:
            with once(request) as sent:
                if sent.earlier is None:
                    services.support_decide(
                        case=case,
                        section=SupportSection(form.cleaned_data["section"]),
                        method=form.chosen_method(),
                        decided_on=form.cleaned_data["decided_on"],
                        actor=request.user,
                        **form.terms(),
                    )
                    sent.result = _tab(case)
                    messages.success(request, _("The decision is saved."))
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return redirect(sent.address)
    log(request.user, LogAction.VIEWED, [case.citizen_id], what="support_decision")
    context = case_context(request, case, "support") | {
        "form": form,
        "hints": hints_for(_draft(case, form)),
    }
    status = 422 if form.errors else 200
    return render(request, "support/decision/create.html", context, status=status)


@require_GET
def decision_hint(request: Request, case_reference: UUID) -> HttpResponse:
    """What the day typed so far means; asked by the form whenever the day changes."""
    case = case_for(request.user, case_reference, Act.SUPPORT_DECIDE)
    log(request.user, LogAction.VIEWED, [case.citizen_id], what="decision_hint")
    form = DecisionForm(request.GET)
    return render(request, "support/decision/_hints.html", {"hints": hints_for(_draft(case, form))})


@require_http_methods(["GET", "POST"])
def decision_edit(request: Request, case_reference: UUID, reference: UUID) -> HttpResponse:
    """Put a decision right; what makes it that decision stays."""
    case = case_for(request.user, case_reference, Act.SUPPORT_DECIDE)
    decision = decision_in(case, reference, request.user)
    title = _("Decision on support")
    form = TermsForm(None, initial=terms_of(decision))
    if request.method == "POST":
        data = conflict.settled(TermsForm, request.POST, theirs=terms_of(decision))
        form, seen = TermsForm(data), conflict.posted_version(data)
        if form.is_valid():
            try:
                services.support_correct(
                    decision=decision, actor=request.user, version=seen, **form.terms()
                )
            except StaleVersion as stale:
                return conflict.page(
                    request,
                    form=form,
                    stale=stale,
                    seen=seen,
                    values_of=terms_of,
                    title=title,
                    keep_url=_tab(case),
                    citizen=case.citizen_id,
                    context=case_context(request, case, "support"),
                )
            except DomainError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("The decision is corrected."))
                return redirect(_tab(case))
    log(request.user, LogAction.VIEWED, [case.citizen_id], what="support_decision")
    context = case_context(request, case, "support") | {"form": form, "decision": decision}
    status = 422 if form.errors else 200
    return render(request, "support/decision/edit.html", context, status=status)


def _decision_form(request: Request, case: Case) -> DecisionForm:
    if request.method == "POST":
        return DecisionForm(request.POST, opened_on=case.opened_on)
    today = timezone.localdate()
    initial: dict[str, Any] = {"decided_on": today, "starts_on": today}
    wish = provider_wish_of(case)
    if wish is not None:
        initial["provider_wish"] = wish.words
    form = DecisionForm(None, initial=initial, opened_on=case.opened_on)
    if wish is not None:
        form.sources = {**form.sources, "provider_wish": wish.source}
    return form


def _draft(case: Case, form: DecisionForm) -> Draft:
    """What is typed so far; what cannot be read counts as today, § 85 a and no cost."""
    cleaned = {}
    if form.is_bound:
        form.is_valid()  # reads it once; what a service refused stays in its errors
        cleaned = form.cleaned_data
    return Draft(
        case=case,
        section=SupportSection(cleaned.get("section") or SupportSection.S85A),
        decided_on=cleaned.get("decided_on") or timezone.localdate(),
        monthly_cost_dkk=cleaned.get("monthly_cost_dkk"),
    )


def _tab(case: Case) -> str:
    return reverse("support:support_tab", args=[case.reference])
