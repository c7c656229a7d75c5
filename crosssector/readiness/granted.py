"""Decisions on § 85 a and § 107 as § 176 a reads them: what the state is asked to refund."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db.models import Case as SqlCase
from django.db.models import Count, Max, Q, When

from housingfirst.law.support import SupportSection as LawSection
from housingfirst.law.support import SupportSpan
from support.methods.enums import SupportSection
from support.methods.models import SupportDecision

REFUNDED = {
    SupportSection.S85A: LawSection.SECTION_85A,
    SupportSection.S107: LawSection.SECTION_107,
}


@dataclass(frozen=True, slots=True)
class Granted:
    """The decisions of one citizen's case that § 176 a may refund, oldest first, and the same as
    the law reads them: each is named by its reference."""

    decisions: Mapping[str, SupportDecision]
    spans: Collection[SupportSpan]

    @property
    def unpriced(self) -> Iterable[SupportDecision]:
        """Decisions whose cost is not known; they are counted as costing nothing."""
        return (one for one in self.decisions.values() if one.monthly_cost_dkk is None)


NOTHING: Final = Granted({}, ())


def granted_in(case_ids: Collection[int]) -> Mapping[int, Granted]:
    """Of each case; one query for all.

    Support ends with its decision, or before it when every course that it granted has ended.
    """
    decisions: dict[int, list[SupportDecision]] = defaultdict(list)
    found = (
        SupportDecision.objects.filter(case__in=case_ids, section__in=REFUNDED)
        .annotate(
            running=Count("enrolments", filter=Q(enrolments__ended_on__isnull=True)),
            courses_ended_on=SqlCase(When(running=0, then=Max("enrolments__ended_on"))),
        )
        .order_by("decided_on", "pk")
    )
    for decision in found:
        decisions[decision.case_id].append(decision)
    return {case_id: _granted(decisions[case_id]) for case_id in case_ids}


def _granted(decisions: Iterable[SupportDecision]) -> Granted:
    known = {str(decision.reference): decision for decision in decisions}
    return Granted(known, [_span(decision) for decision in known.values()])


def _span(decision: SupportDecision) -> SupportSpan:
    ends = [decision.ends_on, getattr(decision, "courses_ended_on", None)]
    ends_on = min((day for day in ends if day is not None), default=None)
    return SupportSpan(
        section=REFUNDED[SupportSection(decision.section)],
        decided_on=decision.decided_on,
        starts_on=decision.starts_on,
        ends_on=None if ends_on is None else max(ends_on, decision.starts_on),
        monthly_cost_dkk=decision.monthly_cost_dkk or Decimal(0),
        reference=str(decision.reference),
    )
