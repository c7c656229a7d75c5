"""What is agreed and held during a CTI course, each once (methods.md D3 to D6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from support.enrolments.enums import PhaseKind


class MilestoneKind(models.TextChoices):
    REVIEW_1 = "review1", _("Review of phase 1")
    REVIEW_2 = "review2", _("Review of phase 2")
    REVIEW_3 = "review3", _("Review of phase 3")
    FOLLOW_ON = "follow_on", _("What follows the course is decided")
    HAND_OVER = "hand_over", _("Hand-over agreed with the citizen and those who go on")


REVIEW_OF: Final[Mapping[PhaseKind, MilestoneKind]] = {
    PhaseKind.TRANSITION: MilestoneKind.REVIEW_1,
    PhaseKind.TRY_OUT: MilestoneKind.REVIEW_2,
    PhaseKind.HAND_OVER: MilestoneKind.REVIEW_3,
}
"""The review of a phase. Held, it stands for those before it as well."""
