"""Stays cut into days that charge the same: the intervals the running years are counted on.

Days are ordinals (`date.toordinal`) and intervals half-open, so that long stays cost no more to
count than short ones. Nothing here is for use outside the package.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum, auto
from itertools import pairwise
from typing import NamedTuple

from housingfirst.law.reimbursement.settings import (
    Absence,
    ChangeOfMunicipality,
    CountDischargeDay,
    Overlap,
    ReimbursementSettings,
    SameDayStay,
)
from housingfirst.law.reimbursement.stays import StaySection, StaySpan

_ZERO = Decimal(0)


class ChargeKind(Enum):
    STAY = auto()
    ABSENT = auto()
    ELSEWHERE = auto()


class Charge(NamedTuple):
    """Days [start, end) of one stay at one rate; `admitted` is the first day of its reference.

    Days at a place that is not registered are days of stay, and are not refunded.
    """

    start: int
    end: int
    kind: ChargeKind
    admitted: int
    rate_dkk: Decimal
    payment_dkk: Decimal
    reference: str
    is_registered: bool = True

    @property
    def net_dkk(self) -> Decimal:
        """The municipality's cost per day before the refund, never below 0."""
        return max(self.rate_dkk - self.payment_dkk, _ZERO)

    @property
    def may_earn(self) -> bool:
        return self.kind is ChargeKind.STAY and self.is_registered


class Slice(NamedTuple):
    """Days [start, end) on which the same charges apply."""

    start: int
    end: int
    charges: Sequence[Charge]

    @property
    def is_counted(self) -> bool:
        """Whether these are days of stay; not when all that is known of them is an absence."""
        return any(charge.kind is not ChargeKind.ABSENT for charge in self.charges)

    def earning(self, overlap: Overlap) -> Sequence[Charge]:
        """The charges that are refunded if the days themselves are refundable."""
        if len(self.charges) == 1 and self.charges[0].may_earn:
            return self.charges
        kinds = {charge.kind for charge in self.charges}
        if overlap is Overlap.ONE_RATE and ChargeKind.ELSEWHERE in kinds:
            return ()
        return chosen([charge for charge in self.charges if charge.may_earn], overlap)


def chosen(charges: Sequence[Charge], overlap: Overlap) -> Sequence[Charge]:
    """Those of several charges for one date that are refunded.

    For one rate: the lowest net cost, and among equals the reference that began first.
    """
    if overlap is Overlap.ALL_RATES or len(charges) < 2:
        return charges
    return [min(charges, key=_cheapest_first)]


def _cheapest_first(charge: Charge) -> tuple[Decimal, int, str, Decimal, Decimal]:
    return (
        charge.net_dkk,
        charge.admitted,
        charge.reference,
        charge.rate_dkk,
        charge.payment_dkk,
    )


def charges_of(
    stays: Iterable[StaySpan],
    days_used_elsewhere: Iterable[date],
    *,
    through_on: date | None,
    open_through_on: date | None = None,
    settings: ReimbursementSettings,
) -> list[Charge]:
    """All § 110 charges up to and including `through_on`, by their first day; those of stays that
    go on up to and including `open_through_on` too.

    Raises ValueError when a stay goes on and both are None.
    """
    until, open_until = _day_after(through_on), _day_after(open_through_on)
    charges: list[Charge] = []
    admitted: dict[str, int] = {}
    stays = [stay for stay in stays if stay.section is StaySection.SECTION_110]
    for stay in sorted(stays, key=lambda stay: stay.admitted_on):
        if stay.discharged_on is None and through_on is None and open_through_on is None:
            raise ValueError(f"the stay from {stay.admitted_on} goes on; until when to count?")
        first = admitted.setdefault(stay.reference, stay.admitted_on.toordinal())
        end = until if stay.discharged_on else min(until, open_until)
        charges += _charges_of_stay(stay, first, end, settings)
    if settings.change_of_municipality is ChangeOfMunicipality.FOLLOWS_CITIZEN:
        charges += _charges_elsewhere(days_used_elsewhere, until)
    charges.sort(key=lambda charge: charge.start)
    return charges


def _day_after(day: date | None) -> int:
    """As an ordinal; without a day, beyond all that is counted."""
    return date.max.toordinal() if day is None else day.toordinal() + 1


def slices(charges: Sequence[Charge]) -> Iterator[Slice]:
    """Cut sorted charges wherever one begins or ends; days without a charge are left out."""
    active: list[Charge] = []
    following = 0
    for start, end in pairwise(sorted({edge for charge in charges for edge in charge[:2]})):
        active = [charge for charge in active if charge.end > start]
        while following < len(charges) and charges[following].start == start:
            active.append(charges[following])
            following += 1
        if active:
            yield Slice(start, end, active)


def end_of_chain(charges: Iterable[Charge], day: int) -> int:
    """The day after the unbroken chain of stays that was running on the eve of `day`.

    `charges` are sorted; absences do not break a chain. At most `day` when there is no such chain.
    """
    end = 0
    for charge in charges:
        if charge.start < day or charge.start <= end:
            end = max(end, charge.end)
    return end


def _charges_of_stay(
    stay: StaySpan, admitted_first: int, until: int, settings: ReimbursementSettings
) -> Iterator[Charge]:
    admitted = stay.admitted_on.toordinal()
    rates = [(admitted, stay.daily_rate_dkk, stay.resident_payment_dkk)]
    for period in stay.rate_periods:
        start = period.starts_on.toordinal()
        if start <= admitted:
            rates.clear()
        rates.append((max(start, admitted), period.daily_rate_dkk, period.resident_payment_dkk))
    end = min(_end(stay, rates[0][1], until, settings), until)
    ends = [start for start, _, _ in rates[1:]] + [end]
    for (start, rate, payment), stop in zip(rates, ends, strict=True):
        for first, last, kind in _presence(stay, start, min(stop, end), settings):
            for from_, until_, is_registered in _registered(stay, first, last):
                yield Charge(
                    from_,
                    until_,
                    kind,
                    admitted_first,
                    rate,
                    payment,
                    stay.reference,
                    is_registered,
                )


def _registered(stay: StaySpan, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """[start, end) before and from the day the place was registered."""
    since = start if stay.registered_from is None else stay.registered_from.toordinal()
    if start < since:
        yield start, min(since, end), False
    if since < end:
        yield max(since, start), end, True


def _end(stay: StaySpan, first_rate_dkk: Decimal, until: int, rules: ReimbursementSettings) -> int:
    if stay.discharged_on is None:
        return until
    end = stay.discharged_on.toordinal()
    if stay.discharged_on == stay.admitted_on:
        counts = rules.same_day_stay is SameDayStay.ONE_DAY_IF_CHARGED and first_rate_dkk > 0
    else:
        counts = rules.count_discharge_day is CountDischargeDay.YES
    return end + counts


def _presence(
    stay: StaySpan, start: int, end: int, settings: ReimbursementSettings
) -> Iterator[tuple[int, int, ChargeKind]]:
    """[start, end) of a stay, with the absences cut out where they do not count."""
    if settings.absence is Absence.NOT_COUNTED:
        for absence in sorted(stay.absences, key=lambda absence: absence.starts_on):
            away = max(absence.starts_on.toordinal(), start)
            back = end if absence.ends_on is None else min(absence.ends_on.toordinal(), end)
            if away < back:
                if start < away:
                    yield start, away, ChargeKind.STAY
                yield away, back, ChargeKind.ABSENT
                start = back
    if start < end:
        yield start, end, ChargeKind.STAY


def _charges_elsewhere(days: Iterable[date], until: int) -> Iterator[Charge]:
    """Unbroken runs of days that another municipality paid for; they have no price here."""
    run = range(0)
    for day in sorted({day.toordinal() for day in days}):
        if day != run.stop:
            yield from _elsewhere(run, until)
            run = range(day, day)
        run = range(run.start, day + 1)
    yield from _elsewhere(run, until)


def _elsewhere(run: range, until: int) -> Iterator[Charge]:
    end = min(run.stop, until)
    if run.start < end:
        yield Charge(run.start, end, ChargeKind.ELSEWHERE, run.start, _ZERO, _ZERO, "")
