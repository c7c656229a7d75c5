"""What is asked: another discharge, and when the support is decided."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import ChoiceField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housingfirst.ui import words
from housingfirst.ui.forms import DayField, Form, MoneyField, Seg

BEFORE, AFTER = "before", "after"
HORIZON_YEARS = 3


class WhatIfForm(Form):
    """`today` is the earliest day of discharge."""

    prefix = "if"

    discharged_on = DayField(label=gettext_lazy("Discharged"), prefer="future")
    decided = ChoiceField(
        label=gettext_lazy("§ 85 a is decided"),
        choices=[
            (BEFORE, gettext_lazy("before the discharge")),
            (AFTER, gettext_lazy("after the discharge")),
        ],
        widget=Seg,
    )
    monthly_dkk = MoneyField(
        label=gettext_lazy("Support per month"), required=False, max_dkk=9_999_999
    )
    may_be_incomplete = True
    sources = {"monthly_dkk": gettext_lazy("optional")}

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_discharged_on(self) -> date:
        day: date = self.cleaned_data["discharged_on"]
        last = self.today.replace(year=self.today.year + HORIZON_YEARS, day=1)
        if not self.today <= day <= last:
            said = _("Write a day from %(first)s to %(last)s.") % {
                "first": words.day_as_typed(self.today),
                "last": words.day_as_typed(last),
            }
            raise ValidationError(said)
        return day
