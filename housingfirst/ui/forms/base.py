"""The forms every page stands on: how a field is drawn, and what its errors say."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext as _

CHOICES = (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple)

# Only Django's general sentences are replaced; a field's own stay.
DJANGOS_OWN = [
    kind.default_error_messages[code]
    for kind in (
        forms.Field,
        forms.ChoiceField,
        forms.MultipleChoiceField,
        forms.ModelChoiceField,
        forms.ModelMultipleChoiceField,
    )
    for code in ("required", "invalid_choice")
    if code in kind.default_error_messages
]


class Renderer(TemplatesSetting):
    """`{{ form }}` and `{{ form.field.as_field_group }}` in the design system's markup."""

    form_template_name = "components/form.html"
    field_template_name = "components/_field.html"


class Plain:
    """What our forms share. `sources` names where a prefilled field comes from, by field.

    `may_be_incomplete`: nothing is required, so nothing is marked as optional either.
    """

    use_required_attribute = False  # the server's sentences are better than the browser's bubbles
    may_be_incomplete: ClassVar[bool] = False
    sources: Mapping[str, Any] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            speak_plainly(name, field)

    def source_of(self, name: str) -> str:
        return str(self.sources.get(name, ""))


class Form(Plain, forms.Form):
    """A form of our own. Draw it with `{% form_errors form %}` and `{% field form.name %}`."""


class ModelForm(Plain, forms.ModelForm):  # type: ignore[type-arg]  # the model is the subclass's
    """The same for a model's fields. Saving is a service's work: never call `save()`."""


def speak_plainly(name: str, field: forms.Field) -> None:
    """Give a field's missing and unknown values sentences that name it."""
    spoken = {"required": missing(field, str(field.label or name.replace("_", " ").capitalize()))}
    if isinstance(field, forms.ModelChoiceField):
        spoken["invalid_choice"] = _("This choice no longer exists. Choose another one.")
    elif isinstance(field, forms.ChoiceField):
        spoken["invalid_choice"] = _("Choose one of those on the list.")
    for code, message in spoken.items():
        if is_djangos_own(field.error_messages.get(code)):
            field.error_messages[code] = message


def missing(field: forms.Field, label: str) -> str:
    """The sentence of a required field that was left empty."""
    choose = isinstance(field.widget, CHOICES)
    if label.endswith("?"):
        return _("Choose an answer.") if choose else _("Write an answer.")
    sentence = _("%(label)s: choose one.") if choose else _("%(label)s is missing.")
    return sentence % {"label": label}


def is_djangos_own(message: Any) -> bool:
    return any(message is theirs for theirs in DJANGOS_OWN)


def errors_of(bound: BoundField, label: str = "") -> list[str]:
    """A field's messages; on a form that is not ours "required" is said in our words too."""
    return [
        missing(bound.field, label or str(bound.label))
        if is_djangos_own(error.message)
        else " ".join(error.messages).replace("..", ".")  # after an amount: "0 kr."
        for error in bound.errors.as_data()
    ]


def shape_of(bound: BoundField) -> str:
    """How a field is drawn: "hidden", "check" (one box), "group" (fieldset) or "line"."""
    widget = bound.field.widget
    if bound.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    return "group" if widget.use_fieldset else "line"


def css_of(bound: BoundField) -> str:
    """The class of the control itself."""
    widget = bound.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "form-checkbox"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return ""
    return "form-select" if isinstance(widget, forms.Select) else "form-input"
