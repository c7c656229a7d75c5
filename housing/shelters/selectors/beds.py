"""Rooms and beds with how they are used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models.functions import Coalesce

from housing.shelters.models import Bed, EarlierBed, Room, Shelter, Stay
from housing.shelters.selectors.resident_rows import natural
from housingfirst.access.models import User

USAGE_DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class Line:
    """A bed, who is in it, and the nights it was slept in of the last thirty."""

    bed: Bed
    stay: Stay | None
    is_taken: bool
    nights: int


@dataclass(frozen=True, slots=True)
class RoomLines:
    room: Room
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Usage:
    """Of the beds in use: how many are taken, and the share of nights slept in, in per cent."""

    beds: int
    taken: int
    percent: int


def rooms_at(user: User, shelter: Shelter, today: date) -> list[RoomLines]:
    """Every room with its beds, those out of use among them."""
    first = today - timedelta(days=USAGE_DAYS)
    stays = (
        Stay.objects.filter(shelter=shelter, bed__isnull=False)
        .overlapping(first, today)
        .values_list("bed_id", Coalesce("bed_from", "admitted_on"), "discharged_on")
    )
    earlier = EarlierBed.objects.filter(
        bed__room__shelter=shelter, starts_on__lt=today, ends_on__gt=first
    ).values_list("bed_id", "starts_on", "ends_on")
    nights: dict[int | None, int] = {}
    for bed_id, since, until in [*stays, *earlier]:
        slept = min(until or today, today) - max(since, first)
        nights[bed_id] = nights.get(bed_id, 0) + max(slept.days, 0)
    running = Stay.objects.open().filter(shelter=shelter, bed__isnull=False)
    taken = set(running.values_list("bed_id", flat=True))
    seen = {
        stay.bed_id: stay
        for stay in Stay.objects.visible_to(user)
        .open()
        .filter(shelter=shelter, bed__isnull=False)
        .select_related("citizen")
    }
    rooms: dict[Room, list[Bed]] = {}
    for bed in Bed.objects.filter(room__shelter=shelter).select_related("room"):
        rooms.setdefault(bed.room, []).append(bed)
    lines = [
        RoomLines(
            room,
            [
                Line(bed, seen.get(bed.pk), bed.pk in taken, nights.get(bed.pk, 0))
                for bed in sorted(beds, key=natural)
            ],
        )
        for room, beds in rooms.items()
    ]
    return sorted(lines, key=lambda room: natural(room.lines[0].bed))


def usage_of(rooms: Sequence[RoomLines]) -> Usage:
    in_use = [line for room in rooms for line in room.lines if line.bed.in_use]
    nights = sum(line.nights for line in in_use)
    possible = len(in_use) * USAGE_DAYS
    return Usage(
        beds=len(in_use),
        taken=sum(line.is_taken for line in in_use),
        percent=round(100 * nights / possible) if possible else 0,
    )
