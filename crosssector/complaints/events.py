"""The kinds of events this subject publishes."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crosssector.complaints.enums import BoardAnswer, Reassessment
from housingfirst.events.kinds import Category, register_kind
from housingfirst.ui import words

TOLD: Final = "decision.told"
RECEIVED: Final = "complaint.received"
REASSESSED: Final = "complaint.reassessed"
FORWARDED: Final = "complaint.forwarded"
ANSWERED: Final = "complaint.answered"
WITHDRAWN: Final = "complaint.withdrawn"


def register() -> None:
    register_kind(
        TOLD,
        Category.CASE,
        _("Told of the decision on %(told_on)s: %(title)s"),
        text_params=lambda data: {
            "title": data["title"],
            "told_on": words.day(
                date.fromisoformat(data["told_on"]), today=timezone.localdate(), weekday=False
            ),
        },
    )
    register_kind(RECEIVED, Category.CASE, _("Complaint received: %(title)s"), is_important=True)
    register_kind(
        REASSESSED,
        Category.CASE,
        _("Decision looked at again: %(outcome)s"),
        is_important=True,
        text_params=lambda data: {"outcome": words.inside(Reassessment(data["outcome"]).label)},
    )
    register_kind(FORWARDED, Category.CASE, _("Complaint sent on to Ankestyrelsen"))
    register_kind(
        ANSWERED,
        Category.CASE,
        _("Ankestyrelsen has answered: %(answer)s"),
        is_important=True,
        text_params=lambda data: {"answer": words.inside(BoardAnswer(data["answer"]).label)},
    )
    register_kind(WITHDRAWN, Category.CASE, _("The complaint is withdrawn"))
