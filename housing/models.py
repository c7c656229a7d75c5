"""Where Django finds the models of this app's subjects."""

from housing.agreements.models import AllocationAgreement
from housing.allocation.models import AreaWish, HousingReferral, Offer, ReferralPaper
from housing.evictions.models import RentArrears
from housing.rents.models import RentReduction, RentReview
from housing.shelters.models import (
    Absence,
    Bed,
    DaysElsewhere,
    EarlierBed,
    Notice,
    ReimbursementClock,
    Room,
    Shelter,
    ShelterRate,
    Stay,
)
from housing.supply.models import Area, Dwelling, Estate, Vacancy
from housing.tenancies.models import Tenancy
from housing.waitlists.models import ListMembership

__all__ = [
    "Absence",
    "AllocationAgreement",
    "Area",
    "AreaWish",
    "Bed",
    "DaysElsewhere",
    "Dwelling",
    "EarlierBed",
    "Estate",
    "HousingReferral",
    "ListMembership",
    "Notice",
    "Offer",
    "ReferralPaper",
    "ReimbursementClock",
    "RentArrears",
    "RentReduction",
    "RentReview",
    "Room",
    "Shelter",
    "ShelterRate",
    "Stay",
    "Tenancy",
    "Vacancy",
]
