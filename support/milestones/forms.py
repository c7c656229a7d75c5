"""A milestone of a course as it is typed."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from housingfirst.ui.forms import DayField, Form, LongText, TextField
from support.milestones.models import Milestone


class MilestoneForm(Form):
    held_on = DayField(label=gettext_lazy("Held on"), prefer="past", latest=timezone.localdate)
    remark = TextField(
        label=gettext_lazy("What was agreed"),
        required=False,
        max_length=2_000,
        widget=LongText({"rows": 4}),
        help_text=gettext_lazy("What goes on, who takes over what, and what the citizen says."),
    )


def values_of(milestone: Milestone) -> dict[str, Any]:
    return {"held_on": milestone.held_on, "remark": milestone.remark}
