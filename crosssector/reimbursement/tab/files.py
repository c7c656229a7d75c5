"""One citizen's lines as a file: a table for a spreadsheet, and the whole computation as PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases.access import case_for
from cases.casework.models import Case
from crosssector.reimbursement.tab.facts import CitizenRefund, refund_of
from crosssector.reimbursement.tab.support_lines import told
from housing.shelters.clock import running_clock
from housing.shelters.selectors.reimbursement import reimbursement_of
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.base.http import Request
from housingfirst.law.choices import SETTINGS, Choices, Setting, written
from housingfirst.law.rulebook import setting_text
from housingfirst.lawbook.selectors import choices_of
from housingfirst.ui.export import csv_response
from housingfirst.ui.parts import Fact
from housingfirst.ui.pdf import pdf_response, render_pdf

CSV: Final = "csv"


@require_GET
def citizen_file(request: Request, case_reference: UUID) -> HttpResponseBase:
    """The lines of the tab: `as=csv` for a spreadsheet, else the computation as PDF."""
    case = case_for(request.user, case_reference, Act.REIMBURSEMENT_VIEW)
    kind = CSV if request.GET.get("as") == CSV else "pdf"
    log(
        request.user, LogAction.EXPORTED, [case.citizen_id], what="citizen_refund_file", detail=kind
    )
    refund = refund_of(case, timezone.localdate())
    name = f"refusion-{case.number}.{kind}"
    if kind == CSV:
        return csv_response(name, _columns(), list(_rows(refund)))
    pdf = render_pdf("crosssector/reimbursement/tab/computation.html", _context(case, refund))
    return pdf_response(pdf, name, download=True)


def _columns() -> Sequence[str]:
    return (
        _("Paragraph"),
        _("From"),
        _("Last day"),
        _("Days"),
        _("Months"),
        _("Daily rate"),
        _("Own payment"),
        _("Cost per month"),
        _("Reimbursement"),
        _("Reimbursed"),
        _("Reason"),
        _("Version of the rule"),
    )


def _rows(refund: CitizenRefund) -> Iterator[Sequence[Any]]:
    for stay in refund.stays.lines:
        last_on = stay.ends_on - timedelta(days=1)
        yield (
            "§ 110", stay.starts_on, last_on, stay.days, None, stay.daily_rate_dkk,
            stay.resident_payment_dkk, None, stay.amount_dkk, stay.is_refundable,
            stay.reason.value, stay.terms_version,
        )  # fmt: skip
    for line in refund.support_until_today:
        months = line.months
        yield (
            f"§ {line.section.value}", line.starts_on,
            line.ends_on and line.ends_on - timedelta(days=1), line.days,
            None if months is None else round(months, 4), None, None, line.monthly_cost_dkk,
            line.amount_dkk, line.is_refundable, line.reason.value, line.terms_version,
        )  # fmt: skip


def _context(case: Case, refund: CitizenRefund) -> dict[str, Any]:
    today = refund.today
    chosen = choices_of(case.municipality_id)
    return {
        "title": _("Reimbursement, computed"),
        "on": today,
        "municipality": case.municipality.name,
        "reference": case.number,
        "recipient": [],
        "citizen": case.citizen.name,
        "reimbursement": reimbursement_of(
            case,
            today,
            hides_places=case.citizen.is_protected,
            clock=running_clock(case, today),
        ),
        "support": [line for line in told(refund) if not line.is_ahead],
        "gained_dkk": refund.gained_dkk,
        "lost_dkk": refund.lost_dkk,
        "choices": [_fact(setting, chosen) for setting in SETTINGS.values() if _counts(setting)],
    }


def _counts(setting: Setting) -> bool:
    """Whether these lines are counted by it."""
    return setting.group in ("reimbursement", "support")


def _fact(setting: Setting, chosen: Choices) -> Fact:
    text = setting_text(setting.key)
    value = text.said(written(setting.of(chosen)))
    if setting.of(chosen) == setting.default:
        return Fact(text.label, value)
    return Fact(text.label, _("%(choice)s (chosen by the municipality)") % {"choice": value})
