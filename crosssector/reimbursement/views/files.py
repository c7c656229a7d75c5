"""A claim as CSV, XLSX or PDF."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from crosssector.exports.enums import ExportReason
from crosssector.exports.forms import ReasonForm
from crosssector.exports.services import FREE_PERSONS, approval_for, export_ask
from crosssector.reimbursement import files, selectors
from crosssector.reimbursement.access import claim_for
from crosssector.reimbursement.models import Claim
from crosssector.reimbursement.telling import quarter_name
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.access.models import User
from housingfirst.base.http import Request
from housingfirst.ui.export import csv_response, xlsx_response
from housingfirst.ui.pdf import pdf_response, render_pdf

CSV, XLSX, PDF = "csv", "xlsx", "pdf"


@require_GET
def claim_file(request: Request, reference: UUID) -> HttpResponseBase:
    """The lines with case numbers (CSV, XLSX), or the sums alone (PDF). Many people ask for a
    second person's yes."""
    claim = claim_for(request.user, reference)
    kind = request.GET.get("as", "")
    name = f"refusionskrav-{claim.quarter.key}"
    if kind not in (CSV, XLSX):
        log(request.user, LogAction.EXPORTED, (), what="claim_file", detail=PDF)
        context = files.cover(claim, selectors.sections_of(claim), timezone.localdate())
        pdf = render_pdf("crosssector/reimbursement/claim_cover.html", context)
        return pdf_response(pdf, f"{name}.pdf", download=True)
    lines = list(selectors.lines_of(claim, request.user).order_by("position"))
    citizens = set(selectors.citizens_in(lines))
    detail, mark = f"{len(lines)} rows", ""
    if len(citizens) > FREE_PERSONS:
        approval = approval_for(
            request.user,
            _uuid(request.GET.get("approval", "")),
            what=files.WHAT,
            query=f"{claim.reference}/{kind}",
            persons=len(citizens),
            now=timezone.now(),
        )
        if approval is None:
            return redirect(f"{reverse('crosssector:claim_file_ask', args=[reference])}?as={kind}")
        detail = f"{detail}, {approval.reason}, {approval.reference}"
        mark = f"{request.user.name}, {approval.reference}"
    log(request.user, LogAction.EXPORTED, citizens, what="claim_file", detail=detail)
    rows = files.rows(lines, selectors.hidden_of(claim, request.user))
    if kind == CSV:
        return csv_response(f"{name}.csv", files.columns(), list(rows))
    title = quarter_name(claim.quarter)
    return xlsx_response(f"{name}.xlsx", title, files.columns(), rows, mark=mark)


@require_http_methods(["GET", "POST"])
def claim_file_ask(request: Request, reference: UUID) -> HttpResponse:
    """Why a file with many people is needed; another person says yes before it is made."""
    claim = claim_for(request.user, reference, Act.EXPORT)
    kind = CSV if request.GET.get("as") == CSV else XLSX
    persons = _persons(claim, request.user)
    query = f"{claim.reference}/{kind}"
    if persons <= FREE_PERSONS:
        return redirect(files.file_url(query))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        export_ask(
            what=files.WHAT,
            query=query,
            persons=persons,
            reason=ExportReason(form.cleaned_data["reason"]),
            municipality=claim.municipality,
            actor=request.user,
        )
        messages.success(request, _("Asked for. Another team lead must approve it."))
        return redirect("crosssector:export_list")
    back = reverse("crosssector:claim_detail", args=[reference])
    context = {"form": form, "persons": persons, "back": back}
    status = 422 if form.errors else 200
    return render(request, "crosssector/export/ask.html", context, status=status)


def _persons(claim: Claim, user: User) -> int:
    lines = selectors.lines_of(claim, user)
    return lines.values("case__citizen").distinct().count()


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
