"""An agreement as it is typed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.forms import ModelChoiceField
from django.utils.translation import gettext_lazy as _

from housing.supply.models import Estate
from housingfirst.ui import forms

if TYPE_CHECKING:
    from django.db.models import QuerySet

    EstateField = ModelChoiceField[Estate]
else:
    EstateField = ModelChoiceField  # takes no type at run time

FIRST_DAY: Final = date(2000, 1, 1)
MOST: Final = 100


class AgreementForm(forms.Form):
    estate = EstateField(
        label=_("What it holds for"),
        queryset=Estate.objects.none(),
        required=False,
        empty_label=_("All estates without an agreement of their own, counted together"),
    )
    every = forms.WholeNumberField(
        label=_("The municipality gets every"),
        min_value=1,
        max_value=MOST,
        help_text=_("4 is every fourth vacancy, 1 is all of them"),
    )
    starts_on = forms.DayField(label=_("Agreement from"), earliest=FIRST_DAY)
    counted_before = forms.WholeNumberField(
        label=_("Counted before"),
        min_value=0,
        max_value=MOST,
        required=False,
        help_text=_("Vacancies since the municipality's last turn, when the agreement begins"),
    )
    remark = forms.TextField(label=_("Remark"), required=False, max_length=500)

    def __init__(self, *args: Any, estates: QuerySet[Estate] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["estate"]
        assert isinstance(field, ModelChoiceField)
        if estates is not None:
            field.queryset = estates
