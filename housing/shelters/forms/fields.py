"""What several of the forms ask."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.forms import ChoiceField
from django.utils import timezone
from django.utils.translation import gettext_lazy

from housingfirst.access.models import Municipality
from housingfirst.ui import forms


def today() -> date:
    return timezone.localdate()


class MunicipalityField(ChoiceField):
    """The acting municipality by its code. A form asks for the names once, with `with_names`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=gettext_lazy("Acting municipality"),
            help_text=gettext_lazy(
                "Where the citizen last lived. A stay at a shelter does not move it (RSL § 9)."
            ),
            **kwargs,
        )

    def clean(self, value: Any) -> Municipality:
        return Municipality.objects.get(code=super().clean(value))

    @staticmethod
    def with_names(form: forms.Form) -> None:
        field = form.fields["municipality"]
        assert isinstance(field, MunicipalityField)
        field.choices = list(Municipality.objects.values_list("code", "name"))
