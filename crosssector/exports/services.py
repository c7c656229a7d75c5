"""Writes: a large file asked for, and approved by a second person (security T13)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from crosssector.exports.enums import ExportReason
from crosssector.exports.errors import ExportHasRunOut, OwnExport
from crosssector.exports.models import ExportRequest
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.access.models import Municipality, User
from housingfirst.access.services import require
from housingfirst.base.db import constraint_as, save_as
from housingfirst.base.errors import NotPermitted

FREE_PERSONS: Final = 50
"""A file with more people than this asks for a reason and a second person."""
HOURS: Final = timedelta(hours=24)
"""How long a request waits for approval, and an approval holds."""
GROWTH: Final = 1.1
"""The list may have grown a little since it was approved; more than this is another file."""


@transaction.atomic
def export_ask(
    *,
    what: str,
    query: str,
    persons: int,
    reason: ExportReason,
    municipality: Municipality,
    actor: User,
) -> ExportRequest:
    """Ask for the file. It waits a day for somebody else."""
    require(actor, Act.EXPORT)
    request = ExportRequest(
        municipality=municipality,
        asked_by=actor,
        what=what,
        query=query,
        persons=persons,
        reason=reason,
        expires_at=timezone.now() + HOURS,
    )
    save_as(actor, request)
    log(actor, LogAction.CHANGED, [], what="export_ask", detail=f"{persons}: {reason}")
    return request


@transaction.atomic
def export_approve(*, request: ExportRequest, actor: User) -> None:
    """Let the one who asked fetch the file for a day. Raises OwnExport, ExportHasRunOut."""
    if request.municipality_id not in {u.municipality_id for u in actor.units_for(Act.EXPORT)}:
        raise NotPermitted
    request = ExportRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    now = timezone.now()
    if request.approved_by_id is not None:
        return
    if not request.waits(now):
        raise ExportHasRunOut
    request.approved_by, request.approved_at, request.expires_at = actor, now, now + HOURS
    with constraint_as({"crosssector_export_by_two_people": OwnExport}):
        save_as(actor, request)
    log(
        actor,
        LogAction.CHANGED,
        [],
        what="export_approve",
        detail=f"{request.persons}: {request.reason}, {request.reference}",
    )


def approval_for(
    user: User, reference: UUID | None, *, what: str, query: str, persons: int, now: datetime
) -> ExportRequest | None:
    """The approval by which `user` may fetch this very list now, if there is one."""
    if reference is None or not user.may(Act.EXPORT):
        return None
    found = ExportRequest.objects.filter(
        reference=reference, asked_by=user, what=what, query=query
    ).first()
    if found is None or not found.is_open(now) or persons > found.persons * GROWTH:
        return None
    return found
