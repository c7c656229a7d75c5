"""What a claim keeps of a citizen's facts, and the law's answer from them.

Version 1 of the facts, as JSON: `through` is the last day counted; `stays` are the § 110 stays of
which the municipality is the acting one, each with its `ref`, the days `from` and `to` (null while
it lasted), `rate` and `pay` per day, later `periods` [from, rate, pay], `away` [from, to], the
`need` that put the citizen in the target group, the place's number on Tilbudsportalen with the day
it was `registered` there, and the `notice` of the admission; `used` are the days that others paid
for, [from, to) each. `periods` is all time at § 110 boforme, [from, to], and `support` the
decisions on § 85 a and § 107, each with its `ref`, `section`, the day it was `decided`, `from`,
`to` and its `cost` per month. Days and changes after `through` are left out, so that what happens
later changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from crosssector.reimbursement.adjusting import Json
from crosssector.reimbursement.kept_law import (
    VERSION,
    choices_stored,
    terms_110,
    terms_176a,
)
from housing.models import Notice
from housing.shelters.selectors.spans import Spans
from housingfirst.law import reimbursement as law
from housingfirst.law.support import (
    ShelterPeriod,
    SupportReimbursement,
    SupportSection,
    SupportSpan,
    reimburse_support,
)


def facts_of(
    spans: Spans,
    *,
    through_on: date,
    support: Iterable[SupportSpan] = (),
) -> Json:
    """One citizen's facts through `through_on`."""
    described = {str(stay.reference): stay for stay in spans.ours}
    stays = []
    for span in spans.spans:
        if span.admitted_on > through_on:
            continue
        stay = described[span.reference]
        notice = stay.admission_notice
        stays.append(
            _stay(span, through_on)
            | {
                "need": stay.need,
                "place": stay.shelter.registered_number,
                "notice": None if notice is None else _notice(notice),
            }
        )
    used = sorted({day for day in spans.used if day <= through_on})
    return {
        "v": VERSION,
        "through": through_on.isoformat(),
        "stays": sorted(stays, key=lambda stay: (stay["from"], stay["ref"])),
        "used": [[first.isoformat(), end.isoformat()] for first, end in _runs(used)],
        "periods": sorted(
            [period.admitted_on.isoformat(), _by(period.discharged_on, through_on)]
            for period in spans.periods
            if period.admitted_on <= through_on
        ),
        "support": sorted(
            (
                {
                    "ref": span.reference,
                    "section": span.section.value,
                    "decided": span.decided_on and span.decided_on.isoformat(),
                    "from": span.starts_on.isoformat(),
                    "to": _by(span.ends_on, through_on),
                    "cost": str(span.monthly_cost_dkk),
                }
                for span in support
                if span.starts_on <= through_on
            ),
            key=lambda one: (one["from"], one["ref"]),
        ),
    }


def clipped(facts: Json, through_on: date) -> Json:
    """The same facts as they stood for what is counted through an earlier day."""
    last = through_on.isoformat()
    after = (through_on + timedelta(days=1)).isoformat()
    stays = []
    for stay in facts["stays"]:
        if stay["from"] > last:
            continue
        end = stay["to"]
        stays.append(
            stay
            | {
                "to": None if end is not None and end > last else end,
                "periods": [period for period in stay["periods"] if period[0] <= last],
                "away": [
                    [first, None if back is None or back > last else back]
                    for first, back in stay["away"]
                    if first <= last
                ],
            }
        )
    return facts | {
        "through": last,
        "stays": stays,
        "used": [[first, min(end, after)] for first, end in facts["used"] if first <= last],
        "periods": [
            [first, None if end is None or end > last else end]
            for first, end in facts["periods"]
            if first <= last
        ],
        "support": [
            one | {"to": None if one["to"] is None or one["to"] > last else one["to"]}
            for one in facts["support"]
            if one["from"] <= last
        ],
    }


def reimbursed(facts: Json, settings: Json) -> law.Reimbursement:
    """The law's answer from stored facts, by the readings and parameters stored with the claim.

    Raises ValueError on facts of a version that is not known.
    """
    if facts["v"] != VERSION or settings["v"] != VERSION:
        raise ValueError(f"facts of version {facts['v']}, settings of version {settings['v']}")
    return law.reimburse(
        [_span(stay) for stay in facts["stays"]],
        [day for first, end in facts["used"] for day in _days(first, end)],
        through_on=date.fromisoformat(facts["through"]),
        settings=choices_stored(settings).reimbursement,
        terms=terms_110(settings),
    )


def support_reimbursed(facts: Json, settings: Json) -> SupportReimbursement:
    """The law's answer on § 85 a and § 107 from stored facts, by the readings and parameters
    stored with the claim."""
    return reimburse_support(
        [ShelterPeriod(date.fromisoformat(first), _day(end)) for first, end in facts["periods"]],
        [
            SupportSpan(
                section=SupportSection(one["section"]),
                decided_on=_day(one["decided"]),
                starts_on=date.fromisoformat(one["from"]),
                ends_on=_day(one["to"]),
                monthly_cost_dkk=Decimal(one["cost"]),
                reference=one["ref"],
            )
            for one in facts["support"]
        ],
        settings=choices_stored(settings).support,
        tables=terms_176a(settings),
    )


def _stay(span: law.StaySpan, through_on: date) -> Json:
    return {
        "ref": span.reference,
        "from": span.admitted_on.isoformat(),
        "to": _by(span.discharged_on, through_on),
        "rate": str(span.daily_rate_dkk),
        "pay": str(span.resident_payment_dkk),
        "registered": span.registered_from and span.registered_from.isoformat(),
        "periods": [
            [
                period.starts_on.isoformat(),
                str(period.daily_rate_dkk),
                str(period.resident_payment_dkk),
            ]
            for period in span.rate_periods
            if period.starts_on <= through_on
        ],
        "away": sorted(
            [
                away.starts_on.isoformat(),
                _by(away.ends_on, through_on),
            ]
            for away in span.absences
            if away.starts_on <= through_on
        ),
    }


def _notice(notice: Notice) -> Json:
    sent = notice.sent_at
    return {
        "decided": notice.decided_on.isoformat(),
        "due": notice.due_on.isoformat(),
        "sent": None if sent is None else timezone.localdate(sent).isoformat(),
        "answer": notice.answer,
    }


def _span(stay: Json) -> law.StaySpan:
    return law.StaySpan(
        admitted_on=date.fromisoformat(stay["from"]),
        discharged_on=_day(stay["to"]),
        daily_rate_dkk=Decimal(stay["rate"]),
        resident_payment_dkk=Decimal(stay["pay"]),
        rate_periods=tuple(
            law.RatePeriod(date.fromisoformat(first), Decimal(rate), Decimal(pay))
            for first, rate, pay in stay["periods"]
        ),
        absences=tuple(
            law.AbsenceSpan(date.fromisoformat(first), _day(back)) for first, back in stay["away"]
        ),
        reference=stay["ref"],
        registered_from=_day(stay.get("registered")),
    )


def _by(end: date | None, through_on: date) -> str | None:
    """An end as it was known: what lies after the last day counted had not come."""
    return None if end is None or end > through_on else end.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _days(first: str, end: str) -> Iterable[date]:
    start = date.fromisoformat(first)
    return (start + timedelta(days=n) for n in range((date.fromisoformat(end) - start).days))


def _runs(days: Sequence[date]) -> Iterable[tuple[date, date]]:
    """Sorted days as runs [first, end)."""
    runs: list[tuple[date, date]] = []
    for day in days:
        if runs and runs[-1][1] == day:
            runs[-1] = (runs[-1][0], day + timedelta(days=1))
        else:
            runs.append((day, day + timedelta(days=1)))
    return runs
