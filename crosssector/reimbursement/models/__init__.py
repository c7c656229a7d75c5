"""Claims and their lines; locked, they are never changed."""

from crosssector.reimbursement.models.claims import Claim
from crosssector.reimbursement.models.lines import ClaimFacts, ClaimFinding, ClaimHold, ClaimLine

__all__ = ["Claim", "ClaimFacts", "ClaimFinding", "ClaimHold", "ClaimLine"]
