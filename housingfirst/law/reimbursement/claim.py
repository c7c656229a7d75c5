"""R-110-REF: what the state refunds of a citizen's § 110 stays."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from housingfirst.law.reimbursement.charges import (
    Charge,
    ChargeKind,
    charges_of,
    slices,
)
from housingfirst.law.reimbursement.results import (
    Line,
    LineReason,
    Reimbursement,
    RunningYear,
    in_order,
)
from housingfirst.law.reimbursement.settings import (
    DEFAULT_SETTINGS,
    ReimbursementSettings,
)
from housingfirst.law.reimbursement.stays import StaySpan
from housingfirst.law.reimbursement.terms import REFUND_TERMS, RefundTerms
from housingfirst.law.reimbursement.years import (
    Piece,
    Year,
    YearCounter,
    counted_from,
    limited_from,
)
from housingfirst.law.versions import VersionTable


def reimburse(
    stays: Iterable[StaySpan],
    days_used_elsewhere: Iterable[date] = (),
    *,
    through_on: date | None = None,
    open_through_on: date | None = None,
    settings: ReimbursementSettings = DEFAULT_SETTINGS,
    terms: VersionTable[RefundTerms] = REFUND_TERMS,
) -> Reimbursement:
    """The state's refund of all of a citizen's § 110 stays, up to and including `through_on`.

    Give every stay of the citizen at every boform, in any order: the limit is the citizen's, not
    the boform's. § 109 stays are left out. `days_used_elsewhere` are stay-days another municipality
    paid for: they use up the limit and may begin a running year, and earn nothing here.

    Before 1 October 2023 every day is refunded. From then on, the days of a running year are
    refunded until its limit is reached. Days before a place was registered are days of stay and
    earn nothing.

    `open_through_on` is the last day to count of stays that go on, while stays that have ended, or
    are planned to, are counted whole. Raises ValueError when a stay goes on and neither is given.

    Source: SEL § 177 (state refund), § 110 (stays), § 163 (own payment); docs/law/reimbursement.md.
    """
    charges = charges_of(
        stays,
        days_used_elsewhere,
        through_on=through_on,
        open_through_on=open_through_on,
        settings=settings,
    )
    first_limit = limited_from(terms)
    counter = YearCounter(counted_from(charges, first_limit, settings), settings, terms)
    lines = _Lines()
    refundable_days = 0
    last_refundable: int | None = None
    for slice_ in slices(charges):
        if slice_.is_counted:
            earning = slice_.earning(settings.overlap)
            for piece in counter.count(slice_.start, slice_.end):
                for charge in slice_.charges:
                    lines.add(charge, piece, _reason(charge, piece, earning, first_limit))
                if earning and piece.is_within:
                    refundable_days += piece.end - piece.start
                    last_refundable = piece.end - 1
        else:
            for piece in counter.pass_over(slice_.start, slice_.end):
                for charge in slice_.charges:
                    lines.add(charge, piece, LineReason.ABSENT)
    ready = lines.ready()
    return Reimbursement(
        refundable_days=refundable_days,
        last_refundable_on=None if last_refundable is None else date.fromordinal(last_refundable),
        amount_dkk=sum((line.amount_dkk for line in ready), Decimal("0.00")),
        running_years=tuple(_running_year(year) for year in counter.years),
        lines=ready,
        settings=settings,
    )


def _reason(
    charge: Charge, piece: Piece, earning: Sequence[Charge], first_limit: int
) -> LineReason:
    if charge.kind is ChargeKind.ELSEWHERE:
        return LineReason.USED_ELSEWHERE
    if charge.kind is ChargeKind.ABSENT:
        return LineReason.ABSENT
    is_over = piece.year is not None and not piece.is_within
    if not charge.is_registered:
        return LineReason.OVER_LIMIT if is_over else LineReason.UNREGISTERED
    if not any(charge is other for other in earning):  # a stay registered twice is equal, not one
        return LineReason.OVERLAP
    if piece.year is not None:
        return LineReason.OVER_LIMIT if is_over else LineReason.WITHIN_LIMIT
    if piece.start < first_limit:
        return LineReason.BEFORE_LIMIT
    return LineReason.RESIDENT_ON_REFORM


class _Key(NamedTuple):
    """What the days of one line have in common."""

    rate_dkk: Decimal
    payment_dkk: Decimal
    refund_share: Decimal
    reason: LineReason
    reference: str
    year: int | None
    version: str


@dataclass(slots=True)
class _Days:
    start: int
    end: int
    number: int | None


class _Lines:
    """Gathers days into lines: days that touch and are alike are one line."""

    __slots__ = ("_found",)

    def __init__(self) -> None:
        self._found: dict[_Key, list[_Days]] = {}

    def add(self, charge: Charge, piece: Piece, reason: LineReason) -> None:
        key = _Key(
            charge.rate_dkk,
            charge.payment_dkk,
            piece.terms.refund_share,
            reason,
            charge.reference,
            None if piece.year is None else piece.year.start,
            piece.limit.key,
        )
        alike = self._found.setdefault(key, [])
        for days in alike:
            if days.end == piece.start:
                days.end = piece.end
                return
        is_numbered = reason not in (LineReason.OVERLAP, LineReason.ABSENT)
        alike.append(_Days(piece.start, piece.end, piece.day_number if is_numbered else None))

    def ready(self) -> tuple[Line, ...]:
        lines = [_line(key, days) for key, alike in self._found.items() for days in alike]
        return in_order(lines)


def _line(key: _Key, days: _Days) -> Line:
    return Line(
        starts_on=date.fromordinal(days.start),
        ends_on=date.fromordinal(days.end),
        daily_rate_dkk=key.rate_dkk,
        resident_payment_dkk=key.payment_dkk,
        refund_share=key.refund_share,
        reason=key.reason,
        reference=key.reference,
        year_starts_on=None if key.year is None else date.fromordinal(key.year),
        day_number=days.number,
        terms_version=key.version,
    )


def _running_year(year: Year) -> RunningYear:
    return RunningYear(
        starts_on=date.fromordinal(year.start),
        ends_on=date.fromordinal(year.end),
        used=year.used,
        over=year.used - year.within,
        limit=year.limit,
        limit_when_last_within=year.limit_within,
    )
