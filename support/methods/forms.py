"""The decision on support as it is typed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import ChoiceField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housingfirst.ui import words
from housingfirst.ui.forms import DayField, Form, LineField, MoneyField, Radios, Seg, TextField
from support.methods.enums import Method, SupportSection, WishAnswer
from support.methods.errors import SupportEndsBeforeStart, WishNeedsReasons, WishNotAnswered
from support.methods.models import SupportDecision
from support.methods.rules import HOUSING_FIRST_METHODS, METHODS, wish_is_answered

ANSWERS = [
    (WishAnswer.FOLLOWED.value, WishAnswer.FOLLOWED.label),
    (WishAnswer.NOT_FOLLOWED.value, WishAnswer.NOT_FOLLOWED.label),
]


class TermsForm(Form):
    """What can be put right later: when, what it costs, whose wish, why.

    What is needed depends on the answers, so only what never is says that it is optional.
    """

    may_be_incomplete = True
    sources = {"last_on": gettext_lazy("optional"), "monthly_cost_dkk": gettext_lazy("optional")}

    provider_wish = LineField(
        label=gettext_lazy("Who does the citizen wish for?"),
        required=False,
        help_text=gettext_lazy("A person or a place, in the citizen's words. Empty if no wish."),
    )
    wish_answer = ChoiceField(
        label=gettext_lazy("Is the wish followed?"), choices=ANSWERS, required=False, widget=Seg
    )
    wish_reasons = TextField(
        label=gettext_lazy("Why is the wish not followed?"),
        required=False,
        max_length=2_000,
        help_text=gettext_lazy("The decision must say so (§ 85 a, stk. 2)."),
    )
    starts_on = DayField(label=gettext_lazy("Support from"))
    last_on = DayField(
        label=gettext_lazy("Support through"),
        required=False,
        help_text=gettext_lazy("Empty if the support has no fixed end."),
    )
    monthly_cost_dkk = MoneyField(
        label=gettext_lazy("Cost per month"), required=False, max_dkk=9_999_999
    )
    reasons = TextField(
        label=gettext_lazy("Reasons for the decision"),
        help_text=gettext_lazy("What the citizen needs, and why this support meets it."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._check_wish(cleaned)
        starts_on, last_on = cleaned.get("starts_on"), cleaned.get("last_on")
        if starts_on and last_on and last_on < starts_on:
            self.add_error("last_on", str(SupportEndsBeforeStart()))
        return cleaned

    def _check_wish(self, cleaned: dict[str, Any]) -> None:
        if "provider_wish" not in cleaned or "wish_answer" not in cleaned:
            return
        answer = WishAnswer(cleaned["wish_answer"] or WishAnswer.NONE)
        if not wish_is_answered(cleaned["provider_wish"], answer):
            missing = "wish_answer" if cleaned["provider_wish"] else "provider_wish"
            self.add_error(missing, str(WishNotAnswered()))
        elif answer == WishAnswer.NOT_FOLLOWED and not cleaned.get("wish_reasons", "missing"):
            self.add_error("wish_reasons", str(WishNeedsReasons()))

    def terms(self) -> dict[str, Any]:
        """The keywords of the services, from a valid form."""
        cleaned = self.cleaned_data
        last_on: date | None = cleaned["last_on"]
        return {
            "starts_on": cleaned["starts_on"],
            "ends_on": last_on + timedelta(days=1) if last_on else None,
            "monthly_cost_dkk": cleaned["monthly_cost_dkk"],
            "provider_wish": cleaned["provider_wish"],
            "wish_answer": WishAnswer(cleaned["wish_answer"] or WishAnswer.NONE),
            "wish_reasons": cleaned["wish_reasons"],
            "reasons": cleaned["reasons"],
        }


def terms_of(decision: SupportDecision) -> dict[str, Any]:
    """The values of `TermsForm` from a decision, or from a row of its history."""
    ends_on = decision.ends_on
    return {
        "starts_on": decision.starts_on,
        "last_on": ends_on - timedelta(days=1) if ends_on else None,
        "monthly_cost_dkk": decision.monthly_cost_dkk,
        "provider_wish": decision.provider_wish,
        "wish_answer": "" if decision.wish_answer == WishAnswer.NONE else decision.wish_answer,
        "wish_reasons": decision.wish_reasons,
        "reasons": decision.reasons,
    }


class DecisionForm(TermsForm):
    """A new decision. `opened_on` is the case's first day, before which nothing was decided."""

    section = ChoiceField(
        label=gettext_lazy("Paragraph"),
        choices=SupportSection,
        initial=SupportSection.S85A,
        widget=Seg,
    )
    method = ChoiceField(
        label=gettext_lazy("Method"),
        choices=[(method.value, method.label) for method in HOUSING_FIRST_METHODS],
        required=False,
        widget=Radios,
    )
    decided_on = DayField(
        label=gettext_lazy("Decided on"),
        prefer="past",
        latest=timezone.localdate,
        help_text=gettext_lazy("The day the decision was made. It decides the reimbursement."),
    )

    field_order = ("section", "method", "decided_on")

    def __init__(self, *args: Any, opened_on: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.opened_on = opened_on

    def clean_decided_on(self) -> date:
        day: date = self.cleaned_data["decided_on"]
        if self.opened_on is not None and day < self.opened_on:
            message = _("The case was opened on %(day)s. Write that day or a later one.")
            raise ValidationError(message % {"day": words.day_as_typed(self.opened_on)})
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_missing = not cleaned.get("method") and "method" not in self.errors
        if cleaned.get("section") == SupportSection.S85A and is_missing:
            self.add_error("method", _("Choose the method that § 85 a support is given by."))
        return cleaned

    def chosen_method(self) -> Method:
        """Only § 85 a has more than one."""
        methods = METHODS[SupportSection(self.cleaned_data["section"])]
        if len(methods) == 1:
            return next(iter(methods))
        return Method(self.cleaned_data["method"])
