"""The parameters of R-110-REF: how many days a running year the state refunds, and which share."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from housingfirst.law.versions import Mark, Version, VersionTable

RULE_ID: Final = "R-110-REF"

REMAINING_DAYS_WARNINGS: Final = (30, 14, 0)
"""Refundable days left at which the municipality wants to be warned; local, not law."""


@dataclass(frozen=True, slots=True)
class RefundTerms:
    """`day_limit` days a running year (None: no limit), and the share of their net cost."""

    day_limit: int | None
    refund_share: Decimal


_SOURCE: Final = "SEL § 177, docs/law/reimbursement.md"

REFUND_TERMS: Final = VersionTable(
    RULE_ID,
    (
        Version(
            key="no-limit",
            valid_from=None,
            valid_until=date(2023, 10, 1),
            value=RefundTerms(day_limit=None, refund_share=Decimal("0.50")),
            source=_SOURCE,
            mark=Mark.VERIFIED,
        ),
        Version(
            key="2023-10-01",
            valid_from=date(2023, 10, 1),
            valid_until=date(2026, 4, 1),
            value=RefundTerms(day_limit=120, refund_share=Decimal("0.50")),
            source=_SOURCE,
            mark=Mark.VERIFIED,
        ),
        Version(
            key="2026-04-01",
            valid_from=date(2026, 4, 1),
            valid_until=None,
            value=RefundTerms(day_limit=90, refund_share=Decimal("0.50")),
            source=_SOURCE,
            mark=Mark.VERIFIED,
        ),
    ),
)
