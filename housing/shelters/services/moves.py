"""A resident moves to another bed of the shelter."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from housing.shelters import rules
from housing.shelters.access import require_at
from housing.shelters.errors import AlreadyDischarged
from housing.shelters.events import STAY_MOVED
from housing.shelters.models import Bed, EarlierBed, Stay
from housing.shelters.services.admission import REFUSALS, check_bed
from housingfirst.access.models import User
from housingfirst.base.db import constraint_as, save_as
from housingfirst.events.services import record


@transaction.atomic
def stay_move(
    *, stay: Stay, bed: Bed | None, on: date, actor: User | None, version: int | None = None
) -> None:
    """To `bed` from the night of `on` (today), or to none. The bed before is kept in the history.

    Who moves twice on a day slept in the last bed alone. Moving to the bed one is in changes
    nothing. Raises AlreadyDischarged, BedNotUsable, BedTaken, StaleVersion.
    """
    require_at(actor, stay.shelter)
    if stay.discharged_on is not None:
        raise AlreadyDischarged
    before = stay.bed
    if before == bed:
        return
    check_bed(bed, stay.shelter)
    since = stay.bed_from or stay.admitted_on
    if before is not None and since < on:
        EarlierBed.objects.create(stay=stay, bed=before, starts_on=since, ends_on=on)
    stay.bed, stay.bed_from = bed, max(on, stay.admitted_on)
    with constraint_as(REFUSALS):
        save_as(actor, stay, version=version, reason="moved")
    record(
        STAY_MOVED,
        actor=actor,
        case=stay.case,
        subject=stay.reference,
        at=rules.moment_of(on, timezone.now()),
        bed=bed.label if bed else "",
        before=before.label if before else "",
    )


def moves_undone(stay: Stay, discharged_on: date) -> None:
    """Before a discharge on an earlier day is saved: moves on that day or later did not happen."""
    while stay.bed_from is not None and stay.bed_from >= discharged_on > stay.admitted_on:
        last = stay.earlier_beds.filter(ends_on=stay.bed_from).first()
        stay.bed = last.bed if last else None
        stay.bed_from = None
        if last is not None:
            stay.bed_from = last.starts_on if last.starts_on > stay.admitted_on else None
            last.delete()
