"""The only way a request gets a course."""

from __future__ import annotations

from uuid import UUID

from cases.casework.models import Case
from housingfirst.access.denied import Denied
from housingfirst.access.models import User
from support.enrolments.models import Enrolment


def enrolment_in(case: Case, reference: UUID, user: User) -> Enrolment:
    """A course of a case that the user came to by `case_for`. Raises Denied for any other."""
    found = (
        Enrolment.objects.visible_to(user)
        .filter(case=case, reference=reference)
        .select_related("worker", "decision")
        .first()
    )
    if found is None:
        raise Denied("enrolment", (case.citizen_id,))
    found.case = case
    return found
