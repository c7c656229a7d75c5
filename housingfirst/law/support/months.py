"""Costs that are known by the month, for days that are not whole months."""

from datetime import date
from decimal import Decimal

from housingfirst.law.days import add_months
from housingfirst.law.money import whole_oere
from housingfirst.law.support.settings import PartMonth

_MONTHS_PER_YEAR = 12


def months_of(start: date, end: date, part_month: PartMonth) -> Decimal:
    """The months of [start, end): whole ones from `start`, and the days left over as a share.

    15 March to 14 April is one month. Days left over are a share of the month that they begin,
    counted from the same day as the whole ones, or of thirty days.
    """
    whole = (end.year - start.year) * _MONTHS_PER_YEAR + end.month - start.month
    if add_months(start, whole) > end:
        whole -= 1
    begun = add_months(start, whole)
    if part_month is PartMonth.THIRTY_DAYS:
        length = 30
    else:
        length = (add_months(start, whole + 1) - begun).days
    return whole + Decimal((end - begun).days) / length


def refund_of(
    monthly_cost_dkk: Decimal, share: Decimal, start: date, end: date, part_month: PartMonth
) -> Decimal:
    """`share` of the cost of [start, end), rounded half up to whole øre."""
    return whole_oere(monthly_cost_dkk * months_of(start, end, part_month) * share)
