"""The parameters of R-110-REF: how many days a running year the state refunds, and which share."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from housingfirst.law.tables import version_table

RULE_ID: Final = "R-110-REF"

REMAINING_DAYS_WARNINGS: Final = (30, 14, 0)
"""Refundable days left at which the municipality wants to be warned; local, not law."""


@dataclass(frozen=True, slots=True)
class RefundTerms:
    """`day_limit` days a running year (None: no limit), and the share of their net cost."""

    day_limit: int | None
    refund_share: Decimal


REFUND_TERMS: Final = version_table("reimbursement", RULE_ID, RefundTerms)
