"""What locked claims have asked for so far, adjustments and all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from crosssector.reimbursement.adjusting import Json, Piece, overlaid, piece_of
from crosssector.reimbursement.enums import ClaimSection, LineKind
from crosssector.reimbursement.models import Claim, ClaimLine
from housing.models import Stay
from housingfirst.law import reimbursement as law

HELD = "held"
"""The reason of days that the law refunds and the municipality has kept out."""


@dataclass(slots=True)
class Claimed:
    """What is asked for of one stay in one locked quarter, and the facts that was last based on."""

    claim_id: int
    reference: str
    stay: Stay
    facts: Json
    pieces: list[Piece] = field(default_factory=list)
    amount_dkk: Decimal = Decimal(0)


def claimed_of(
    locked: Sequence[Claim], citizen_ids: Sequence[int]
) -> Mapping[int, Sequence[Claimed]]:
    """By citizen. `locked` are in the order they were locked, so that the last word counts."""
    found: dict[int, dict[tuple[int, int], Claimed]] = defaultdict(dict)
    if locked:
        order = {claim.pk: at for at, claim in enumerate(locked)}
        lines = ClaimLine.objects.filter(
            claim__in=locked, facts__citizen__in=citizen_ids, section=ClaimSection.S110
        ).select_related("facts", "stay__case")
        for line in sorted(lines, key=lambda one: (order[one.claim_id], one.position)):
            if line.stay is not None:
                _add(found[line.facts.citizen_id], line, line.stay)
    return {citizen_id: list(found[citizen_id].values()) for citizen_id in citizen_ids}


def piece_of_line(line: law.Line, *, is_held: bool) -> Piece:
    return Piece(
        starts_on=line.starts_on,
        ends_on=line.ends_on,
        rate_dkk=line.daily_rate_dkk,
        payment_dkk=line.resident_payment_dkk,
        share=line.refund_share,
        is_refundable=line.is_refundable and not is_held,
        reason=HELD if is_held and line.is_refundable else line.reason.value,
    )


def _add(found: dict[tuple[int, int], Claimed], line: ClaimLine, stay: Stay) -> None:
    claim_id = line.adjusts_id or line.claim_id
    claimed = found.setdefault(
        (claim_id, stay.pk), Claimed(claim_id, str(stay.reference), stay, line.facts.facts)
    )
    claimed.facts = line.facts.facts
    claimed.amount_dkk += line.amount_dkk
    if line.kind == LineKind.ADJUSTMENT:
        now = None if line.now is None else piece_of(line.starts_on, line.ends_on, line.now)
        claimed.pieces = overlaid(claimed.pieces, line.starts_on, line.ends_on, now)
    else:
        claimed.pieces.append(_piece(line))


def _piece(line: ClaimLine) -> Piece:
    assert line.daily_rate_dkk is not None  # the lines of § 110 have a price
    assert line.resident_payment_dkk is not None
    assert line.refund_share is not None
    return Piece(
        starts_on=line.starts_on,
        ends_on=line.ends_on,
        rate_dkk=line.daily_rate_dkk,
        payment_dkk=line.resident_payment_dkk,
        share=line.refund_share,
        is_refundable=line.is_refundable,
        reason=HELD if line.is_held else line.reason,
    )
