"""Courses of support as they are typed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import ChoiceField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.casework.models import Case
from housingfirst.access.models import User
from housingfirst.ui import words
from housingfirst.ui.forms import DayField, Form, LineField, Radios, RowField, TextField
from support.enrolments.enums import EndReason
from support.enrolments.homes import Home
from support.enrolments.selectors import workers_for

WORKER = gettext_lazy("Support worker")
NOBODY_YET = gettext_lazy("Not chosen yet")


class WorkerForm(Form):
    """Who gives the support: a support worker of a unit on the case."""

    worker = RowField(
        label=WORKER,
        queryset=User.objects.none(),
        required=False,
        empty_label=NOBODY_YET,
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worker = self.fields["worker"]
        if isinstance(worker, RowField):
            worker.queryset = workers_for(case, timezone.localdate())


class PhaseForm(Form):
    """The day from which the phases of CTI are counted."""

    phase_1_on = DayField(
        label=gettext_lazy("First day of phase 1"),
        help_text=gettext_lazy(
            "The day the citizen moves in, or another transition. All phases count from it."
        ),
    )
    phase_1_reason = LineField(
        label=gettext_lazy("Why does phase 1 start without a home?"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("No home is registered. For example: to prevent homelessness."),
    )

    def __init__(
        self, *args: Any, home: Home, started_on: date | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.home, self.began_on = home, started_on
        if home.starts_on is not None:
            del self.fields["phase_1_reason"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        begins = cleaned.get("started_on") or self.began_on
        first = cleaned.get("phase_1_on")
        if begins and first and first < begins:
            message = _("Phase 1 cannot start before the course. Write %(day)s or later.")
            self.add_error("phase_1_on", message % {"day": words.day_as_typed(begins)})
        if first and "phase_1_reason" in self.fields and not cleaned.get("phase_1_reason", "?"):
            self.add_error(
                "phase_1_reason",
                _("Write why phase 1 starts without a home: to prevent homelessness, for example."),
            )
        return cleaned


class EnrolmentForm(PhaseForm, WorkerForm):
    """A new course. Its first day of phase 1 may come later; only CTI has one."""

    started_on = DayField(
        label=gettext_lazy("The course starts"),
        help_text=gettext_lazy("With CTI the contact period starts here."),
    )
    phase_1_on = DayField(
        label=gettext_lazy("First day of phase 1"),
        required=False,
        help_text=gettext_lazy(
            "The day the citizen moves in. Empty if it is not known yet: it can be set later."
        ),
    )
    field_order = ("worker", "started_on", "phase_1_on", "phase_1_reason")

    def __init__(self, *args: Any, has_phases: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_phases:
            self.fields.pop("phase_1_on")
            self.fields.pop("phase_1_reason", None)
            self.fields["started_on"].help_text = ""


class EndForm(Form):
    """How a course ends. Missed appointments are no reason (practice.md H4)."""

    ended_on = DayField(label=gettext_lazy("Last day"), prefer="past", latest=timezone.localdate)
    reason = ChoiceField(
        label=gettext_lazy("Why does it end?"),
        choices=EndReason,
        widget=Radios,
        help_text=gettext_lazy("Missed appointments are not a reason to end the support."),
    )
    remark = TextField(
        label=gettext_lazy("In a few words"),
        required=False,
        max_length=2_000,
    )

    def __init__(self, *args: Any, started_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.started_on = started_on

    def clean_ended_on(self) -> date:
        day: date = self.cleaned_data["ended_on"]
        if day < self.started_on:
            message = _("The course started on %(day)s. Write that day or a later one.")
            raise ValidationError(message % {"day": words.day_as_typed(self.started_on)})
        return day
