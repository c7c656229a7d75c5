"""A complaint as it is typed, and each step after it."""

from __future__ import annotations

from typing import Any

from django.forms import ChoiceField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crosssector.complaints.enums import BoardAnswer, Complainant, Reassessment
from crosssector.complaints.errors import ComplaintBeforeDecision
from crosssector.complaints.models import TEXT_LENGTH
from housingfirst.ui import words
from housingfirst.ui.forms import DayField, Form, LineField, LongText, Radios, TextField


def _past(label: Any, help_text: Any = "") -> DayField:
    return DayField(label=label, prefer="past", latest=timezone.localdate, help_text=help_text)


class ToldForm(Form):
    told_on = _past(
        _("The citizen was told of the decision on"),
        _("The day the letter came. The time to complain runs from it."),
    )


class ComplaintForm(Form):
    told_on = _past(
        _("The citizen was told of the decision on"),
        _("The day the letter came. The time to complain runs from it."),
    )
    received_on = _past(_("Complaint received on"))
    complainant = ChoiceField(
        label=_("Who complains?"),
        choices=Complainant,
        widget=Radios,
        initial=Complainant.CITIZEN,
        help_text=_("Only the one the decision is about may, or somebody in their place."),
    )
    complainant_name = LineField(
        label=_("Name of who complains for the citizen"), required=False, max_length=120
    )
    about = TextField(
        label=_("What the complaint is about"),
        max_length=TEXT_LENGTH,
        widget=LongText({"rows": 4}),
        help_text=_("In the citizen's own words where you can. It may have been said aloud."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        told_on, received_on = cleaned.get("told_on"), cleaned.get("received_on")
        if told_on and received_on and received_on < told_on:
            refusal = ComplaintBeforeDecision(day=words.day_as_typed(told_on))
            self.add_error("received_on", str(refusal))
        return cleaned


class ReassessForm(Form):
    outcome = ChoiceField(label=_("What did we find?"), choices=Reassessment, widget=Radios)
    on = _past(_("Looked at again on"))
    text = TextField(
        label=_("Reasons"), max_length=TEXT_LENGTH, widget=LongText({"rows": 5}),
        help_text=_("The citizen reads them, and so does Ankestyrelsen when it is sent on."),
    )  # fmt: skip


class ForwardForm(Form):
    on = _past(_("Sent on to Ankestyrelsen on"))


class AnswerForm(Form):
    answer = ChoiceField(
        label=_("What did Ankestyrelsen find?"), choices=BoardAnswer, widget=Radios
    )
    on = _past(_("Answered on"))
    text = TextField(
        label=_("What follows from it"),
        required=False,
        max_length=TEXT_LENGTH,
        widget=LongText({"rows": 4}),
    )
