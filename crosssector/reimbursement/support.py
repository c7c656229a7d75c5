"""The parts of a claim that § 176 a gives: § 85 a support and § 107 stays of one citizen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from crosssector.reimbursement.adjusting import Json, support_changes
from crosssector.reimbursement.checks import Found
from crosssector.reimbursement.enums import ClaimSection, FindingKind, LineKind
from crosssector.reimbursement.facts import clipped, support_reimbursed
from crosssector.reimbursement.models import Claim, ClaimLine
from crosssector.reimbursement.rules import Quarter
from housingfirst.law.support import SupportLine, SupportRefundReason, SupportReimbursement
from support.models import SupportDecision

ZERO: Final = Decimal("0.00")
NOT_AFTER_A_SHELTER: Final = {
    SupportRefundReason.NEVER_AT_SHELTER,
    SupportRefundReason.NOT_DISCHARGED,
    SupportRefundReason.DISCHARGED_BEFORE_ACT,
}
"""Support that § 176 a says nothing about has no place in a claim."""
TOO_LATE: Final = {
    SupportRefundReason.NOT_DECIDED,
    SupportRefundReason.DECIDED_ON_DISCHARGE_DATE,
    SupportRefundReason.DECIDED_AFTER_DISCHARGE,
    SupportRefundReason.FIRST_DISCHARGE_WITHOUT_DECISION,
}


@dataclass(slots=True)
class ClaimedSupport:
    """What is asked for of one decision in one locked quarter, adjustments and all."""

    claim_id: int
    decision: SupportDecision
    facts: Json
    starts_on: date
    ends_on: date
    days: int = 0
    net_cost_dkk: Decimal = ZERO
    amount_dkk: Decimal = ZERO


def claimed_support(
    locked: Sequence[Claim], citizen_ids: Sequence[int]
) -> Mapping[int, Sequence[ClaimedSupport]]:
    """By citizen. `locked` are in the order they were locked."""
    found: dict[int, dict[tuple[int, int], ClaimedSupport]] = defaultdict(dict)
    if locked:
        order = {claim.pk: at for at, claim in enumerate(locked)}
        lines = ClaimLine.objects.filter(
            claim__in=locked, facts__citizen__in=citizen_ids, decision__isnull=False
        ).select_related("facts", "decision__case")
        for line in sorted(lines, key=lambda one: (order[one.claim_id], one.position)):
            _add(found[line.facts.citizen_id], line)
    return {citizen_id: list(found[citizen_id].values()) for citizen_id in citizen_ids}


def _add(found: dict[tuple[int, int], ClaimedSupport], line: ClaimLine) -> None:
    decision = line.decision
    if decision is None or not (line.is_refundable or line.kind == LineKind.ADJUSTMENT):
        return
    claim_id = line.adjusts_id or line.claim_id
    one = found.setdefault(
        (claim_id, decision.pk),
        ClaimedSupport(claim_id, decision, line.facts.facts, line.starts_on, line.ends_on),
    )
    one.facts = line.facts.facts
    one.starts_on = min(one.starts_on, line.starts_on)
    one.ends_on = max(one.ends_on, line.ends_on)
    one.days += line.days
    one.net_cost_dkk += line.net_cost_dkk
    one.amount_dkk += line.amount_dkk


@dataclass(slots=True)
class SupportPart:
    """One citizen's support in a claim, counted from the claim's own facts."""

    facts: Json
    decisions: Mapping[str, SupportDecision]
    claimed: Sequence[ClaimedSupport]
    settings: Json
    quarter: Quarter
    through_on: date

    def lines(self) -> Iterator[ClaimLine]:
        for line in self._within(self.settings, self.quarter):
            if line.reason not in NOT_AFTER_A_SHELTER:
                yield self._line(line)

    def findings(self) -> Iterator[tuple[SupportDecision, Found]]:
        """A decision without a cost, and one that came too late to be refunded."""
        seen: set[str] = set()
        for line in self._within(self.settings, self.quarter):
            if line.reference in seen:
                continue
            decision = self.decisions[line.reference]
            if line.is_refundable and decision.monthly_cost_dkk is None:
                seen.add(line.reference)
                yield decision, Found(FindingKind.NO_COST)
            elif line.reason in TOO_LATE:
                seen.add(line.reference)
                left = line.window_starts_on
                data = {
                    "decided": decision.decided_on.isoformat(),
                    "discharged": left.isoformat() if left else None,
                }
                yield decision, Found(FindingKind.DECIDED_LATE, data)

    def adjustments(self, locked: Sequence[Claim]) -> Iterator[ClaimLine]:
        """To each locked claim, for each decision: the difference of all days of the quarter."""
        for claim in locked:
            was = {
                str(one.decision.reference): one for one in self.claimed if one.claim_id == claim.pk
            }
            now: dict[str, list[SupportLine]] = defaultdict(list)
            for line in self._within(claim.settings, claim.quarter):
                if line.is_refundable:
                    now[line.reference].append(line)
            for reference in sorted({*was, *now}):
                line_ = self._adjusted(claim, reference, now[reference], was.get(reference))
                if line_ is not None:
                    yield line_

    def _adjusted(
        self,
        claim: Claim,
        reference: str,
        now: Sequence[SupportLine],
        was: ClaimedSupport | None,
    ) -> ClaimLine | None:
        amount = sum((line.amount_dkk for line in now), ZERO)
        net = sum((line.cost_dkk or ZERO for line in now), ZERO)
        days = sum(line.days or 0 for line in now)
        if was is not None:
            amount -= was.amount_dkk
            net -= was.net_cost_dkk
            days -= was.days
        if not amount:
            return None
        decision = self.decisions[reference] if was is None else was.decision
        first = [line.starts_on for line in now] + ([was.starts_on] if was else [])
        last = [line.ends_on for line in now if line.ends_on] + ([was.ends_on] if was else [])
        known = was.facts if was else None
        through = date.fromisoformat(known["through"]) if known else self.through_on
        return ClaimLine(
            section=_section(decision),
            kind=LineKind.ADJUSTMENT,
            case=decision.case,
            decision=decision,
            starts_on=min(first),
            ends_on=max(last),
            days=days,
            monthly_cost_dkk=decision.monthly_cost_dkk,
            net_cost_dkk=net,
            amount_dkk=amount,
            is_refundable=bool(now),
            reason="",
            terms_version="",
            adjusts=claim,
            why=support_changes(known, clipped(self.facts, through), reference),
        )

    def _line(self, line: SupportLine) -> ClaimLine:
        decision = self.decisions[line.reference]
        assert line.ends_on is not None  # it was cut at the quarter
        return ClaimLine(
            section=_section(decision),
            kind=LineKind.REGULAR,
            case=decision.case,
            decision=decision,
            starts_on=line.starts_on,
            ends_on=line.ends_on,
            days=line.days or 0,
            monthly_cost_dkk=line.monthly_cost_dkk,
            refund_share=line.refund_share,
            net_cost_dkk=line.cost_dkk or ZERO,
            amount_dkk=line.amount_dkk,
            is_refundable=line.is_refundable,
            reason=line.reason.value,
            terms_version=line.terms_version,
            year_starts_on=line.window_starts_on,
        )

    def _within(self, settings: Json, quarter: Quarter) -> Sequence[SupportLine]:
        if not self.facts["support"]:
            return ()
        until = min(quarter.ends_on, self.through_on + timedelta(days=1))
        return self._answer(settings).within(quarter.starts_on, until)

    def _answer(self, settings: Json) -> SupportReimbursement:
        return support_reimbursed(self.facts, settings)


def _section(decision: SupportDecision) -> ClaimSection:
    return ClaimSection(decision.section)
