"""Writes: a shelter's invoice is accepted, or objected to with a letter."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from crosssector.reimbursement.enums import InvoiceState, InvoiceStep
from crosssector.reimbursement.errors import LetterMissing
from crosssector.reimbursement.events import INVOICE_ACCEPTED, INVOICE_OBJECTED
from crosssector.reimbursement.models import Invoice
from crosssector.reimbursement.rules import next_invoice_state
from housingfirst.access.enums import LogAction
from housingfirst.access.log import log
from housingfirst.access.models import User
from housingfirst.base.db import save_as
from housingfirst.base.errors import NotPermitted
from housingfirst.events.services import record


@transaction.atomic
def invoice_accept(*, invoice: Invoice, actor: User, version: int | None = None) -> None:
    """Accept the invoice, as it is or as the shelter has put it right. Raises InvoiceIsSettled."""
    invoice = _held(invoice, actor)
    invoice.state = next_invoice_state(InvoiceState(invoice.state), InvoiceStep.ACCEPT)
    _settle(invoice, actor, version, "invoice_accept")
    record(INVOICE_ACCEPTED, actor=actor, subject=invoice.reference, number=invoice.number)


@transaction.atomic
def invoice_object(
    *, invoice: Invoice, letter: str, actor: User, version: int | None = None
) -> None:
    """Object to the invoice; the letter's words are kept as they are sent.

    Raises InvoiceIsSettled, LetterMissing.
    """
    invoice = _held(invoice, actor)
    invoice.state = next_invoice_state(InvoiceState(invoice.state), InvoiceStep.OBJECT)
    if not letter.strip():
        raise LetterMissing
    invoice.letter = letter.strip()
    _settle(invoice, actor, version, "invoice_object")
    record(INVOICE_OBJECTED, actor=actor, subject=invoice.reference, number=invoice.number)


def _held(invoice: Invoice, actor: User) -> Invoice:
    if not Invoice.objects.visible_to(actor).filter(pk=invoice.pk).exists():
        raise NotPermitted
    return Invoice.objects.select_for_update(of=("self",)).get(pk=invoice.pk)


def _settle(invoice: Invoice, actor: User, version: int | None, what: str) -> None:
    invoice.settled_by, invoice.settled_at = actor, timezone.now()
    save_as(actor, invoice, version=version)
    log(actor, LogAction.CHANGED, (), what=what, detail=invoice.number)
