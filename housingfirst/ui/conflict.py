"""Two people edited the same thing: nothing is lost, and the second one chooses field by field.

    data = conflict.settled(PlanForm, request.POST, theirs=values_of(plan))
    form = PlanForm(data)
    if form.is_valid():
        seen = conflict.posted_version(data)
        try:
            services.plan_edit(plan=plan, version=seen, …)
        except StaleVersion as stale:
            return conflict.page(
                request, form=form, stale=stale, seen=seen, values_of=values_of,
                title=_("Action plan"), keep_url=plan_url(plan), citizen=case.citizen_id,
            )

The edit form carries `{% version_of plan.version %}`. `values_of(row)` gives the form's initial
values from the row, or from a row of its history.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.choices import flatten_choices
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from housingfirst.access.enums import LogAction
from housingfirst.access.log import log
from housingfirst.base.errors import StaleVersion
from housingfirst.ui import words

if TYPE_CHECKING:
    from housingfirst.access.models import User

CHOICE = "choice-"
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs: what stood there, what the other person saved, what I wrote."""

    name: str
    label: str
    before: str
    theirs: SafeString
    mine: SafeString
    is_mine_chosen: bool


def posted_version(data: Mapping[str, Any]) -> int:
    """The version the form was opened on; 0, which no row has, when it was not sent or tampered."""
    version = str(data.get("version", ""))
    return int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0


def settled(
    form_class: type[forms.BaseForm], data: QueryDict, theirs: Mapping[str, Any]
) -> QueryDict:
    """What was posted, with the saved value wherever the person chose "theirs"."""
    result = data.copy()
    for name, field in form_class(None).fields.items():
        if data.get(CHOICE + name) == "theirs":
            result.setlist(name, raw_values(field, theirs.get(name)))
    return result


def page(
    request: HttpRequest,
    *,
    form: forms.BaseForm,
    stale: StaleVersion,
    seen: int,
    values_of: Callable[[Any], Mapping[str, Any]],
    title: str,
    keep_url: str,
    citizen: int | None,
    contact: str = "",
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The page on which the person chooses, status 409.

    `form` is bound and holds what the person wrote. `keep_url` shows the saved version and drops
    the person's own. `citizen` is the primary key of whom it is about, so that the look is logged;
    None for what is about nobody. `context` may add `who` and `tabs` for a citizen's page.
    """
    if citizen is not None:
        log(cast("User", request.user), LogAction.VIEWED, [citizen], what="conflict")
    then, saved = _history(stale.current, seen)
    theirs = values_of(stale.current)
    before = values_of(then) if then else None
    differences = list(_differences(form, theirs, before))
    return render(
        request,
        "conflict.html",
        {
            "who": None,
            "tabs": [],
            "title": title,
            "differences": differences,
            "same": len(form.fields) - len(differences),
            "has_before": before is not None,
            "hidden": _hidden(form),
            "version": stale.current.version,
            "saved_by": saved.by if saved else "",
            "saved_at": saved.at if saved else None,
            "keep_url": keep_url,
            "contact": contact or (saved.contact if saved else ""),
            "my_text": "\n\n".join(f"{d.label}:\n{_written(form, d.name)}" for d in differences),
            **(context or {}),
        },
        status=409,
    )


@dataclass(frozen=True, slots=True)
class Saved:
    by: str
    at: datetime
    contact: str = ""
    """How to reach them: "Ring til Omar Lindqvist på 99 00 45 07."; nothing without a number."""


def _history(current: Any, seen: int) -> tuple[Any, Saved | None]:
    """The row as the person saw it, and who saved last; None for a row without history."""
    if not hasattr(current, "history"):
        return None, None
    last = current.history.select_related("history_user").first()
    then = current.history.filter(version=seen).first()
    if not last:
        return then, None
    return then, Saved(str(last.history_user or ""), last.history_date, _contact(last.history_user))


def _contact(user: Any) -> str:
    if not user or not user.phone:
        return ""
    return _("Call %(name)s on %(phone)s.") % {"name": user.name, "phone": user.phone}


def _differences(
    form: forms.BaseForm, theirs: Mapping[str, Any], before: Mapping[str, Any] | None
) -> Iterable[Difference]:
    for name, field in form.fields.items():
        mine_raw, theirs_raw = _posted(form, name), raw_values(field, theirs.get(name))
        if mine_raw == theirs_raw:
            continue
        mine_text, theirs_text = _written(form, name), text_of(field, theirs.get(name))
        was = before.get(name) if before is not None else None
        was_text = text_of(field, was) if before is not None else ""
        yield Difference(
            name=name,
            label=str(form[name].label),
            before=was_text,
            theirs=marked(theirs_text, was_text if before is not None else mine_text),
            mine=marked(mine_text, was_text if before is not None else theirs_text),
            is_mine_chosen=before is not None and raw_values(field, was) == theirs_raw,
        )


def _hidden(form: forms.BaseForm) -> list[tuple[str, str]]:
    return [(form.add_prefix(name), raw) for name in form.fields for raw in _posted(form, name)]


def _posted(form: forms.BaseForm, name: str) -> list[str]:
    """What the person wrote, as it goes back into a form; by meaning where it could be read."""
    if name in getattr(form, "cleaned_data", {}):
        return raw_values(form.fields[name], form.cleaned_data[name])
    data = form[name].data
    if isinstance(data, list | tuple):
        return [str(value) for value in data]
    return raw_values(form.fields[name], data)


def _written(form: forms.BaseForm, name: str) -> str:
    if name in getattr(form, "cleaned_data", {}):
        return text_of(form.fields[name], form.cleaned_data[name])
    return " ".join(_posted(form, name)) or NOTHING


def raw_values(field: forms.Field, value: Any) -> list[str]:
    """A value as a form would post it."""
    if isinstance(field.widget, forms.CheckboxInput):
        return ["on"] if value else []
    if value is None or value == "":
        return []
    if isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField):
        return [str(field.prepare_value(one)) for one in value]
    return [str(field.prepare_value(value))]


def text_of(field: forms.Field, value: Any) -> str:
    """A value as people read it."""
    if isinstance(field.widget, forms.CheckboxInput):
        return _("Yes") if value else _("No")
    if value is None or value == "":
        return NOTHING
    if isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField):
        return ", ".join(_choice_text(field, one) for one in value) or NOTHING
    if isinstance(field, forms.ChoiceField):
        return _choice_text(field, value)
    if isinstance(value, datetime):
        return f"{words.day(timezone.localtime(value).date(), today=date.min)} {words.clock(value)}"
    if isinstance(value, date):
        return words.day(value, today=date.min)
    return words.money(value) if isinstance(value, Decimal) else str(value)


def _choice_text(field: forms.ChoiceField, value: Any) -> str:
    wanted = str(field.prepare_value(value))
    labels: dict[str, str] = {}
    for key, label in cast(Any, flatten_choices)(field.choices):
        labels[str(key)] = str(label)
    return labels.get(wanted, str(value))


def marked(text: str, other: str) -> SafeString:
    """`text` with what `other` does not say in `<mark>`, word by word."""
    mine, theirs = text.split(" "), other.split(" ")
    parts: list[tuple[SafeString]] = []
    for kind, start, end, *_rest in SequenceMatcher(
        None, mine, theirs, autojunk=False
    ).get_opcodes():
        said = " ".join(mine[start:end])
        if said:
            parts.append((format_html("{}" if kind == "equal" else "<mark>{}</mark>", said),))
    return format_html_join(" ", "{}", parts)
