"""The kinds of events this subject publishes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from housingfirst.events.kinds import Category, register_kind

CLAIM_DRAFTED = "claim.drafted"
CLAIM_CHECKED = "claim.checked"
CLAIM_RETURNED = "claim.returned"
CLAIM_LOCKED = "claim.locked"
INVOICE_ACCEPTED = "invoice.accepted"
INVOICE_OBJECTED = "invoice.objected"
STAY_HELD = "claim.stay_held"
STAY_LIFTED = "claim.stay_lifted"


def register() -> None:
    for key, sentence in (
        (CLAIM_DRAFTED, _("The claim for %(quarter)s was drafted")),
        (CLAIM_CHECKED, _("The claim for %(quarter)s was sent for approval")),
        (CLAIM_RETURNED, _("The claim for %(quarter)s was sent back")),
        (CLAIM_LOCKED, _("The claim for %(quarter)s was approved and locked")),
        (INVOICE_ACCEPTED, _("The invoice %(number)s was accepted")),
        (INVOICE_OBJECTED, _("The invoice %(number)s was objected to")),
        (STAY_HELD, _("A stay is kept out of the claims for reimbursement")),
        (STAY_LIFTED, _("A stay is in the claims for reimbursement again")),
    ):
        register_kind(key, Category.CASE, sentence)
