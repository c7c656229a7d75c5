"""The only way a request gets a handoff."""

from __future__ import annotations

from uuid import UUID

from cases.casework.models import Case
from crosssector.handoffs.models import Handoff
from housingfirst.access.denied import Denied
from housingfirst.access.models import User

RELATED = (
    "case__citizen",
    "case__municipality",
    "to_unit",
    "from_unit",
    "asked_by",
    "answered_by",
    "offer",
)


def task_for(user: User, reference: UUID) -> Handoff:
    """A handoff sent to a unit of `user` that answers handoffs.

    Raises Denied (a 404 that is logged) for any other.
    """
    return _one(user, reference, Handoff.objects.inbox_of(user).filter(reference=reference).first())


def handoff_in(case: Case, reference: UUID, user: User) -> Handoff:
    """A handoff of a case that the user came to by `case_for`."""
    found = Handoff.objects.visible_to(user).filter(case=case, reference=reference).first()
    return _one(user, reference, found)


def _one(user: User, reference: UUID, found: Handoff | None) -> Handoff:
    if found is not None:
        return Handoff.objects.select_related(*RELATED).get(pk=found.pk)
    hidden = Handoff.objects.filter(reference=reference).values_list("case__citizen_id", flat=True)
    raise Denied("handoff", tuple(hidden))
