"""Discharge, absence, days elsewhere, notices and beds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.forms import ChoiceField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housing.shelters.enums import ActingAnswer, DischargeTo
from housing.shelters.errors import BedTaken
from housing.shelters.forms.fields import MunicipalityField, today
from housing.shelters.models import Bed, Stay
from housingfirst.ui import forms


class DischargeForm(forms.Form):
    discharged_on = forms.DayField(label=gettext_lazy("Discharged"), initial=today)
    to = ChoiceField(label=gettext_lazy("Goes to"), choices=[("", "–"), *DischargeTo.choices])
    reason = forms.TextField(label=gettext_lazy("Why?"), max_length=2_000)


class AbsenceForm(forms.Form):
    starts_on = forms.DayField(label=gettext_lazy("Away from the night of"), initial=today)
    ends_on = forms.DayField(label=gettext_lazy("Back on"), required=False, prefer="future")
    reason = forms.LineField(label=gettext_lazy("Reason"), required=False)


class MoveForm(forms.Form):
    """To another free bed, or to none. `free_beds` are the shelter's."""

    bed = ChoiceField(
        label=gettext_lazy("New bed"), error_messages={"invalid_choice": BedTaken.message}
    )

    def __init__(self, *args: Any, stay: Stay, free_beds: Sequence[Bed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.beds = {str(bed.reference): bed for bed in free_beds}
        none = [("none", _("No fixed bed"))] if stay.bed_id else []
        choices = [
            (key, _("%(bed)s, %(room)s") % {"bed": bed.label, "room": bed.room.name})
            for key, bed in self.beds.items()
        ]
        cast(ChoiceField, self.fields["bed"]).choices = [("", "–"), *choices, *none]

    @property
    def chosen(self) -> Bed | None:
        return self.beds.get(self.cleaned_data["bed"])


class ReturnForm(forms.Form):
    ends_on = forms.DayField(label=gettext_lazy("Back on"), prefer="past", initial=today)


class ElsewhereForm(forms.Form):
    starts_on = forms.DayField(label=gettext_lazy("Admitted"), prefer="past")
    ends_on = forms.DayField(
        label=gettext_lazy("Discharged"),
        prefer="past",
        help_text=gettext_lazy("The day of discharge is not counted."),
    )
    source = forms.LineField(
        label=gettext_lazy("Known from"),
        max_length=120,
        help_text=gettext_lazy("Such as a letter from the shelter, with its date."),
    )
    place = forms.LineField(label=gettext_lazy("Where"), required=False, max_length=120)


class AnswerForm(forms.Form):
    """The municipality's answer to a notice of admission."""

    answer = ChoiceField(label=gettext_lazy("Answer"), choices=ActingAnswer, widget=forms.Radios)
    remark = forms.LineField(label=gettext_lazy("Remark"), required=False, max_length=500)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("answer") == ActingAnswer.NO and not data.get("remark"):
            self.add_error("remark", _("Write why not, and which municipality it may be."))
        return data


class ReceiptForm(forms.Form):
    """The municipality has read a notice of discharge."""

    remark = forms.LineField(label=gettext_lazy("Remark"), required=False, max_length=500)


class ReaddressForm(forms.Form):
    municipality = MunicipalityField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        MunicipalityField.with_names(self)


class BedForm(forms.Form):
    room_name = forms.LineField(label=gettext_lazy("Room"), max_length=40)
    label = forms.LineField(label=gettext_lazy("Bed"), max_length=40)
