"""One citizen's reimbursement, line by line, as the acting municipality claims it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from cases.casework.models import Case
from housing.shelters.models import ReimbursementClock
from housing.shelters.selectors.claim_lines import ClaimLine, Teller
from housing.shelters.selectors.spans import Spans, spans_of
from housingfirst.law import reimbursement as law
from housingfirst.lawbook.selectors import choices_of
from housingfirst.ui import words

_COUNTED: Final = "_reimbursement_counted"


@dataclass(frozen=True, slots=True)
class ClaimYear:
    number: int
    year: law.RunningYear

    @property
    def last_on(self) -> date:
        return self.year.ends_on - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reimbursement:
    """Everything on the page. The money counts what has been; `ahead` is a forecast.

    `unrefunded_dkk` is the net cost of the days over the limit, paid in full.
    """

    lines: Sequence[ClaimLine]
    ahead: Sequence[ClaimLine]
    years: Sequence[ClaimYear]
    days: int
    refunded_dkk: Decimal
    unrefunded_days: int
    unrefunded_dkk: Decimal
    settings: law.ReimbursementSettings

    @property
    def refunded_text(self) -> str:
        """In kroner and øre, as the lines it sums."""
        return words.number(self.refunded_dkk, decimals=2)


def counted_of(case: Case, today: date) -> tuple[Spans, law.Reimbursement]:
    """What the municipality counts from, and the law's answer; asked once for each `case`."""
    known = vars(case)
    if known.get(_COUNTED, (None,))[0] != today:
        citizen = case.citizen_id
        counted = spans_of([citizen], municipality_id=case.municipality_id, through_on=today)
        settings = choices_of(case.municipality_id).reimbursement
        result = counted[citizen].reimbursed(through_on=today, settings=settings)
        known[_COUNTED] = (today, counted[citizen], result)
    _day, spans, answer = known[_COUNTED]
    return spans, answer


def reimbursement_of(
    case: Case, today: date, *, hides_places: bool, clock: ReimbursementClock | None
) -> Reimbursement:
    """What the state refunds the case's municipality through `today`, with what lies ahead.

    Stays of which another municipality is the acting one use up days and are not priced here.
    `clock` is that of the running stay, None for one who is not resident.
    """
    counted, result = counted_of(case, today)
    ours, spans, used = counted.ours, counted.spans, counted.used
    teller = Teller(
        stays={str(stay.reference): stay for stay in ours},
        elsewhere=counted.elsewhere,
        hides_places=hides_places,
        today=today,
    )
    over = [line for line in result.lines if line.reason is law.LineReason.OVER_LIMIT]
    is_ours = clock is not None and str(clock.stay.reference) in teller.stays
    settings = result.settings
    return Reimbursement(
        lines=[teller.line(line, result) for line in result.lines],
        ahead=_ahead(spans, used, clock, teller, settings) if clock and is_ours else (),
        years=[ClaimYear(at, year) for at, year in enumerate(result.running_years, start=1)],
        days=sum(line.days for line in result.lines),
        refunded_dkk=result.amount_dkk,
        unrefunded_days=sum(line.days for line in over),
        unrefunded_dkk=sum((line.net_cost_dkk for line in over), Decimal("0.00")),
        settings=result.settings,
    )


def _ahead(
    spans: Sequence[law.StaySpan],
    used: Sequence[date],
    clock: ReimbursementClock,
    teller: Teller,
    settings: law.ReimbursementSettings,
) -> list[ClaimLine]:
    """What comes if the citizen stays on: the days with refund, and those without an end."""
    tomorrow = teller.today + timedelta(days=1)
    last = clock.last_refundable_on
    lines: list[ClaimLine] = []
    net = clock.weekly_after_dkk / 7
    if last >= tomorrow:
        forecast = law.reimburse(spans, used, through_on=last, settings=settings)
        lines += [
            replace(teller.line(line, forecast), severity="soon", mark=_("Forecast"), facts=())
            for line in forecast.within(tomorrow, last + timedelta(days=1))
        ]
    lines.append(
        ClaimLine(
            starts_on=max(tomorrow, last + timedelta(days=1)),
            last_on=None,
            what=lines[-1].what if lines else _("§ 110, if the stay goes on"),
            days=None,
            net_per_day_dkk=net,
            refund_dkk=Decimal("0.00"),
            severity="over",
            mark=_("Over the limit"),
            why=_("Until %(day)s, when new days open.")
            % {"day": words.day(clock.year_resets_on, today=teller.today, weekday=False)},
        )
    )
    return lines
