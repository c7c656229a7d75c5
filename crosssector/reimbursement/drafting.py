"""Computes what a claim is made of: this quarter's lines, adjustments, and what must be mended.

Everything is read in batches of citizens; nothing is written. The rows have neither claim nor
facts yet: `services` gives them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any, Final

from django.db.models import Q

from cases.models import Case
from crosssector.readiness.granted import REFUNDED, Granted, granted_in
from crosssector.reimbursement.adjusting import Json
from crosssector.reimbursement.checks import SEVERITIES
from crosssector.reimbursement.citizen import Citizen, Job
from crosssector.reimbursement.claimed import claimed_of
from crosssector.reimbursement.enums import ClaimSection, FindingKind, LineKind, Severity
from crosssector.reimbursement.models import (
    Claim,
    ClaimFacts,
    ClaimFinding,
    ClaimHold,
    ClaimLine,
)
from crosssector.reimbursement.rules import Quarter
from crosssector.reimbursement.support import claimed_support
from housing.models import Stay
from housing.shelters.enums import Section
from housing.shelters.selectors.spans import spans_of
from support.models import SupportDecision

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
    support = SupportDecision.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=first),
        case__municipality=job.municipality_id,
        section__in=REFUNDED,
        starts_on__lte=job.through_on,
    )
    claimed = ClaimFacts.objects.filter(claim__in=job.locked)
    return {
        *stays.values_list("citizen_id", flat=True),
        *support.values_list("case__citizen_id", flat=True),
        *claimed.values_list("citizen_id", flat=True),
    }


def _add_batch(drafted: Drafted, job: Job, citizen_ids: Sequence[int]) -> None:
    counted = spans_of(citizen_ids, municipality_id=job.municipality_id, through_on=job.through_on)
    stays = {stay.pk: stay for spans in counted.values() for stay in spans.ours}
    held = set(
        ClaimHold.objects.filter(stay__in=stays, lifted_at__isnull=True).values_list(
            "stay_id", flat=True
        )
    )
    claimed = claimed_of(job.locked, citizen_ids)
    supported = claimed_support(job.locked, citizen_ids)
    granted = _granted(job, citizen_ids)
    for citizen_id, spans in counted.items():
        citizen = Citizen(job, spans, held, claimed[citizen_id])
        citizen.support_is(granted[citizen_id], supported[citizen_id])
        lines = [*citizen.lines(), *citizen.adjustments()]
        if lines:
            drafted.facts[citizen_id] = citizen.facts
            drafted.lines += [(citizen_id, line) for line in lines]
        drafted.findings += citizen.findings()


def _granted(job: Job, citizen_ids: Sequence[int]) -> Mapping[int, Sequence[Granted]]:
    """What § 176 a may refund, of each citizen's cases in the municipality."""
    cases = {
        case.pk: case
        for case in Case.objects.filter(
            citizen__in=citizen_ids, municipality=job.municipality_id
        ).select_related("citizen")
    }
    found: dict[int, list[Granted]] = defaultdict(list)
    for case_id, granted in granted_in(list(cases)).items():
        for decision in granted.decisions.values():
            decision.case = cases[case_id]
        found[cases[case_id].citizen_id].append(granted)
    return found


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
