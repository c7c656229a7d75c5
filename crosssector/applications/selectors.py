"""Applications as pages show them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from cases.casework.models import Case
from crosssector.applications.clock import Time, time_of
from crosssector.applications.enums import ApplicationKind
from crosssector.applications.models import (
    Application,
    ExpectedAnswer,
    decided_on_of,
    newest_expected,
)
from crosssector.handoffs.enums import HandoffStatus
from crosssector.handoffs.models import Handoff
from housingfirst.law.processing import CaseKind


@dataclass(frozen=True, slots=True)
class Shown:
    """An application with its time; without one when it is withdrawn."""

    application: Application
    decided_on: date | None
    time: Time | None

    @property
    def is_open(self) -> bool:
        return self.decided_on is None and self.application.withdrawn_on is None


def applications_of(case: Case, today: date) -> list[Shown]:
    """Of a case that came through `case_for`; open ones first, the oldest on top."""
    rows = (
        Application.objects.filter(case=case)
        .with_decision()
        .annotate(expected_on=newest_expected("application"))
        .order_by("received_on", "pk")
    )
    shown = [shown_of(row, case.municipality_id, today) for row in rows]
    return sorted(shown, key=lambda one: not one.is_open)


def shown_of(row: Application, municipality_id: int, today: date) -> Shown:
    """Of a row with `decided_on` and `expected_on`."""
    decided_on = decided_on_of(row)
    time = None
    if row.withdrawn_on is None:
        time = time_of(
            ApplicationKind(row.kind).law_kind,
            row.received_on,
            municipality_id=municipality_id,
            today=today,
            decided_on=decided_on,
            expected_on=vars(row)["expected_on"],
        )
    return Shown(row, decided_on, time)


def loan_times(case: Case, handoffs: Collection[Handoff], today: date) -> dict[int, Time]:
    """The time of each deposit loan that is asked for, by the handoff's key. One query or none."""
    asked = [one for one in handoffs if one.status != HandoffStatus.WITHDRAWN]
    if not asked:
        return {}
    told = ExpectedAnswer.objects.filter(handoff__in=asked).order_by("pk")
    expected = dict(told.values_list("handoff_id", "expected_on"))
    return {
        one.pk: time_of(
            CaseKind.DEPOSIT_LOAN,
            timezone.localdate(one.asked_at),
            municipality_id=case.municipality_id,
            today=today,
            decided_on=timezone.localdate(one.answered_at) if one.answered_at else None,
            expected_on=expected.get(one.pk),
        )
        for one in asked
    }
