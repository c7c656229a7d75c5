"""R-176A-1 to R-176A-3: what the state refunds of a citizen's support and § 107 stays."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Final

from housingfirst.law.days import add_months
from housingfirst.law.support.facts import Facts
from housingfirst.law.support.lines import SupportLine, in_order
from housingfirst.law.support.reasons import SupportRefundReason
from housingfirst.law.support.settings import DEFAULT_SUPPORT_REFUND, SupportRefundSettings
from housingfirst.law.support.spans import SupportSection, SupportSpan
from housingfirst.law.support.terms import REFUND_TABLES, RefundTables
from housingfirst.law.support.windows import RefundWindow, ShelterPeriod

_NO_END: Final = date.max


@dataclass(frozen=True, slots=True)
class SupportReimbursement:
    """The answer of § 176 a for one citizen, with its reasons: sums are those of the lines."""

    lines: tuple[SupportLine, ...]
    windows: tuple[RefundWindow, ...]
    settings: SupportRefundSettings

    @property
    def support_amount_dkk(self) -> Decimal:
        """The refund of § 85 a support."""
        return self._sum(SupportSection.SECTION_85A)

    @property
    def facility_amount_dkk(self) -> Decimal:
        """The refund of stays under § 107."""
        return self._sum(SupportSection.SECTION_107)

    def _sum(self, section: SupportSection) -> Decimal:
        amounts = (line.amount_dkk for line in self.lines if line.section is section)
        return sum(amounts, Decimal("0.00"))

    def within(self, starts_on: date, ends_on: date) -> tuple[SupportLine, ...]:
        """The lines' parts in [starts_on, ends_on), such as a quarter's; they add up to the whole
        to the øre."""
        parts = (line.within(starts_on, ends_on) for line in self.lines)
        return in_order(part for part in parts if part is not None)


def reimburse_support(
    periods: Iterable[ShelterPeriod],
    support: Iterable[SupportSpan],
    *,
    settings: SupportRefundSettings = DEFAULT_SUPPORT_REFUND,
    tables: RefundTables = REFUND_TABLES,
) -> SupportReimbursement:
    """The state's refund of § 85 a support and § 107 stays after § 110.

    Give all of the citizen's time at § 110 boforme, here and elsewhere, and every decision on
    § 85 a and § 107; support under § 85 is never refunded and has no place here. Support that goes
    on is counted through its window, as a forecast. `tables` are the parameters, such as those that
    an old answer was given by.

    Refunded are the days after a discharge that lie within its window, where the decision came
    before a discharge (stk. 1, nr. 1, and stk. 2) or the support follows a § 107 stay to which the
    citizen moved directly (stk. 1, nr. 2). Of § 107, six months are refunded: calendar months for
    one unbroken stay, days when it is split.

    Source: SEL § 176 a, stk. 1-3; docs/law/support.md.
    """
    spans = list(support)
    facts = Facts(
        periods=list(periods),
        facilities=[span for span in spans if span.section is SupportSection.SECTION_107],
        settings=settings,
        tables=tables,
    )
    lines: list[SupportLine] = []
    facilities: list[SupportLine] = []
    for span in spans:
        is_support = span.section is SupportSection.SECTION_85A
        (lines if is_support else facilities).extend(_lines(span, facts))
    lines += _capped(facilities, facts)
    return SupportReimbursement(in_order(lines), tuple(facts.windows), settings)


def _lines(span: SupportSpan, facts: Facts) -> Iterator[SupportLine]:
    """The days of one decision, cut where the answer changes."""
    end = span.ends_on or _NO_END
    edges = {edge for edge in facts.edges() if span.starts_on < edge < end}
    line: SupportLine | None = None
    for first, until in pairwise([span.starts_on, *sorted(edges), end]):
        if first == until:  # it ends the day it starts
            continue
        reason = facts.reason_on(first, span)
        window = facts.window_on(first)
        key = window.starts_on if window else None
        if line and (line.reason, line.window_starts_on) == (reason, key):
            line = replace(line, ends_on=until)
            continue
        if line:
            yield line
        line = SupportLine(
            starts_on=first,
            ends_on=until,
            section=span.section,
            reference=span.reference,
            monthly_cost_dkk=span.monthly_cost_dkk,
            refund_share=_share(window, span.section),
            reason=reason,
            part_month=facts.settings.part_month,
            counted_from=first,
            window_starts_on=key,
            terms_version=_version(window, span.section),
        )
    if line:
        yield replace(line, ends_on=None) if line.ends_on == _NO_END else line


def _share(window: RefundWindow | None, section: SupportSection) -> Decimal:
    if window is None:
        return Decimal(0)
    is_support = section is SupportSection.SECTION_85A
    return (window.support if is_support else window.facility).refund_share


def _version(window: RefundWindow | None, section: SupportSection) -> str:
    if window is None:
        return ""
    is_support = section is SupportSection.SECTION_85A
    return window.support_version if is_support else window.facility_version


def _capped(lines: Sequence[SupportLine], facts: Facts) -> Iterator[SupportLine]:
    """Lines of § 107, refunded for no more months than the window has of them.

    The cap is the citizen's: places that are paid for at the same time use the same months.
    """
    for line in lines:
        if not line.is_refundable:
            yield line
    for window in facts.windows:
        mine = [
            line
            for line in lines
            if line.is_refundable and line.window_starts_on == window.starts_on
        ]
        runs = _runs(mine)
        allowed = list(_allowed(runs, window, facts.settings))
        over = [(a[1], run[1]) for a, run in zip(allowed, runs, strict=True) if a[1] < run[1]]
        for line in mine:
            yield from (part for days in allowed if (part := _cut(line, *days)) is not None)
            for days in over:
                rest = _cut(line, *days)
                if rest is not None:
                    yield replace(rest, reason=SupportRefundReason.FACILITY_MONTHS_USED)


def _cut(line: SupportLine, starts_on: date, ends_on: date) -> SupportLine | None:
    """The part of a line in [starts_on, ends_on) as a line of its own; None when empty."""
    part = line.within(starts_on, ends_on)
    return None if part is None else replace(part, counted_from=part.starts_on)


def _runs(lines: Iterable[SupportLine]) -> list[tuple[date, date]]:
    """The unbroken days that the lines cover between them, in order."""
    runs: list[tuple[date, date]] = []
    for line in in_order(lines):
        end = line.ends_on or _NO_END
        if runs and line.starts_on <= runs[-1][1]:
            runs[-1] = (runs[-1][0], max(runs[-1][1], end))
        else:
            runs.append((line.starts_on, end))
    return runs


def _allowed(
    runs: Iterable[tuple[date, date]], window: RefundWindow, settings: SupportRefundSettings
) -> Iterator[tuple[date, date]]:
    """How much of each run is within the months: calendar months for the first, and what it has
    left of them in days for those after it. What the first used no later stay takes from it."""
    left: int | None = None
    for start, end in runs:
        if left is None:
            last = add_months(start, window.facility.months)
            until = min(end, last)
            used = (until - start).days
            left = 0 if end >= last else max(settings.split_facility_days - used, 0)
        else:
            until = min(end, start + timedelta(days=left))
            left -= (until - start).days
        yield start, until
