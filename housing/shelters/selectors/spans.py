"""What a municipality's reimbursement is counted from: citizens' stays as the law reads them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from housing.shelters.clock import days_of, law_stays
from housing.shelters.enums import Section
from housing.shelters.models import DaysElsewhere, Stay
from housingfirst.law import reimbursement as law
from housingfirst.law.support import ShelterPeriod


@dataclass(frozen=True, slots=True)
class Spans:
    """One citizen's § 110 days as one municipality claims them.

    `ours` are the stays of which it is the acting one, each with its `admission_notice`, `spans`
    the same as the law reads them;
    `used` are the days that others paid for: those of `theirs`, registered here too, and
    `elsewhere`.
    """

    ours: Sequence[Stay]
    theirs: Sequence[Stay]
    spans: Sequence[law.StaySpan]
    used: Sequence[date]
    elsewhere: Sequence[DaysElsewhere]

    @property
    def periods(self) -> list[ShelterPeriod]:
        """All the citizen's time at § 110 boforme: what § 176 a counts its windows from."""
        stays = [ShelterPeriod(s.admitted_on, s.discharged_on) for s in (*self.ours, *self.theirs)]
        return stays + [ShelterPeriod(span.starts_on, span.ends_on) for span in self.elsewhere]

    def reimbursed(
        self, *, through_on: date, settings: law.ReimbursementSettings = law.DEFAULT_SETTINGS
    ) -> law.Reimbursement:
        """The law's answer: the lines that the citizen's page shows and a claim is made of."""
        return law.reimburse(self.spans, self.used, through_on=through_on, settings=settings)


def spans_of(
    citizen_ids: Collection[int], *, municipality_id: int, through_on: date
) -> Mapping[int, Spans]:
    """Of each citizen, with what began by `through_on`. As many queries for many as for one."""
    stays: dict[int, list[Stay]] = defaultdict(list)
    found = Stay.objects.filter(
        citizen__in=citizen_ids, shelter__section=Section.S110, admitted_on__lte=through_on
    )
    for stay in found.for_clock().with_admission_notice():
        stays[stay.citizen_id].append(stay)
    elsewhere: dict[int, list[DaysElsewhere]] = defaultdict(list)
    for span in DaysElsewhere.objects.filter(citizen__in=citizen_ids).order_by("starts_on"):
        elsewhere[span.citizen_id].append(span)
    return {
        citizen_id: _spans(stays[citizen_id], elsewhere[citizen_id], municipality_id, through_on)
        for citizen_id in citizen_ids
    }


def _spans(
    stays: Sequence[Stay], elsewhere: Sequence[DaysElsewhere], municipality_id: int, until: date
) -> Spans:
    ours = [stay for stay in stays if stay.case.municipality_id == municipality_id]
    theirs = [stay for stay in stays if stay.case.municipality_id != municipality_id]
    return Spans(
        ours=ours,
        theirs=theirs,
        spans=law_stays(ours),
        used=days_of(elsewhere) + _days(theirs, until),
        elsewhere=elsewhere,
    )


def _days(stays: Iterable[Stay], until: date) -> list[date]:
    """The days of other municipalities' stays, a same-day stay's one among them."""
    days: list[date] = []
    for stay in stays:
        end = stay.discharged_on or until + timedelta(days=1)
        length = max((end - stay.admitted_on).days, 1)
        days += [stay.admitted_on + timedelta(days=n) for n in range(length)]
    return days
