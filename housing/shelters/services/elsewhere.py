"""Shelter days that are not registered here, and use up the limit all the same."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from cases.access import may_on
from cases.casework.models import Case
from housing.shelters.access import may_at
from housing.shelters.clock import clocks_refresh
from housing.shelters.errors import ElsewhereInFuture, ElsewhereOverlaps, ElsewhereReversed
from housing.shelters.events import DAYS_ELSEWHERE_ADDED
from housing.shelters.models import DaysElsewhere, Stay
from housingfirst.access.enums import Act
from housingfirst.access.models import User
from housingfirst.base.db import constraint_as
from housingfirst.base.errors import NotPermitted
from housingfirst.events.services import record


@transaction.atomic
def days_elsewhere_add(
    *,
    case: Case,
    starts_on: date,
    ends_on: date,
    source: str,
    actor: User | None,
    place: str = "",
) -> DaysElsewhere:
    """The citizen stayed at a § 110 shelter elsewhere during [starts_on, ends_on), says `source`.

    For those who may change the case, and the shelter where the citizen stays. Raises
    ElsewhereReversed, ElsewhereInFuture, ElsewhereOverlaps.
    """
    if actor is not None and not (may_on(actor, case, Act.CASE_CHANGE) or _is_host(actor, case)):
        raise NotPermitted
    today = timezone.localdate()
    if ends_on <= starts_on:
        raise ElsewhereReversed
    if ends_on > today:
        raise ElsewhereInFuture
    span = DaysElsewhere(
        citizen=case.citizen,
        starts_on=starts_on,
        ends_on=ends_on,
        place=place,
        source=source,
        registered_by=actor,
    )
    with constraint_as({"housing_elsewhere_no_overlap": ElsewhereOverlaps}):
        span.save()
    clocks_refresh([case.citizen_id], today)
    record(
        DAYS_ELSEWHERE_ADDED,
        actor=actor,
        case=case,
        subject=span.reference,
        days=(ends_on - starts_on).days,
        place=place,
    )
    return span


def _is_host(actor: User, case: Case) -> bool:
    """Whether the citizen stays at a shelter where the actor registers stays."""
    stays = Stay.objects.open().filter(case=case).select_related("shelter")
    return any(may_at(actor, stay.shelter) for stay in stays)
