"""The assessments and plans of a case, and how the citizen took part."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanKind(models.TextChoices):
    """SEL § 142 is for residents of a § 110 boform, § 141 for others (stk. 7: holistic)."""

    ASSESSMENT = "vum", _("Assessment (VUM)")
    SHELTER_PLAN = "142", _("Action plan § 142 (stays at a shelter)")
    ACTION_PLAN = "141", _("Action plan § 141")
    HOLISTIC_PLAN = "141-7", _("Holistic plan § 141 (7)")


class Participation(models.TextChoices):
    TOOK_PART = "yes", _("Took part")
    DECLINED = "no", _("Declined")


OFFERED: Final = (PlanKind.ACTION_PLAN, PlanKind.HOLISTIC_PLAN)
"""Offered, and made only with the citizen; the others are made all the same."""

SHELTER_PLANS: Final = (PlanKind.SHELTER_PLAN, PlanKind.HOLISTIC_PLAN)
"""The plans that do for a resident of a § 110 boform."""

SHORT_NAMES: Final = {
    PlanKind.ASSESSMENT: _("Assessment (VUM)"),
    PlanKind.SHELTER_PLAN: _("Action plan § 142"),
    PlanKind.ACTION_PLAN: _("Action plan § 141"),
    PlanKind.HOLISTIC_PLAN: _("Holistic plan § 141 (7)"),
}
