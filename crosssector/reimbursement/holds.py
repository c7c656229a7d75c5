"""Writes: a stay is kept out of the claims, and taken in again."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from crosssector.reimbursement.errors import AlreadyHeld
from crosssector.reimbursement.events import STAY_HELD, STAY_LIFTED
from crosssector.reimbursement.models import ClaimHold
from housing.models import Stay
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.access.models import User
from housingfirst.base.db import constraint_as, save_as
from housingfirst.base.errors import NotPermitted
from housingfirst.events.services import record


@transaction.atomic
def stay_hold(*, stay: Stay, reason: str, actor: User) -> ClaimHold:
    """Keep the stay out of claims that are not locked yet. Raises AlreadyHeld."""
    _require(actor, stay)
    hold = ClaimHold(stay=stay, reason=reason.strip(), held_by=actor)
    with constraint_as({"crosssector_hold_one_per_stay": AlreadyHeld}):
        save_as(actor, hold)
    log(actor, LogAction.CHANGED, [stay.citizen_id], what="claim_hold")
    record(STAY_HELD, actor=actor, case=stay.case, subject=stay.reference)
    return hold


@transaction.atomic
def stay_lift(*, stay: Stay, actor: User) -> None:
    """Take the stay into the claims again; lifted already, it stays so."""
    _require(actor, stay)
    hold = ClaimHold.objects.select_for_update().filter(stay=stay, lifted_at=None).first()
    if hold is None:
        return
    hold.lifted_at, hold.lifted_by = timezone.now(), actor
    save_as(actor, hold)
    log(actor, LogAction.CHANGED, [stay.citizen_id], what="claim_hold")
    record(STAY_LIFTED, actor=actor, case=stay.case, subject=stay.reference)


def _require(actor: User, stay: Stay) -> None:
    """Of a case the actor sees, in a municipality whose claims they draft."""
    places = {unit.municipality_id for unit in actor.units_for(Act.CLAIM_DRAFT)}
    is_seen = Stay.objects.visible_to(actor).filter(pk=stay.pk).exists()
    if stay.case.municipality_id not in places or not is_seen:
        raise NotPermitted
