"""What is decided on aftercare, as it is typed."""

from __future__ import annotations

from typing import Any

from django.forms import ChoiceField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crosssector.aftercare.enums import AftercareAnswer
from crosssector.aftercare.selectors import last_of
from housingfirst.ui import forms


class AftercareForm(forms.Form):
    answer = ChoiceField(
        label=_("Is aftercare offered?"), choices=AftercareAnswer, widget=forms.Radios
    )
    decided_on = forms.DayField(label=_("Said on"), latest=timezone.localdate)
    given_by = forms.LineField(
        label=_("Who gives it"),
        max_length=200,
        required=False,
        help_text=_("Name and phone, when the citizen wants it"),
    )
    last_on = forms.DayField(
        label=_("Last day"), required=False, help_text=_("When the citizen wants it")
    )
    remark = forms.TextField(label=_("What it is, or why not"), required=False, max_length=2_000)


def values_of(plan: Any) -> dict[str, Any]:
    """The form's values of what is registered, or of a row of its history."""
    return {
        "answer": plan.answer,
        "decided_on": plan.decided_on,
        "given_by": plan.given_by,
        "last_on": last_of(plan) if plan.ends_on else None,
        "remark": plan.remark,
    }
