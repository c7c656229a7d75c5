"""One citizen's part of a claim: lines, adjustments, and what the check finds."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from crosssector.readiness.granted import Granted
from crosssector.reimbursement.adjusting import Json, changes, differences
from crosssector.reimbursement.checks import Found, stay_findings
from crosssector.reimbursement.claimed import Claimed, piece_of_line
from crosssector.reimbursement.enums import ClaimSection, LineKind
from crosssector.reimbursement.facts import clipped, facts_of
from crosssector.reimbursement.kept_law import choices_stored, terms_110
from crosssector.reimbursement.models import Claim, ClaimFinding, ClaimLine
from crosssector.reimbursement.rules import Quarter
from crosssector.reimbursement.support import ClaimedSupport, SupportPart
from housing.models import Stay
from housing.shelters.selectors.spans import Spans
from housingfirst.law import reimbursement as law
from housingfirst.law.versions import VersionTable


@dataclass(frozen=True, slots=True)
class Job:
    """What is asked for: the quarter as counted through a day, by these settings.

    `locked` are the municipality's locked claims of earlier quarters, as they were locked.
    """

    municipality_id: int
    quarter: Quarter
    through_on: date
    settings: Json
    locked: Sequence[Claim]


class Citizen:
    """One citizen's part of a claim."""

    def __init__(
        self,
        job: Job,
        spans: Spans,
        held: set[int],
        claimed: Sequence[Claimed],
    ) -> None:
        self.job, self.spans = job, spans
        self.held, self.claimed = held, claimed
        self.stays = {str(stay.reference): stay for stay in spans.ours}
        self._answers: dict[str, law.Reimbursement] = {}
        self._in_quarter = [
            line
            for line in self._answer(job.settings).within(
                job.quarter.starts_on, job.quarter.ends_on
            )
            if line.reference in self.stays
        ]

    def support_is(self, granted: Sequence[Granted], claimed: Sequence[ClaimedSupport]) -> None:
        """Add the citizen's support, and with it the facts are complete."""
        self.facts = facts_of(
            self.spans,
            through_on=self.job.through_on,
            support=[span for one in granted for span in one.spans],
        )
        self.support = SupportPart(
            facts=self.facts,
            decisions={ref: known for one in granted for ref, known in one.decisions.items()},
            claimed=claimed,
            settings=self.job.settings,
            quarter=self.job.quarter,
            through_on=self.job.through_on,
        )

    def lines(self) -> Iterator[ClaimLine]:
        for line in self._in_quarter:
            stay = self.stays[line.reference]
            yield line_of(line, stay, is_held=stay.pk in self.held)
        yield from self.support.lines()

    def findings(self) -> Iterator[ClaimFinding]:
        by_stay: dict[str, list[law.Line]] = defaultdict(list)
        for line in self._in_quarter:
            by_stay[line.reference].append(line)
        for reference, lines in by_stay.items():
            stay = self.stays[reference]
            if stay.pk not in self.held:
                for found in stay_findings(stay, lines, stay.admission_notice):
                    yield _finding(found, stay)
        for decision, found in self.support.findings():
            yield ClaimFinding(
                kind=found.kind, severity=found.severity, case=decision.case, data=found.data
            )

    def adjustments(self) -> Iterator[ClaimLine]:
        """To each locked claim, for each stay: what differs from all that was asked for so far."""
        for claim in self.job.locked:
            quarter = claim.quarter
            now: dict[str, list[law.Line]] = defaultdict(list)
            for line in self._answer(claim.settings).within(quarter.starts_on, quarter.ends_on):
                if line.reference in self.stays:
                    now[line.reference].append(line)
            was = {one.reference: one for one in self.claimed if one.claim_id == claim.pk}
            for reference in sorted({*now, *was}):
                yield from self._adjusted(claim, reference, now[reference], was.get(reference))
        yield from self.support.adjustments(self.job.locked)

    def _adjusted(
        self, claim: Claim, reference: str, now: Sequence[law.Line], was: Claimed | None
    ) -> Iterator[ClaimLine]:
        stay = self.stays.get(reference) or (was.stay if was else None)
        if stay is None:
            return
        is_held = stay.pk in self.held
        pieces = [piece_of_line(line, is_held=is_held) for line in now]
        asked = Decimal(0) if is_held else sum((ln.amount_dkk for ln in now), Decimal(0))
        before = was.pieces if was else []
        total = asked - (was.amount_dkk if was else Decimal(0))
        for one in differences(before, pieces, total_dkk=total):
            yield ClaimLine(
                section=ClaimSection.S110,
                kind=LineKind.ADJUSTMENT,
                case=stay.case,
                stay=stay,
                starts_on=one.starts_on,
                ends_on=one.ends_on,
                days=one.days,
                daily_rate_dkk=one.now.rate_dkk if one.now else None,
                resident_payment_dkk=one.now.payment_dkk if one.now else None,
                net_cost_dkk=one.net_cost_dkk,
                amount_dkk=one.amount_dkk,
                is_refundable=one.now is not None and one.now.is_refundable,
                reason=one.now.reason if one.now else "",
                terms_version="",
                adjusts=claim,
                why=self._why(reference, was),
                was=one.was.stored() if one.was else None,
                now=one.now.stored() if one.now else None,
            )

    def _why(self, reference: str, was: Claimed | None) -> list[Json]:
        known = was.facts if was else None
        if known is None:
            return changes(None, self.facts, reference)
        through = date.fromisoformat(known["through"])
        return changes(known, clipped(self.facts, through), reference)

    def _answer(self, settings: Json) -> law.Reimbursement:
        key = json.dumps(settings, sort_keys=True)
        if key not in self._answers:
            readings, terms = _read(key)
            self._answers[key] = law.reimburse(
                self.spans.spans,
                self.spans.used,
                through_on=self.job.through_on,
                settings=readings,
                terms=terms,
            )
        return self._answers[key]


@lru_cache(maxsize=64)
def _read(
    settings: str,
) -> tuple[law.ReimbursementSettings, VersionTable[law.RefundTerms]]:
    """Readings and parameters of a claim's settings, read once for all its citizens."""
    stored = json.loads(settings)
    return choices_stored(stored).reimbursement, terms_110(stored)


def line_of(line: law.Line, stay: Stay, *, is_held: bool) -> ClaimLine:
    """A line of the law's answer as a claim keeps it; held out, it asks for nothing."""
    return ClaimLine(
        section=ClaimSection.S110,
        kind=LineKind.REGULAR,
        case=stay.case,
        stay=stay,
        starts_on=line.starts_on,
        ends_on=line.ends_on,
        days=line.days,
        daily_rate_dkk=line.daily_rate_dkk,
        resident_payment_dkk=line.resident_payment_dkk,
        refund_share=line.refund_share,
        net_cost_dkk=line.net_cost_dkk,
        amount_dkk=Decimal("0.00") if is_held else line.amount_dkk,
        is_refundable=line.is_refundable and not is_held,
        is_held=is_held,
        reason=line.reason.value,
        terms_version=line.terms_version,
        year_starts_on=line.year_starts_on,
        day_number=line.day_number,
    )


def _finding(found: Found, stay: Stay) -> ClaimFinding:
    return ClaimFinding(
        kind=found.kind, severity=found.severity, case=stay.case, stay=stay, data=found.data
    )
