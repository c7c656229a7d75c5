"""An assessment or a plan as it is typed."""

from __future__ import annotations

from typing import Any

from django.forms import ChoiceField
from django.utils import timezone
from django.utils.translation import gettext_lazy

from cases.plans.enums import OFFERED, Participation, PlanKind
from cases.plans.errors import FollowUpBeforePlan, PlanSaysNothing
from cases.plans.models import TEXT_LENGTH, PlanRecord
from housingfirst.ui.forms import DayField, Form, LineField, LongText, Radios, Seg, TextField


class PlanForm(Form):
    """What was made, when, with whom, and its main points or where it lies."""

    kind = ChoiceField(label=gettext_lazy("What was made?"), choices=PlanKind, widget=Radios)
    made_on = DayField(label=gettext_lazy("Made on"), prefer="past", latest=timezone.localdate)
    participation = ChoiceField(
        label=gettext_lazy("The citizen"),
        choices=Participation,
        widget=Seg,
        initial=Participation.TOOK_PART,
        help_text=gettext_lazy(
            "A plan under § 142 is made all the same. One under § 141 is offered: declined, it is "
            "registered as offered."
        ),
    )
    present = LineField(
        label=gettext_lazy("Who else took part"),
        required=False,
        help_text=gettext_lazy("Names or places, such as the contact person at the shelter."),
    )
    provider_wish = LineField(
        label=gettext_lazy("Who does the citizen want to give the support?"),
        required=False,
        help_text=gettext_lazy(
            "The plan is to find out (§ 142, stk. 4), and the decision on support must answer it."
        ),
    )
    text = TextField(
        label=gettext_lazy("Main points"),
        required=False,
        max_length=TEXT_LENGTH,
        widget=LongText({"rows": 6}),
        help_text=gettext_lazy("Purpose, what is to be done, how long, and the way to a home."),
    )
    lies_at = LineField(
        label=gettext_lazy("Where it lies"),
        required=False,
        help_text=gettext_lazy("If it is written in another system: which, and its number there."),
    )
    follow_up_on = DayField(label=gettext_lazy("Follow up on"), required=False, prefer="future")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        is_declined = (
            cleaned.get("kind") in OFFERED
            and cleaned.get("participation") == Participation.DECLINED
        )
        said = cleaned.get("text", "missing") or cleaned.get("lies_at", "missing")
        if not said and not is_declined:
            self.add_error("text", str(PlanSaysNothing()))
        made_on, follow_up_on = cleaned.get("made_on"), cleaned.get("follow_up_on")
        if made_on and follow_up_on and follow_up_on <= made_on:
            self.add_error("follow_up_on", str(FollowUpBeforePlan()))
        return cleaned

    def values(self) -> dict[str, Any]:
        """The keywords of the services, from a valid form."""
        cleaned = self.cleaned_data
        return {
            **cleaned,
            "kind": PlanKind(cleaned["kind"]),
            "participation": Participation(cleaned["participation"]),
        }


def values_of(plan: PlanRecord) -> dict[str, Any]:
    """A plan as the form shows it."""
    return {
        "kind": plan.kind,
        "made_on": plan.made_on,
        "participation": plan.participation,
        "present": plan.present,
        "provider_wish": plan.provider_wish,
        "text": plan.text,
        "lies_at": plan.lies_at,
        "follow_up_on": plan.follow_up_on,
    }
