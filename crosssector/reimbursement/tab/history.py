"""The whole history as a strip: running years, stays, homes and support to one scale."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crosssector.reimbursement.tab.facts import CitizenRefund
from housing.shelters.models import ReimbursementClock
from housingfirst.law.reimbursement import Line, LineReason, RunningYear
from housingfirst.law.support import SupportLine, SupportRefundReason
from housingfirst.ui import words
from housingfirst.ui.figures import Fill, Meter, StripDrawing, StripRow, StripSpan, strip_drawing
from support.methods.enums import SupportSection

MARGIN: Final = timedelta(days=30)
AHEAD: Final = timedelta(days=150)

_FILLS: Final[dict[LineReason, Fill]] = {
    LineReason.OVER_LIMIT: "over",
    LineReason.UNREGISTERED: "over",
    LineReason.USED_ELSEWHERE: "prev",
    LineReason.OVERLAP: "prev",
    LineReason.ABSENT: "left",
}


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year for narrow pages; `left` is 0 unless it runs."""

    number: int
    year: RunningYear
    meter: Meter
    last_on: date
    left: int


@dataclass(frozen=True, slots=True)
class History:
    drawing: StripDrawing
    finding: str
    years: list[YearRow]


def history_of(refund: CitizenRefund, clock: ReimbursementClock | None) -> History | None:
    """None for a citizen of whom no stay, home or support is known.

    `clock` is that of the running stay: what comes if the citizen stays on is drawn as forecast.
    """
    rows = [
        StripRow(_("Running year"), list(_years(refund, clock))),
        StripRow(_("Stays"), list(_stays(refund, clock))),
        StripRow(_("Home"), list(_homes(refund))),
        StripRow(_("Support"), list(_support(refund))),
    ]
    rows = [row for row in rows if row.spans]
    if not rows:
        return None
    today = refund.today
    starts = [span.starts_on for row in rows for span in row.spans]
    ends = [span.ends_on for row in rows for span in row.spans if span.ends_on is not None]
    first = min([*starts, today]) - MARGIN
    # What lies years ahead is not drawn at the cost of what has been.
    last = max(min(max([*ends, today]), today + 3 * AHEAD), today + AHEAD)
    return History(
        drawing=strip_drawing(rows, first=first, last=last, today=today, today_text=_("Today")),
        finding=_finding(refund),
        years=_year_rows(refund, clock),
    )


def _finding(refund: CitizenRefund) -> str:
    facts = {
        "gained": words.money(refund.gained_dkk),
        "lost": words.money(refund.lost_dkk),
        "n": len(refund.counted.ours),
    }
    said = ngettext(
        "The citizen's history: %(n)d stay, %(gained)s reimbursed and %(lost)s lost until today. "
        "The same is in the tables.",
        "The citizen's history: %(n)d stays, %(gained)s reimbursed and %(lost)s lost until today. "
        "The same is in the tables.",
        len(refund.counted.ours),
    )
    return said % facts


def _left(year: RunningYear, clock: ReimbursementClock | None, today: date) -> int:
    """Days left of a running year: the running stay's clock knows; else by the year's own limit."""
    if clock is not None and clock.year_starts_on == year.starts_on:
        return clock.left_on(today)
    return max((year.limit or 0) - year.within, 0)


def _years(refund: CitizenRefund, clock: ReimbursementClock | None) -> Iterator[StripSpan]:
    for number, year in enumerate(refund.stays.running_years, start=1):
        is_running = year.starts_on <= refund.today < year.ends_on
        facts = {
            "number": number,
            "used": year.within,
            "limit": year.limit_when_last_within,
            "left": _left(year, clock, refund.today),
        }
        if is_running:
            text = _("Year %(number)s: %(used)s of %(limit)s days used, %(left)s left")
        else:
            text = _("Year %(number)s: %(used)s of %(limit)s days used")
        yield StripSpan(
            year.starts_on, year.ends_on, "left" if is_running else "band", text % facts
        )


def _stays(refund: CitizenRefund, clock: ReimbursementClock | None) -> Iterator[StripSpan]:
    for line in refund.stays.lines:
        text = words.days(line.days)
        if line.reason is LineReason.USED_ELSEWHERE:
            text = _("%(days)s elsewhere") % {"days": text}
        elif line.reason is LineReason.OVER_LIMIT:
            text = _("%(days)s over") % {"days": text}
        elif line.reason is LineReason.UNREGISTERED:
            text = _("%(days)s at a place not registered") % {"days": text}
        yield StripSpan(line.starts_on, line.ends_on, _fill(line), text, is_above=True)
    if clock is not None and refund.counted.ours:
        tomorrow = refund.today + timedelta(days=1)
        after = max(clock.last_refundable_on + timedelta(days=1), tomorrow)
        if after > tomorrow:
            yield StripSpan(tomorrow, after, "left")
        until = min(clock.year_resets_on, after + AHEAD)
        if after < until:
            text = _("no reimbursement, if the stay goes on")
            yield StripSpan(after, until, "over", text, is_above=True)


def _fill(line: Line) -> Fill:
    return _FILLS.get(line.reason, "use")


def _homes(refund: CitizenRefund) -> Iterator[StripSpan]:
    for home in refund.homes:
        text = _("Own home")
        if home.ends_on is not None:
            ended = words.day(home.ends_on, today=refund.today, weekday=False)
            text = _("Own home until %(day)s") % {"day": ended}
        yield StripSpan(home.starts_on, home.ends_on, "done", text)


def _support(refund: CitizenRefund) -> Iterator[StripSpan]:
    for line in refund.support.lines:
        if line.reason is not SupportRefundReason.WINDOW_HAS_ENDED:
            yield StripSpan(
                line.starts_on,
                line.ends_on,
                "wait" if line.is_refundable else "left",
                _text(line, refund),
            )


def _text(line: SupportLine, refund: CitizenRefund) -> str:
    section = SupportSection(refund.granted.decisions[line.reference].section)
    said = _("%(support)s, reimbursed") if line.is_refundable else _("%(support)s, not reimbursed")
    return said % {"support": section.paragraph}


def _year_rows(refund: CitizenRefund, clock: ReimbursementClock | None) -> list[YearRow]:
    return [
        YearRow(
            number=number,
            year=year,
            meter=Meter(
                year.used,
                year.limit_when_last_within or 0,
                _left(year, clock, refund.today),
                year.over,
            ),
            last_on=year.ends_on - timedelta(days=1),
            left=_left(year, clock, refund.today) if refund.today < year.ends_on else 0,
        )
        for number, year in enumerate(refund.stays.running_years, start=1)
    ]
