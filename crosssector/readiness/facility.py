"""What the date of a decision on § 107 means for the reimbursement (SEL § 176 a, stk. 2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crosssector.readiness.facts import Shelters
from crosssector.readiness.granted import granted_in
from crosssector.readiness.wording import day_near, with_amount
from housingfirst.law.support import (
    SupportRefundReason,
    SupportReimbursement,
    SupportSection,
    SupportSpan,
    reimburse_support,
)
from housingfirst.lawbook.selectors import choices_of
from support.methods.hints import DecisionHint, Draft

NO: Final = {
    SupportRefundReason.DECIDED_AFTER_DISCHARGE: gettext_lazy(
        "%(name)s was discharged on %(day)s, and the place was not decided before that. It can be "
        "given all the same (§ 176 a, stk. 2)."
    ),
    SupportRefundReason.DECIDED_ON_DISCHARGE_DATE: gettext_lazy(
        "%(name)s was discharged on %(day)s, the day of the decision. The law asks for a decision "
        "before the discharge (§ 176 a, stk. 2)."
    ),
    SupportRefundReason.FIRST_DISCHARGE_WITHOUT_DECISION: gettext_lazy(
        "There was no decision before the first discharge, and the municipality has chosen to read "
        "the law so that a later one is too late (§ 176 a, stk. 3)."
    ),
    SupportRefundReason.WINDOW_HAS_ENDED: gettext_lazy(
        "More than a year has gone since the first discharge (§ 176 a, stk. 2)."
    ),
    SupportRefundReason.DISCHARGED_BEFORE_ACT: gettext_lazy(
        "%(name)s was discharged on %(day)s, before the rule came into force."
    ),
}


def facility_hint(draft: Draft, shelters: Shelters) -> DecisionHint:
    """Yes or no, and why, for a place that is taken from the discharge, or from the decision.

    While the citizen stays at the shelter, the earliest day to be discharged in time is the day
    after the decision.
    """
    staying = shelters.staying
    if staying is not None:
        left_on = max(draft.decided_on, staying.admitted_on) + timedelta(days=1)
    else:
        left_on = shelters.discharges[-1]
    periods = [
        replace(period, discharged_on=left_on) if period.discharged_on is None else period
        for period in shelters.periods
    ]
    place = SupportSpan(
        section=SupportSection.SECTION_107,
        decided_on=draft.decided_on,
        starts_on=max(left_on, draft.decided_on),
        ends_on=None,
        monthly_cost_dkk=draft.monthly_cost_dkk or Decimal(0),
    )
    settings = choices_of(draft.case.municipality_id).support
    answer = reimburse_support(periods, [place], settings=settings)
    facts = {"name": draft.case.citizen.first_name, "day": day_near(left_on, draft.decided_on)}
    first = answer.lines[0]
    if first.is_refundable:
        return _yes(answer, is_staying=staying is not None, facts=facts, near=draft.decided_on)
    return DecisionHint(_("No reimbursement."), str(NO[first.reason]) % facts, "over")


def follows_place(draft: Draft, shelters: Shelters) -> DecisionHint | None:
    """Whether § 85 a support follows a place under § 107 that the citizen moved to directly.

    None when no such place has been decided. Source: SEL § 176 a, stk. 1, nr. 2.
    """
    places = [
        span
        for span in granted_in([draft.case.pk])[draft.case.pk].spans
        if span.section is SupportSection.SECTION_107
    ]
    if not places:
        return None
    ends = [span.ends_on for span in places if span.ends_on is not None]
    support = SupportSpan(
        section=SupportSection.SECTION_85A,
        decided_on=draft.decided_on,
        starts_on=max([draft.decided_on, *ends]),
        ends_on=None,
        monthly_cost_dkk=draft.monthly_cost_dkk or Decimal(0),
    )
    settings = choices_of(draft.case.municipality_id).support
    answer = reimburse_support(shelters.periods, [support, *places], settings=settings)
    reasons = {line.reason for line in answer.lines}
    facts = {"name": draft.case.citizen.first_name}
    if SupportRefundReason.FOLLOWS_FACILITY in reasons:
        last_on = day_near(answer.windows[-1].last_on, draft.decided_on)
        text = _(
            "%(name)s moved directly from the shelter to a § 107 facility, and the support follows "
            "that stay (§ 176 a, stk. 1, nr. 2)."
        )
        title = _("Reimbursed through %(last)s.") % {"last": last_on}
        return DecisionHint(title, with_amount(text % facts, answer.support_amount_dkk), "done")
    if SupportRefundReason.FACILITY_NOT_LEFT in reasons:
        text = _(
            "%(name)s moved directly from the shelter to a § 107 facility. Support that follows "
            "that stay is reimbursed from the day it ends (§ 176 a, stk. 1, nr. 2)."
        )
        return DecisionHint(_("Reimbursed when the stay has ended."), text % facts, "done")
    if SupportRefundReason.DOES_NOT_FOLLOW_FACILITY in reasons:
        text = _(
            "%(name)s moved directly from the shelter to a § 107 facility, but the support begins "
            "too long after that stay (§ 176 a, stk. 1, nr. 2)."
        )
        return DecisionHint(_("No reimbursement."), text % facts, "over")
    return None


def _yes(
    answer: SupportReimbursement, *, is_staying: bool, facts: dict[str, str], near: date
) -> DecisionHint:
    window = answer.windows[-1]
    facts["last"] = day_near(window.facility_last_on, near)
    if is_staying:
        text = _(
            "%(name)s stays at a shelter. Discharged on %(day)s or later, the state reimburses "
            "half of the place for up to six months within a year from the first discharge "
            "(§ 176 a, stk. 2)."
        )
    else:
        text = _(
            "The decision is from before the discharge on %(day)s. The state reimburses half of "
            "the place for up to six months, through %(last)s at the latest (§ 176 a, stk. 2)."
        )
    said = with_amount(text % facts, answer.facility_amount_dkk)
    return DecisionHint(_("In time."), said, "done")
