"""The lines of the law's answer in words, each with the rule and the facts it stands on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housing.shelters.models import DaysElsewhere, Stay
from housingfirst.law import reimbursement as law
from housingfirst.ui import words
from housingfirst.ui.parts import Severity

REASONS: Final[dict[law.LineReason, tuple[Severity, str | Promise]]] = {
    law.LineReason.BEFORE_LIMIT: ("done", gettext_lazy("Reimbursed")),
    law.LineReason.RESIDENT_ON_REFORM: ("done", gettext_lazy("Reimbursed")),
    law.LineReason.WITHIN_LIMIT: ("done", gettext_lazy("Reimbursed")),
    law.LineReason.OVER_LIMIT: ("over", gettext_lazy("Over the limit")),
    law.LineReason.OVERLAP: ("line", gettext_lazy("Paid elsewhere that day")),
    law.LineReason.ABSENT: ("line", gettext_lazy("Away, not counted")),
    law.LineReason.USED_ELSEWHERE: ("line", gettext_lazy("Counts, but is not ours")),
    law.LineReason.UNREGISTERED: ("over", gettext_lazy("Place not registered")),
}
"""The badge of a line, and its words."""


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """Days alike in price and answer. Without `last_on` they have no end, and are not counted.

    `facts` are the rule and what it was applied to, sentence by sentence.
    """

    starts_on: date
    last_on: date | None
    what: str
    days: int | None
    net_per_day_dkk: Decimal | None
    refund_dkk: Decimal
    severity: Severity
    mark: str
    why: str
    facts: Sequence[str] = ()

    @property
    def net_text(self) -> str:
        """In kroner and øre, as on an invoice; a dash where there is no price."""
        return (
            "–" if self.net_per_day_dkk is None else words.number(self.net_per_day_dkk, decimals=2)
        )

    @property
    def refund_text(self) -> str:
        return words.number(self.refund_dkk, decimals=2)


@dataclass(frozen=True, slots=True)
class Teller:
    """Says each line of the law's answer in words, with the facts it stands on.

    The stays come with their `admission_notice`.
    """

    stays: Mapping[str, Stay]
    elsewhere: Sequence[DaysElsewhere]
    hides_places: bool
    today: date

    def line(self, line: law.Line, result: law.Reimbursement) -> ClaimLine:
        severity, mark = REASONS[line.reason]
        is_priced = line.reason is not law.LineReason.USED_ELSEWHERE
        return ClaimLine(
            starts_on=line.starts_on,
            last_on=line.ends_on - timedelta(days=1),
            what=self._what(line),
            days=line.days,
            net_per_day_dkk=(line.daily_rate_dkk - line.resident_payment_dkk)
            if is_priced
            else None,
            refund_dkk=line.amount_dkk,
            severity=severity,
            mark=str(mark),
            why=_why(line, result),
            facts=self._facts(line, result.settings) if is_priced else self._sources(line),
        )

    def _what(self, line: law.Line) -> str:
        stay = self.stays.get(line.reference)
        if stay is None:
            return _("§ 110, elsewhere")
        if self.hides_places:
            return _("§ 110, place hidden")
        return _("§ 110, %(shelter)s") % {"shelter": stay.shelter.name}

    def _facts(self, line: law.Line, settings: law.ReimbursementSettings) -> list[str]:
        stay = self.stays[line.reference]
        price = {
            "rate": words.number(line.daily_rate_dkk, decimals=2),
            "payment": words.number(line.resident_payment_dkk, decimals=2),
        }
        group = {"need": words.inside(stay.get_need_display()), "reason": stay.reason}
        return [
            _rule(line),
            self._admission(stay),
            _("Daily rate %(rate)s, the resident pays %(payment)s") % price,
            _counting(settings),
            _("Target group: %(need)s. »%(reason)s«") % group,
        ]

    def _admission(self, stay: Stay) -> str:
        notice = stay.admission_notice
        said = {"admitted": self._day(stay.admitted_on)}
        if notice is None or notice.sent_at is None:
            return _("Admitted %(admitted)s, the notice has not been sent") % said
        said["sent"] = self._day(timezone.localdate(notice.sent_at))
        if notice.is_late:
            return (
                _("Admitted %(admitted)s, notice sent %(sent)s: later than 3 working days") % said
            )
        return _("Admitted %(admitted)s, notice sent %(sent)s, within 3 working days") % said

    def _sources(self, line: law.Line) -> list[str]:
        """Where the days elsewhere are known from; the place too, unless it is hidden."""
        told = []
        for span in self.elsewhere:
            if span.starts_on < line.ends_on and line.starts_on < span.ends_on:
                place = "" if self.hides_places else span.place
                told.append(_("Source: %(source)s") % {"source": span.source})
                if place:
                    told.append(place)
        return told or [_("A stay of which another municipality is the acting one")]

    def _day(self, day: date) -> str:
        return words.day(day, today=self.today, weekday=False)


def _rule(line: law.Line) -> str:
    version = next(row for row in law.REFUND_TERMS if row.key == line.terms_version)
    share = {"share": words.number(version.value.refund_share * 100)}
    if version.value.day_limit is None or version.valid_from is None:
        return _("SEL § 177: %(share)s %% without a limit of days") % share
    said = share | {
        "limit": str(version.value.day_limit),
        "since": words.day(version.valid_from, today=date.min, weekday=False),
    }
    return _(
        "SEL § 177: %(share)s %% of at most %(limit)s days a running year, since %(since)s"
    ) % (said)


def _counting(settings: law.ReimbursementSettings) -> str:
    if settings.count_discharge_day is law.CountDischargeDay.YES:
        counted = _("The day of admission and the day of discharge count")
    else:
        counted = _("The day of admission counts, the day of discharge does not")
    choice = _("the municipality's choice, not settled in the law")
    return f"{counted} ({choice})"


def _why(line: law.Line, result: law.Reimbursement) -> str:
    """The running year and the numbers of its days: "Year 2, limit 90. Day 13-77."."""
    if line.day_number is None or line.year_starts_on is None:
        return ""
    starts = [year.starts_on for year in result.running_years]
    numbers = {
        "year": starts.index(line.year_starts_on) + 1,
        "first": line.day_number,
        "last": line.day_number + line.days - 1,
    }
    if line.days == 1:
        return _("Year %(year)s, day %(first)s.") % numbers
    return _("Year %(year)s, day %(first)s-%(last)s.") % numbers
