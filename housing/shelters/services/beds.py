"""Rooms and beds."""

from __future__ import annotations

from django.db import transaction

from housing.shelters.access import require_at
from housing.shelters.errors import BedLabelTaken, BedOccupied, RoomNameTaken
from housing.shelters.models import Bed, Room, Shelter
from housingfirst.access.models import User
from housingfirst.base.db import constraint_as

REFUSALS = {
    "housing_room_name_unique": RoomNameTaken,
    "housing_bed_label_unique": BedLabelTaken,
}


@transaction.atomic
def bed_add(*, shelter: Shelter, room_name: str, label: str, actor: User | None) -> Bed:
    """A bed in the room of that name, which is made if there is none. Raises BedLabelTaken."""
    require_at(actor, shelter)
    room, _created = Room.objects.get_or_create(shelter=shelter, name=room_name)
    bed = Bed(room=room, label=label)
    with constraint_as(REFUSALS):
        bed.save()
    return bed


@transaction.atomic
def bed_change(
    *,
    bed: Bed,
    actor: User | None,
    room_name: str | None = None,
    label: str | None = None,
    in_use: bool | None = None,
) -> None:
    """Rename the bed or its room, or take the bed out of use and back; None leaves it as it is.

    Raises RoomNameTaken, BedLabelTaken, BedOccupied.
    """
    require_at(actor, bed.room.shelter)
    bed = Bed.objects.select_for_update(of=("self",)).select_related("room").get(pk=bed.pk)
    if in_use is False and bed.stays.open().exists():
        raise BedOccupied
    if in_use is not None:
        bed.in_use = in_use
    if label is not None:
        bed.label = label
    if room_name is not None:
        bed.room.name = room_name
    with constraint_as(REFUSALS):
        bed.room.save()
        bed.save()
