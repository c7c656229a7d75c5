"""What another day of discharge, or a decision made too late, would cost the municipality."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crosssector.reimbursement.tab.facts import CitizenRefund
from housing.shelters.models import ReimbursementClock, Stay
from housingfirst.law.reimbursement import Line, StaySpan, reimburse
from housingfirst.law.support import (
    ShelterPeriod,
    SupportReimbursement,
    SupportSection,
    SupportSpan,
    reimburse_support,
)
from housingfirst.ui import words

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A discharge, whether § 85 a support is decided before it, and what the support costs."""

    discharged_on: date
    is_decided_before: bool
    monthly_dkk: Decimal


@dataclass(frozen=True, slots=True)
class Difference:
    """One row: what it is, and what the municipality pays more (less, below 0)."""

    text: str
    amount_dkk: Decimal

    @property
    def amount_text(self) -> str:
        return words.number(self.amount_dkk, decimals=2)


@dataclass(frozen=True, slots=True)
class Comparison:
    plan: Scenario
    rows: Sequence[Difference]

    @property
    def total_dkk(self) -> Decimal:
        return sum((row.amount_dkk for row in self.rows), Decimal(0))

    @property
    def total_text(self) -> str:
        return words.number(abs(self.total_dkk), decimals=2)


def planned(refund: CitizenRefund, clock: ReimbursementClock, stay: Stay) -> Scenario:
    """What is planned: the agreed day of discharge, or else the last day that is reimbursed, with
    support decided before it. A day that has passed is today."""
    day = stay.discharge_planned_on or clock.last_refundable_on
    costs = [
        span.monthly_cost_dkk
        for span in refund.granted.spans
        if span.section is SupportSection.SECTION_85A
    ]
    return Scenario(max(day, refund.today), True, costs[-1] if costs else Decimal(0))


def compare(refund: CitizenRefund, stay: Stay, plan: Scenario, other: Scenario) -> Comparison:
    """What `other` costs the municipality more than the plan, night by night and for support.

    The nights between the two discharges at what the municipality pays of them itself, and the
    refund of support that is lost or gained; both from the lines of the law.
    """
    rows = [
        *_nights(refund, stay, plan.discharged_on, other.discharged_on),
        *_support(refund, stay, plan, other),
    ]
    return Comparison(plan, rows)


def _nights(
    refund: CitizenRefund, stay: Stay, plan_on: date, other_on: date
) -> Iterator[Difference]:
    first, end = sorted((plan_on, other_on))
    sign = 1 if other_on > plan_on else -1
    spans = [_ended(span, stay, end) for span in refund.counted.spans]
    answer = reimburse(
        spans, refund.counted.used, through_on=end - DAY, settings=refund.stays.settings
    )
    mine = [line for line in answer.within(first, end) if line.reference == str(stay.reference)]
    for is_refunded in (True, False):
        lines = [line for line in mine if line.is_refundable is is_refunded]
        if lines:
            cost = sum((line.net_cost_dkk - line.amount_dkk for line in lines), Decimal(0))
            yield Difference(_night_text(lines, refund.today, sign, is_refunded), sign * cost)


def _ended(span: StaySpan, stay: Stay, end: date) -> StaySpan:
    is_this = span.reference == str(stay.reference)
    return replace(span, discharged_on=end) if is_this and end >= span.admitted_on else span


def _night_text(lines: Sequence[Line], today: date, sign: int, is_refunded: bool) -> str:
    n = sum(line.days for line in lines)
    span = words.day_span(lines[0].starts_on, lines[-1].ends_on - DAY, today=today)
    if is_refunded:
        said = ngettext(
            "%(n)d night with reimbursement, %(span)s",
            "%(n)d nights with reimbursement, %(span)s",
            n,
        )
    else:
        said = ngettext(
            "%(n)d night without reimbursement, %(span)s",
            "%(n)d nights without reimbursement, %(span)s",
            n,
        )
    text = said % {"n": n, "span": span}
    return text if sign > 0 else _("Saved: %(what)s") % {"what": text}


def _support(
    refund: CitizenRefund, stay: Stay, plan: Scenario, other: Scenario
) -> Iterator[Difference]:
    before, after = (_refunded(refund, stay, one) for one in (plan, other))
    lost = before.support_amount_dkk - after.support_amount_dkk
    if not lost:
        return
    if after.support_amount_dkk:
        yield Difference(_("§ 85 a reimbursed for another time"), lost)
        return
    months = sum(
        (line.months or Decimal(0) for line in before.lines if line.is_refundable), Decimal(0)
    )
    said = ngettext(
        "§ 85 a without reimbursement for %(n)s month",
        "§ 85 a without reimbursement for %(n)s months",
        int(months),
    )
    yield Difference(said % {"n": words.number(months)}, lost)


def _refunded(refund: CitizenRefund, stay: Stay, scenario: Scenario) -> SupportReimbursement:
    """§ 85 a support from the discharge on, decided the day before it or the day after."""
    decided_on = scenario.discharged_on + (-DAY if scenario.is_decided_before else DAY)
    support = SupportSpan(
        section=SupportSection.SECTION_85A,
        decided_on=decided_on,
        starts_on=scenario.discharged_on,
        ends_on=None,
        monthly_cost_dkk=scenario.monthly_dkk,
    )
    periods = [
        ShelterPeriod(period.admitted_on, max(scenario.discharged_on, period.admitted_on))
        if period.discharged_on is None
        else period
        for period in refund.counted.periods
    ]
    return reimburse_support(periods, [support], settings=refund.support.settings)
