"""Reads: inbox, what was answered, what is agreed and how it was kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q, QuerySet
from django.utils import timezone

from cases.casework.models import Case
from crosssector.handoffs.enums import HandoffKind, HandoffStatus
from crosssector.handoffs.models import Handoff, ServiceLevel
from crosssector.handoffs.rules import ANSWERING_UNITS, OPEN
from housing.allocation.enums import OfferStatus
from housing.allocation.models import Offer
from housingfirst.access.enums import Act
from housingfirst.access.models import Municipality, Unit, User
from housingfirst.law.days import add_months

INBOX_ROWS = 50
"""More open tasks than this cannot be worked through on one page: the hindmost wait."""


def inbox(user: User) -> QuerySet[Handoff]:
    """What waits for the user's units: fastest deadline first, those that wait for us last."""
    return (
        Handoff.objects.inbox_of(user)
        .open()
        .select_related("case__citizen", "to_unit", "from_unit", "asked_by", "offer")
        .order_by(_is(Q(status=HandoffStatus.QUESTION)).asc(), "due_at", "pk")
    )


def waiting_count(user: User) -> int:
    """How many handoffs the user's units are to answer now."""
    return Handoff.objects.inbox_of(user).filter(status=HandoffStatus.ASKED).count()


def answered(user: User) -> QuerySet[Handoff]:
    """What the user's units have answered, newest first."""
    return (
        Handoff.objects.inbox_of(user)
        .filter(answered_at__isnull=False)
        .select_related("case__citizen", "to_unit", "from_unit", "answered_by")
        .order_by("-answered_at", "-pk")
    )


def handoffs_of(case: Case, user: User) -> QuerySet[Handoff]:
    """The handoffs of a case: open ones first, the fastest deadline on top, then the newest."""
    return (
        Handoff.objects.visible_to(user)
        .filter(case=case)
        .select_related("to_unit", "from_unit", "asked_by", "answered_by", "offer")
        .prefetch_related("messages__author")
        .order_by(_is(Q(status__in=OPEN)).desc(), F("answered_at").desc(nulls_first=True), "due_at")
    )


def answering_units(municipality: Municipality, kind: HandoffKind) -> QuerySet[Unit]:
    """The units in the municipality that answer this kind; those with an agreement first."""
    return (
        Unit.objects.filter(municipality=municipality, kind__in=ANSWERING_UNITS[kind])
        .annotate(agreed=Count("service_levels", filter=Q(service_levels__kind=kind)))
        .order_by("-agreed", "pk")
    )


def offers_to_ask_for(case: Case, user: User) -> QuerySet[Offer]:
    """The offers of a case that still stand or were accepted, the newest first."""
    return (
        Offer.objects.visible_to(user)
        .filter(case=case, status__in=[OfferStatus.LIVE, OfferStatus.ACCEPTED])
        .select_related("dwelling", "vacancy", "referral")
        .order_by("-offered_at", "-pk")
    )


def level_of(unit: Unit, kind: HandoffKind) -> ServiceLevel | None:
    return ServiceLevel.objects.filter(unit=unit, kind=kind).first()


def levels_of(handoffs: Sequence[Handoff]) -> QuerySet[ServiceLevel]:
    """What is agreed with the units that were asked."""
    return ServiceLevel.objects.filter(unit__in={handoff.to_unit_id for handoff in handoffs})


@dataclass(frozen=True, slots=True)
class Kept:
    """An agreement, and how many of last month's answers were given in time."""

    level: ServiceLevel
    kind: HandoffKind
    kept: int
    total: int


def agreements(user: User, today: date) -> list[Kept]:
    """The agreements of the user's units, with last month's figures.

    A handoff belongs to the month in which its answer was due; one that was withdrawn to none.
    """
    start, end = _midnight(last_month(today)), _midnight(today.replace(day=1))
    counts: Sequence[tuple[int, str, int, int]] = list(
        Handoff.objects.inbox_of(user)
        .filter(due_at__gte=start, due_at__lt=end)
        .exclude(status=HandoffStatus.WITHDRAWN)
        .values_list("to_unit", "kind")
        .annotate(total=Count("pk"), kept=Count("pk", filter=Q(answered_at__lte=F("due_at"))))
        .order_by("to_unit", "kind")
    )
    figures = {(unit, kind): (kept, total) for unit, kind, total, kept in counts}
    levels = ServiceLevel.objects.filter(
        unit__in=user.unit_ids_for(Act.HANDOFF_ANSWER)
    ).select_related("unit")
    return [
        Kept(level, HandoffKind(level.kind), *figures.get((level.unit_id, level.kind), (0, 0)))
        for level in levels.order_by("unit__name", "hours", "pk")
    ]


def _is(condition: Q) -> ExpressionWrapper[Any]:
    """A condition to order by."""
    return ExpressionWrapper(condition, output_field=BooleanField())


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def last_month(today: date) -> date:
    """The first day of the month before today's."""
    return add_months(today.replace(day=1), -1)
