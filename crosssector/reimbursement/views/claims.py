"""The list of claims, one claim with its sums and lines, and its steps."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from crosssector.reimbursement import selectors, services
from crosssector.reimbursement.access import claim_for, require_claims
from crosssector.reimbursement.enums import ClaimSection, ClaimState, LineKind
from crosssector.reimbursement.files import chosen_in
from crosssector.reimbursement.forms import DraftForm, ReturnForm
from crosssector.reimbursement.models import Claim
from crosssector.reimbursement.telling import STATES, quarter_name, told
from crosssector.reimbursement.views.page import found_in, may_approve, paging, position
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.base.errors import DomainError
from housingfirst.base.http import Request
from housingfirst.ui.conflict import posted_version
from housingfirst.ui.parts import Filter

KINDS: dict[str, Q] = {
    "refunded": Q(kind=LineKind.REGULAR, is_refundable=True),
    "unrefunded": selectors.NOT_REFUNDED,
    "adjusted": Q(kind=LineKind.ADJUSTMENT),
    "held": Q(is_held=True),
}


@require_GET
def claim_list(request: Request) -> HttpResponse:
    """The claims of the reader's municipality by quarter, and those still to be drafted."""
    require_claims(request.user)
    today = timezone.localdate()
    rows = [
        {
            "row": row,
            "name": quarter_name(row.quarter),
            "tone": row.claim and _tone(row.claim),
            "waits": row.claim is not None
            and row.claim.state == ClaimState.CHECKED
            and may_approve(request.user, row.claim),
        }
        for row in selectors.listed(request.user, today)
    ]
    may_draft = request.user.may(Act.CLAIM_DRAFT)
    quarters = selectors.undrafted(request.user, today) if may_draft else []
    context = {
        "rows": rows,
        "may_draft": may_draft,
        "form": DraftForm(request.user, quarters=quarters) if quarters else None,
    }
    return render(request, "crosssector/reimbursement/claim_list.html", context)


@require_POST
def claim_create(request: Request) -> HttpResponse:
    """Draft the claim of a quarter, or draft it anew."""
    require_claims(request.user, Act.CLAIM_DRAFT)
    form = DraftForm(request.user, request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the quarters on the list."))
        return redirect("crosssector:claim_list")
    try:
        claim = services.claim_draft(
            municipality=form.cleaned_data["municipality"],
            quarter=form.cleaned_data["quarter"],
            actor=request.user,
            today=timezone.localdate(),
        )
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("crosssector:claim_list")
    messages.success(request, _("The claim is drafted from what is registered now."))
    return redirect("crosssector:claim_detail", claim.reference)


@require_GET
def claim_detail(request: Request, reference: UUID) -> HttpResponse:
    """Sums, what must be mended, and the lines, a page at a time."""
    claim = claim_for(request.user, reference)
    return _detail(request, claim)


@require_POST
def claim_check(request: Request, reference: UUID) -> HttpResponse:
    claim = claim_for(request.user, reference, Act.CLAIM_DRAFT)
    return _step(
        request,
        claim,
        lambda: services.claim_check(
            claim=claim,
            actor=request.user,
            today=timezone.localdate(),
            version=posted_version(request.POST),
        ),
        _("Sent for approval. A second person must approve it."),
    )


@require_http_methods(["GET", "POST"])
def claim_approve(request: Request, reference: UUID) -> HttpResponse:
    """What is approved, on one page; approving locks it."""
    claim = claim_for(request.user, reference, Act.CLAIM_APPROVE)
    if request.method == "POST":
        return _step(
            request,
            claim,
            lambda: services.claim_approve(
                claim=claim, actor=request.user, version=posted_version(request.POST)
            ),
            _("Approved and locked. Corrections come as adjustments in the next claim."),
        )
    if claim.state != ClaimState.CHECKED:
        return redirect("crosssector:claim_detail", reference)
    context = _head(request, claim) | {
        "is_own": not may_approve(request.user, claim),
        "form": ReturnForm(),
        "counts": found_in(claim),
    }
    return render(request, "crosssector/reimbursement/claim_approve.html", context)


@require_POST
def claim_return(request: Request, reference: UUID) -> HttpResponse:
    """Back to the one who sent it, with a reason."""
    claim = claim_for(request.user, reference, Act.CLAIM_APPROVE)
    form = ReturnForm(request.POST)
    if form.is_valid():
        return _step(
            request,
            claim,
            lambda: services.claim_return(
                claim=claim, actor=request.user, reason=form.cleaned_data["reason"]
            ),
            _("Sent back as a draft."),
        )
    context = _head(request, claim) | {
        "is_own": not may_approve(request.user, claim),
        "form": form,
        "counts": found_in(claim),
    }
    return render(request, "crosssector/reimbursement/claim_approve.html", context, status=422)


def _step(request: Request, claim: Claim, act: Any, done: str) -> HttpResponse:
    try:
        act()
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("crosssector:claim_detail", claim.reference)


def _detail(request: Request, claim: Claim) -> HttpResponse:
    today = timezone.localdate()
    section = request.GET.get("section", "")
    kind = request.GET.get("kind", "")
    lines = selectors.lines_of(claim, request.user)
    if section in ClaimSection.values:
        lines = lines.filter(section=section)
    if kind in KINDS:
        lines = lines.filter(KINDS[kind])
    page = selectors.page_of(
        lines, after=position(request, "after"), before=position(request, "before")
    )
    log(request.user, LogAction.LISTED, selectors.citizens_in(page.rows), what="claim")
    context = _head(request, claim) | {
        "lines": [told(line, claim, today=today) for line in page.rows],
        "page": paging(request, page),
        "filters": _filters(request, section, kind),
        "hidden": selectors.hidden_of(claim, request.user),
        "counts": found_in(claim),
        "is_filtered": bool(section or kind),
        "chosen": chosen_in(claim),
    }
    return render(request, "crosssector/reimbursement/claim_detail.html", context)


def _head(request: Request, claim: Claim) -> dict[str, Any]:
    sections = selectors.sections_of(claim)
    return {
        "claim": claim,
        "name": quarter_name(claim.quarter),
        "tone": _tone(claim),
        "sections": sections,
        "total_dkk": sum((part.amount_dkk for part in sections), selectors.ZERO),
        "adjusted_dkk": sum((part.adjusted.amount_dkk for part in sections), selectors.ZERO),
        "is_over": timezone.localdate() >= claim.quarter.ends_on,
        "may_draft": request.user.may(Act.CLAIM_DRAFT),
        "may_approve": may_approve(request.user, claim),
        "is_own": claim.state == ClaimState.CHECKED and not may_approve(request.user, claim),
    }


def _tone(claim: Claim) -> str:
    return STATES[ClaimState(claim.state)]


def _filters(request: HttpRequest, section: str, kind: str) -> list[Filter]:
    def at(**chosen: str) -> str:
        query = {"section": section, "kind": kind} | chosen
        kept = "&".join(f"{key}={value}" for key, value in query.items() if value)
        return f"?{kept}" if kept else "?"

    shown = section in ClaimSection.values
    filters = [Filter(_("All lines"), at(section="", kind=""), not (shown or kind))]
    if shown:
        filters.append(Filter(str(ClaimSection(section).label), at(kind=""), not kind))
    labels = {
        "refunded": _("Reimbursed"),
        "unrefunded": _("Not reimbursed"),
        "adjusted": _("Adjustments"),
        "held": _("Kept out"),
    }
    return filters + [Filter(label, at(kind=key), key == kind) for key, label in labels.items()]
