"""Words that the answers about reimbursement share."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from housingfirst.ui import words


def with_amount(text: str, amount_dkk: Decimal) -> str:
    """The sentence, and what it comes to at most when that is known."""
    if not amount_dkk:
        return text
    most = _("That is up to %(amount)s.") % {"amount": words.money(amount_dkk)}
    return f"{text} {words.sentence(most)}"


def day_near(day: date, near: date) -> str:
    """A day, with its year when that is another than the one spoken of."""
    return words.day(day, today=near, weekday=False)
