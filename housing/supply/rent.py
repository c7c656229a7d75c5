"""R-ABL-59 for a vacancy: when the municipality must answer, and from when it pays the rent.

A day that was agreed with the housing organisation goes before the municipality's rule. The rule
is for the dwellings that ABL §§ 59 and 63 are about; for others only what was agreed holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from django.db.models import DecimalField, ExpressionWrapper, F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from housing.supply.enums import DwellingKind, VacancyEnd
from housingfirst.law.allocation import (
    DAYS_OF_A_YEAR,
    DAYS_TIMES_MONTHS,
    VacancyRentFrom,
    answer_due_on,
    rent_of_a_week,
    rent_starts_on,
)
from housingfirst.law.days import COPENHAGEN
from housingfirst.lawbook.selectors import choices_of
from housingfirst.ui import words

if TYPE_CHECKING:
    from housing.supply.models import Vacancy
    from housingfirst.law.choices import Choices

BY_RULE: Final = frozenset({DwellingKind.FAMILY, DwellingKind.TRANSITIONAL})
END_OF_DAY: Final = time(23, 59)
WEEK_DKK: Final = ExpressionWrapper(
    F("rent_dkk") * DAYS_TIMES_MONTHS / DAYS_OF_A_YEAR,
    output_field=DecimalField(max_digits=12, decimal_places=2),
)
"""`rent_of_a_week` of a vacancy, in SQL."""


@dataclass(frozen=True, slots=True)
class RentShown:
    """The vacancy rent of one vacancy with its reason. Days are None when nothing is paid.

    `is_choice`: the day follows from the municipality's choice, which the law leaves open.
    """

    amount_dkk: Decimal
    weekly_dkk: Decimal
    days: int
    from_day: str
    through_day: str
    is_running: bool
    why: str
    is_choice: bool


def settle(vacancy: Vacancy, choices: Choices) -> None:
    """Set what holds for the vacancy: the agreed day and time, or the rule's. Saves nothing."""
    vacancy.answer_by = vacancy.answer_agreed_by
    vacancy.vacancy_rent_from = vacancy.rent_agreed_from
    if vacancy.dwelling.kind not in BY_RULE:
        return
    if vacancy.answer_by is None:
        last_on = answer_due_on(vacancy.reported_on, choices.allocation, choices.calendar)
        vacancy.answer_by = datetime.combine(last_on, END_OF_DAY, COPENHAGEN)
    if vacancy.vacancy_rent_from is None:
        vacancy.vacancy_rent_from = rent_starts_on(vacancy.available_from, choices.allocation)


def rent_shown(vacancy: Vacancy, today: date) -> RentShown:
    """What the vacancy costs the municipality, and why from that day. At most one query."""
    found = vacancy.rent_so_far(today)
    if found is None:
        return RentShown(Decimal(0), Decimal(0), 0, "", "", False, _why_nothing(vacancy), False)
    through = vacancy.vacancy_rent_through
    return RentShown(
        amount_dkk=found.amount_dkk.quantize(Decimal(1)),
        weekly_dkk=rent_of_a_week(vacancy.rent_dkk).quantize(Decimal(1)),
        days=found.days,
        from_day=words.day(found.starts_on, today=today),
        through_day=words.day(through, today=today) if through else "",
        is_running=found.starts_on <= today and (through is None or through >= today),
        why=_why(vacancy),
        is_choice=vacancy.rent_agreed_from is None,
    )


def answer_why(vacancy: Vacancy) -> str:
    """Whose time to answer it is; nothing is said where there is none. At most one query."""
    if vacancy.answer_by is None:
        return ""
    if vacancy.answer_agreed_by is not None:
        return _("agreed with the housing organisation")
    days = choices_of(vacancy.municipality_id).allocation.answer_working_days
    text = ngettext(
        "%(n)d working day after the report", "%(n)d working days after the report", days
    )
    return text % {"n": days}


def _why(vacancy: Vacancy) -> str:
    if vacancy.rent_agreed_from is not None:
        return _("The day is agreed with the housing organisation.")
    section = "ABL § 63" if vacancy.dwelling.kind == DwellingKind.TRANSITIONAL else "ABL § 59"
    chosen = choices_of(vacancy.municipality_id).allocation.vacancy_rent_from
    if chosen is VacancyRentFrom.DAY_AFTER:
        text = _("From the day after the dwelling can be taken over, until it is let (%(law)s).")
    else:
        text = _("From the day the dwelling can be taken over, until it is let (%(law)s).")
    return text % {"law": section}


def _why_nothing(vacancy: Vacancy) -> str:
    if vacancy.ended == VacancyEnd.KEPT:
        return _("The housing organisation lets it itself: the municipality pays nothing.")
    return _(
        "The rule of vacancy rent covers social family dwellings and transitional dwellings."
        " For this kind the municipality pays from a day that is agreed."
    )
