"""A reduction of the rent as it is typed."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from housing.rents.models import RentReduction
from housingfirst.ui.forms import DayField, Form, MoneyField


class ReductionForm(Form):
    starts_on = DayField(label=gettext_lazy("Reduced from"))
    full_rent_dkk = MoneyField(
        label=gettext_lazy("Rent a month before the reduction"),
        max_dkk=99_999,
        help_text=gettext_lazy("Without heating, water and electricity."),
    )


def values_of(reduction: RentReduction) -> dict[str, Any]:
    return {"starts_on": reduction.starts_on, "full_rent_dkk": reduction.full_rent_dkk}
