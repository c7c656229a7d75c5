"""The decisions of a case that a citizen may complain about: who decided what, and when.

How high somebody stands in the municipality's own queue for homes is not among them: it is assumed
that nobody can complain about that (law.md R-KLAGE).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.casework.models import Case
from crosssector.applications.models import Application
from crosssector.complaints.models import DECISIONS, DecisionTold
from crosssector.handoffs.enums import HandoffStatus
from crosssector.handoffs.models import Handoff
from housing.evictions.models import RentArrears
from support.methods.enums import SupportSection
from support.methods.models import SupportDecision


@dataclass(frozen=True, slots=True)
class Appealable:
    """A decision. `field` is the one of the complaint that names its row. `told_on` is the day it
    was made where no other day is registered (`is_told`).
    """

    field: str
    row: Model
    reference: UUID
    title: str
    told_on: date
    url: str
    is_told: bool = False
    decided_on: date = date.min


def appealable_in(case: Case) -> list[Appealable]:
    """Of a case that came through `case_for`, the newest first. Five queries."""
    made = [*_support(case), *_help(case), *_loans(case), *_answers(case)]
    told = told_days(case) if made else {}
    found = [
        replace(one, decided_on=one.told_on, told_on=told[one.reference], is_told=True)
        if is_told_later(one.told_on, told.get(one.reference))
        else replace(one, decided_on=one.told_on)
        for one in made
    ]
    return sorted(found, key=lambda one: one.told_on, reverse=True)


def told_days(case: Case) -> dict[UUID, date]:
    """The days that are registered, by decision. One query."""
    rows = DecisionTold.objects.filter(case=case).select_related(*DECISIONS)
    return {row.decision_reference: row.told_on for row in rows}


def is_told_later(decided_on: date, told_on: date | None) -> bool:
    """Whether a day that is registered holds: not one of an earlier decision on the same row."""
    return told_on is not None and told_on >= decided_on


def _support(case: Case) -> Iterator[Appealable]:
    url = reverse("support:support_tab", args=[case.reference])
    for row in SupportDecision.objects.filter(case=case):
        title = _("Support under %(section)s") % {"section": SupportSection(row.section).paragraph}
        if row.section != SupportSection.S107:
            title += f", {row.get_method_display()}"
        yield Appealable("support_decision", row, row.reference, title, row.decided_on, url)


def _help(case: Case) -> Iterator[Appealable]:
    for row in RentArrears.objects.filter(tenancy__case=case):
        on = row.declined_on or row.helped_on
        if on is not None:
            title = (
                _("No help against an eviction")
                if row.declined_on
                else _("Help against an eviction")
            )
            url = reverse("housing:arrears", args=[row.reference])
            yield Appealable("arrears", row, row.reference, title, on, url)


def _loans(case: Case) -> Iterator[Appealable]:
    url = reverse("crosssector:handoff_tab", args=[case.reference])
    answered = Handoff.objects.filter(case=case, status__in=HandoffStatus.decided())
    for row in answered:
        if row.answered_at is not None:
            title = f"{row.get_kind_display()}: {row.get_status_display()}"
            on = timezone.localdate(row.answered_at)
            yield Appealable("handoff", row, row.reference, title, on, url)


def _answers(case: Case) -> Iterator[Appealable]:
    for row in Application.objects.filter(case=case, answered_on__isnull=False):
        if row.answered_on is not None:
            title = f"{row.get_kind_display()}: {row.get_answer_display()}"
            url = reverse("crosssector:application", args=[row.reference])
            yield Appealable("application", row, row.reference, title, row.answered_on, url)
