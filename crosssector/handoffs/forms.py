"""Handoffs as they are typed: asked by us, answered by the partner."""

from __future__ import annotations

from typing import Any

from django.forms import BooleanField
from django.utils.translation import gettext_lazy

from cases.casework.models import Case
from crosssector.handoffs.enums import HandoffKind
from crosssector.handoffs.rules import HOURS_AT_MOST
from crosssector.handoffs.selectors import answering_units, offers_to_ask_for
from housing.allocation.models import Offer
from housingfirst.access.models import Unit, User
from housingfirst.ui.forms import (
    Form,
    LineField,
    MoneyField,
    RowField,
    TextField,
    WholeNumberField,
)

AMOUNT_AT_MOST = 9_999_999


class OfferField(RowField):
    """An offer by its dwelling's address and the day its answer is due."""

    def label_from_instance(self, offer: Any) -> str:
        return str(offer.dwelling.address)


class AskForm(Form):
    """What is asked of another unit. Only what stands here is shared with it."""

    to_unit = RowField(
        label=gettext_lazy("Asked of"),
        queryset=Unit.objects.none(),
        empty_label=None,
    )
    offer = OfferField(
        label=gettext_lazy("The offer it is for"),
        queryset=Offer.objects.none(),
        required=False,
        empty_label=gettext_lazy("No offer"),
        help_text=gettext_lazy("The answer is then never due later than the offer's own."),
    )
    amount_dkk = MoneyField(label=gettext_lazy("Deposit"), min_dkk=1, max_dkk=AMOUNT_AT_MOST)
    rent_dkk = MoneyField(
        label=gettext_lazy("Rent per month"), required=False, max_dkk=AMOUNT_AT_MOST
    )
    income_dkk = MoneyField(
        label=gettext_lazy("Paid out per month"), required=False, max_dkk=AMOUNT_AT_MOST
    )
    text = TextField(label=gettext_lazy("What they must know"), required=False, max_length=2_000)
    legal_basis = LineField(
        label=gettext_lazy("Basis for sharing"),
        help_text=gettext_lazy("The citizen's application, or a consent and its date."),
    )

    def __init__(self, *args: Any, case: Case, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units, offers = self.fields["to_unit"], self.fields["offer"]
        if isinstance(units, RowField) and isinstance(offers, RowField):
            units.queryset = answering_units(case.municipality, HandoffKind.DEPOSIT_LOAN)
            offers.queryset = offers_to_ask_for(case, user)


class ServiceLevelForm(Form):
    hours = WholeNumberField(
        label=gettext_lazy("Answers within, hours"),
        min_value=1,
        max_value=HOURS_AT_MOST,
        help_text=gettext_lazy("A day is 24 hours."),
    )
    working_days_only = BooleanField(label=gettext_lazy("Only working days count"), required=False)
    contact_name = LineField(label=gettext_lazy("Contact"), max_length=120, required=False)
    contact_phone = LineField(label=gettext_lazy("Phone"), max_length=20, required=False)


class GrantForm(Form):
    granted_dkk = MoneyField(
        label=gettext_lazy("Amount granted"), min_dkk=1, max_dkk=AMOUNT_AT_MOST
    )
    text = LineField(label=gettext_lazy("Remark or terms"), required=False, max_length=2_000)


class QuestionForm(Form):
    question = TextField(
        label=gettext_lazy("Your question"),
        max_length=2_000,
        help_text=gettext_lazy("Your clock stands until it is answered."),
    )


class RefusalForm(Form):
    reasons = TextField(
        label=gettext_lazy("Why it is refused"),
        max_length=2_000,
        help_text=gettext_lazy("Read by those who asked, and told to the citizen."),
    )


class ReplyForm(Form):
    reply = TextField(label=gettext_lazy("Your reply"), max_length=2_000)
