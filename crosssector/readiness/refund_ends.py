"""When the state stops refunding support that goes on (SEL § 176 a): counted, and kept up to date.

Which days are refunded is the law's own answer in Python; the deadline reads this rollup in SQL.
The answer follows from stays, decisions and readings alone, and not from the day that is today.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from cases.casework.models import Case
from cases.citizens.services import citizens_hold
from crosssector.readiness.granted import REFUNDED, Granted, granted_in
from crosssector.readiness.models import RefundEnd, RefundEndReason
from housing.shelters.enums import Section
from housing.shelters.models import DaysElsewhere, Stay
from housingfirst.deadlines.services import refresh_cases
from housingfirst.events.models import Event
from housingfirst.law.support import (
    ShelterPeriod,
    SupportLine,
    SupportRefundReason,
    SupportRefundSettings,
    reimburse_support,
)
from housingfirst.law.support.months import refund_of
from housingfirst.lawbook.selectors import choices_by_municipality
from support.methods.models import SupportDecision

BATCH: Final = 500
WEEK: Final = timedelta(days=7)
STOPPED_BY: Final = {
    SupportRefundReason.WINDOW_HAS_ENDED: RefundEndReason.WINDOW,
    SupportRefundReason.FACILITY_MONTHS_USED: RefundEndReason.MONTHS,
}
_COUNTED: Final = ("left_on", "last_on", "reason", "weekly_before_dkk", "weekly_after_dkk")


def refund_ends(
    granted: Iterable[Granted],
    periods: Collection[ShelterPeriod],
    settings: SupportRefundSettings,
) -> list[RefundEnd]:
    """Of one citizen's decisions in one municipality; not saved."""
    known = list(granted)
    decisions = {ref: decision for one in known for ref, decision in one.decisions.items()}
    answer = reimburse_support(periods, [s for one in known for s in one.spans], settings=settings)
    lines: dict[str, list[SupportLine]] = defaultdict(list)
    for line in answer.lines:
        lines[line.reference].append(line)
    ends = (_end(decisions[reference], of_one) for reference, of_one in lines.items())
    return [end for end in ends if end is not None]


def refund_ends_refresh(citizen_ids: Collection[int]) -> set[int]:
    """Count these citizens' support anew; returns the cases in which something moved.

    Called in the transaction of every change to what it is counted from. Most citizens have no
    support: for them it is one question.
    """
    cases = _cases(citizen_ids)
    return _refresh(cases) if cases else set()


@transaction.atomic
def _refresh(cases: Collection[Case]) -> set[int]:
    """The citizens' rows are locked, so that two changes at once are counted one after the other.

    `cases` are all with support of their citizens in their municipalities.
    """
    citizens_hold({case.citizen_id for case in cases})
    counted = {end.decision_id: end for end in _counted(cases)}
    decided = RefundEnd.objects.filter(decision__case__in=[case.pk for case in cases])
    before = {end.decision_id: end for end in decided.select_related("decision")}
    gone = [end for key, end in before.items() if key not in counted]
    moved = [end for key, end in counted.items() if _facts(end) != _facts(before.get(key))]
    if gone:
        RefundEnd.objects.filter(pk__in=[end.pk for end in gone]).delete()
    if moved:
        RefundEnd.objects.bulk_create(
            moved, update_conflicts=True, unique_fields=["decision"], update_fields=_COUNTED
        )
    return {end.decision.case_id for end in (*gone, *moved)}


def refund_ends_rebuild() -> int:
    """Count all support in open cases anew; returns in how many cases something moved. Nightly.

    Safe to run twice, and to stop half-way: each batch is its own transaction.
    """
    return len(_refresh_all(supported_cases()))


def refund_ends_of_municipality(municipality_id: int, today: date) -> None:
    """Count the municipality's support anew, and the deadlines that follow from it."""
    moved = _refresh_all(supported_cases(municipality_id))
    refresh_cases(sorted(moved), today)


def supported_cases(municipality_id: int | None = None) -> QuerySet[Case]:
    """The open cases with support that § 176 a may refund."""
    cases = _with_support(Case.objects.filter(closed_on__isnull=True))
    return cases if municipality_id is None else cases.filter(municipality=municipality_id)


def after_stays(citizen_ids: Collection[int], today: date) -> None:
    """The citizens' time at shelters has changed: so may the deadlines of their support."""
    moved = refund_ends_refresh(citizen_ids)
    if moved:
        refresh_cases(sorted(moved), today)


def after_support(event: Event) -> None:
    """A decision or a course has changed; the case's deadlines follow by the event itself."""
    if event.case is not None:
        refund_ends_refresh([event.case.citizen_id])


def _refresh_all(cases: QuerySet[Case]) -> set[int]:
    citizens = sorted(set(cases.values_list("citizen_id", flat=True)))
    moved: set[int] = set()
    for at in range(0, len(citizens), BATCH):
        moved |= refund_ends_refresh(citizens[at : at + BATCH])
    return moved


def _with_support(cases: QuerySet[Case]) -> QuerySet[Case]:
    return cases.filter(
        Exists(SupportDecision.objects.filter(case=OuterRef("pk"), section__in=REFUNDED))
    )


def _cases(citizen_ids: Collection[int]) -> list[Case]:
    mine = Case.objects.filter(citizen__in=citizen_ids)
    return list(_with_support(mine).only("pk", "citizen_id", "municipality_id").order_by("pk"))


def _counted(cases: Collection[Case]) -> Iterable[RefundEnd]:
    """Not saved; a citizen's support in one municipality is counted together."""
    granted = granted_in([case.pk for case in cases])
    of: dict[tuple[int, int], list[Granted]] = defaultdict(list)
    for case in cases:
        of[case.citizen_id, case.municipality_id].append(granted[case.pk])
    periods = _periods({case.citizen_id for case in cases})
    chosen = choices_by_municipality({case.municipality_id for case in cases})
    for (citizen_id, municipality_id), known in of.items():
        yield from refund_ends(known, periods[citizen_id], chosen[municipality_id].support)


def _periods(citizen_ids: Collection[int]) -> Mapping[int, list[ShelterPeriod]]:
    """All time at § 110 boforme, here and elsewhere; two queries."""
    periods: dict[int, list[ShelterPeriod]] = defaultdict(list)
    stays = Stay.objects.filter(citizen__in=citizen_ids, shelter__section=Section.S110)
    for citizen_id, start, end in stays.values_list("citizen_id", "admitted_on", "discharged_on"):
        periods[citizen_id].append(ShelterPeriod(start, end))
    elsewhere = DaysElsewhere.objects.filter(citizen__in=citizen_ids)
    for citizen_id, start, end in elsewhere.values_list("citizen_id", "starts_on", "ends_on"):
        periods[citizen_id].append(ShelterPeriod(start, end))
    return periods


def _end(decision: SupportDecision, lines: Collection[SupportLine]) -> RefundEnd | None:
    """Where the last refunded days of a decision are followed by days that the law stops."""
    refunded = [line for line in lines if line.is_refundable]
    if not refunded:
        return None
    last = max(refunded, key=lambda line: line.ends_on or date.max)
    stopped = next((line for line in lines if line.starts_on == last.ends_on), None)
    left_on = last.window_starts_on
    if stopped is None or left_on is None or stopped.reason not in STOPPED_BY:
        return None
    after, before = _weeks(last, stopped.starts_on)
    is_priced = decision.monthly_cost_dkk is not None
    return RefundEnd(
        decision=decision,
        left_on=left_on,
        last_on=stopped.starts_on - timedelta(days=1),
        reason=STOPPED_BY[stopped.reason],
        weekly_before_dkk=before if is_priced else None,
        weekly_after_dkk=after if is_priced else None,
    )


def _weeks(refunded: SupportLine, starts_on: date) -> tuple[Decimal, Decimal]:
    """What the week from `starts_on` costs the municipality, and would cost with the refund."""
    cost, part = refunded.monthly_cost_dkk, refunded.part_month
    whole = refund_of(cost, Decimal(1), starts_on, starts_on + WEEK, part)
    return whole, whole - refund_of(cost, refunded.refund_share, starts_on, starts_on + WEEK, part)


def _facts(end: RefundEnd | None) -> tuple[object, ...]:
    return () if end is None else tuple(getattr(end, name) for name in _COUNTED)
