"""Where Django finds the models of this app's subjects."""

from cases.casework.models import (
    Case,
    CaseCounter,
    CaseGrant,
    Note,
    SituationRecord,
    Wish,
)
from cases.citizens.models import Citizen
from cases.plans.models import PlanRecord

__all__ = [
    "Case",
    "CaseCounter",
    "CaseGrant",
    "Citizen",
    "Note",
    "PlanRecord",
    "SituationRecord",
    "Wish",
]
