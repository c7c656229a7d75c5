"""Discharge: the stay ends, the shelter's access with it, and the municipality is told."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from cases.casework.enums import Source
from cases.casework.grants import end_unit_grants
from cases.casework.situations import situation_begin, situation_end
from housing.shelters import rules
from housing.shelters.access import require_at
from housing.shelters.clock import clocks_refresh
from housing.shelters.enums import DischargeTo
from housing.shelters.errors import (
    AlreadyDischarged,
    DischargeBeforeAdmission,
    DischargeInFuture,
)
from housing.shelters.events import STAY_DISCHARGED
from housing.shelters.models import Stay
from housing.shelters.services.admission import REFUSALS, STAY_GRANT
from housing.shelters.services.moves import moves_undone
from housing.shelters.services.planned import discharge_notice, said
from housingfirst.access.models import User
from housingfirst.base.db import constraint_as, save_as
from housingfirst.events.services import record
from housingfirst.ui import words


@transaction.atomic
def stay_discharge(
    *,
    stay: Stay,
    discharged_on: date,
    to: DischargeTo,
    reason: str,
    actor: User | None,
    version: int | None = None,
) -> None:
    """End the stay on `discharged_on`, which is not counted as a day of it.

    A notice that was sent when the same was planned stands; else one is made ready. The shelter
    sees the case through that day. `version` is the version the actor saw. Raises
    AlreadyDischarged, DischargeInFuture, DischargeBeforeAdmission, StaleVersion.
    """
    require_at(actor, stay.shelter)
    now = timezone.now()
    today = timezone.localdate(now)
    if stay.discharged_on is not None:
        raise AlreadyDischarged
    if discharged_on > today:
        raise DischargeInFuture
    if discharged_on < stay.admitted_on:
        raise DischargeBeforeAdmission(
            admitted=words.day(stay.admitted_on, today=today, weekday=False),
            typed=words.day_as_typed(stay.admitted_on),
        )
    moves_undone(stay, discharged_on)
    told = said(stay) if stay.leaves_on else None
    stay.discharged_on = discharged_on
    stay.discharge_to = to
    stay.discharge_reason = reason
    with constraint_as(REFUSALS):
        save_as(actor, stay, version=version)
    _end_absences(stay, discharged_on)
    end_unit_grants(stay.case, stay.shelter.unit, last_day=discharged_on, reason=STAY_GRANT)
    after = rules.SITUATION_AFTER.get(to)
    if after is None:
        situation_end(case=stay.case, ends_on=discharged_on, actor=actor)
    else:
        situation_begin(
            case=stay.case,
            situation=after,
            starts_on=discharged_on,
            source=Source.STAY,
            actor=actor,
        )
    discharge_notice(stay, discharged_on, actor, is_new=told != said(stay))
    clocks_refresh([stay.citizen_id], today)
    record(
        STAY_DISCHARGED,
        actor=actor,
        case=stay.case,
        subject=stay.reference,
        at=rules.moment_of(discharged_on, now),
        place=stay.shelter.name,
        to=to.value,
        days=(discharged_on - stay.admitted_on).days,
    )


def _end_absences(stay: Stay, discharged_on: date) -> None:
    """Nobody is away from a stay that has ended."""
    stay.absences.filter(starts_on__gte=discharged_on).delete()
    stay.absences.open_after(discharged_on).update(ends_on=discharged_on)
