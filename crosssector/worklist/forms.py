"""Putting a thing off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import QuerySet
from django.forms import Select
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housingfirst.access.models import User
from housingfirst.deadlines.services import SNOOZE_DAYS_AT_MOST
from housingfirst.ui import forms, words


def snooze_days(today: date) -> Sequence[tuple[str, str]]:
    """The days offered, as typed and in words: tomorrow, the day after, Monday, in two weeks."""
    monday = today + timedelta(days=7 - today.weekday())
    days = sorted({today + timedelta(days=n) for n in (1, 2, 14)} | {monday})
    return [
        (
            words.day_as_typed(on),
            _("Tomorrow") if on == today + timedelta(days=1) else words.day(on, today=today),
        )
        for on in days
    ]


class GiveForm(forms.Form):
    """`to` is one of the colleagues who may take it."""

    to = forms.RowField(
        label=gettext_lazy("Who takes it?"),
        queryset=User.objects.none(),
        empty_label=gettext_lazy("Choose a colleague"),
        error_messages={"required": gettext_lazy("Choose a colleague.")},
    )
    reason = forms.LineField(
        label=gettext_lazy("Why? (one word will do)"),
        max_length=200,
        error_messages={
            "required": gettext_lazy("Write why a colleague should take it; one word will do.")
        },
    )

    def __init__(self, *args: object, colleagues: QuerySet[User], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        to = self.fields["to"]
        assert isinstance(to, forms.RowField)  # as it stands above
        to.queryset = colleagues


class SnoozeForm(forms.Form):
    """`until` is one of the days offered, or any other that the address names in time."""

    until = forms.DayField(
        label=gettext_lazy("Put off until"),
        prefer="future",
        earliest=lambda: timezone.localdate() + timedelta(days=1),
        latest=lambda: timezone.localdate() + timedelta(days=SNOOZE_DAYS_AT_MOST),
    )
    reason = forms.LineField(
        label=gettext_lazy("Why? (one word will do)"),
        max_length=200,
        error_messages={"required": gettext_lazy("Write why it can wait; one word will do.")},
    )

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        offered = list(snooze_days(today))
        typed = str(self.data.get("until", "")) if self.is_bound else ""
        if typed and typed not in dict(offered):
            offered.append((typed, typed))  # kept as it was typed, beside its error
        self.fields["until"].widget = Select(choices=offered)
