"""The reimbursement clock: where one citizen stands on one day, and when the refund runs out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from housingfirst.law.money import whole_oere
from housingfirst.law.reimbursement.charges import (
    Charge,
    ChargeKind,
    charges_of,
    chosen,
    slices,
)
from housingfirst.law.reimbursement.settings import (
    DEFAULT_SETTINGS,
    ReimbursementSettings,
)
from housingfirst.law.reimbursement.stays import StaySection, StaySpan
from housingfirst.law.reimbursement.terms import REFUND_TERMS, RULE_ID, RefundTerms
from housingfirst.law.reimbursement.years import Year, YearCounter, counted_from, limited_from
from housingfirst.law.versions import VersionTable

_DAYS_PER_WEEK: Final = 7
_FORECAST_DAYS: Final = 3 * 366


@dataclass(frozen=True, slots=True)
class ReimbursementClock:
    """One citizen's § 110 days as they stand at the end of a day.

    `used` are the days of stay in the running year, those over the limit included: the 4th day
    of a stay is "day 4". `limit` and `left` are None while no limit counts; `left` is by the
    limit of the day, so before a known fall in the limit `last_refundable_on` may come sooner.
    `over` are days of the running year that are not refunded.

    `last_refundable_on` is the last day within the limit if the citizen stays on: in the future a
    forecast, in the past the day the refund ran out; None for one who is not resident, and for
    one whom no limit reaches. `year_resets_on` is the day new days open.

    The weekly amounts are the municipality's net cost of seven days at the prices of the day:
    with refund, without it, and the difference. None for one who is not resident.

    `recompute_on` is the first later day on which the stored answer no longer follows from the
    day alone: until then, and as long as the citizen stays, `used` grows by one a day, `left`
    falls by one a day to 0, `over` grows by one a day after `last_refundable_on`, and the rest
    is unchanged. None when nothing known is coming.
    """

    on: date
    is_resident: bool
    used: int
    limit: int | None
    left: int | None
    over: int
    last_refundable_on: date | None
    year_starts_on: date | None
    year_resets_on: date | None
    weekly_net_before_dkk: Decimal | None
    weekly_net_after_dkk: Decimal | None
    weekly_extra_dkk: Decimal | None
    recompute_on: date | None
    terms_version: str
    rule_id: str = RULE_ID


def clock_on(
    stays: Iterable[StaySpan],
    days_used_elsewhere: Iterable[date] = (),
    *,
    on: date,
    settings: ReimbursementSettings = DEFAULT_SETTINGS,
    terms: VersionTable[RefundTerms] = REFUND_TERMS,
) -> ReimbursementClock:
    """The clock of one citizen at the end of `on`, from what is known to have happened by then.

    Give every § 110 stay of the citizen; admissions, absences and days elsewhere after `on` are
    left out, and a discharge after `on` has not happened yet: whoever is in bed at the end of
    `on` is taken to stay. One discharged on `on` is not resident. Rates change when they say.

    Source: as `reimburse`.
    """
    stays = [stay for stay in stays if stay.section is StaySection.SECTION_110]
    staying = [stay for stay in stays if stay.is_resident_after(on)]
    charges = charges_of(stays, days_used_elsewhere, through_on=on, settings=settings)
    today = on.toordinal()
    ahead = range(today + 1, today + 1 + _FORECAST_DAYS)
    known = [*charges, _stay_throughout(ahead)] if staying else charges
    counter = YearCounter(counted_from(known, limited_from(terms), settings), settings, terms)
    for slice_ in slices(charges):
        if slice_.is_counted:
            counter.add(slice_.start, slice_.end)

    year = counter.year_on(today)
    version = counter.limit_of(year, today)
    limit = version.value.day_limit if counter.is_limited_on(today) else None
    used, within, last_within = (year.used, year.within, year.last_within) if year else (0, 0, None)
    left = None if limit is None else max(limit - within, 0)
    has_run_out = left == 0 and last_within != today
    if staying:
        share = counter.version_on(today)[1].value.refund_share
        week = _week(staying, on, share, settings)
        last_within, change = _forecast(counter, ahead, year, limit, last_within, has_run_out)
        changes = [p.starts_on for stay in staying for p in stay.rate_periods if p.starts_on > on]
        changes += [day for stay in staying if (day := stay.registered_from) and day > on]
    else:
        week = _Week(None, None, None)
        last_within, change = None, counter.next_change(today, year)
        changes = []
    if change is not None:
        changes.append(date.fromordinal(change))
    return ReimbursementClock(
        on=on,
        is_resident=bool(staying),
        used=used,
        limit=limit,
        left=left,
        over=used - within,
        last_refundable_on=None if last_within is None else date.fromordinal(last_within),
        year_starts_on=None if year is None else date.fromordinal(year.start),
        year_resets_on=None if year is None else date.fromordinal(year.end),
        weekly_net_before_dkk=week.before_dkk,
        weekly_net_after_dkk=week.after_dkk,
        weekly_extra_dkk=week.extra_dkk,
        recompute_on=min(changes, default=None),
        terms_version=version.key,
    )


def _stay_throughout(days: range) -> Charge:
    return Charge(days.start, days.stop, ChargeKind.STAY, days.start, Decimal(0), Decimal(0), "")


def _forecast(
    counter: YearCounter,
    ahead: range,
    year: Year | None,
    limit: int | None,
    last: int | None,
    has_run_out: bool,
) -> tuple[int | None, int | None]:
    """If the citizen stays on: the last day within the limit, and the first with another year or
    limit than `year` and `limit`. `last` is the last day within the limit so far, and the answer
    if the days have run out already."""
    change: int | None = None
    for piece in counter.count(ahead.start, ahead.stop):
        if not piece.is_within:
            has_run_out = True
        elif not has_run_out:
            last = piece.end - 1
        if change is None and (piece.year is not year or piece.day_limit != limit):
            change = piece.start
        if has_run_out and change is not None:
            break
    return last if has_run_out else None, change


class _Week(NamedTuple):
    before_dkk: Decimal | None
    after_dkk: Decimal | None
    extra_dkk: Decimal | None


def _week(
    staying: Sequence[StaySpan], on: date, refund_share: Decimal, settings: ReimbursementSettings
) -> _Week:
    """Seven days at the prices of `on`: with refund, without, and the difference."""
    charges = charges_of(staying, (), through_on=on, settings=settings)
    tonight = [charge for charge in charges if charge.end > on.toordinal()]
    priced = chosen(tonight, settings.overlap)
    net = sum((charge.net_dkk for charge in priced), Decimal(0))
    refunded = refund_share * sum((c.net_dkk for c in priced if c.is_registered), Decimal(0))
    after = whole_oere(_DAYS_PER_WEEK * net)
    before = whole_oere(_DAYS_PER_WEEK * (net - refunded))
    return _Week(before, after, after - before)
