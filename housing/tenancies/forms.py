"""Forms of leases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.forms import ChoiceField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from housing.tenancies.enums import TenancyEnd
from housingfirst.ui import forms


class RegisterForm(forms.Form):
    """What has happened; an empty field has not happened yet."""

    may_be_incomplete = True

    signed_on = forms.DayField(label=_("Signed"), required=False, latest=timezone.localdate)
    keys_on = forms.DayField(label=_("Keys handed over"), required=False, latest=timezone.localdate)


class EndForm(forms.Form):
    ends_on = forms.DayField(
        label=_("Lease to"),
        help_text=_("The first day the citizen no longer has the dwelling"),
        latest=lambda: timezone.localdate() + timedelta(days=366),
    )
    reason = ChoiceField(label=_("Why it ends"), choices=[("", _("Choose")), *TenancyEnd.choices])


class OrdinaryForm(forms.Form):
    """The citizen stays in the transitional dwelling with an ordinary lease."""

    ordinary_from = forms.DayField(
        label=_("Ordinary lease from"),
        latest=lambda: timezone.localdate() + timedelta(days=366),
    )


def register_initial(tenancy: Any) -> dict[str, Any]:
    """The form's values of a lease, or of a row of its history."""
    return {"signed_on": tenancy.signed_on, "keys_on": tenancy.keys_on}
