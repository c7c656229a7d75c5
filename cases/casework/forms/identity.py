"""Forms about the citizen and about taking one in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.forms import BooleanField, ChoiceField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.casework.duplicates import Duplicates
from cases.casework.enums import DespiteReason, RevealReason, Situation
from cases.citizens.cpr import Cpr
from cases.citizens.enums import Protection
from cases.citizens.fields import CprField, PhoneField
from housingfirst.access.models import Unit
from housingfirst.ui import words
from housingfirst.ui.forms import DayField, Form, LineField, LongText, Radios, Seg, TextField

WISH_LENGTH = 2_000
NOTE_LENGTH = 10_000


class _AboutPerson(Form):
    name = LineField(label=gettext_lazy("Name"), max_length=120)
    birth_date = DayField(
        label=gettext_lazy("Date of birth"),
        prefer="past",
        latest=timezone.localdate,
        required=False,
    )
    protection = ChoiceField(
        label=gettext_lazy("Name and address protection"),
        choices=Protection,
        widget=Seg,
        initial=Protection.UNKNOWN,
        help_text=gettext_lazy("Unknown counts as protected: the place is hidden until asked for."),
    )
    language = LineField(
        label=gettext_lazy("Language"), max_length=40, initial="Dansk", required=False
    )
    needs_interpreter = BooleanField(label=gettext_lazy("Needs an interpreter"), required=False)
    phone = PhoneField(label=gettext_lazy("Phone"))


class CitizenForm(_AboutPerson):
    """What is written about a citizen; the CPR number has its own form."""

    protected_until = DayField(
        label=gettext_lazy("Protected until"),
        required=False,
        prefer="future",
        help_text=gettext_lazy(
            "When the day has passed, the address stays hidden until you write that it is open."
        ),
    )

    def clean(self) -> dict[str, Any]:
        data = cast(dict[str, Any], super().clean())
        if data.get("protected_until") and data.get("protection") != Protection.YES:
            self.add_error(
                "protected_until",
                _("A day is only kept for a citizen who is protected. Choose it, or empty this."),
            )
        return data


class CprForm(Form):
    cpr = CprField(label=gettext_lazy("CPR number"), required=True)


class IntakeForm(_AboutPerson):
    """A citizen who comes for the first time. Only the name is required."""

    may_be_incomplete = True

    cpr = CprField(
        label=gettext_lazy("CPR number"),
        help_text=gettext_lazy("Leave it empty if the citizen has none or will not give it."),
    )
    situation = ChoiceField(
        label=gettext_lazy("Where does the citizen sleep now?"),
        choices=[("", gettext_lazy("Not known yet")), *Situation.choices],
        required=False,
    )
    situation_from = DayField(
        label=gettext_lazy("Since"), prefer="past", latest=timezone.localdate, required=False
    )
    wish = TextField(
        label=gettext_lazy("What does the citizen wish?"),
        max_length=WISH_LENGTH,
        required=False,
        widget=LongText({"rows": 3}),
        help_text=gettext_lazy("In the citizen's own words. They stand first on every page."),
    )
    note = TextField(
        label=gettext_lazy("Note from the first talk"),
        max_length=NOTE_LENGTH,
        required=False,
        widget=LongText({"rows": 4}),
        help_text=gettext_lazy("Read by everyone with access to the case."),
    )
    unit = ChoiceField(label=gettext_lazy("Unit"), choices=())
    is_adviser = BooleanField(
        label=gettext_lazy("I am the citizen's adviser"), required=False, initial=True
    )
    despite = ChoiceField(
        label=gettext_lazy("Why do you go on?"),
        choices=DespiteReason,
        widget=Radios,
        required=False,
    )

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(unit.reference): unit for unit in units}
        cast(ChoiceField, self.fields["unit"]).choices = [
            (key, unit.name) for key, unit in self.units.items()
        ]
        self.fields["unit"].required = len(units) > 1

    def clean(self) -> dict[str, Any]:
        data = cast(dict[str, Any], super().clean())
        cpr: Cpr | None = data.get("cpr")
        born: date | None = data.get("birth_date")
        if cpr and cpr.birth_date and born and born != cpr.birth_date:
            told = words.day_as_typed(cpr.birth_date)
            self.add_error(
                "birth_date",
                _("The CPR number says %(day)s. Correct the one that is wrong.") % {"day": told},
            )
        if data.get("situation_from") and not data.get("situation") and "situation" in data:
            self.add_error("situation", _("Choose where, or empty the day."))
        return data

    @property
    def chosen_unit(self) -> Unit:
        """The unit the case is given to: the chosen one, or the only one."""
        chosen = self.units.get(self.cleaned_data.get("unit", ""))
        return chosen or next(iter(self.units.values()))

    def may_go_on(self, found: Duplicates) -> bool:
        """Whether the person said why they go on, where somebody like it is here.

        The first time it is a question, and no error of theirs.
        """
        if not found.asks or self.cleaned_data.get("despite"):
            return True
        if "asked" in self.data:
            message = _("Choose why you go on.")
            self.add_error("despite", ValidationError(message, code="required"))
        return False


class RevealForm(Form):
    reason = ChoiceField(
        label=gettext_lazy("Why do you need the place?"), choices=RevealReason, widget=Radios
    )
