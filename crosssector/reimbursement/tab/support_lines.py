"""The lines of § 176 a in words, each with the rule and the facts it stands on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crosssector.reimbursement.support_words import SUPPORT_REASONS
from crosssector.reimbursement.tab.facts import CitizenRefund, lost_of
from housingfirst.law.support import (
    PartMonth,
    RefundWindow,
    SupportLine,
    SupportSection,
)
from housingfirst.law.support import SupportRefundReason as Reason
from housingfirst.ui import words
from housingfirst.ui.parts import Severity
from support.methods.enums import SupportSection as Paragraph
from support.methods.models import SupportDecision

_MARKS: Final[dict[Reason, tuple[Severity, str | Promise]]] = {
    Reason.DECIDED_BEFORE_DISCHARGE: ("done", gettext_lazy("Reimbursed")),
    Reason.FOLLOWS_FACILITY: ("done", gettext_lazy("Reimbursed")),
    Reason.NEVER_AT_SHELTER: ("line", gettext_lazy("Not reimbursed")),
    Reason.NOT_DISCHARGED: ("line", gettext_lazy("Before the discharge")),
    Reason.DISCHARGED_BEFORE_ACT: ("line", gettext_lazy("Not reimbursed")),
    Reason.NOT_DECIDED: ("over", gettext_lazy("Not decided")),
    Reason.DECIDED_ON_DISCHARGE_DATE: ("over", gettext_lazy("Lost")),
    Reason.DECIDED_AFTER_DISCHARGE: ("over", gettext_lazy("Lost")),
    Reason.FIRST_DISCHARGE_WITHOUT_DECISION: ("over", gettext_lazy("Lost")),
    Reason.FACILITY_NOT_LEFT: ("line", gettext_lazy("Not reimbursed yet")),
    Reason.DOES_NOT_FOLLOW_FACILITY: ("over", gettext_lazy("Lost")),
    Reason.BACK_AT_SHELTER: ("line", gettext_lazy("Back at a shelter")),
    Reason.WINDOW_HAS_ENDED: ("line", gettext_lazy("The time is over")),
    Reason.FACILITY_MONTHS_USED: ("line", gettext_lazy("Six months are used")),
}


@dataclass(frozen=True, slots=True)
class ToldLine:
    """Days of one decision; `last_on` None where they have no end. `months` None likewise."""

    starts_on: date
    last_on: date | None
    what: str
    months: Decimal | None
    monthly_dkk: Decimal | None
    refund_dkk: Decimal
    severity: Severity
    mark: str
    why: str
    lost_dkk: Decimal
    is_ahead: bool
    facts: Sequence[str]

    @property
    def months_text(self) -> str:
        """At most two decimals: "24", "1,48"; a dash without an end."""
        if self.months is None:
            return "–"
        rounded = round(self.months, 2)
        return words.number(rounded, decimals=0 if rounded == rounded.to_integral_value() else 2)

    @property
    def monthly_text(self) -> str:
        known = self.monthly_dkk
        return _("unknown") if known is None else words.number(known, decimals=2)

    @property
    def refund_text(self) -> str:
        return words.number(self.refund_dkk, decimals=2)


def told(refund: CitizenRefund) -> list[ToldLine]:
    """Every line, refunded ones cut after today: what has been, and what lies ahead."""
    return [line for one in refund.support.lines for line in _told(one, refund)]


def _told(line: SupportLine, refund: CitizenRefund) -> Iterator[ToldLine]:
    tomorrow = refund.today + timedelta(days=1)
    if not line.is_refundable:
        yield _one(line, refund, is_ahead=line.starts_on >= tomorrow)
        return
    for start, end, is_ahead in ((date.min, tomorrow, False), (tomorrow, date.max, True)):
        part = line.within(start, end)
        if part is not None:
            yield _one(part, refund, is_ahead=is_ahead)


def _one(line: SupportLine, refund: CitizenRefund, *, is_ahead: bool) -> ToldLine:
    decision = refund.granted.decisions[line.reference]
    severity, mark = _MARKS[line.reason]
    if is_ahead and line.is_refundable:
        severity, mark = "soon", _("Forecast")
    return ToldLine(
        starts_on=line.starts_on,
        last_on=None if line.ends_on is None else line.ends_on - timedelta(days=1),
        what=_what(decision),
        months=line.months,
        monthly_dkk=decision.monthly_cost_dkk,
        refund_dkk=line.amount_dkk,
        severity=severity,
        mark=str(mark),
        why=str(SUPPORT_REASONS[line.reason]),
        lost_dkk=lost_of(line),
        is_ahead=is_ahead,
        facts=list(_facts(line, decision, refund)),
    )


def _what(decision: SupportDecision) -> str:
    paragraph = Paragraph(decision.section).paragraph
    if decision.section == Paragraph.S107:
        return paragraph
    return f"{paragraph}, {words.inside(decision.get_method_display())}"


def _facts(line: SupportLine, decision: SupportDecision, refund: CitizenRefund) -> Iterator[str]:
    today = refund.today
    window = next((w for w in refund.support.windows if w.starts_on == line.window_starts_on), None)
    if window is not None:
        yield _rule(line, window, today)
        days = [_day(day, today) for day in window.discharges]
        yield _("Discharged %(days)s") % {"days": ", ".join(days)}
    yield _("Decided %(decided)s, for support from %(starts)s") % {
        "decided": _day(decision.decided_on, today),
        "starts": _day(decision.starts_on, today),
    }
    if decision.monthly_cost_dkk is None:
        yield _("The cost per month is not written in the decision; it is counted as nothing.")
    elif line.months is not None:
        yield _("%(amount)s per month; whole months are counted from %(day)s") % {
            "amount": words.number(decision.monthly_cost_dkk, decimals=2),
            "day": _day(line.counted_from, today),
        }
        yield _part_month(line.part_month)


def _rule(line: SupportLine, window: RefundWindow, today: date) -> str:
    share = words.number(line.refund_share * 100)
    if line.section is SupportSection.SECTION_85A:
        said = _("SEL § 176 a, stk. 1: %(share)s %% of § 85 a support from %(first)s to %(last)s")
        last_on = window.last_on
    else:
        said = _(
            "SEL § 176 a, stk. 2: %(share)s %% of § 107 for six months, from %(first)s to %(last)s"
        )
        last_on = window.facility_last_on
    return said % {
        "share": share,
        "first": _day(window.starts_on, today),
        "last": _day(last_on, today),
    }


def _part_month(chosen: PartMonth) -> str:
    if chosen is PartMonth.MONTH_BEGUN:
        counted = _("Days left over are divided by the length of the month they begin")
    else:
        counted = _("Days left over are divided by thirty")
    choice = _("the municipality's choice, not settled in the law")
    return f"{counted} ({choice})"


def _day(day: date, today: date) -> str:
    return words.day(day, today=today, weekday=False)
