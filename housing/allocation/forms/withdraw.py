"""The form with which a referral is withdrawn."""

from django.forms import ChoiceField
from django.utils.translation import gettext_lazy as _

from housing.allocation.enums import ReferralEnd
from housingfirst.ui import forms


class WithdrawReferralForm(forms.Form):
    reason = ChoiceField(label=_("Why"), choices=[("", _("Choose")), *ReferralEnd.choices])
