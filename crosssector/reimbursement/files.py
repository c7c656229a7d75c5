"""A claim as a file: its lines by case number, without a name and without a place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from crosssector.reimbursement import selectors
from crosssector.reimbursement.enums import ClaimSection, ClaimState, LineKind
from crosssector.reimbursement.kept_law import choices_stored
from crosssector.reimbursement.line_facts import terms_in_words
from crosssector.reimbursement.models import Claim, ClaimLine
from crosssector.reimbursement.telling import quarter_name, reason_in_words
from housingfirst.law.choices import SETTINGS, written
from housingfirst.law.rulebook import setting_text
from housingfirst.ui.parts import Fact

WHAT: Final = "claim_file"


def file_url(query: str) -> str:
    """Where an approved file is fetched: `query` is what was asked for, "REFERENCE/xlsx"."""
    reference, _slash, kind = query.partition("/")
    return f"{reverse('crosssector:claim_file', args=[reference])}?as={kind}"


def columns() -> Sequence[str]:
    return (
        _("Part"),
        _("Kind"),
        _("Case number"),
        _("From"),
        _("Last day"),
        _("Days"),
        _("Daily rate"),
        _("Own payment"),
        _("Cost per month"),
        _("Net cost"),
        _("Reimbursement"),
        _("Reason"),
        _("Version of the rule"),
        _("Adjusts"),
    )


def rows(lines: Iterable[ClaimLine], hidden: selectors.Sums) -> Iterator[Sequence[Any]]:
    """The lines the reader sees, and one for all others, so that the file adds up."""
    for line in lines:
        yield (
            str(ClaimSection(line.section).label),
            str(LineKind(line.kind).label),
            line.case.number,
            line.starts_on,
            line.ends_on - timedelta(days=1),
            line.days,
            line.daily_rate_dkk,
            line.resident_payment_dkk,
            line.monthly_cost_dkk,
            line.net_cost_dkk,
            line.amount_dkk,
            reason_in_words(line),
            line.terms_version,
            quarter_name(line.adjusts.quarter) if line.adjusts else "",
        )
    if hidden.lines:
        count = _("%(n)s lines about citizens you have no access to") % {"n": hidden.lines}
        yield ("", count, "", *([None] * 7), hidden.amount_dkk, "", "", "")


def cover(claim: Claim, sections: Sequence[selectors.SectionSums], on: date) -> dict[str, Any]:
    """For `claim_cover.html`: sums, who did what, and the readings of the law. Names no citizen."""
    return {
        "title": _("Claim for %(name)s") % {"name": quarter_name(claim.quarter)},
        "municipality": _("%(name)s Municipality") % {"name": claim.municipality.name},
        "unit": "",
        "recipient": [],
        "on": on,
        "reference": "",
        "claim": claim,
        "state": ClaimState(claim.state).label,
        "sections": sections,
        "total_dkk": sum((part.amount_dkk for part in sections), selectors.ZERO),
        "chosen": chosen_in(claim),
        "terms": terms_in_words(claim.settings),
    }


def chosen_in(claim: Claim) -> list[Fact]:
    """Where the municipality read the law otherwise than the default when the claim was made."""
    choices = choices_stored(claim.settings)
    return [
        Fact(text.label, text.said(written(setting.of(choices))))
        for key, setting in SETTINGS.items()
        if key in claim.settings["choices"] and setting.of(choices) != setting.default
        for text in [setting_text(key)]
    ]
