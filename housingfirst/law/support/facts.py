"""What one citizen's stays and decisions say about a single day, and why.

Nothing here is for use outside the package.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from housingfirst.law.support.reasons import SupportRefundReason
from housingfirst.law.support.settings import (
    DecisionOnDischargeDate,
    DuringNewStay,
    FollowsFacility,
    LaterDischarge,
    SupportRefundSettings,
)
from housingfirst.law.support.spans import SupportSection, SupportSpan
from housingfirst.law.support.terms import REFUND_TABLES, RefundTables
from housingfirst.law.support.windows import RefundWindow, ShelterPeriod, unbroken, windows_of


@dataclass(frozen=True)
class Facts:
    """All of a citizen's time at § 110 boforme and under § 107, as § 176 a asks about it."""

    periods: Sequence[ShelterPeriod]
    facilities: Sequence[SupportSpan]
    settings: SupportRefundSettings
    tables: RefundTables = REFUND_TABLES

    @cached_property
    def chains(self) -> Sequence[ShelterPeriod]:
        return unbroken(self.periods)

    @cached_property
    def windows(self) -> Sequence[RefundWindow]:
        return windows_of(self.periods, self.settings, self.tables)

    @cached_property
    def facility_chains(self) -> Sequence[ShelterPeriod]:
        """The time under § 107, with places that follow each other directly as one."""
        chains: list[ShelterPeriod] = []
        for span in sorted(self.facilities, key=lambda span: span.starts_on):
            last = chains[-1] if chains else None
            ends = span.ends_on
            if last is not None and self._follows(span.starts_on, last.discharged_on):
                if last.discharged_on is None or (ends is not None and ends < last.discharged_on):
                    ends = last.discharged_on
                chains[-1] = ShelterPeriod(last.admitted_on, ends)
            else:
                chains.append(ShelterPeriod(span.starts_on, ends))
        return chains

    def window_on(self, day: date) -> RefundWindow | None:
        """The newest window that has begun by `day`, ended or not."""
        return next((w for w in reversed(self.windows) if w.starts_on <= day), None)

    def edges(self) -> Iterator[date]:
        """The days on which an answer may change."""
        for window in self.windows:
            yield window.starts_on
            yield window.ends_on
            yield window.facility_ends_on
            yield from window.discharges
        for chain in (*self.chains, *self.facility_chains):
            yield chain.admitted_on
            if chain.discharged_on is not None:
                yield chain.discharged_on

    def reason_on(self, day: date, span: SupportSpan) -> SupportRefundReason:
        """Why a day of `span` is refunded or not, leaving aside how many months § 107 may have."""
        window = self.window_on(day)
        if window is None:
            return self._without_window(day)
        is_support = span.section is SupportSection.SECTION_85A
        if day >= (window.ends_on if is_support else window.facility_ends_on):
            return SupportRefundReason.WINDOW_HAS_ENDED
        is_back = any(chain.covers(day) for chain in self.chains)
        if is_back and self.settings.during_new_stay is DuringNewStay.NOT_REFUNDED:
            return SupportRefundReason.BACK_AT_SHELTER
        discharges = [on for on in window.discharges if on <= day]
        reason = self._decided(span.decided_on, discharges)
        if is_support and not reason.is_refundable and span.decided_on is not None:
            reason = self._after_facility(day, span, discharges) or reason
        return reason

    def _without_window(self, day: date) -> SupportRefundReason:
        if not self.chains:
            return SupportRefundReason.NEVER_AT_SHELTER
        ends = [chain.discharged_on for chain in self.chains]
        if any(end is not None and end <= day for end in ends):
            return SupportRefundReason.DISCHARGED_BEFORE_ACT
        return SupportRefundReason.NOT_DISCHARGED

    def _decided(self, decided_on: date | None, discharges: Sequence[date]) -> SupportRefundReason:
        """Whether the decision came before one of the discharges, the first of which opened the
        window."""
        if decided_on is None:
            return SupportRefundReason.NOT_DECIDED
        if self._is_before(decided_on, discharges[0]):
            return SupportRefundReason.DECIDED_BEFORE_DISCHARGE
        if any(self._is_before(decided_on, day) for day in discharges):
            if self.settings.later_discharge is LaterDischarge.MEETS_CONDITION:
                return SupportRefundReason.DECIDED_BEFORE_DISCHARGE
            return SupportRefundReason.FIRST_DISCHARGE_WITHOUT_DECISION
        if decided_on in discharges:
            return SupportRefundReason.DECIDED_ON_DISCHARGE_DATE
        return SupportRefundReason.DECIDED_AFTER_DISCHARGE

    def _is_before(self, decided_on: date, discharged_on: date) -> bool:
        may_be_same_day = self.settings.decision_on_discharge_date is DecisionOnDischargeDate.BEFORE
        return decided_on < discharged_on or (may_be_same_day and decided_on == discharged_on)

    def _after_facility(
        self, day: date, span: SupportSpan, discharges: Iterable[date]
    ) -> SupportRefundReason | None:
        """Stk. 1, nr. 2: directly from § 110 to § 107, and then support. None without such a
        stay by `day`."""
        found: SupportRefundReason | None = None
        for discharged_on in discharges:
            for stay in self.facility_chains:
                if stay.admitted_on > day or not self._is_direct(discharged_on, stay.admitted_on):
                    continue
                left_on = stay.discharged_on
                if left_on is None or day < left_on:
                    found = SupportRefundReason.FACILITY_NOT_LEFT
                elif self.settings.follows_facility is FollowsFacility.ANY_TIME or self._follows(
                    span.starts_on, left_on
                ):
                    return SupportRefundReason.FOLLOWS_FACILITY
                else:
                    found = SupportRefundReason.DOES_NOT_FOLLOW_FACILITY
        return found

    def _is_direct(self, left_on: date, began_on: date) -> bool:
        return left_on <= began_on <= left_on + timedelta(days=self.settings.days_apart)

    def _follows(self, began_on: date, left_on: date | None) -> bool:
        """Whether what began then began before the other ended, or directly after it."""
        return left_on is None or began_on <= left_on + timedelta(days=self.settings.days_apart)
