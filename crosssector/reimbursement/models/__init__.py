"""Claims and their lines, which locked are never changed; and the invoices of shelters."""

from crosssector.reimbursement.models.claims import Claim
from crosssector.reimbursement.models.invoices import Invoice, InvoiceLine
from crosssector.reimbursement.models.lines import ClaimFacts, ClaimFinding, ClaimHold, ClaimLine

__all__ = [
    "Claim",
    "ClaimFacts",
    "ClaimFinding",
    "ClaimHold",
    "ClaimLine",
    "Invoice",
    "InvoiceLine",
]
