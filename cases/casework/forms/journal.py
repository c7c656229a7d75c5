"""Forms of the journal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final, cast

from django.core.exceptions import ValidationError
from django.forms import BooleanField, CharField, ChoiceField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.casework.enums import SAID_BY_PEOPLE, Audience, NoteKind, Situation, Source
from cases.casework.forms.identity import NOTE_LENGTH, WISH_LENGTH
from cases.casework.models import Case
from housingfirst.access.models import Unit
from housingfirst.ui.forms import (
    DayField,
    Form,
    LineField,
    LongText,
    MomentField,
    Radios,
    Seg,
    TextField,
)

CLOCKS_DIFFER: Final = timedelta(minutes=5)


class NoteForm(Form):
    """A note. Who reads it is said beside the field, by the units' names when they are given."""

    kind = ChoiceField(
        label=gettext_lazy("Kind"), choices=NoteKind, widget=Seg, initial=NoteKind.NOTE
    )
    text = TextField(
        label=gettext_lazy("Note"), max_length=NOTE_LENGTH, widget=LongText({"rows": 5})
    )
    happened_at = MomentField(label=gettext_lazy("Happened"), prefer="past")
    audience = ChoiceField(
        label=gettext_lazy("Who can read it"),
        choices=Audience,
        widget=Radios,
        initial=Audience.CASE,
    )
    is_important = BooleanField(
        label=gettext_lazy("Important: shows under “Important” on the timeline"), required=False
    )

    def __init__(
        self, *args: Any, readers: Sequence[str] = (), own: Unit | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if readers and own is not None:
            everyone = ", ".join(readers)
            audience = cast(ChoiceField, self.fields["audience"])
            audience.choices = [
                (
                    Audience.CASE.value,
                    _("Everyone with access to the case: %(units)s") % {"units": everyone},
                ),
                (Audience.UNIT.value, _("Only %(unit)s") % {"unit": own.name}),
            ]

    def clean_happened_at(self) -> datetime:
        at = cast(datetime, self.cleaned_data["happened_at"])
        if at > timezone.now() + CLOCKS_DIFFER:
            raise ValidationError(_("That time has not come yet. Write when it happened."))
        return at


class QuickNoteForm(NoteForm):
    """A note from anywhere: first the citizen, found among those the writer may open."""

    may_be_incomplete = True

    q = LineField(
        label=gettext_lazy("Citizen"),
        required=False,
        help_text=gettext_lazy("Name, case number or CPR number"),
    )
    case = ChoiceField(
        label=gettext_lazy("Which citizen?"), choices=(), widget=Radios, required=False
    )

    def __init__(self, *args: Any, cases: Sequence[Case] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(ChoiceField, self.fields["case"]).choices = [
            (
                str(case.reference),
                _("%(name)s, case %(number)s") % {"name": case.citizen.name, "number": case.number},
            )
            for case in cases
        ]
        self.order_fields(["q", "case"])


class WishForm(Form):
    words = TextField(
        label=gettext_lazy("In the citizen's own words"),
        max_length=WISH_LENGTH,
        widget=LongText({"rows": 4}),
        help_text=gettext_lazy(
            "Home, area, who gives the support, and what else matters. Read it aloud afterwards."
        ),
    )
    said_on = DayField(label=gettext_lazy("Said on"), prefer="past", latest=timezone.localdate)


class SituationForm(Form):
    """Where the citizen sleeps, from a day, and until a day when it is over."""

    situation = ChoiceField(
        label=gettext_lazy("Where does the citizen sleep?"),
        choices=[("", gettext_lazy("Choose where")), *Situation.choices],
    )
    starts_on = DayField(label=gettext_lazy("From"), prefer="past", latest=timezone.localdate)
    ends_on = DayField(
        label=gettext_lazy("Until"),
        prefer="past",
        latest=timezone.localdate,
        required=False,
        help_text=gettext_lazy("The first day it no longer held. Empty if it still holds."),
    )
    source = ChoiceField(
        label=gettext_lazy("How do you know?"),
        choices=[(source.value, source.label) for source in SAID_BY_PEOPLE],
        widget=Seg,
        initial=Source.CITIZEN,
    )
    remark = LineField(
        label=gettext_lazy("Remark"),
        required=False,
        help_text=gettext_lazy("A place written here is hidden when the citizen is protected."),
    )

    def clean(self) -> dict[str, Any]:
        data = cast(dict[str, Any], super().clean())
        starts_on, ends_on = data.get("starts_on"), data.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error(
                "ends_on",
                _("The day is before the first. Write %(day)s or later.")
                % {"day": f"{starts_on:%d-%m-%Y}"},
            )
        return data


class SearchForm(Form):
    q = CharField(label=gettext_lazy("Name, case number or CPR number"), required=False)
