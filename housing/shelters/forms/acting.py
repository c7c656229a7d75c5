"""The guided question of RSL § 9: what is known of the citizen in each municipality."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.forms import BooleanField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housingfirst.law.municipality import Candidate, Period
from housingfirst.ui import forms


class CandidateForm(forms.Form):
    """One municipality. All may be left empty: what is not known is asked for in the answer.

    A candidate without a name is left out.
    """

    may_be_incomplete = True

    name = forms.LineField(label=gettext_lazy("Municipality"), required=False, max_length=60)
    home_from = forms.DayField(
        label=gettext_lazy("Has a home there, since"), required=False, prefer="past"
    )
    registered_from = forms.DayField(
        label=gettext_lazy("Registered address there, since"), required=False, prefer="past"
    )
    stayed_from = forms.DayField(
        label=gettext_lazy("Stayed there, from"), required=False, prefer="past"
    )
    stayed_last_on = forms.DayField(
        label=gettext_lazy("to"),
        required=False,
        prefer="past",
        help_text=gettext_lazy("Empty while they still do."),
    )
    accommodation_from = forms.DayField(
        label=gettext_lazy("In a shelter, facility, hospital or prison there, since"),
        required=False,
        prefer="past",
    )
    contributed_from = forms.DayField(
        label=gettext_lazy("Contributed to a stay in another municipality, from"),
        required=False,
        prefer="past",
    )
    contributed_last_on = forms.DayField(
        label=gettext_lazy("to"),
        required=False,
        prefer="past",
        help_text=gettext_lazy("Empty while it lasts."),
    )
    sought_help_on = forms.DayField(
        label=gettext_lazy("Sought help there"), required=False, prefer="past"
    )
    acted_until_now = BooleanField(
        label=gettext_lazy("Has been the acting municipality until now"), required=False
    )
    citizen_wishes = BooleanField(
        label=gettext_lazy("The citizen wishes that municipality"), required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for first, last in (
            ("stayed_from", "stayed_last_on"),
            ("contributed_from", "contributed_last_on"),
        ):
            if first in self.errors or last in self.errors:
                continue
            start, end = cleaned.get(first), cleaned.get(last)
            if end and not start:
                self.add_error(first, _("Write from which day."))
            elif start and end and end < start:
                self.add_error(last, _("The last day is before the first. Write a later day."))
        return cleaned

    def candidate(self) -> Candidate | None:
        """What the law is asked with, from a valid form; None without a name."""
        cleaned = self.cleaned_data
        if not cleaned["name"]:
            return None
        return Candidate(
            name=cleaned["name"],
            home=_since(cleaned["home_from"]),
            registered=_since(cleaned["registered_from"]),
            stayed=_span(cleaned["stayed_from"], cleaned["stayed_last_on"]),
            accommodation=_since(cleaned["accommodation_from"]),
            contributed_to=_span(cleaned["contributed_from"], cleaned["contributed_last_on"]),
            acted_until_now=cleaned["acted_until_now"],
            sought_help_on=cleaned["sought_help_on"],
            citizen_wishes=cleaned["citizen_wishes"],
        )


def _since(start: date | None) -> Period | None:
    return None if start is None else Period(start)


def _span(start: date | None, last_on: date | None) -> Period | None:
    """The last day is the first on which it no longer held: somebody left then."""
    return None if start is None else Period(start, last_on)
