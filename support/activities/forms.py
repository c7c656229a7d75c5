"""A wish for activity, and its answer, as they are typed."""

from __future__ import annotations

from typing import Any

from django.forms import ChoiceField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from housingfirst.ui import forms
from support.activities.enums import ActivityAnswer


class WishForm(forms.Form):
    words = forms.TextField(label=_("In the citizen's own words"), max_length=500)
    said_on = forms.DayField(label=_("Said on"), prefer="past", latest=timezone.localdate)


class AnswerForm(forms.Form):
    answer = ChoiceField(
        label=_("What became of it"), choices=[("", _("Choose")), *ActivityAnswer.choices]
    )
    text = forms.LineField(
        label=_("What was agreed"),
        max_length=500,
        required=False,
        help_text=_("Where, with whom and when"),
    )

    def __init__(self, *args: Any, wish: object = "", **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"answer_{wish}_%s", **kwargs)
