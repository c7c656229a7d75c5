"""Before a discharge: is support decided, and what is lost otherwise (SEL § 176 a)?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crosssector.readiness.facts import decision_at, moves_to_place, shelters_of
from crosssector.readiness.wording import day_near
from housing.shelters.discharge import DischargeWarning
from housing.shelters.enums import Section
from housing.shelters.models import Stay
from housingfirst.access.enums import Act
from housingfirst.law.support import (
    SupportRefund,
    SupportRefundReason,
    support_refund_at_discharge,
)
from housingfirst.lawbook.selectors import choices_of
from support.methods.models import SupportDecision

TITLES: Final = {
    SupportRefundReason.NOT_DECIDED: gettext_lazy("No support is decided."),
    SupportRefundReason.DECIDED_ON_DISCHARGE_DATE: gettext_lazy(
        "The support is decided on the day of the discharge."
    ),
    SupportRefundReason.DECIDED_AFTER_DISCHARGE: gettext_lazy(
        "The support is decided after the discharge."
    ),
}
TEXTS: Final = {
    SupportRefundReason.NOT_DECIDED: gettext_lazy(
        "If %(name)s is to have support under § 85 a, decide on it before the day of the "
        "discharge. Otherwise the municipality loses the reimbursement of half its cost through "
        "%(last)s (§ 176 a). Only the municipality's adviser can decide."
    ),
    SupportRefundReason.DECIDED_ON_DISCHARGE_DATE: gettext_lazy(
        "The law asks for a decision before the discharge, and %(decided)s is the same day. We "
        "count that as too late: the municipality loses the reimbursement of half the support's "
        "cost through %(last)s (§ 176 a). A discharge one day later keeps it."
    ),
    SupportRefundReason.DECIDED_AFTER_DISCHARGE: gettext_lazy(
        "The decision is from %(decided)s, after the discharge on %(day)s. The municipality loses "
        "the reimbursement of half the support's cost through %(last)s (§ 176 a)."
    ),
}


def support_decided_before(stay: Stay, discharged_on: date) -> DischargeWarning | None:
    """The warning when the stay ends without a § 85 a decision before it; None when all is well.

    Only a stay at a § 110 boform is asked about: no other stay leads to the reimbursement. Who
    moves on to a place under § 107 that is decided in time loses nothing: support can follow it.
    """
    if stay.shelter.section != Section.S110:
        return None
    if moves_to_place(stay.case, discharged_on):
        return None
    decision = decision_at(stay.case, discharged_on)
    refund = support_refund_at_discharge(
        decision.decided_on if decision else None,
        decision.starts_on if decision else None,
        discharged_on,
        ends_on=decision.ends_on if decision else None,
        monthly_cost_dkk=(decision.monthly_cost_dkk if decision else None) or Decimal(0),
        periods=shelters_of(stay.citizen_id).periods,
        settings=choices_of(stay.case.municipality_id).support,
    )
    return _warning(stay, discharged_on, decision, refund)


def _warning(
    stay: Stay, discharged_on: date, decision: SupportDecision | None, refund: SupportRefund
) -> DischargeWarning | None:
    reason, window = refund.reason, refund.window
    if window is None or reason not in TITLES:
        return None
    facts = {
        "name": stay.citizen.first_name,
        "day": day_near(discharged_on, discharged_on),
        "last": day_near(window.last_on, discharged_on),
        "decided": day_near(decision.decided_on, discharged_on) if decision else "",
    }
    may_be_saved = reason is SupportRefundReason.NOT_DECIDED
    return DischargeWarning(
        title=str(TITLES[reason]),
        text=str(TEXTS[reason]) % facts,
        severity="over",
        act_label=_("Decide now") if may_be_saved else "",
        act_url=(
            reverse("support:decision_create", args=[stay.case.reference]) if may_be_saved else ""
        ),
        act=Act.SUPPORT_DECIDE if may_be_saved else None,
        amount_dkk=refund.lost_dkk or None,
    )
