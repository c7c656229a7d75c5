"""What the check of a claim finds about one stay, and how serious it is.

Source: law.md R-110-REF (only registered places, the fixed rate) and R-REF-AUDIT (evidence for
each refunded day). A late or missing notice is the shelter's breach of § 110, stk. 6: no text was
found that takes the refund away for it, so it is looked at and does not block [INF].
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils import timezone

from crosssector.reimbursement.enums import FindingKind, Severity
from housing.models import Notice, ShelterRate, Stay
from housing.shelters.clock import listed_rates
from housing.shelters.enums import ActingAnswer
from housingfirst.law import reimbursement as law

SEVERITIES: Final = {
    FindingKind.NO_RATE: Severity.BLOCK,
    FindingKind.NOT_REGISTERED: Severity.BLOCK,
    FindingKind.NOT_ACTING: Severity.BLOCK,
    FindingKind.NO_COST: Severity.BLOCK,
    FindingKind.RATE_DIFFERS: Severity.WARN,
    FindingKind.REGISTERED_LATER: Severity.WARN,
    FindingKind.NOTICE_MISSING: Severity.WARN,
    FindingKind.NOTICE_LATE: Severity.WARN,
    FindingKind.ACTING_UNANSWERED: Severity.WARN,
    FindingKind.DECIDED_LATE: Severity.WARN,
}


@dataclass(frozen=True, slots=True)
class Found:
    """`data` is what the sentence names: dates and amounts as text."""

    kind: FindingKind
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        return SEVERITIES[self.kind]


def stay_findings(stay: Stay, lines: Sequence[law.Line], notice: Notice | None) -> Iterator[Found]:
    """About a stay with these lines in the quarter. It comes through `StayQuerySet.for_clock`."""
    if any(line.daily_rate_dkk == 0 for line in lines):
        yield Found(FindingKind.NO_RATE)
    else:
        listed = _listed(stay)
        if listed is not None and listed.daily_rate_dkk != stay.daily_rate_dkk:
            yield Found(
                FindingKind.RATE_DIFFERS,
                {"agreed": str(stay.daily_rate_dkk), "listed": str(listed.daily_rate_dkk)},
            )
    since = stay.shelter.registered_from
    if not stay.shelter.registered_number:
        yield Found(FindingKind.NOT_REGISTERED)
    elif since is not None and any(line.reason is law.LineReason.UNREGISTERED for line in lines):
        yield Found(FindingKind.REGISTERED_LATER, {"since": since.isoformat()})
    yield from _about_notice(stay, notice)


def _about_notice(stay: Stay, notice: Notice | None) -> Iterator[Found]:
    if notice is None or notice.sent_at is None:
        due = None if notice is None else notice.due_on.isoformat()
        yield Found(FindingKind.NOTICE_MISSING, {"due": due})
        return
    if notice.is_late:
        sent = timezone.localdate(notice.sent_at).isoformat()
        yield Found(FindingKind.NOTICE_LATE, {"due": notice.due_on.isoformat(), "sent": sent})
    if notice.answer == ActingAnswer.NO:
        yield Found(FindingKind.NOT_ACTING)
    elif notice.answer != ActingAnswer.YES:
        yield Found(FindingKind.ACTING_UNANSWERED)


def _listed(stay: Stay) -> ShelterRate | None:
    """The shelter's own price on the day of admission."""
    rates = listed_rates(stay)
    return next((r for r in reversed(rates) if r.valid_from <= stay.admitted_on), None)
