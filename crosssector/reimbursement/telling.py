"""Claims in words: quarters, lines with their reasons and facts, and what the check found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crosssector.reimbursement.adjusting import Json
from crosssector.reimbursement.enums import (
    Change,
    ClaimSection,
    ClaimState,
    FindingKind,
    LineKind,
    Severity,
)
from crosssector.reimbursement.line_facts import facts_of_line, stored_value
from crosssector.reimbursement.models import Claim, ClaimFinding, ClaimLine
from crosssector.reimbursement.rules import Quarter
from crosssector.reimbursement.support_words import SUPPORT_REASONS
from housing.shelters.selectors.claim_lines import REASONS
from housingfirst.law import reimbursement as law
from housingfirst.law.support import SupportRefundReason
from housingfirst.ui import parts, words

STATES: Final[Mapping[ClaimState, parts.Severity]] = {
    ClaimState.DRAFT: "soon",
    ClaimState.CHECKED: "wait",
    ClaimState.LOCKED: "done",
}
SENTENCES: Final[Mapping[FindingKind, str | Promise]] = {
    FindingKind.NO_RATE: gettext_lazy(
        "The stay has no daily rate, so nothing can be claimed. The shelter's leader registers it."
    ),
    FindingKind.RATE_DIFFERS: gettext_lazy(
        "The stay is agreed at %(agreed)s a day, the shelter's rate that day was %(listed)s. Only "
        "the fixed rate is refunded."
    ),
    FindingKind.NOT_REGISTERED: gettext_lazy(
        "The shelter was not on Tilbudsportalen then. Only registered places are refunded: its "
        "leader writes the number and the date."
    ),
    FindingKind.REGISTERED_LATER: gettext_lazy(
        "The shelter has been on Tilbudsportalen since %(since)s. The days before stand in the "
        "claim without an amount."
    ),
    FindingKind.NOTICE_MISSING: gettext_lazy(
        "The shelter has sent no notice of the admission (§ 110, stk. 6). Ask for it: it is the "
        "evidence at an audit."
    ),
    FindingKind.NOTICE_LATE: gettext_lazy(
        "The notice of the admission came %(sent)s, and was due %(due)s (§ 110, stk. 6)."
    ),
    FindingKind.NOT_ACTING: gettext_lazy(
        "You have answered that you are not the acting municipality. Then the stay is another's to "
        "claim."
    ),
    FindingKind.ACTING_UNANSWERED: gettext_lazy(
        "Nobody has answered whether you are the acting municipality."
    ),
    FindingKind.DECIDED_LATE: gettext_lazy(
        "The support was decided %(decided)s, and the citizen was discharged %(discharged)s: it "
        "is not refunded."
    ),
    FindingKind.NO_COST: gettext_lazy(
        "The decision has no cost per month, so nothing can be claimed."
    ),
}


def quarter_name(quarter: Quarter) -> str:
    """ "3. kvartal 2026"."""
    return _("Quarter %(number)s of %(year)s") % {
        "number": quarter.number,
        "year": quarter.starts_on.year,
    }


@dataclass(frozen=True, slots=True)
class ToldLine:
    """A line as the page shows it. `rate_text` is net per day or per month."""

    line: ClaimLine
    case_number: str
    name: str
    is_protected: bool
    what: str
    last_on: date
    net_text: str
    amount_text: str
    severity: parts.Severity
    mark: str
    why: str
    facts: Sequence[str]
    url: str


def told(line: ClaimLine, claim: Claim, *, today: date) -> ToldLine:
    """A line on a case that the reader sees; it comes with case, citizen, stay and facts."""
    citizen = line.case.citizen
    severity, mark = _badge(line)
    return ToldLine(
        line=line,
        case_number=line.case.number,
        name=citizen.name,
        is_protected=citizen.is_protected,
        what=what_of(line),
        last_on=line.ends_on - timedelta(days=1),
        net_text=_net(line),
        amount_text=words.number(line.amount_dkk, decimals=2),
        severity=severity,
        mark=str(mark),
        why=why_of(line, today=today),
        facts=facts_of_line(line, claim, today),
        url=reverse("housing:reimbursement", args=[line.case.reference]),
    )


def what_of(line: ClaimLine, *, with_place: bool = True) -> str:
    """The paragraph and the place, unless the citizen's address is hidden."""
    if line.section != ClaimSection.S110 or line.stay is None:
        return str(ClaimSection(line.section).label)
    if line.case.citizen.is_protected or not with_place:
        return _("§ 110, place hidden")
    return _("§ 110, %(shelter)s") % {"shelter": line.stay.shelter.name}


def why_of(line: ClaimLine, *, today: date) -> str:
    if line.kind == LineKind.ADJUSTMENT:
        return adjustment_in_words(line, today=today)
    if line.is_held:
        return _("Kept out of the claim until it is settled.")
    if line.reason == law.LineReason.UNREGISTERED:
        return _("The place was not on Tilbudsportalen then; the days count all the same.")
    if line.decision_id is not None:
        return str(SUPPORT_REASONS[SupportRefundReason(line.reason)])
    if line.day_number is None or line.year_starts_on is None:
        return ""
    numbers = {
        "first": line.day_number,
        "last": line.day_number + line.days - 1,
        "year": words.day(line.year_starts_on, today=today, weekday=False),
    }
    if line.days == 1:
        return words.sentence(_("Day %(first)s of the running year from %(year)s.") % numbers)
    said = _("Day %(first)s-%(last)s of the running year from %(year)s.") % numbers
    return words.sentence(said)


def adjustment_in_words(line: ClaimLine, *, today: date) -> str:
    """Which claim is adjusted, and why: "3. kvartal 2026: udskrevet 11. sep., før 14. sep."."""
    assert line.adjusts is not None  # an adjustment has a claim
    reasons = "; ".join(_change(one, today) for one in line.why)
    return words.sentence(
        _("%(quarter)s: %(reasons)s.")
        % {"quarter": quarter_name(line.adjusts.quarter), "reasons": reasons}
    )


def reason_in_words(line: ClaimLine) -> str:
    """The badge's words, and for support why."""
    label = str(_badge(line)[1])
    why = SUPPORT_REASONS[SupportRefundReason(line.reason)] if _is_support(line) else ""
    return f"{label}. {why}" if why else label


def finding_in_words(finding: ClaimFinding, *, today: date) -> str:
    said = {key: stored_value(value, today) for key, value in finding.data.items()}
    return words.sentence(str(SENTENCES[FindingKind(finding.kind)]) % said)


def finding_badge(severity: str) -> parts.Severity:
    return "over" if severity == Severity.BLOCK else "now"


def _is_support(line: ClaimLine) -> bool:
    return line.decision_id is not None and line.kind == LineKind.REGULAR


def _badge(line: ClaimLine) -> tuple[parts.Severity, Any]:
    if line.kind == LineKind.ADJUSTMENT:
        return "wait", _("Adjustment")
    if line.is_held:
        return "now", _("Kept out")
    if line.section == ClaimSection.S110:
        return REASONS[law.LineReason(line.reason)]
    return ("done", _("Reimbursed")) if line.is_refundable else ("over", _("Not reimbursed"))


def _net(line: ClaimLine) -> str:
    if line.monthly_cost_dkk is not None:
        return _("%(amount)s a month") % {"amount": words.number(line.monthly_cost_dkk, decimals=2)}
    if line.daily_rate_dkk is None or line.resident_payment_dkk is None:
        return "–"
    net = max(line.daily_rate_dkk - line.resident_payment_dkk, Decimal(0))
    return words.number(net, decimals=2)


def _change(change: Json, today: date) -> str:
    label = str(Change(change["code"]).label)
    if "now" not in change:
        return label
    return _("%(what)s from %(was)s to %(now)s") % {
        "what": label,
        "was": stored_value(change["was"], today),
        "now": stored_value(change["now"], today),
    }
