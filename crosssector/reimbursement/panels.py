"""The panel "Krav" beside the lines of a citizen's reimbursement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.casework.models import Case
from crosssector.reimbursement.enums import ClaimState
from crosssector.reimbursement.rules import Quarter
from crosssector.reimbursement.selectors import claims_of_case
from crosssector.reimbursement.telling import STATES, quarter_name
from housingfirst.access.enums import Act
from housingfirst.base.http import Request
from housingfirst.ui import words


def claims_panel(request: Request, case: Case) -> dict[str, Any]:
    """What has been claimed for the citizen, newest first; a link for those who see the claim."""
    may_open = request.user.may(Act.CLAIM_VIEW)
    rows = [
        {
            "name": quarter_name(Quarter(row["claim__quarter_starts_on"])),
            "url": reverse("crosssector:claim_detail", args=[row["claim__reference"]])
            if may_open
            else "",
            "tone": STATES[ClaimState(row["claim__state"])],
            "state": ClaimState(row["claim__state"]).label,
            "locked_on": row["claim__locked_at"] and timezone.localdate(row["claim__locked_at"]),
            "approved_by": row["claim__approved_by__name"],
            "facts": _facts(row),
            "is_held": bool(row["held"]),
        }
        for row in claims_of_case(case)
    ]
    return {"rows": rows}


def _facts(row: Mapping[str, Any]) -> list[str]:
    """ "48 dage til nu", "37.848 kr.", "heraf reguleringer 2.014,50 kr."."""
    days = row["refunded_days"] or 0
    is_whole = row["claim__counted_through"] == Quarter(row["claim__quarter_starts_on"]).last_on
    written = ngettext("%(n)s day", "%(n)s days", days) % {"n": words.number(days)}
    told = [written if is_whole else _("%(days)s until now") % {"days": written}]
    told.append(words.money(row["amount"]))
    if row["adjusted"]:
        told.append(_("of which adjustments %(amount)s") % {"amount": words.money(row["adjusted"])})
    return told
