"""Shelters with rooms and beds, the stays in them, and what the municipality is told of each."""

from housing.shelters.models.clock import ReimbursementClock, days_from
from housing.shelters.models.notices import Notice
from housing.shelters.models.places import Bed, Room, Shelter, ShelterRate
from housing.shelters.models.stays import Absence, DaysElsewhere, EarlierBed, Stay

__all__ = [
    "Absence",
    "Bed",
    "DaysElsewhere",
    "EarlierBed",
    "Notice",
    "ReimbursementClock",
    "Room",
    "Shelter",
    "ShelterRate",
    "Stay",
    "days_from",
]
