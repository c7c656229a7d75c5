"""From one citizen's input to what the law is asked with."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final

from msgspec import UNSET

from housingfirst.law.reimbursement import (
    DEFAULT_SETTINGS,
    AbsenceSpan,
    CountDischargeDay,
    RatePeriod,
    ReimbursementSettings,
    SameDayStay,
    StaySpan,
)
from housingfirst.law.support import DEFAULT_SUPPORT_REFUND, SupportRefundSettings, SupportSpan
from housingfirst.lawbook.exchange import schema
from housingfirst.lawbook.exchange.refusals import InputRefused

FIRST_DAY: Final = date(1970, 1, 1)
LAST_DAY: Final = date(2199, 12, 31)
MOST_DKK: Final = Decimal(10_000_000)

_OF_STAYS: Final = frozenset(ReimbursementSettings.__dataclass_fields__)


def stay_spans(citizen: schema.Citizen) -> list[StaySpan]:
    """Raises InputRefused."""
    return [_stay(stay, f"stays[{at}]") for at, stay in enumerate(citizen.stays)]


def days_elsewhere(citizen: schema.Citizen) -> list[date]:
    """Raises InputRefused."""
    return [
        _day(one.date, f"days_used_elsewhere[{at}].date")
        for at, one in enumerate(citizen.days_used_elsewhere)
    ]


def support_spans(citizen: schema.Citizen) -> list[SupportSpan]:
    """Raises InputRefused."""
    return [_support(one, f"support[{at}]") for at, one in enumerate(citizen.support)]


def settings(
    options: schema.Options,
) -> tuple[ReimbursementSettings, SupportRefundSettings]:
    """The readings chosen for § 110, and for § 176 a."""
    given = {
        name: value
        for name in options.__struct_fields__
        if (value := getattr(options, name)) is not UNSET
    }
    if not given:
        return DEFAULT_SETTINGS, DEFAULT_SUPPORT_REFUND
    counts = given.get("count_discharge_day")
    if isinstance(counts, bool):
        given["count_discharge_day"] = CountDischargeDay.YES if counts else CountDischargeDay.NO
    days = given.get("same_day_stay")
    if isinstance(days, int):
        given["same_day_stay"] = SameDayStay.ONE_DAY_IF_CHARGED if days else SameDayStay.NO_DAY
    of_stays = {name: value for name, value in given.items() if name in _OF_STAYS}
    of_support: dict[str, Any] = {
        name: value for name, value in given.items() if name not in _OF_STAYS
    }
    return replace(DEFAULT_SETTINGS, **of_stays), replace(DEFAULT_SUPPORT_REFUND, **of_support)


def _stay(stay: schema.Stay, path: str) -> StaySpan:
    _in_order(stay.admitted_on, stay.discharged_on, f"{path}.admitted_on", f"{path}.discharged_on")
    periods = [_rate(one, f"{path}.rate_periods[{at}]") for at, one in enumerate(stay.rate_periods)]
    for at, (one, following) in enumerate(pairwise(periods), start=1):
        if following.starts_on <= one.starts_on:
            field = f"{path}.rate_periods[{at}].starts_on"
            raise InputRefused(field, f"must be later than {one.starts_on}, where the last begins")
    return StaySpan(
        admitted_on=stay.admitted_on,
        discharged_on=stay.discharged_on,
        daily_rate_dkk=_amount(stay.daily_rate_dkk, f"{path}.daily_rate_dkk"),
        resident_payment_dkk=_amount(stay.resident_payment_dkk, f"{path}.resident_payment_dkk"),
        section=stay.section,
        rate_periods=tuple(periods),
        absences=tuple(_absences(stay.absences, path)),
        reference=stay.reference,
        registered_from=stay.registered_from,
    )


def _rate(period: schema.RatePeriod, path: str) -> RatePeriod:
    return RatePeriod(
        starts_on=_day(period.starts_on, f"{path}.starts_on"),
        daily_rate_dkk=_amount(period.daily_rate_dkk, f"{path}.daily_rate_dkk"),
        resident_payment_dkk=_amount(period.resident_payment_dkk, f"{path}.resident_payment_dkk"),
    )


def _absences(absences: Iterable[schema.AbsenceSpan], path: str) -> Iterator[AbsenceSpan]:
    for at, absence in enumerate(absences):
        here = f"{path}.absences[{at}]"
        _in_order(absence.starts_on, absence.ends_on, f"{here}.starts_on", f"{here}.ends_on")
        yield AbsenceSpan(absence.starts_on, absence.ends_on)


def _support(support: schema.Support, path: str) -> SupportSpan:
    _in_order(support.starts_on, support.ends_on, f"{path}.starts_on", f"{path}.ends_on")
    if support.decided_on is not None:
        _day(support.decided_on, f"{path}.decided_on")
    return SupportSpan(
        section=support.section,
        decided_on=support.decided_on,
        starts_on=support.starts_on,
        ends_on=support.ends_on,
        monthly_cost_dkk=_amount(support.monthly_cost_dkk, f"{path}.monthly_cost_dkk"),
        reference=support.reference,
    )


def _in_order(start: date, end: date | None, start_field: str, end_field: str) -> None:
    _day(start, start_field)
    if end is not None and _day(end, end_field) < start:
        raise InputRefused(
            end_field, f"must not be before {start_field.rpartition('.')[2]}, {start}"
        )


def _day(day: date, field: str) -> date:
    """No case here is older or younger, and the law's calendar stays within its bounds."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise InputRefused(field, f"write a day from {FIRST_DAY} to {LAST_DAY}")
    return day


def _amount(amount: Decimal, field: str) -> Decimal:
    if not amount.is_finite() or not 0 <= amount < MOST_DKK:
        raise InputRefused(field, f"write an amount from 0 to {MOST_DKK - 1}")
    return amount
