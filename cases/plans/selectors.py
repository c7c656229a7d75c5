"""What the pages of a case ask for: its assessments and plans."""

from __future__ import annotations

from uuid import UUID

from cases.casework.models import Case
from cases.plans.models import PlanRecord
from housingfirst.access.denied import Denied
from housingfirst.access.models import User

SHOWN = 50
"""More than anybody makes in one case; the newest are shown."""


def plans_of(case: Case) -> list[PlanRecord]:
    """All of a case that came by `case_for`, the newest first: one query."""
    plans = PlanRecord.objects.filter(case=case).select_related("written_by")
    return list(plans.order_by("-made_on", "-pk")[:SHOWN])


def plan_in(case: Case, reference: UUID, user: User) -> PlanRecord:
    """A plan of a case that the user came to by `case_for`. Raises Denied for any other."""
    found = PlanRecord.objects.visible_to(user).filter(case=case, reference=reference).first()
    if found is None:
        raise Denied("plan", (case.citizen_id,))
    found.case = case
    return found
