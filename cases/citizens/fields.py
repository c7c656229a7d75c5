"""Form fields about a person."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.citizens.cpr import Cpr, NotCpr, parse_cpr
from housingfirst.ui.forms import LineField

_PHONE = re.compile(r"\+?[\d ]{4,20}", re.ASCII)


class CprField(LineField):
    """A CPR number as people type it: a `Cpr`, or None. Its check digit is never asked."""

    default_error_messages = {
        "invalid": _(
            "This is not a CPR number. Write six digits for the day of birth and the last four, "
            "150583-4008, or leave the field empty."
        ),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, **{"required": False, **kwargs})

    def widget_attrs(self, widget: Any) -> dict[str, Any]:
        return {
            **super().widget_attrs(widget),
            "autocomplete": "off",
            "inputmode": "numeric",
            "spellcheck": "false",
        }

    def clean(self, value: Any) -> Any:
        """The number. Raises ValidationError for text that has not its form."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_cpr(text)
        except NotCpr:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def prepare_value(self, value: Any) -> Any:
        return value.shown if isinstance(value, Cpr) else value


class PhoneField(LineField):
    """A phone number: digits and spaces, and + before a country's."""

    default_error_messages = {
        "invalid": _("Write the phone number with digits only, such as 99 00 41 31."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, **{"required": False, **kwargs})

    def widget_attrs(self, widget: Any) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "tel", "autocomplete": "off"}

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if text and not _PHONE.fullmatch(text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return text
