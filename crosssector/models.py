"""Where Django finds the models of this app's subjects."""

from crosssector.aftercare.models import AftercarePlan
from crosssector.applications.models import Application, ExpectedAnswer
from crosssector.complaints.models import Complaint, DecisionTold
from crosssector.exports.models import ExportRequest
from crosssector.handoffs.models import Handoff, HandoffMessage, ServiceLevel
from crosssector.readiness.models import RefundEnd
from crosssector.reimbursement.models import (
    Claim,
    ClaimFacts,
    ClaimFinding,
    ClaimHold,
    ClaimLine,
    Invoice,
    InvoiceLine,
)

__all__ = [
    "AftercarePlan",
    "Application",
    "Claim",
    "ClaimFacts",
    "ClaimFinding",
    "ClaimHold",
    "ClaimLine",
    "Complaint",
    "DecisionTold",
    "ExpectedAnswer",
    "ExportRequest",
    "Handoff",
    "HandoffMessage",
    "Invoice",
    "InvoiceLine",
    "RefundEnd",
    "ServiceLevel",
]
