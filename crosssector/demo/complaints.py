"""A complaint that waits to be looked at."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from crosssector.complaints.enums import Complainant
from crosssector.demo.rows import at
from crosssector.models import Complaint
from support.methods.enums import SupportSection
from support.models import SupportDecision

if TYPE_CHECKING:
    from crosssector.demo.lives import Lives

WEEKS: Final = timedelta(weeks=4)
WAITED: Final = timedelta(days=19)
"""Nine days are left to look at it again."""


def complain(lives: Lives) -> None:
    """About the newest decision on support that is old enough."""
    rows = lives.rows
    received_on = rows.today - WAITED
    open_cases = {id(person.case) for person in lives.people if person.case.closed_on is None}
    found = [
        decision
        for decision in rows.of(SupportDecision)
        if decision.decided_on <= received_on and id(decision.case) in open_cases
    ]
    decision = max(found, key=lambda row: row.decided_on, default=None)
    if decision is None:
        return
    paragraph = SupportSection(decision.section).paragraph
    title = f"Støtte efter {paragraph}, {decision.get_method_display()}"
    complaint = rows.add(
        Complaint(
            case=decision.case,
            support_decision=decision,
            title=title,
            told_on=max(decision.decided_on, received_on - WEEKS),
            received_on=received_on,
            complainant=Complainant.CITIZEN,
            about="Jeg vil have den samme støttekontakt, som jeg kender fra herberget.",
            written_by=decision.decided_by,
        )
    )
    rows.event(
        "complaint.received", decision.case, at(received_on, 11), decision.decided_by,
        complaint.reference, title=title, received_on=received_on,
    )  # fmt: skip
