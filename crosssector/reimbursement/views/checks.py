"""What the check found, line by line; stays kept out; and an old claim computed again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cases.models import Case
from crosssector.reimbursement import holds, selectors
from crosssector.reimbursement.access import claim_for, held_stay_for
from crosssector.reimbursement.enums import FindingKind
from crosssector.reimbursement.forms import HoldForm
from crosssector.reimbursement.models import ClaimFinding, ClaimHold
from crosssector.reimbursement.recompute import changed_since, recomputed
from crosssector.reimbursement.telling import (
    adjustment_in_words,
    finding_badge,
    finding_in_words,
    quarter_name,
    what_of,
)
from crosssector.reimbursement.views.page import found_in, paging, position
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.base.errors import DomainError
from housingfirst.base.http import Request
from housingfirst.ui.parts import Filter


@require_GET
def claim_findings(request: Request, reference: UUID) -> HttpResponse:
    """Each thing that was found, with the page where it is mended."""
    claim = claim_for(request.user, reference)
    kind = request.GET.get("kind", "")
    kind = kind if kind in FindingKind.values else ""
    found = selectors.findings_of(claim, request.user, kind)
    page = selectors.finding_page(
        found, after=position(request, "after"), before=position(request, "before")
    )
    log(
        request.user,
        LogAction.LISTED,
        [one.case.citizen_id for one in page.rows],
        what="claim_findings",
    )
    today = timezone.localdate()
    counts = found_in(claim)
    filters = [Filter(_("All"), "?", not kind, sum(one.count for one in counts))]
    filters += [
        Filter(one.label, f"?kind={one.kind}", one.kind == kind, one.count) for one in counts
    ]
    context = {
        "claim": claim,
        "name": quarter_name(claim.quarter),
        "rows": [
            {
                "finding": one,
                "badge": finding_badge(one.severity),
                "sentence": finding_in_words(one, today=today),
                "url": _mended_at(one),
            }
            for one in page.rows
        ],
        "filters": filters,
        "page": paging(request, page),
        "may_hold": request.user.may(Act.CLAIM_DRAFT) and not claim.is_locked,
    }
    return render(request, "crosssector/reimbursement/claim_findings.html", context)


@require_GET
def claim_recompute(request: Request, reference: UUID) -> HttpResponse:
    """The claim from what it kept (the same figures), and what has changed since it was locked."""
    claim = claim_for(request.user, reference)
    today = timezone.localdate()
    changed = changed_since(claim, today) if claim.is_locked else []
    seen = set(
        Case.objects.visible_to(request.user)
        .filter(pk__in={line.case_id for line in changed})
        .values_list("pk", flat=True)
    )
    shown = [line for line in changed if line.case_id in seen]
    log(
        request.user,
        LogAction.LISTED,
        {line.case.citizen_id for line in shown},
        what="claim_recompute",
    )
    context: dict[str, Any] = {
        "claim": claim,
        "name": quarter_name(claim.quarter),
        "again": recomputed(claim),
        "rows": [
            {
                "line": line,
                "last_on": line.ends_on - timedelta(days=1),
                "what": what_of(line),
                "why": adjustment_in_words(line, today=today),
                "url": reverse("housing:reimbursement", args=[line.case.reference]),
            }
            for line in shown
        ],
        "hidden": len(changed) - len(shown),
        "changed_dkk": sum((line.amount_dkk for line in changed), selectors.ZERO),
    }
    return render(request, "crosssector/reimbursement/claim_recompute.html", context)


@require_http_methods(["GET", "POST"])
def claim_hold(request: Request, reference: UUID) -> HttpResponse:
    """Keep a stay out of the claims with a reason, or take it in again."""
    stay = held_stay_for(request.user, reference)
    hold = ClaimHold.objects.filter(stay=stay, lifted_at=None).select_related("held_by").first()
    form = HoldForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and hold is not None:
        holds.stay_lift(stay=stay, actor=request.user)
        messages.success(request, _("The stay is in the claims again. Draft the claim anew."))
        return redirect("crosssector:claim_list")
    if request.method == "POST" and form.is_valid():
        try:
            holds.stay_hold(stay=stay, reason=form.cleaned_data["reason"], actor=request.user)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The stay is kept out. Draft the claim anew."))
            return redirect("crosssector:claim_list")
    log(request.user, LogAction.VIEWED, [stay.citizen_id], what="claim_hold")
    context = {"stay": stay, "hold": hold, "form": form}
    status = 422 if form.errors and hold is None else 200
    return render(request, "crosssector/reimbursement/claim_hold.html", context, status=status)


def _mended_at(finding: ClaimFinding) -> str:
    """Where it is put right: the notice's inbox, the decision's tab, or the stay."""
    if finding.kind == FindingKind.ACTING_UNANSWERED:
        return reverse("housing:notice_inbox")
    if finding.stay is not None:
        return reverse("housing:stay_detail", args=[finding.stay.reference])
    return reverse("support:support_tab", args=[finding.case.reference])
