"""The only way a request gets a decision."""

from __future__ import annotations

from uuid import UUID

from cases.casework.models import Case
from housingfirst.access.denied import Denied
from housingfirst.access.models import User
from support.methods.models import SupportDecision


def decision_in(case: Case, reference: UUID, user: User) -> SupportDecision:
    """A decision of a case that the user came to by `case_for`. Raises Denied for any other."""
    found = (
        SupportDecision.objects.visible_to(user)
        .filter(case=case, reference=reference)
        .select_related("decided_by")
        .first()
    )
    if found is None:
        raise Denied("support_decision", (case.citizen_id,))
    found.case = case
    return found
