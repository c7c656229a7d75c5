"""What the pages of claims share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.http import urlencode

from crosssector.reimbursement import selectors
from crosssector.reimbursement.enums import FindingKind, Severity
from crosssector.reimbursement.models import Claim
from crosssector.reimbursement.telling import finding_badge
from housingfirst.access.enums import Act
from housingfirst.access.models import User
from housingfirst.ui import parts

DIGITS = 9


@dataclass(frozen=True, slots=True)
class FoundKind:
    """How many findings of a kind there are in all, those not seen by the reader too."""

    kind: str
    label: str
    badge: parts.Severity
    count: int
    is_block: bool


def found_in(claim: Claim) -> list[FoundKind]:
    return [
        FoundKind(
            kind,
            str(FindingKind(kind).label),
            finding_badge(severity),
            count,
            severity == Severity.BLOCK,
        )
        for severity, kind, count in selectors.finding_counts(claim)
    ]


def may_approve(user: User, claim: Claim) -> bool:
    """Whether the user may, and has neither drafted nor sent it."""
    return user.may(Act.CLAIM_APPROVE) and user.pk not in (
        claim.drafted_by_id,
        claim.checked_by_id,
    )


def position(request: HttpRequest, name: str) -> int | None:
    """The line that the address' page begins after or ends before."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else None


def paging(request: HttpRequest, page: selectors.RowPage[Any]) -> parts.Page:
    """The addresses of the neighbours, with the filters of this one."""

    def at(name: str, value: int | None) -> str:
        if value is None:
            return ""
        kept = {k: str(v) for k, v in request.GET.items() if k not in ("after", "before")}
        return f"?{urlencode(kept | {name: value})}"

    return parts.Page(previous_url=at("before", page.previous), next_url=at("after", page.next))
