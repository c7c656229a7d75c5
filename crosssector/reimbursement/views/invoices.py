"""The invoices of shelters: what differs from what is registered, and what was answered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from crosssector.reimbursement import invoice_selectors as selectors
from crosssector.reimbursement import invoices as services
from crosssector.reimbursement.access import invoice_for, require_claims
from crosssector.reimbursement.enums import InvoiceState
from crosssector.reimbursement.forms import LetterForm
from crosssector.reimbursement.invoice_words import TONES, letter_draft, told_lines
from crosssector.reimbursement.models import Invoice, InvoiceLine
from crosssector.reimbursement.selectors import invoice_page
from crosssector.reimbursement.views.page import paging, position
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.base.errors import DomainError
from housingfirst.base.http import Request
from housingfirst.ui.conflict import posted_version
from housingfirst.ui.parts import Filter
from housingfirst.ui.pdf import pdf_response, render_pdf


@require_GET
def invoice_list(request: Request) -> HttpResponse:
    """The newest invoices, and what was objected to."""
    require_claims(request.user, Act.INVOICE_CHECK)
    rows = [
        row | {"tone": TONES[InvoiceState(row["invoice"].state)]}
        for row in selectors.invoices_of(request.user)
    ]
    return render(request, "crosssector/reimbursement/invoice_list.html", {"rows": rows})


@require_GET
def invoice_detail(request: Request, reference: UUID) -> HttpResponse:
    """The lines that differ; all of them when the address asks."""
    invoice = invoice_for(request.user, reference)
    shows_all = request.GET.get("show") == "all"
    lines = selectors.lines_of(invoice, request.user)
    page = invoice_page(
        lines if shows_all else lines.filter(is_right=False),
        after=position(request, "after"),
        before=position(request, "before"),
    )
    _log_listed(request, page.rows, "invoice")
    sums = selectors.sums_of(invoice)
    context = _head(invoice, sums) | {
        "lines": told_lines(page.rows, today=timezone.localdate()),
        "hidden": selectors.hidden_of(invoice, request.user),
        "filters": [
            Filter(_("What differs"), "?", not shows_all, sums.wrong),
            Filter(_("All lines"), "?show=all", shows_all, sums.lines),
        ],
        "page": paging(request, page),
    }
    return render(request, "crosssector/reimbursement/invoice_detail.html", context)


@require_POST
def invoice_accept(request: Request, reference: UUID) -> HttpResponse:
    invoice = invoice_for(request.user, reference)
    try:
        services.invoice_accept(
            invoice=invoice, actor=request.user, version=posted_version(request.POST)
        )
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The invoice is accepted."))
    return redirect("crosssector:invoice_detail", reference)


@require_http_methods(["GET", "POST"])
def invoice_object(request: Request, reference: UUID) -> HttpResponse:
    """The letter: drafted from the differences, edited, and kept as it is sent."""
    invoice = invoice_for(request.user, reference)
    sums = selectors.sums_of(invoice)
    form = LetterForm(
        request.POST if request.method == "POST" else None,
        initial={"letter": letter_draft(invoice, sums)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.invoice_object(
                invoice=invoice,
                letter=form.cleaned_data["letter"],
                actor=request.user,
                version=posted_version(request.POST),
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The objection is registered. Send the letter."))
            return redirect("crosssector:invoice_detail", reference)
    context = _head(invoice, sums) | {"form": form}
    status = 422 if form.errors else 200
    return render(request, "crosssector/reimbursement/invoice_object.html", context, status=status)


@require_GET
def invoice_letter(request: Request, reference: UUID) -> HttpResponse:
    """The letter as PDF, with the lines that differ. Those about citizens the reader has no
    access to stand by their row in the invoice alone."""
    invoice = invoice_for(request.user, reference)
    sums = selectors.sums_of(invoice)
    today = timezone.localdate()
    lines = list(
        selectors.lines_of(invoice, request.user).filter(is_right=False).order_by("position")
    )
    _log_listed(request, lines, "invoice_letter", LogAction.PRINTED)
    seen = {line.pk for line in lines}
    hidden = InvoiceLine.objects.filter(invoice=invoice, is_right=False).exclude(pk__in=seen)
    context = _head(invoice, sums) | {
        "title": _("Objection to invoice %(number)s") % {"number": invoice.number},
        "municipality": _("%(name)s Municipality") % {"name": invoice.municipality.name},
        "unit": "",
        "recipient": [invoice.shelter.name, invoice.shelter.address],
        "on": timezone.localdate(invoice.settled_at) if invoice.settled_at else today,
        "reference": "",
        "paragraphs": (invoice.letter or letter_draft(invoice, sums)).split("\n\n"),
        "lines": told_lines(lines, today=today),
        "rows_hidden": [line.position for line in hidden.order_by("position")],
    }
    pdf = render_pdf("crosssector/reimbursement/invoice_letter.html", context)
    return pdf_response(pdf, f"indsigelse-{slugify(invoice.number) or 'faktura'}.pdf")


def _head(invoice: Invoice, sums: selectors.InvoiceSums) -> dict[str, Any]:
    return {
        "invoice": invoice,
        "sums": sums,
        "tone": TONES[InvoiceState(invoice.state)],
        "missing": invoice.registered_nights - sums.right_nights,
    }


def _log_listed(
    request: Request, lines: Any, what: str, action: LogAction = LogAction.LISTED
) -> None:
    log(request.user, action, {ln.case.citizen_id for ln in lines if ln.case}, what=what)
