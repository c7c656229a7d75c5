"""The form that gives a case to a unit and an adviser."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.forms import ChoiceField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.casework.models import Case
from housingfirst.access.models import Membership, Unit, User
from housingfirst.ui.forms import Form


class AssignForm(Form):
    """One choice says both: an adviser of a unit, or a unit that will find one."""

    to = ChoiceField(label=gettext_lazy("Unit and adviser"), choices=())

    def __init__(
        self, *args: Any, units: Sequence[Unit], staff: Sequence[Membership], **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        self.choices: dict[str, tuple[Unit, User | None]] = {}
        groups = []
        for unit in units:
            options = [(self._add(unit, None), _("%(unit)s, no adviser yet") % {"unit": unit.name})]
            seen: set[int] = set()
            for membership in staff:
                if membership.unit_id == unit.pk and membership.user_id not in seen:
                    seen.add(membership.user_id)
                    options.append((self._add(unit, membership.user), membership.user.name))
            groups.append((unit.name, options))
        cast(ChoiceField, self.fields["to"]).choices = groups

    def _add(self, unit: Unit, user: User | None) -> str:
        key = key_of(unit, user)
        self.choices[key] = (unit, user)
        return key

    @property
    def chosen(self) -> tuple[Unit, User | None]:
        return self.choices[self.cleaned_data["to"]]


def key_of(unit: Unit | None, user: User | None) -> str:
    return f"{unit.reference if unit else ''}/{user.reference if user else ''}"


def values_of(case: Case) -> dict[str, Any]:
    """The form's values of a case, or of a row of its history."""
    return {"to": key_of(case.unit, case.adviser)}
