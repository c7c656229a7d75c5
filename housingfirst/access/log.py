"""How a use of personal data is written down: in the transaction that read the data."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.utils import timezone

from housingfirst.access.enums import LogAction, Purpose, Role
from housingfirst.access.models import AccessEntry, User
from housingfirst.base.crypto import blind_index

if TYPE_CHECKING:
    from housingfirst.access.models import Unit

current_request_id: ContextVar[uuid.UUID | None] = ContextVar("current_request_id", default=None)

_PURPOSE_BY_ROLE = {
    Role.ADVISER: Purpose.CASEWORK,
    Role.HYBRID: Purpose.CASEWORK,
    Role.SUPPORT_WORKER: Purpose.SUPPORT,
    Role.TEAM_LEAD: Purpose.OVERSIGHT,
    Role.ALLOCATOR: Purpose.ALLOCATION,
    Role.SHELTER_STAFF: Purpose.SHELTER,
    Role.SHELTER_LEADER: Purpose.SHELTER,
    Role.PARTNER: Purpose.HANDOFF,
    Role.AUDITOR: Purpose.AUDIT,
    Role.ADMINISTRATOR: Purpose.AUDIT,
}


def log(
    user: User | None,
    action: LogAction,
    citizen_ids: Iterable[int],
    *,
    what: str,
    purpose: Purpose | None = None,
    detail: str = "",
) -> None:
    """Write one entry about all of `citizen_ids`.

    `what` names the page or act in one or two words of code ("case", "resident_list"); `detail`
    is a reason or a count, never a name, a CPR number or free text about a citizen.
    """
    membership = user.current_memberships[0] if user and user.current_memberships else None
    unit: Unit | None = membership.unit if membership else None
    role = membership.role if membership else ""
    default = _PURPOSE_BY_ROLE[Role(role)] if role else Purpose.SYSTEM
    AccessEntry.objects.create(
        at=timezone.now(),
        user=user,
        unit=unit,
        role=role,
        action=action,
        purpose=purpose or default,
        citizen_ids=sorted(set(citizen_ids)),
        what=what[:80],
        detail=detail[:200],
        request_id=current_request_id.get() or uuid.uuid4(),
    )


def log_search(user: User, criterion: str, found: Iterable[int], *, what: str) -> None:
    """Write down a search. The criterion is kept as its keyed index: comparable, not readable."""
    log(
        user,
        LogAction.SEARCHED,
        found,
        what=what,
        detail=f"hmac:{blind_index(criterion.strip().casefold()).hex()[:32]}",
    )
