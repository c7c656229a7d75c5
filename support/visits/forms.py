"""A visit as it is typed on a phone: one tap, one sentence, one tap."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.forms import ChoiceField
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housingfirst.ui import words
from housingfirst.ui.forms import DayField, Form, MomentField, Seg, TextField, WholeNumberField
from housingfirst.ui.forms.once import FIELD_NAME
from support.visits.enums import Channel, Outcome
from support.visits.errors import NextBeforeVisit, VisitInFuture
from support.visits.rules import suggested_days
from support.visits.services import CLOCK_TOLERANCE

OTHER: Final = "other"
FARTHEST: Final = timedelta(days=366)
OUTCOME_ICONS: Final = {
    Outcome.MET.value: "check",
    Outcome.PHONE.value: "headset",
    Outcome.NOT_THERE.value: "person-remove",
    Outcome.CANCELLED.value: "close",
}


class VisitForm(Form):
    """`today` and `guide` (days between visits) decide which days are proposed for next time."""

    may_be_incomplete = True

    outcome = ChoiceField(
        label=gettext_lazy("How did it go?"),
        choices=Outcome,
        initial=Outcome.MET,
        widget=Seg(large=True, icons=OUTCOME_ICONS),
    )
    sentence = TextField(label=gettext_lazy("One sentence"), required=False, max_length=2_000)
    next_time = ChoiceField(
        label=gettext_lazy("Next time"),
        required=False,
        widget=Seg(large=True, icons={OTHER: "calendar-month"}),
    )
    other_day = DayField(
        label=gettext_lazy("Which day?"),
        required=False,
        prefer="future",
        help_text=gettext_lazy("Day and month, Friday, +10. Empty if nothing is agreed."),
    )
    happened_at = MomentField(label=gettext_lazy("When"), required=False, prefer="past")
    minutes = WholeNumberField(
        label=gettext_lazy("Minutes"), required=False, min_value=0, max_value=24 * 60
    )
    channel = ChoiceField(
        label=gettext_lazy("Where"),
        choices=Channel,
        initial=Channel.HOME,
        required=False,
        widget=Seg,
    )

    def __init__(self, *args: Any, today: date, guide: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        soon, by_guide = suggested_days(today, guide)
        choices = [
            ((today + timedelta(days=1)).isoformat(), _("Tomorrow")),
            (soon.isoformat(), _day(soon, today)),
            (by_guide.isoformat(), _day(by_guide, today)),
            (OTHER, _("Another day")),
        ]
        field = self.fields["next_time"]
        if isinstance(field, ChoiceField):
            field.choices = _with_posted(choices, self.data.get("next_time"), today)
            field.initial = by_guide.isoformat()

    def clean_happened_at(self) -> datetime:
        at: datetime | None = self.cleaned_data["happened_at"]
        now = timezone.now()
        if at is not None and at > now + CLOCK_TOLERANCE:
            raise ValidationError(str(VisitInFuture()))
        return at or now

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen, other = cleaned.get("next_time", ""), cleaned.get("other_day")
        if chosen == OTHER:
            cleaned["next_on"] = other
        else:
            cleaned["next_on"] = date.fromisoformat(chosen) if chosen else None
        at, next_on = cleaned.get("happened_at"), cleaned["next_on"]
        field = "other_day" if chosen == OTHER else "next_time"
        if at and next_on and next_on < timezone.localtime(at).date():
            self.add_error(field, str(NextBeforeVisit()))
        if next_on and next_on > self.today + FARTHEST:
            self.add_error(field, _("The next time is more than a year away. Check the year."))
        return cleaned

    @property
    def key(self) -> UUID:
        """The key the page was opened with, so that sending twice keeps one; else a new one."""
        try:
            return UUID(str(self.data.get(FIELD_NAME, "")))
        except ValueError:
            return uuid4()

    def values(self) -> dict[str, Any]:
        """The keywords of `visit_log`, from a valid form."""
        cleaned = self.cleaned_data
        return {
            "outcome": Outcome(cleaned["outcome"]),
            "sentence": cleaned["sentence"],
            "next_on": cleaned["next_on"],
            "happened_at": cleaned["happened_at"],
            "minutes": cleaned["minutes"],
            "channel": Channel(cleaned["channel"] or Channel.HOME),
            "form_key": self.key,
        }


def _with_posted(
    choices: list[tuple[str, str]], posted: object, today: date
) -> list[tuple[str, str]]:
    """The choices, and the day that was chosen on a page opened on an earlier day."""
    try:
        day = date.fromisoformat(str(posted))
    except ValueError:
        return choices
    if day.isoformat() in dict(choices):
        return choices
    return [*choices[:-1], (day.isoformat(), _day(day, today)), choices[-1]]


def _day(day: date, today: date) -> str:
    """ "Fre. 20. nov." """
    return capfirst(words.day(day, today=today))
