"""The § 110 refund counted one day at a time: slow, and written apart from the fast one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from housingfirst.law.reimbursement import (
    Absence,
    CapTransition,
    ChangeOfMunicipality,
    CountDischargeDay,
    LeapDay,
    NewYearStart,
    Overlap,
    ReimbursementSettings,
    ResidentOnReform,
    SameDayStay,
    StaySection,
    StaySpan,
)

REFORM = date(2023, 10, 1)
FALL = date(2026, 4, 1)
ONE_DAY = timedelta(days=1)


@dataclass
class Count:
    """What came out: dates refunded, their unrounded refund, and each running year's counts."""

    refunded: dict[date, Decimal] = field(default_factory=dict)
    counted: set[date] = field(default_factory=set)
    years: dict[date, list[int]] = field(default_factory=dict)  # start: [days, days within limit]
    resets: list[date] = field(default_factory=list)

    @property
    def amount_dkk(self) -> Decimal:
        return sum(self.refunded.values(), Decimal(0))


def cap_on(day: date) -> int:
    return 120 if day < FALL else 90


def anniversary(first: date, n: int, settings: ReimbursementSettings) -> date:
    try:
        return first.replace(year=first.year + n)
    except ValueError:
        if settings.leap_day is LeapDay.ON_1_MARCH:
            return date(first.year + n, 3, 1)
        return date(first.year + n, 2, 28)


def price_on(stay: StaySpan, day: date) -> tuple[Decimal, Decimal]:
    price = (stay.daily_rate_dkk, stay.resident_payment_dkk)
    for period in stay.rate_periods:
        if period.starts_on <= day:
            price = (period.daily_rate_dkk, period.resident_payment_dkk)
    return price


def net_on(stay: StaySpan, day: date) -> Decimal:
    rate, payment = price_on(stay, day)
    return max(rate - payment, Decimal(0))


def admitted_days(stay: StaySpan, through: date, settings: ReimbursementSettings) -> Iterator[date]:
    end = stay.discharged_on if stay.discharged_on is not None else date.max
    if end == stay.admitted_on:
        is_charged = price_on(stay, stay.admitted_on)[0] > 0
        if is_charged and settings.same_day_stay is SameDayStay.ONE_DAY_IF_CHARGED:
            end += ONE_DAY
    elif stay.discharged_on and settings.count_discharge_day is CountDischargeDay.YES:
        end += ONE_DAY
    day = stay.admitted_on
    while day < end and day <= through:
        yield day
        day += ONE_DAY


def is_away(stay: StaySpan, day: date, settings: ReimbursementSettings) -> bool:
    return settings.absence is Absence.NOT_COUNTED and any(
        absence.starts_on <= day and (absence.ends_on is None or day < absence.ends_on)
        for absence in stay.absences
    )


def count(
    stays: Iterable[StaySpan],
    elsewhere: Iterable[date],
    through: date,
    settings: ReimbursementSettings,
) -> Count:
    if settings.change_of_municipality is ChangeOfMunicipality.RESTARTS:
        elsewhere = ()
    paid_elsewhere = {day for day in elsewhere if day <= through}
    nets: dict[date, list[Decimal]] = {day: [] for day in paid_elsewhere}
    admitted = set(paid_elsewhere)
    for stay in stays:
        if stay.section is StaySection.SECTION_110:
            for day in admitted_days(stay, through, settings):
                admitted.add(day)
                if not is_away(stay, day, settings):
                    of_day = nets.setdefault(day, [])
                    if stay.registered_from is None or stay.registered_from <= day:
                        of_day.append(net_on(stay, day))

    free_until = REFORM
    was_resident = REFORM - ONE_DAY in admitted
    if settings.resident_on_2023_10_01 is ResidentOnReform.FIRST_NEW_ADMISSION and was_resident:
        while free_until in admitted:
            free_until += ONE_DAY

    result = Count()
    first = start = reset = None
    for day in sorted(nets):
        if day >= free_until:
            if reset is None or day >= reset:
                start = day
                if first is None:
                    first = day
                if settings.new_year_start is NewYearStart.FIXED:
                    n = 0
                    while anniversary(first, n + 1, settings) <= day:
                        n += 1
                    start = anniversary(first, n, settings)
                    reset = anniversary(first, n + 1, settings)
                else:
                    reset = anniversary(start, 1, settings)
                result.years[start] = [0, 0]
                result.resets.append(reset)
            assert start is not None
            per_year = settings.cap_transition is CapTransition.PER_YEAR
            year = result.years[start]
            year[0] += 1
            result.counted.add(day)
            if year[1] >= cap_on(start if per_year else day):
                continue
            year[1] += 1
        if not nets[day]:
            continue
        if settings.overlap is Overlap.ALL_RATES:
            result.refunded[day] = sum(nets[day], Decimal(0)) / 2
        elif day not in paid_elsewhere:
            result.refunded[day] = min(nets[day]) / 2
    return result
