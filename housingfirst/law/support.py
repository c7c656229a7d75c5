"""R-176A-1 and R-176A-3: whether the state refunds § 85 a support after a discharge.

SEL § 176 a, stk. 1: half the cost of Housing First support (§ 85 a), for up to two years after the
discharge from a § 110 boform, when the support was decided before the discharge. Stk. 3: the two
years run from the first discharge, and a new stay within them does not start them again. Support
under § 85 is never refunded under § 176 a.

The other way in (§ 107 first, stk. 1, nr. 2) and the refund of § 107 itself (stk. 2) are not here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from housingfirst.law.days import add_months, add_years
from housingfirst.law.money import whole_oere
from housingfirst.law.versions import Mark, Version, VersionTable

RULE_ID: Final = "R-176A-1"


@dataclass(frozen=True, slots=True)
class SupportRefundTerms:
    """`refund_share` of the cost of § 85 a support, for `window_years` from the first discharge."""

    refund_share: Decimal
    window_years: int


SUPPORT_REFUND_TERMS: Final[VersionTable[SupportRefundTerms | None]] = VersionTable(
    RULE_ID,
    [
        Version(
            key="none",
            valid_from=None,
            valid_until=date(2023, 10, 1),
            value=None,
            source="act no. 482 of 12 May 2023",
            mark=Mark.UNVERIFIED,
        ),
        Version(
            key="2023-10-01",
            valid_from=date(2023, 10, 1),
            valid_until=None,
            value=SupportRefundTerms(refund_share=Decimal("0.50"), window_years=2),
            source="SEL § 176 a, stk. 1 and 3",
            mark=Mark.VERIFIED,
        ),
    ],
)
"""By the date of the discharge. That a discharge before the act gives nothing is an assumption."""


class DecisionOnDischargeDate(StrEnum):
    """Whether support decided on the very date of the discharge is decided before it."""

    NOT_BEFORE = "not_before"
    BEFORE = "before"


class WindowEnd(StrEnum):
    """The last day of the two years."""

    DAY_BEFORE_ANNIVERSARY = "day_before_anniversary"
    ANNIVERSARY = "anniversary"


class LaterDischarge(StrEnum):
    """A decision before a later discharge, when there was none before the first."""

    MEETS_CONDITION = "meets_condition"
    """What is left of the two years is refunded."""
    TOO_LATE = "too_late"


class NewWindow(StrEnum):
    """A discharge after the two years have ended."""

    OPENS = "opens"
    """It is a first discharge again, with two new years."""
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class SupportRefundSettings:
    """One reading of what § 176 a leaves open. Store it with a result."""

    decision_on_discharge_date: DecisionOnDischargeDate = DecisionOnDischargeDate.NOT_BEFORE
    window_end: WindowEnd = WindowEnd.DAY_BEFORE_ANNIVERSARY
    later_discharge: LaterDischarge = LaterDischarge.MEETS_CONDITION
    new_window: NewWindow = NewWindow.OPENS


DEFAULT_SUPPORT_REFUND: Final = SupportRefundSettings()


class SupportRefundReason(StrEnum):
    """Why support is refunded or not; the first is the only yes."""

    DECIDED_BEFORE_DISCHARGE = "decided-before-discharge"
    NOT_DECIDED = "not-decided"
    DECIDED_ON_DISCHARGE_DATE = "decided-on-discharge-date"
    DECIDED_AFTER_DISCHARGE = "decided-after-discharge"
    FIRST_DISCHARGE_WITHOUT_DECISION = "first-discharge-without-decision"
    WINDOW_HAS_ENDED = "window-has-ended"
    DISCHARGED_BEFORE_ACT = "discharged-before-act"


@dataclass(frozen=True, slots=True)
class RefundWindow:
    """The days [starts_on, ends_on) after a first discharge in which support can be refunded."""

    starts_on: date
    ends_on: date

    @property
    def last_on(self) -> date:
        return self.ends_on - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SupportRefund:
    """The answer at a discharge, with its reason.

    `window` runs from the discharge that the two years are counted from; None where the act does
    not reach. [refund_from, refund_until) is the part of it in which the support runs: what is
    refunded, or would have been had the support been decided in time; both None when empty.

    `refund_dkk` and `lost_dkk` are the state's half of the support's cost in those days, the one
    when it is refunded, the other when it is not: one of them is always 0.
    """

    reason: SupportRefundReason
    window: RefundWindow | None
    refund_from: date | None
    refund_until: date | None
    refund_dkk: Decimal
    lost_dkk: Decimal
    settings: SupportRefundSettings
    terms_version: str
    rule_id: str = RULE_ID

    @property
    def is_refundable(self) -> bool:
        return self.reason is SupportRefundReason.DECIDED_BEFORE_DISCHARGE


def refund_window(
    discharges: Iterable[date], settings: SupportRefundSettings = DEFAULT_SUPPORT_REFUND
) -> RefundWindow | None:
    """The window that the last of a citizen's discharges from § 110 boforme falls under.

    None when there is none the act reaches. The window may have ended before that discharge, where
    the settings say that it opens no new one.
    """
    window: RefundWindow | None = None
    for discharged_on in sorted(discharges):
        terms = SUPPORT_REFUND_TERMS.on(discharged_on).value
        if terms is None:
            continue
        is_new = window is None or (
            discharged_on >= window.ends_on and settings.new_window is NewWindow.OPENS
        )
        if is_new:
            anniversary = add_years(discharged_on, terms.window_years)
            is_last = settings.window_end is WindowEnd.ANNIVERSARY
            window = RefundWindow(discharged_on, anniversary + timedelta(days=is_last))
    return window


def support_refund_at_discharge(
    decided_on: date | None,
    starts_on: date | None,
    discharged_on: date,
    *,
    ends_on: date | None = None,
    monthly_cost_dkk: Decimal = Decimal(0),
    earlier_discharges: Iterable[date] = (),
    settings: SupportRefundSettings = DEFAULT_SUPPORT_REFUND,
) -> SupportRefund:
    """Whether § 85 a support is refunded after a discharge, and what that is worth.

    `decided_on` None means that no support has been decided: the answer says what is then lost.
    The support runs in [starts_on, ends_on); `starts_on` None means from the discharge, `ends_on`
    None to the end of the window. `monthly_cost_dkk` is its cost per calendar month, and days of
    an unfinished month count as their share of it. `earlier_discharges` are all the citizen's
    earlier discharges from § 110 boforme, here and elsewhere.

    Raises ValueError when the support ends before it starts, a cost is below 0, or an earlier
    discharge is later.

    Source: SEL § 176 a, stk. 1, nr. 1, and stk. 3.
    """
    earlier = tuple(earlier_discharges)
    if any(day > discharged_on for day in earlier):
        raise ValueError(f"{max(earlier)} is not before the discharge on {discharged_on}")
    if ends_on is not None and starts_on is not None and ends_on < starts_on:
        raise ValueError(f"support from {starts_on} cannot end {ends_on}")
    if monthly_cost_dkk < 0:
        raise ValueError(f"a cost cannot be below 0: {monthly_cost_dkk}")
    version = SUPPORT_REFUND_TERMS.on(discharged_on)
    window = refund_window((*earlier, discharged_on), settings)
    reason = _reason(decided_on, starts_on, discharged_on, window, settings)
    refund_from = max(starts_on or discharged_on, discharged_on)
    refund_until = refund_from
    worth = Decimal("0.00")
    if version.value is not None and window is not None:
        refund_until = window.ends_on if ends_on is None else min(ends_on, window.ends_on)
        if refund_from < refund_until:
            cost = monthly_cost_dkk * _months(refund_from, refund_until)
            worth = whole_oere(cost * version.value.refund_share)
    is_empty = refund_until <= refund_from
    is_refundable = reason is SupportRefundReason.DECIDED_BEFORE_DISCHARGE
    return SupportRefund(
        reason=reason,
        window=window,
        refund_from=None if is_empty else refund_from,
        refund_until=None if is_empty else refund_until,
        refund_dkk=worth if is_refundable else Decimal("0.00"),
        lost_dkk=Decimal("0.00") if is_refundable else worth,
        settings=settings,
        terms_version=version.key,
    )


def _reason(
    decided_on: date | None,
    starts_on: date | None,
    discharged_on: date,
    window: RefundWindow | None,
    settings: SupportRefundSettings,
) -> SupportRefundReason:
    if window is None:
        return SupportRefundReason.DISCHARGED_BEFORE_ACT
    if max(starts_on or discharged_on, discharged_on) >= window.ends_on:
        return SupportRefundReason.WINDOW_HAS_ENDED
    if decided_on is None:
        return SupportRefundReason.NOT_DECIDED
    if decided_on > discharged_on:
        return SupportRefundReason.DECIDED_AFTER_DISCHARGE
    may_be_same_day = settings.decision_on_discharge_date is DecisionOnDischargeDate.BEFORE
    if decided_on == discharged_on and not may_be_same_day:
        return SupportRefundReason.DECIDED_ON_DISCHARGE_DATE
    if settings.later_discharge is LaterDischarge.TOO_LATE and not (
        decided_on < window.starts_on or (decided_on == window.starts_on and may_be_same_day)
    ):
        return SupportRefundReason.FIRST_DISCHARGE_WITHOUT_DECISION
    return SupportRefundReason.DECIDED_BEFORE_DISCHARGE


def _months(start: date, end: date) -> Decimal:
    """The months of [start, end): whole ones, and an unfinished one by its days."""
    whole = (end.year - start.year) * 12 + end.month - start.month
    if add_months(start, whole) > end:
        whole -= 1
    begun = add_months(start, whole)
    return whole + Decimal((end - begun).days) / (add_months(start, whole + 1) - begun).days
