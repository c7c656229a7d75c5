"""Forms: `from housingfirst.ui.forms import Form, DayField, MoneyField, …`. Guide: docs/ui.md."""

from housingfirst.ui.forms.base import Form, ModelForm, Renderer
from housingfirst.ui.forms.fields import (
    DayField,
    EmailField,
    LineField,
    MomentField,
    MoneyField,
    TextField,
    WholeNumberField,
)
from housingfirst.ui.forms.rows import RowField
from housingfirst.ui.forms.text import clean_line, clean_text
from housingfirst.ui.forms.widgets import Checks, DayInput, LongText, MomentInput, Radios, Seg, Tags

__all__ = [
    "Checks",
    "DayField",
    "DayInput",
    "EmailField",
    "Form",
    "LineField",
    "LongText",
    "ModelForm",
    "MomentField",
    "MomentInput",
    "MoneyField",
    "Radios",
    "Renderer",
    "RowField",
    "Seg",
    "Tags",
    "TextField",
    "WholeNumberField",
    "clean_line",
    "clean_text",
]
