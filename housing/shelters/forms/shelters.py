"""What is known of the shelter itself."""

from __future__ import annotations

from django.forms import ChoiceField
from django.utils.translation import gettext_lazy

from housing.shelters.enums import Section
from housingfirst.ui.forms import DayField, Form, LineField


class ShelterForm(Form):
    name = LineField(
        label=gettext_lazy("The shelter's name"),
        max_length=120,
        help_text=gettext_lazy("Stands on lists, and in the notices to municipalities."),
    )
    section = ChoiceField(
        label=gettext_lazy("Runs under"),
        choices=Section,
        help_text=gettext_lazy("Only days under § 110 count towards the reimbursement limit."),
    )
    address = LineField(label=gettext_lazy("Address"), max_length=200, required=False)
    phone = LineField(label=gettext_lazy("Phone"), max_length=20, required=False)
    registered_number = LineField(
        label=gettext_lazy("Number on Tilbudsportalen"), max_length=20, required=False
    )
    registered_from = DayField(
        label=gettext_lazy("On Tilbudsportalen since"),
        required=False,
        prefer="past",
        help_text=gettext_lazy("Days before it are not refunded. Empty when it was always there."),
    )
