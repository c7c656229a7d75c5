"""A field that names a row by its reference."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError


class RowField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """One of some rows, by `reference`; the form fills `queryset` when it knows its reader.

    What is no reference at all is answered like one that does not exist.
    """

    def __init__(self, queryset: Any, **kwargs: Any) -> None:
        kwargs.setdefault("to_field_name", "reference")
        super().__init__(queryset, **kwargs)

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError:
            message = self.error_messages["invalid_choice"]
            raise ValidationError(message, code="invalid_choice") from None
