"""Arrears as they are typed: heard of, the steps since, and what the municipality decides."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django.forms import BooleanField, ChoiceField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from housing.evictions.enums import HeardFrom, HelpOutcome
from housing.evictions.errors import DecisionNeedsText
from housing.evictions.models import TEXT_LENGTH
from housing.evictions.services import Steps
from housingfirst.ui.forms import DayField, Form, LongText, MoneyField, Radios, TextField


def _past(label: Any, help_text: Any = "") -> DayField:
    return DayField(
        label=label,
        help_text=help_text,
        required=False,
        prefer="past",
        latest=timezone.localdate,
    )


class HeardForm(Form):
    heard_on = DayField(label=_("Heard on"), prefer="past", latest=timezone.localdate)
    heard_from = ChoiceField(label=_("Heard from"), choices=HeardFrom, widget=Radios)
    amount_dkk = MoneyField(label=_("Amount in arrears"), max_dkk=999_999, required=False)
    demanded_on = _past(
        _("Demand sent by the landlord"),
        _("The day of the written demand (påkrav): from it the tenant has 14 days to pay."),
    )
    remark = TextField(
        label=_("Remark"), required=False, max_length=TEXT_LENGTH, widget=LongText({"rows": 3})
    )


class StepsForm(Form):
    """An empty day has not happened yet."""

    may_be_incomplete = True

    amount_dkk = MoneyField(label=_("Amount in arrears"), max_dkk=999_999, required=False)
    demanded_on = _past(_("Demand sent by the landlord"))
    terminated_on = _past(_("Lease ended by the landlord"))
    filed_on = _past(_("Filed with the bailiff court"))
    municipality_told_on = _past(_("Landlord's notice received"))
    court_told_on = _past(
        _("The bailiff court's notice received"),
        _("The day it came: from it the municipality has 14 days to decide."),
    )
    court_on = DayField(label=_("Day in the bailiff court"), required=False, prefer="near")
    has_child = BooleanField(label=_("A child under 18 lives there"), required=False)
    need_likely = BooleanField(
        label=_("Something we know makes a need for help likely"), required=False
    )
    paid_on = _past(_("The arrears are paid"))
    dismissed_on = _past(_("The case is withdrawn or dismissed"))
    evicted_on = _past(_("Evicted"), _("The lease ends with it."))
    sheltered_on = _past(_("A roof given after the eviction"))

    def steps(self) -> Steps:
        """From a valid form."""
        return Steps(**self.cleaned_data)


class DecideForm(Form):
    outcome = ChoiceField(label=_("What did we find?"), choices=HelpOutcome, widget=Radios)
    on = DayField(label=_("Decided on"), prefer="past", latest=timezone.localdate)
    text = TextField(
        label=_("Which help, or why there is no ground for it"),
        required=False,
        widget=LongText({"rows": 4}),
        help_text=_("Read by those who see the whole case. A refusal needs its reasons."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        is_decided = cleaned.get("outcome") in (HelpOutcome.GRANTED, HelpOutcome.DECLINED)
        if is_decided and not cleaned.get("text", "missing"):
            self.add_error("text", str(DecisionNeedsText()))
        return cleaned


def values_of(arrears: Any) -> dict[str, Any]:
    """The steps' values of arrears, or of a row of their history."""
    return {one.name: getattr(arrears, one.name) for one in fields(Steps)}
