"""Every write of this subject: one function for each act of a person."""

from housing.shelters.services.absences import absence_end, absence_register
from housing.shelters.services.admission import Newcomer, stay_admit
from housing.shelters.services.beds import bed_add, bed_change
from housing.shelters.services.discharge import stay_discharge
from housing.shelters.services.elsewhere import days_elsewhere_add
from housing.shelters.services.moves import stay_move
from housing.shelters.services.notices import (
    notice_acknowledge,
    notice_readdress,
    notice_send,
)
from housing.shelters.services.planned import discharge_plan, plan_drop
from housing.shelters.services.rates import rate_add, rate_remove
from housing.shelters.services.shelters import shelter_save

__all__ = [
    "Newcomer",
    "absence_end",
    "absence_register",
    "bed_add",
    "bed_change",
    "days_elsewhere_add",
    "discharge_plan",
    "notice_acknowledge",
    "notice_readdress",
    "notice_send",
    "plan_drop",
    "rate_add",
    "rate_remove",
    "shelter_save",
    "stay_admit",
    "stay_discharge",
    "stay_move",
]
