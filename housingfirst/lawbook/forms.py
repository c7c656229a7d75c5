"""The form of one choice."""

from __future__ import annotations

from typing import Any

from django.forms import BooleanField, CharField, ChoiceField, HiddenInput
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from housingfirst.law.choices import SettingKind
from housingfirst.lawbook.book import Chosen
from housingfirst.lawbook.errors import ValueNotAllowed
from housingfirst.ui import forms

ALSO_AS_BUTTONS = 6


class ChoiceForm(forms.Form):
    """One setting, with the day it was decided and why. The second sending is `confirmed`."""

    decided_on = forms.DayField(
        label=_("Decided"),
        prefer="past",
        latest=timezone.localdate,
        help_text=_("The day the municipality decided. The choice holds from now on."),
    )
    reason = forms.TextField(
        label=_("Why?"),
        max_length=2_000,
        help_text=_("Who decided, and what it rests on. It is kept, and can be read on the page."),
        error_messages={
            "required": _(
                "Write why the municipality chooses this: who decided, and what it rests on."
            )
        },
    )
    seen = CharField(widget=HiddenInput, required=False)
    confirmed = BooleanField(widget=HiddenInput, required=False)

    field_order = ("value", "decided_on", "reason")

    def __init__(self, *args: Any, chosen: Chosen, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "value": chosen.value,
            "decided_on": timezone.localdate(),
            "seen": chosen.seen,
        }
        super().__init__(*args, **kwargs)
        setting, text = chosen.setting, chosen.text
        if setting.kind in (SettingKind.CHOICE, SettingKind.YES_NO):
            self.fields["value"] = ChoiceField(
                label=text.label,
                help_text=text.help,
                choices=list(text.words.items()),
                widget=forms.Radios,
                error_messages={"invalid_choice": ValueNotAllowed.message},
            )
        else:
            self.fields["value"] = forms.WholeNumberField(
                label=text.label,
                help_text=text.help,
                min_value=setting.least,
                max_value=setting.most,
            )
        self.order_fields(self.field_order)
