"""The panels of the tab that know stays, homes and support at once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils import timezone

from cases.casework.models import Case
from crosssector.reimbursement.tab.facts import refund_of
from crosssector.reimbursement.tab.forms import AFTER, BEFORE, WhatIfForm
from crosssector.reimbursement.tab.history import history_of
from crosssector.reimbursement.tab.support_lines import told
from crosssector.reimbursement.tab.what_if import Scenario, compare, planned
from housing.shelters.clock import running_clock
from housingfirst.base.http import Request
from housingfirst.ui import words


def history_panel(request: Request, case: Case) -> dict[str, Any] | None:
    """The strip, with what has been reimbursed and what was lost."""
    today = timezone.localdate()
    refund = refund_of(case, today)
    history = history_of(refund, running_clock(case, today))
    if history is None:
        return None
    return {
        "history": history,
        "gained": words.money(refund.gained_dkk),
        "lost": words.money(refund.lost_dkk),
        "is_lost": bool(refund.lost_dkk),
    }


def support_panel(request: Request, case: Case) -> dict[str, Any] | None:
    """The lines of § 176 a; None while no § 85 a or § 107 is decided."""
    refund = refund_of(case, timezone.localdate())
    if not refund.granted.decisions:
        return None
    until_today = sum((line.amount_dkk for line in refund.support_until_today), Decimal(0))
    return {
        "lines": told(refund),
        "sum_text": words.number(until_today, decimals=2),
        "unpriced": list(refund.granted.unpriced),
    }


def what_if_panel(request: Request, case: Case) -> dict[str, Any] | None:
    """Another discharge than the planned one; None for one who does not stay at § 110 with us."""
    today = timezone.localdate()
    refund, clock = refund_of(case, today), running_clock(case, today)
    if clock is None or clock.stay not in refund.counted.ours:
        return None
    plan = planned(refund, clock, clock.stay)
    asked = any(key.startswith(f"{WhatIfForm.prefix}-") for key in request.GET)
    initial = {
        "discharged_on": plan.discharged_on,
        "decided": AFTER,
        "monthly_dkk": plan.monthly_dkk or None,
    }
    form = WhatIfForm(request.GET if asked else None, initial=initial, today=today)
    comparison = None
    if asked and form.is_valid():
        monthly = form.cleaned_data["monthly_dkk"] or Decimal(0)
        other = Scenario(
            form.cleaned_data["discharged_on"], form.cleaned_data["decided"] == BEFORE, monthly
        )
        plan = Scenario(plan.discharged_on, plan.is_decided_before, monthly)
        comparison = compare(refund, clock.stay, plan, other)
    return {
        "form": form,
        "comparison": comparison,
        "plan_on": plan.discharged_on,
        "is_planned": clock.stay.discharge_planned_on is not None,
    }
