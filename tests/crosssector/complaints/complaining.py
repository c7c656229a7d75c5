"""What the tests of complaints do again and again, and their days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from cases.casework.models import Case
from crosssector.complaints.enums import Complainant, Reassessment
from crosssector.complaints.models import Complaint
from crosssector.complaints.services import (
    complaint_reassess,
    complaint_register,
)
from crosssector.complaints.sources import appealable_in
from housingfirst.access.models import User
from housingfirst.deadlines.models import Deadline
from housingfirst.deadlines.services import refresh_cases
from support.methods.models import SupportDecision

TODAY = date(2026, 11, 17)
TOLD = date(2026, 10, 26)
RECEIVED = date(2026, 11, 10)
DAY = timedelta(days=1)


def complain(decision: SupportDecision, actor: User, **values: Any) -> Complaint:
    given: dict[str, Any] = {
        "told_on": TOLD,
        "received_on": RECEIVED,
        "complainant": Complainant.CITIZEN,
        "about": "Jeg ville have haft Mads.",
    }
    found = [one for one in appealable_in(decision.case) if one.row == decision]
    return complaint_register(case=decision.case, decision=found[0], actor=actor, **given | values)


def reassess(row: Complaint, actor: User, outcome: Reassessment, **values: Any) -> None:
    given: dict[str, Any] = {"on": TODAY, "reasons": "Fordi", "version": row.version}
    complaint_reassess(complaint=row, outcome=outcome, actor=actor, **given | values)


def due(case: Case, on: date = TODAY) -> dict[str, date]:
    refresh_cases([case.pk], on)
    rows = Deadline.objects.open().filter(kind__startswith="complaint_", case=case)
    return dict(rows.values_list("kind", "due_on"))
