"""Forms about offers: make one, say yes, say no, take it back."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.forms import BooleanField, ChoiceField, HiddenInput, UUIDField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from housing.allocation.enums import DECLINE_REASONS, DeclinedBy, DeclineReason, WithdrawReason
from housing.supply.models import Vacancy
from housingfirst.law.days import add_working_days
from housingfirst.lawbook.selectors import choices_of
from housingfirst.ui import forms

ANSWER_WORKING_DAYS: Final = 3
NOON: Final = time(12)
REMARK: Final = 500


class OfferForm(forms.Form):
    """An offer of the chosen dwelling to the chosen citizen."""

    referral = UUIDField(widget=HiddenInput)
    answer_by = forms.MomentField(label=_("Answer by"), prefer="future")
    viewing_at = forms.MomentField(label=_("Viewing"), prefer="future", required=False)
    ask_deposit_loan = BooleanField(
        label=_("Send the deposit loan to the benefits office now"), required=False
    )
    why_not_first = forms.TextField(
        label=_("Why another than the first in the order?"),
        max_length=REMARK,
        required=False,
        help_text=_("Kept with the offer. Never a lost home or an earlier no"),
    )


def offer_initial(vacancy: Vacancy, today: date) -> dict[str, Any]:
    """Noon in three working days, but no later than the organisation needs its answer."""
    calendar = choices_of(vacancy.municipality_id).calendar
    answer_on = add_working_days(today, ANSWER_WORKING_DAYS, calendar)
    answer_by = timezone.make_aware(datetime.combine(answer_on, NOON))
    if vacancy.answer_by and vacancy.answer_by > timezone.now():
        answer_by = min(answer_by, vacancy.answer_by)
    return {"answer_by": answer_by, "ask_deposit_loan": True}


class AcceptForm(forms.Form):
    starts_on = forms.DayField(
        label=_("Lease from"),
        prefer="future",
        latest=lambda: timezone.localdate() + timedelta(days=366),
    )


ANSWERS: Final = [
    (who.label, [(f"{who.value}:{reason.value}", reason.label) for reason in reasons])
    for who, reasons in DECLINE_REASONS.items()
]
"""Who declines and why, in one choice: nobody can pick another's reason."""


class DeclineForm(forms.Form):
    answer = ChoiceField(label=_("Who declines, and why"), choices=[("", _("Choose")), *ANSWERS])
    remark = forms.TextField(label=_("What would suit better?"), max_length=REMARK, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="decline_%s", **kwargs)

    @property
    def chosen(self) -> tuple[DeclinedBy, DeclineReason]:
        """Of a valid form."""
        who, _colon, reason = self.cleaned_data["answer"].partition(":")
        return DeclinedBy(who), DeclineReason(reason)


class WithdrawForm(forms.Form):
    reason = ChoiceField(label=_("Why"), choices=[("", _("Choose")), *WithdrawReason.choices])
    remark = forms.TextField(label=_("Remark"), max_length=REMARK, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="withdraw_%s", **kwargs)
