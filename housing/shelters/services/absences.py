"""Nights away from a stay that goes on."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from housing.shelters import rules
from housing.shelters.access import require_at
from housing.shelters.clock import clocks_refresh
from housing.shelters.errors import (
    AbsenceOutsideStay,
    AbsenceOverlaps,
    AbsenceReversed,
    AlreadyDischarged,
    ReturnInFuture,
)
from housing.shelters.events import ABSENCE_ENDED, ABSENCE_STARTED
from housing.shelters.models import Absence, Stay
from housing.shelters.services.held import stay_held
from housingfirst.access.models import User
from housingfirst.base.db import constraint_as
from housingfirst.events.services import record
from housingfirst.ui import words


@transaction.atomic
def absence_register(
    *,
    stay: Stay,
    starts_on: date,
    actor: User | None,
    ends_on: date | None = None,
    reason: str = "",
) -> Absence:
    """The resident is away from the night of `starts_on`, back on `ends_on` if that is known.

    Raises AlreadyDischarged, AbsenceOutsideStay, AbsenceReversed, AbsenceOverlaps.
    """
    require_at(actor, stay.shelter)
    now = timezone.now()
    stay = stay_held(stay)
    if stay.discharged_on is not None:
        raise AlreadyDischarged
    if starts_on < stay.admitted_on:
        raise AbsenceOutsideStay(typed=words.day_as_typed(stay.admitted_on))
    if ends_on is not None and ends_on <= starts_on:
        raise AbsenceReversed
    absence = Absence(
        stay=stay, starts_on=starts_on, ends_on=ends_on, reason=reason, registered_by=actor
    )
    with constraint_as({"housing_absence_no_overlap": AbsenceOverlaps}):
        absence.save()
    clocks_refresh([stay.citizen_id], timezone.localdate(now))
    record(
        ABSENCE_STARTED,
        actor=actor,
        case=stay.case,
        subject=stay.reference,
        at=rules.moment_of(starts_on, now),
        starts_on=starts_on,
        ends_on=ends_on,
    )
    return absence


@transaction.atomic
def absence_end(*, absence: Absence, ends_on: date, actor: User | None) -> None:
    """The resident is back on `ends_on`. Back on the day they left, they were never away.

    An absence that is gone already is gone. Raises AbsenceReversed, ReturnInFuture,
    AbsenceOverlaps, AlreadyDischarged for a day after the discharge.
    """
    require_at(actor, absence.stay.shelter)
    stay = stay_held(absence.stay)
    found = stay.absences.filter(pk=absence.pk).first()
    if found is None:
        return
    absence = found
    now = timezone.now()
    today = timezone.localdate(now)
    if ends_on < absence.starts_on:
        raise AbsenceReversed
    if ends_on > today:
        raise ReturnInFuture
    if stay.discharged_on is not None and ends_on > stay.discharged_on:
        raise AlreadyDischarged
    if ends_on == absence.starts_on:
        absence.delete()
    else:
        absence.ends_on = ends_on
        with constraint_as({"housing_absence_no_overlap": AbsenceOverlaps}):
            absence.save()
    clocks_refresh([stay.citizen_id], today)
    record(
        ABSENCE_ENDED,
        actor=actor,
        case=stay.case,
        subject=stay.reference,
        at=rules.moment_of(ends_on, now),
        ends_on=ends_on,
    )
