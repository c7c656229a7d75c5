"""Forms of the administrator and the auditor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.forms import BooleanField, ChoiceField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housingfirst.access.enums import LogAction, OrganisationKind, Role, UnitKind
from housingfirst.access.models import Organisation, Unit
from housingfirst.access.selectors import AuditFilter
from housingfirst.ui.forms import DayField, EmailField, Form, LineField


class UserForm(Form):
    name = LineField(label=gettext_lazy("Name"), max_length=120)
    email = EmailField(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("The user logs in with it. Nothing is sent to it."),
    )
    title = LineField(label=gettext_lazy("Title"), max_length=80, required=False)
    phone = LineField(label=gettext_lazy("Phone"), max_length=20, required=False)


class UserChangeForm(UserForm):
    is_active = BooleanField(
        label=gettext_lazy("The user may log in"),
        required=False,
        help_text=gettext_lazy("Switched off, open sessions end at once."),
    )


class MembershipForm(Form):
    """A role in a unit from a day."""

    unit = ChoiceField(label=gettext_lazy("Unit"), choices=())
    role = ChoiceField(
        label=gettext_lazy("Role"),
        choices=[("", gettext_lazy("Choose a role")), *Role.choices],
    )
    valid_from = DayField(label=gettext_lazy("From"), initial=timezone.localdate)
    valid_to = DayField(
        label=gettext_lazy("Without rights from"),
        required=False,
        help_text=gettext_lazy("Empty as long as no end is known."),
    )

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(unit.reference): unit for unit in units}
        cast(ChoiceField, self.fields["unit"]).choices = [
            ("", _("Choose a unit")),
            *((key, unit.name) for key, unit in self.units.items()),
        ]

    @property
    def chosen_unit(self) -> Unit:
        return self.units[self.cleaned_data["unit"]]


class MembershipEndForm(Form):
    valid_to = DayField(
        label=gettext_lazy("Without rights from"),
        initial=timezone.localdate,
        help_text=gettext_lazy("Today ends the rights, and open sessions, at once."),
    )


class UnitChangeForm(Form):
    name = LineField(label=gettext_lazy("Name"), max_length=120)
    phone = LineField(label=gettext_lazy("Phone"), max_length=20, required=False)
    takes_intake = BooleanField(
        label=gettext_lazy("Takes intake"),
        required=False,
        help_text=gettext_lazy("Notices about citizens whom nobody has yet come to this unit."),
    )


class UnitForm(UnitChangeForm):
    """A new unit, of an organisation that is there or of a new one."""

    kind = ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[("", gettext_lazy("Choose a kind")), *UnitKind.choices],
    )
    organisation = ChoiceField(label=gettext_lazy("Organisation"), choices=(), required=False)
    new_organisation = LineField(
        label=gettext_lazy("Or a new organisation"), max_length=120, required=False
    )
    organisation_kind = ChoiceField(
        label=gettext_lazy("Kind of the new organisation"),
        choices=OrganisationKind,
        required=False,
        initial=OrganisationKind.MUNICIPAL,
    )

    def __init__(self, *args: Any, organisations: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {str(row.reference): row for row in organisations}
        cast(ChoiceField, self.fields["organisation"]).choices = [
            ("", _("A new one")),
            *((key, row.name) for key, row in self.organisations.items()),
        ]

    def clean(self) -> dict[str, Any]:
        data = cast(dict[str, Any], super().clean())
        if "organisation" in data and not data["organisation"] and not data.get("new_organisation"):
            self.add_error(
                "organisation", _("Choose the organisation, or write the name of a new one.")
            )
        return data

    @property
    def chosen_organisation(self) -> Organisation | None:
        return self.organisations.get(self.cleaned_data["organisation"])


class AuditForm(Form):
    """What the auditor asks for. It is sent in the address: it names no citizen."""

    may_be_incomplete = True

    who = LineField(label=gettext_lazy("Who looked"), required=False)
    number = LineField(label=gettext_lazy("Case number"), max_length=12, required=False)
    action = ChoiceField(
        label=gettext_lazy("What they did"),
        choices=[("", gettext_lazy("Everything")), *LogAction.choices],
        required=False,
    )
    first = DayField(label=gettext_lazy("From"), prefer="past", required=False)
    last = DayField(label=gettext_lazy("Through"), prefer="past", required=False)

    def clean(self) -> dict[str, Any]:
        data = cast(dict[str, Any], super().clean())
        first, last = data.get("first"), data.get("last")
        if first and last and last < first:
            self.add_error(
                "last",
                _("The day is before the first. Write %(day)s or later.")
                % {"day": f"{first:%d-%m-%Y}"},
            )
        return data

    def asked(self) -> AuditFilter:
        """What was asked; nothing for a field that cannot be read."""
        return AuditFilter(**{name: value for name, value in self.cleaned_data.items() if value})
