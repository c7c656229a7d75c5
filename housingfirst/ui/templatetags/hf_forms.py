"""`{% load hf_forms %}`: how a form's fields and errors are drawn. Usage: docs/ui.md."""

from typing import Any
from uuid import uuid4

from django import template
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from housingfirst.ui.forms.base import css_of, errors_of, shape_of
from housingfirst.ui.forms.echo import understood
from housingfirst.ui.forms.once import FIELD_NAME
from housingfirst.ui.forms.widgets import DayInput

register = template.Library()


@register.inclusion_tag("components/_form_field.html")
def field(
    bound: BoundField, source: Any = "", hint: Any = "", label: Any = "", **attrs: Any
) -> dict[str, Any]:
    """One field with label, source, hint, error and control.

    `source` names in grey where a prefilled value comes from. Further attributes go to the control,
    with `_` for `-`: `{% field form.q inputmode="numeric" hx_get=url %}`.
    """
    form = bound.form
    shape = shape_of(bound)
    widget_id = bound.auto_id
    hint = hint or bound.help_text
    described_by = " ".join(
        f"{widget_id}_{part}"
        for part, is_there in (("hint", hint), ("error", bound.errors))
        if is_there and shape != "hidden"
    )
    control_attrs = {name.replace("_", "-"): value for name, value in attrs.items()}
    css = " ".join(filter(None, (css_of(bound), control_attrs.get("class"))))
    if css and shape != "hidden":
        control_attrs["class"] = css
    if shape in {"line", "check"}:
        if described_by:
            control_attrs["aria-describedby"] = described_by
        if bound.field.required:
            control_attrs["aria-required"] = "true"
    echo_id = ""
    if isinstance(bound.field.widget, DayInput):
        echo_id = f"{widget_id}_echo"
        control_attrs |= _echo_attrs(echo_id, bound.field.widget.echo)
    return {
        "shape": shape,
        "id": widget_id,
        "label": label or bound.label,
        "source": source or _source(form, bound.name),
        "optional": shape != "check" and _is_marked_optional(form, bound),
        "hint": hint,
        "errors": errors_of(bound, str(label)),
        "described_by": described_by,
        "control": bound.as_widget(attrs=control_attrs),
        "echo_id": echo_id,
        "echo": _echo(bound) if echo_id and not bound.errors else "",
    }


@register.simple_tag
def control_attrs(attrs: dict[str, Any]) -> SafeString:
    """A control's attributes, led by a space; those that are False or None are left out.

    Django's own widgets render a template for each control and two for each option of a list; ours
    (`templates/django/forms/widgets/`) ask this and `select_options`.
    """
    return flatatt(attrs)


@register.simple_tag
def select_options(optgroups: list[tuple[str | None, list[dict[str, Any]], int]]) -> SafeString:
    """The `<option>`s of a `<select>`, from a widget's `optgroups`."""
    drawn = SafeString()
    for group, options, _index in optgroups:
        lines = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((option["value"], flatatt(option["attrs"]), option["label"]) for option in options),
        )
        drawn += format_html('<optgroup label="{}">{}</optgroup>', group, lines) if group else lines
    return drawn


def _source(form: BaseForm, name: str) -> str:
    return form.source_of(name) if hasattr(form, "source_of") else ""


def _is_marked_optional(form: BaseForm, bound: BoundField) -> bool:
    return not bound.field.required and not getattr(form, "may_be_incomplete", False)


def _echo_attrs(echo_id: str, kind: str) -> dict[str, str]:
    return {
        "hx-get": reverse("ui:echo", args=[kind]),
        "hx-trigger": "change",
        "hx-target": f"#{echo_id}",
        "hx-swap": "innerHTML",
    }


def _echo(bound: BoundField) -> str:
    try:
        return understood(bound.field.to_python(bound.value()))
    except ValidationError:
        return ""


@register.inclusion_tag("components/_form_errors.html")
def form_errors(form: BaseForm, before: Any = "", also: BaseForm | None = None) -> dict[str, Any]:
    """The summary on top of a form with errors; it takes the focus. Nothing when there are none.

    `before` names what cannot happen yet: `before=_("the plan can be saved")`. `also` is a second
    form sent with the same button.
    """
    links = []
    missing_only = True
    forms = [form] if also is None else [form, also]
    for bound in (bound for each in forms for bound in each):  # as they stand on the page
        errors = bound.form.errors.get(bound.name)
        if not errors:
            continue
        missing_only &= all(error.code == "required" for error in errors.as_data())
        target = f"{bound.auto_id}_0" if shape_of(bound) == "group" else bound.auto_id
        links += [(target, _named(bound, message)) for message in errors_of(bound)]
    return {
        "links": links,
        "count": len(links),
        "general": [error for each in forms for error in each.non_field_errors()],
        "heading": _heading(len(links), missing_only, before),
    }


def _named(bound: BoundField, message: str) -> str:
    """The message, led by the field's label unless it says it already."""
    label = str(bound.label)
    if label.lower() in message.lower():
        return message.rstrip(".")
    mark = "" if label.endswith("?") else ":"
    return f"{label}{mark} {message}".rstrip(".")


def _heading(count: int, missing_only: bool, before: Any) -> str:
    if missing_only:
        what = ngettext("%(n)d thing is missing", "%(n)d things are missing", count)
    else:
        what = ngettext("%(n)d thing must be put right", "%(n)d things must be put right", count)
    what = what % {"n": count}
    if before:
        what = _("%(what)s before %(act)s") % {"what": what, "act": before}
    return capfirst(f"{what}:")


@register.simple_tag
def form_key() -> SafeString:
    """A hidden token that makes a second press of the same button show the first one's result."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD_NAME, uuid4())


@register.simple_tag
def version_of(version: int) -> SafeString:
    """The version a form was opened on, for `conflict.posted_version`."""
    return format_html('<input type="hidden" name="version" value="{}">', version)
