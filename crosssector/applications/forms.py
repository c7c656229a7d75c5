"""Applications as they are typed."""

from __future__ import annotations

from typing import Any

from django.forms import ChoiceField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crosssector.applications.enums import Answer, ApplicationKind
from crosssector.applications.errors import ExpectedBeforeTold, RefusalNeedsReasons
from crosssector.applications.models import TEXT_LENGTH
from housingfirst.ui.forms import DayField, Form, LongText, Radios, TextField


class ApplicationForm(Form):
    kind = ChoiceField(label=_("Applied for"), choices=ApplicationKind, widget=Radios)
    received_on = DayField(
        label=_("Application received on"),
        prefer="past",
        latest=timezone.localdate,
        help_text=_("In writing or aloud. The municipality's time runs from that day."),
    )
    text = TextField(
        label=_("What about"), required=False, max_length=TEXT_LENGTH, widget=LongText({"rows": 3})
    )


class AnswerForm(Form):
    answer = ChoiceField(label=_("What was answered?"), choices=Answer, widget=Radios)
    answered_on = DayField(label=_("Answered on"), prefer="past", latest=timezone.localdate)
    reasons = TextField(
        label=_("Reasons"),
        required=False,
        widget=LongText({"rows": 3}),
        help_text=_("A refusal needs its reasons, also one in part."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        is_refused = cleaned.get("answer") in (Answer.REFUSED, Answer.PARTLY)
        if is_refused and not cleaned.get("reasons", "missing"):
            self.add_error("reasons", str(RefusalNeedsReasons()))
        return cleaned


class ExpectedForm(Form):
    told_on = DayField(label=_("Told in writing on"), prefer="past", latest=timezone.localdate)
    expected_on = DayField(label=_("Answer expected on"), prefer="future")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        told_on, expected_on = cleaned.get("told_on"), cleaned.get("expected_on")
        if told_on and expected_on and expected_on < told_on:
            self.add_error("expected_on", str(ExpectedBeforeTold()))
        return cleaned
