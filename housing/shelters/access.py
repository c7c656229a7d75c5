"""The only way a request gets a shelter, or what belongs to one; and who may act there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models

from housing.shelters.models import Absence, Bed, Notice, Shelter, Stay
from housing.shelters.stay_panels import read_with_stay
from housingfirst.access.denied import Denied
from housingfirst.access.enums import Act
from housingfirst.base.errors import NotPermitted

if TYPE_CHECKING:
    from housingfirst.access.models import Unit, User


def may_at(user: User, shelter: Shelter, act: Act = Act.STAY_REGISTER) -> bool:
    """Whether the user has `act` in the shelter's own unit."""
    return shelter.unit_id in user.unit_ids_for(act)


def require_at(actor: User | None, shelter: Shelter, act: Act = Act.STAY_REGISTER) -> None:
    """The check of a service: raises NotPermitted unless `may_at`. The system (None) may."""
    if actor is not None and not may_at(actor, shelter, act):
        raise NotPermitted


def require_in(actor: User | None, unit: Unit, act: Act) -> None:
    """`require_at` for a unit whose shelter is not there yet."""
    if actor is not None and unit.pk not in actor.unit_ids_for(act):
        raise NotPermitted


def stay_for(user: User, reference: UUID) -> Stay:
    """A stay at the user's own shelter, or on a case they see. Raises Denied, a logged 404."""
    stay = (
        Stay.objects.visible_to(user)
        .filter(reference=reference)
        .select_related(
            "citizen",
            "case__municipality",
            "case__adviser",
            "case__unit",
            "shelter__unit",
            "bed__room",
            *read_with_stay(),
        )
        .first()
    )
    if stay is None:
        raise Denied("stay", _citizen_of(Stay.objects.filter(reference=reference)))
    return stay


def notice_for(user: User, reference: UUID) -> Notice:
    """A notice that the user's shelter sends or their municipality gets. Raises Denied."""
    notice = (
        Notice.objects.visible_to(user)
        .filter(reference=reference)
        .select_related(
            "stay__citizen", "stay__case", "stay__shelter__unit__municipality", "municipality"
        )
        .first()
    )
    if notice is None:
        found = Stay.objects.filter(notices__reference=reference)
        raise Denied("notice", _citizen_of(found))
    return notice


def absence_for(user: User, reference: UUID) -> Absence:
    """An absence from a stay at the user's own shelter. Raises Denied."""
    absence = (
        Absence.objects.filter(reference=reference, stay__in=Stay.objects.visible_to(user))
        .select_related("stay__citizen", "stay__case", "stay__shelter")
        .first()
    )
    if absence is None:
        raise Denied("absence", _citizen_of(Stay.objects.filter(absences__reference=reference)))
    return absence


def bed_for(user: User, reference: UUID) -> Bed:
    """A bed of the user's own shelter. Raises Denied."""
    bed = (
        Bed.objects.filter(reference=reference, room__shelter__in=Shelter.objects.visible_to(user))
        .select_related("room__shelter")
        .first()
    )
    if bed is None:
        raise Denied("bed")
    return bed


def _citizen_of(stays: models.QuerySet[Stay]) -> tuple[int, ...]:
    return tuple(stays.values_list("citizen_id", flat=True)[:1])
