"""The form that closes a case."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.forms import ChoiceField
from django.utils.translation import gettext_lazy as _

from cases.casework.enums import CloseReason
from cases.casework.models import Case
from housingfirst.ui.forms import DayField, Form, Radios


class CloseForm(Form):
    reason = ChoiceField(label=_("Why"), choices=CloseReason, widget=Radios)
    closed_on = DayField(label=_("Closed"), prefer="past")

    def __init__(self, *args: Any, case: Case, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"closed_on": today}, **kwargs)
        day = self.fields["closed_on"]
        assert isinstance(day, DayField)
        day.earliest, day.latest = case.opened_on, today
