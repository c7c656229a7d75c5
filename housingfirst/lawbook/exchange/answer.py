"""From the law's answers to what is written: amounts as text with øre, spans half-open."""

from dataclasses import fields
from decimal import Decimal
from typing import Any

from housingfirst.law.money import whole_oere
from housingfirst.law.reimbursement import Line, Reimbursement, RunningYear
from housingfirst.law.support import (
    FACILITY_RULE_ID,
    SUPPORT_RULE_ID,
    RefundWindow,
    SupportLine,
    SupportReimbursement,
    SupportSection,
)

Json = dict[str, Any]

_RULES = {
    SupportSection.SECTION_85A: SUPPORT_RULE_ID,
    SupportSection.SECTION_107: FACILITY_RULE_ID,
}


def section_110(answer: Reimbursement) -> Json:
    return {
        "refundable_days": answer.refundable_days,
        "last_refundable_day": answer.last_refundable_on,
        "amount_dkk": _dkk(answer.amount_dkk),
        "running_years": [_year(year) for year in answer.running_years],
        "lines": [_stay_line(line, answer.rule_id) for line in answer.lines],
    }


def section_176a(answer: SupportReimbursement) -> Json:
    newest = answer.windows[-1] if answer.windows else None
    windows = [_window(window) for window in answer.windows]
    return {
        "support_amount_dkk": _dkk(answer.support_amount_dkk),
        "facility_amount_dkk": _dkk(answer.facility_amount_dkk),
        "window": _span(newest.starts_on, newest.ends_on) if newest else None,
        "windows": windows,
        "lines": [_support_line(line) for line in answer.lines],
    }


def options(stays: Reimbursement, support: SupportReimbursement) -> Json:
    """Every reading the answer was counted by, chosen or default."""
    return {
        field.name: getattr(chosen, field.name)
        for chosen in (stays.settings, support.settings)
        for field in fields(chosen)
    }


def _year(year: RunningYear) -> Json:
    return {
        "starts_on": year.starts_on,
        "ends_on": year.ends_on,
        "used": year.within,
        "limit": year.limit_when_last_within,
        "over": year.over,
    }


def _stay_line(line: Line, rule_id: str) -> Json:
    return {
        "from": line.starts_on,
        "to": line.ends_on,
        "days": line.days,
        "rate_dkk": _dkk(line.daily_rate_dkk),
        "resident_payment_dkk": _dkk(line.resident_payment_dkk),
        "refundable": line.is_refundable,
        "amount_dkk": _dkk(line.amount_dkk),
        "reason": line.reason,
        "rule": rule_id,
        "terms": line.terms_version,
        "year_starts_on": line.year_starts_on,
        "day_number": line.day_number,
        "reference": line.reference,
    }


def _window(window: RefundWindow) -> Json:
    return {
        "support": _span(window.starts_on, window.ends_on),
        "facility": _span(window.starts_on, window.facility_ends_on),
        "discharges": window.discharges,
    }


def _support_line(line: SupportLine) -> Json:
    return {
        "from": line.starts_on,
        "to": line.ends_on,
        "section": line.section,
        "days": line.days,
        "months": None if line.months is None else f"{round(line.months, 4).normalize():f}",
        "monthly_cost_dkk": _dkk(line.monthly_cost_dkk),
        "refundable": line.is_refundable,
        "amount_dkk": _dkk(line.amount_dkk),
        "reason": line.reason,
        "rule": _RULES[line.section],
        "terms": line.terms_version,
        "reference": line.reference,
    }


def _span(starts_on: object, ends_on: object) -> Json:
    return {"from": starts_on, "to": ends_on}


def _dkk(amount: Decimal) -> str:
    return f"{whole_oere(amount):f}"
