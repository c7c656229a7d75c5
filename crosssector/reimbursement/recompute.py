"""An old claim computed again: from what it kept, and from what is registered now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from crosssector.reimbursement.drafting import draft
from crosssector.reimbursement.enums import LineKind
from crosssector.reimbursement.facts import reimbursed, support_reimbursed
from crosssector.reimbursement.models import Claim, ClaimFacts, ClaimLine
from crosssector.reimbursement.rules import quarter_of
from crosssector.reimbursement.support import NOT_AFTER_A_SHELTER

Asked = tuple[str, date, date, int, str, Decimal]
"""Reference, days [from, to), number of days, reason and refund of a line."""


@dataclass(frozen=True, slots=True)
class Again:
    """What the stored facts give today: the sums, and whether every line is the same."""

    lines: int
    amount_dkk: Decimal
    claimed_dkk: Decimal
    different: Sequence[Asked]

    @property
    def is_same(self) -> bool:
        return not self.different and self.amount_dkk == self.claimed_dkk


def recomputed(claim: Claim) -> Again:
    """The claim's own lines from its own facts, parameters and readings of the law.

    Adjustments are differences to other claims, and are not computed here.
    """
    stored: set[Asked] = set()
    held: set[str] = set()
    rows = ClaimLine.objects.filter(claim=claim, kind=LineKind.REGULAR)
    for line in rows.select_related("stay", "decision"):
        reference = str((line.stay or line.decision).reference)  # type: ignore[union-attr]  # one is set
        if line.is_held:
            held.add(reference)
        stored.add(
            (
                reference,
                line.starts_on,
                line.ends_on,
                line.days,
                line.reason,
                line.amount_dkk,
            )
        )
    again: set[Asked] = set()
    for facts in ClaimFacts.objects.filter(claim=claim).iterator(chunk_size=500):
        again.update(_asked(facts, claim, held))
    return Again(
        lines=len(again),
        amount_dkk=sum((one[-1] for one in again), Decimal(0)),
        claimed_dkk=sum((one[-1] for one in stored), Decimal(0)),
        different=sorted(stored ^ again),
    )


def changed_since(claim: Claim, today: date) -> list[ClaimLine]:
    """What the next claim would adjust in this locked one, as the facts are now. Not saved."""
    drafted = draft(
        municipality_id=claim.municipality_id,
        quarter=quarter_of(max(today, claim.quarter.ends_on)),
        through_on=max(today, claim.quarter.ends_on),
        settings=claim.settings,
    )
    return [line for _citizen, line in drafted.lines if line.adjusts_id == claim.pk]


def _asked(facts: ClaimFacts, claim: Claim, held: set[str]) -> Iterator[Asked]:
    quarter = claim.quarter
    known = {stay["ref"] for stay in facts.facts["stays"]}
    answer = reimbursed(facts.facts, claim.settings)
    for line in answer.within(quarter.starts_on, quarter.ends_on):
        if line.reference in known:
            amount = Decimal("0.00") if line.reference in held else line.amount_dkk
            yield (
                line.reference,
                line.starts_on,
                line.ends_on,
                line.days,
                line.reason.value,
                amount,
            )
    if not facts.facts["support"]:
        return
    until = min(quarter.ends_on, date.fromordinal(claim.counted_through.toordinal() + 1))
    supported = support_reimbursed(facts.facts, claim.settings)
    for one in supported.within(quarter.starts_on, until):
        if one.reason not in NOT_AFTER_A_SHELTER and one.ends_on is not None:
            yield (
                one.reference,
                one.starts_on,
                one.ends_on,
                one.days or 0,
                one.reason.value,
                one.amount_dkk,
            )
