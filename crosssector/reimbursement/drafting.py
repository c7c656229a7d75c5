"""Computes what a claim is made of: this quarter's lines, adjustments, and what must be mended.

Everything is read in batches of citizens; nothing is written. The rows have neither claim nor
facts yet: `services` gives them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any, Final

from django.db.models import Q

from cases.models import Case
from crosssector.reimbursement.adjusting import Json, changes, differences
from crosssector.reimbursement.checks import SEVERITIES, Found, stay_findings
from crosssector.reimbursement.claimed import Claimed, claimed_of, piece_of_line
from crosssector.reimbursement.enums import ClaimSection, FindingKind, LineKind, Severity
from crosssector.reimbursement.facts import choices_stored, clipped, facts_of, terms_110
from crosssector.reimbursement.models import (
    Claim,
    ClaimFacts,
    ClaimFinding,
    ClaimHold,
    ClaimLine,
)
from crosssector.reimbursement.rules import Quarter
from housing.models import Notice, Stay
from housing.shelters.enums import NoticeKind, Section
from housing.shelters.selectors.spans import Spans, spans_of
from housingfirst.law import reimbursement as law

BATCH: Final = 500
_SECTIONS: Final = {section: at for at, section in enumerate(ClaimSection.values)}


@dataclass(slots=True)
class Drafted:
    """The rows of a claim, not saved: facts by citizen, lines with their citizen, findings."""

    facts: dict[int, Json] = field(default_factory=dict)
    lines: list[tuple[int, ClaimLine]] = field(default_factory=list)
    findings: list[ClaimFinding] = field(default_factory=list)

    @property
    def blocks(self) -> int:
        return sum(finding.severity == Severity.BLOCK for finding in self.findings)

    def digest(self) -> str:
        """Of the lines: two drafts with the same digest ask for the same."""
        digest = sha256()
        for citizen_id, line in self.lines:
            digest.update(repr((citizen_id, *_asked(line))).encode())
        return digest.hexdigest()


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


def draft(*, municipality_id: int, quarter: Quarter, through_on: date, settings: Json) -> Drafted:
    """The claim of a quarter as the facts are now, with adjustments to earlier locked ones."""
    locked = Claim.objects.locked().filter(municipality=municipality_id)
    earlier = locked.filter(quarter_starts_on__lt=quarter.starts_on).order_by("locked_at", "pk")
    job = Job(municipality_id, quarter, through_on, settings, list(earlier))
    drafted = Drafted()
    citizens = sorted(_citizens(job))
    for at in range(0, len(citizens), BATCH):
        _add_batch(drafted, job, citizens[at : at + BATCH])
    drafted.lines.sort(key=lambda pair: _order(pair[1]))
    for position, (_citizen, line) in enumerate(drafted.lines, 1):
        line.position = position
    order = list(SEVERITIES)
    drafted.findings.sort(key=lambda one: (order.index(FindingKind(one.kind)), one.case.number))
    return drafted


def _citizens(job: Job) -> set[int]:
    """Whose days can be in the claim: resident in the quarter, or in one that was locked."""
    stays = Stay.objects.filter(
        case__municipality=job.municipality_id,
        shelter__section=Section.S110,
        admitted_on__lte=job.through_on,
    )
    first = min([job.quarter, *(claim.quarter for claim in job.locked)]).starts_on
    stays = stays.filter(Q(discharged_on__isnull=True) | Q(discharged_on__gte=first))
    claimed = ClaimFacts.objects.filter(claim__in=job.locked)
    return {
        *stays.values_list("citizen_id", flat=True),
        *claimed.values_list("citizen_id", flat=True),
    }


def _add_batch(drafted: Drafted, job: Job, citizen_ids: Sequence[int]) -> None:
    counted = spans_of(citizen_ids, municipality_id=job.municipality_id, through_on=job.through_on)
    stays = {stay.pk: stay for spans in counted.values() for stay in spans.ours}
    notices = {
        notice.stay_id: notice
        for notice in Notice.objects.filter(stay__in=stays, kind=NoticeKind.ADMISSION)
    }
    held = set(
        ClaimHold.objects.filter(stay__in=stays, lifted_at__isnull=True).values_list(
            "stay_id", flat=True
        )
    )
    claimed = claimed_of(job.locked, citizen_ids)
    for citizen_id, spans in counted.items():
        citizen = _Citizen(job, citizen_id, spans, notices, held, claimed[citizen_id])
        lines = [*citizen.lines(), *citizen.adjustments()]
        if lines:
            drafted.facts[citizen_id] = citizen.facts
            drafted.lines += [(citizen_id, line) for line in lines]
        drafted.findings += citizen.findings()


class _Citizen:
    """One citizen's part of a claim."""

    def __init__(
        self,
        job: Job,
        citizen_id: int,
        spans: Spans,
        notices: Mapping[int, Notice],
        held: set[int],
        claimed: Sequence[Claimed],
    ) -> None:
        self.job, self.citizen_id, self.spans = job, citizen_id, spans
        self.notices, self.held, self.claimed = notices, held, claimed
        self.stays = {str(stay.reference): stay for stay in spans.ours}
        self.facts = facts_of(spans, through_on=job.through_on, notices=notices)
        self._answers: dict[str, law.Reimbursement] = {}
        self._in_quarter = [
            line
            for line in self._answer(job.settings).within(
                job.quarter.starts_on, job.quarter.ends_on
            )
            if line.reference in self.stays
        ]

    def lines(self) -> Iterator[ClaimLine]:
        for line in self._in_quarter:
            stay = self.stays[line.reference]
            yield line_of(line, stay, is_held=stay.pk in self.held)

    def findings(self) -> Iterator[ClaimFinding]:
        by_stay: dict[str, list[law.Line]] = defaultdict(list)
        for line in self._in_quarter:
            by_stay[line.reference].append(line)
        for reference, lines in by_stay.items():
            stay = self.stays[reference]
            if stay.pk not in self.held:
                for found in stay_findings(stay, lines, self.notices.get(stay.pk)):
                    yield _finding(found, stay)

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
            self._answers[key] = law.reimburse(
                self.spans.spans,
                self.spans.used,
                through_on=self.job.through_on,
                settings=choices_stored(settings).reimbursement,
                terms=terms_110(settings),
            )
        return self._answers[key]


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


def _order(line: ClaimLine) -> tuple[Any, ...]:
    case: Case = line.case
    return (
        _SECTIONS[line.section],
        line.kind != LineKind.REGULAR,
        case.number,
        line.starts_on,
        line.ends_on,
        str(line.stay_id or line.decision_id),
    )


def _asked(line: ClaimLine) -> Iterable[Any]:
    return (
        line.section,
        line.kind,
        line.case_id,
        line.stay_id,
        line.decision_id,
        line.starts_on.isoformat(),
        line.ends_on.isoformat(),
        line.days,
        str(line.net_cost_dkk),
        str(line.amount_dkk),
        line.is_held,
        line.adjusts_id,
    )
