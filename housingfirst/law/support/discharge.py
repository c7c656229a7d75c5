"""What a decision on § 85 a support is worth at one discharge, asked before it happens."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from housingfirst.law.support.facts import Facts
from housingfirst.law.support.months import refund_of
from housingfirst.law.support.reasons import SupportRefundReason
from housingfirst.law.support.settings import DEFAULT_SUPPORT_REFUND, SupportRefundSettings
from housingfirst.law.support.spans import SupportSection, SupportSpan
from housingfirst.law.support.terms import SUPPORT_REFUND_TERMS, SUPPORT_RULE_ID
from housingfirst.law.support.windows import RefundWindow, ShelterPeriod


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
    rule_id: str = SUPPORT_RULE_ID

    @property
    def is_refundable(self) -> bool:
        return self.reason.is_refundable


def support_refund_at_discharge(
    decided_on: date | None,
    starts_on: date | None,
    discharged_on: date,
    *,
    periods: Iterable[ShelterPeriod],
    ends_on: date | None = None,
    monthly_cost_dkk: Decimal = Decimal(0),
    settings: SupportRefundSettings = DEFAULT_SUPPORT_REFUND,
) -> SupportRefund:
    """Whether § 85 a support is refunded after a discharge, and what that is worth.

    `decided_on` None means that no support has been decided: the answer says what is then lost.
    The support runs in [starts_on, ends_on); `starts_on` None means from the discharge, `ends_on`
    None to the end of the window. `monthly_cost_dkk` is its cost per calendar month. `periods` are
    all the citizen's time at § 110 boforme, here and elsewhere: those that go on at `discharged_on`
    are taken to end then, and later ones to be unknown.

    Raises ValueError when the support ends before it starts, a cost is below 0, or no period ends
    with the discharge.

    Source: SEL § 176 a, stk. 1, nr. 1, and stk. 3.
    """
    known = [
        replace(period, discharged_on=min(period.discharged_on or discharged_on, discharged_on))
        for period in periods
        if period.admitted_on <= discharged_on
    ]
    if all(period.discharged_on != discharged_on for period in known):
        raise ValueError(f"no stay ends with the discharge on {discharged_on}")
    support = SupportSpan(
        section=SupportSection.SECTION_85A,
        decided_on=decided_on,
        starts_on=starts_on or discharged_on,
        ends_on=ends_on,
        monthly_cost_dkk=monthly_cost_dkk,
    )
    facts = Facts(periods=known, facilities=(), settings=settings)
    refund_from = max(support.starts_on, discharged_on)
    reason = facts.reason_on(refund_from, support)
    window = facts.window_on(discharged_on)
    refund_until = refund_from
    worth = Decimal("0.00")
    if window is not None:
        refund_until = window.ends_on if ends_on is None else min(ends_on, window.ends_on)
        if refund_from < refund_until:
            share = window.support.refund_share
            worth = refund_of(
                monthly_cost_dkk, share, refund_from, refund_until, settings.part_month
            )
    is_empty = refund_until <= refund_from
    return SupportRefund(
        reason=reason,
        window=window,
        refund_from=None if is_empty else refund_from,
        refund_until=None if is_empty else refund_until,
        refund_dkk=worth if reason.is_refundable else Decimal("0.00"),
        lost_dkk=Decimal("0.00") if reason.is_refundable else worth,
        settings=settings,
        terms_version=SUPPORT_REFUND_TERMS.on(discharged_on).key,
    )
