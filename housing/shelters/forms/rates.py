"""A price from a day on."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy

from housingfirst.ui import forms

MOST = Decimal("99999.99")


class RateForm(forms.Form):
    valid_from = forms.DayField(label=gettext_lazy("From"), prefer="future")
    daily_rate_dkk = forms.MoneyField(label=gettext_lazy("Daily rate"), max_dkk=MOST)
    resident_payment_dkk = forms.MoneyField(
        label=gettext_lazy("Resident's payment per day"),
        max_dkk=MOST,
        help_text=gettext_lazy("The day's part of the rate that the resident pays (SEL § 163)."),
    )
