"""What is typed about claims."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _

from crosssector.reimbursement.rules import Quarter, quarter_named
from crosssector.reimbursement.telling import quarter_name
from housingfirst.access.enums import Act
from housingfirst.access.models import Municipality, User
from housingfirst.ui.forms import Form, LineField, LongText, TextField


class DraftForm(Form):
    """Which quarter of which municipality: from the list's buttons, or one of `quarters`."""

    quarter = django_forms.CharField(label=_("Quarter"), max_length=6, widget=django_forms.Select())
    municipality = django_forms.ModelChoiceField(
        label=_("Municipality"),
        queryset=Municipality.objects.none(),
        to_field_name="code",
        empty_label=None,
    )

    def __init__(
        self, user: User, *args: object, quarters: Sequence[Quarter] = (), **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        place, quarter = self.fields["municipality"], self.fields["quarter"].widget
        assert isinstance(place, django_forms.ModelChoiceField)
        assert isinstance(quarter, django_forms.Select)
        places = {unit.municipality for unit in user.units_for(Act.CLAIM_DRAFT)}
        place.queryset = Municipality.objects.filter(pk__in=[one.pk for one in places]).order_by(
            "name"
        )
        if len(places) == 1:
            place.widget = django_forms.HiddenInput()
            place.initial = places.pop()
        quarter.choices = [(one.key, quarter_name(one)) for one in quarters]

    def clean_quarter(self) -> Quarter:
        try:
            return quarter_named(self.cleaned_data["quarter"])
        except ValueError:
            raise django_forms.ValidationError(
                _("Choose a quarter, such as 2026-3."), code="quarter"
            ) from None


class ReturnForm(Form):
    """Why a claim is sent back."""

    reason = LineField(
        label=_("What must be put right?"),
        max_length=100,
        help_text=_("The one who sent it reads this."),
    )


class HoldForm(Form):
    """Why a stay is kept out of the claims."""

    reason = LineField(
        label=_("Why is it kept out?"),
        max_length=300,
        help_text=_("Stands beside the stay until it is taken in again."),
    )


class LetterForm(Form):
    """The words of an objection."""

    letter = TextField(
        label=_("The letter"),
        max_length=5_000,
        help_text=_("Name no residents here: the lines stand in a table under the text."),
        widget=LongText(attrs={"rows": 14}),
    )
