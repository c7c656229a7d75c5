"""What is agreed with the units that answer: who answers what, and within how long."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from crosssector.handoffs.enums import HandoffKind
from crosssector.handoffs.errors import HoursOutOfRange, UnitCannotAnswer
from crosssector.handoffs.events import SERVICE_LEVEL_SET
from crosssector.handoffs.models import ServiceLevel
from crosssector.handoffs.rules import ANSWERING_UNITS, HOURS_AT_MOST
from housingfirst.access.enums import Act
from housingfirst.access.models import Municipality, Unit, User
from housingfirst.base.errors import NotPermitted
from housingfirst.events.services import record


@dataclass(frozen=True, slots=True)
class Agreement:
    """A unit that may be asked for one kind of thing, and what is agreed: None while nothing is."""

    unit: Unit
    kind: HandoffKind
    level: ServiceLevel | None


def agreements_kept_by(user: User) -> list[Agreement]:
    """What the user keeps: each unit that may be asked in the municipalities where they lead."""
    answers = Q(pk=None)
    for kinds in ANSWERING_UNITS.values():
        answers |= Q(kind__in=kinds)
    units = Unit.objects.filter(answers, municipality__in=_municipalities(user)).order_by(
        "name", "pk"
    )
    levels = {
        (level.unit_id, level.kind): level
        for level in ServiceLevel.objects.filter(unit__in=units.order_by().values("pk"))
    }
    return [
        Agreement(unit, kind, levels.get((unit.pk, kind.value)))
        for unit in units
        for kind, kinds in ANSWERING_UNITS.items()
        if unit.kind in kinds
    ]


def may_agree(user: User, municipality: Municipality) -> bool:
    """Whether the user keeps the agreements with the units of the municipality."""
    return municipality.pk in _municipalities(user)


@transaction.atomic
def service_level_set(
    *,
    unit: Unit,
    kind: HandoffKind,
    hours: int,
    working_days_only: bool,
    contact_name: str,
    contact_phone: str,
    actor: User | None,
) -> ServiceLevel:
    """`unit` answers `kind` within `hours` from now on; what was asked before keeps its deadline.

    Raises UnitCannotAnswer, HoursOutOfRange.
    """
    if actor is not None and not may_agree(actor, unit.municipality):
        raise NotPermitted
    if unit.kind not in ANSWERING_UNITS[kind]:
        raise UnitCannotAnswer
    if not 1 <= hours <= HOURS_AT_MOST:
        raise HoursOutOfRange(most=HOURS_AT_MOST)
    level, _is_new = ServiceLevel.objects.update_or_create(
        unit=unit,
        kind=kind,
        defaults={
            "hours": hours,
            "working_days_only": working_days_only,
            "contact_name": contact_name.strip(),
            "contact_phone": contact_phone.strip(),
        },
    )
    record(
        SERVICE_LEVEL_SET,
        actor=actor,
        subject=unit.reference,
        kind_of=kind,
        unit=unit.name,
        hours=hours,
        working_days_only=working_days_only,
    )
    return level


def _municipalities(user: User) -> set[int]:
    return {unit.municipality_id for unit in user.units_for(Act.SERVICE_LEVEL_WRITE)}
