"""Where Django finds the models of this app's subjects."""

from support.activities.models import ActivityWish
from support.enrolments.models import Enrolment, Phase
from support.methods.models import SupportDecision
from support.milestones.models import Milestone
from support.visits.models import Visit

__all__ = ["ActivityWish", "Enrolment", "Milestone", "Phase", "SupportDecision", "Visit"]
