"""What is agreed with the units that answer: who answers what, and within how long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q

from crosssector.handoffs.enums import HandoffKind
from crosssector.handoffs.errors import AgreementRemoved, HoursOutOfRange, UnitCannotAnswer
from crosssector.handoffs.events import SERVICE_LEVEL_REMOVED, SERVICE_LEVEL_SET
from crosssector.handoffs.models import ServiceLevel
from crosssector.handoffs.rules import ANSWERING_UNITS, HOURS_AT_MOST
from crosssector.handoffs.selectors import level_of
from housingfirst.access.enums import Act
from housingfirst.access.models import Municipality, Unit, User
from housingfirst.base.db import delete_as, save_as
from housingfirst.base.errors import NotPermitted
from housingfirst.events.services import record

CHANGES_SHOWN: Final = 200
"""How many earlier agreements stand on the page, of all units together."""


@dataclass(frozen=True, slots=True)
class Change:
    """What was agreed from `at` on, and by whom: `hours` is None when the agreement was removed."""

    at: datetime
    by: str
    hours: int | None
    working_days_only: bool
    contact: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """A unit that may be asked for one kind of thing, and what is agreed: None while nothing is.

    `changes` is how it came to be so, the newest first.
    """

    unit: Unit
    kind: HandoffKind
    level: ServiceLevel | None
    changes: Sequence[Change] = ()

    @property
    def version(self) -> int:
        """Of what is agreed; 0 while nothing is."""
        return self.level.version if self.level else 0

    @property
    def key(self) -> tuple[str, str]:
        """What names it in the address of a page."""
        return str(self.unit.reference), self.kind.value


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
    changes = _changes([unit.pk for unit in units])
    return [
        Agreement(
            unit,
            kind,
            levels.get((unit.pk, kind.value)),
            changes.get((unit.pk, kind.value), ()),
        )
        for unit in units
        for kind, kinds in ANSWERING_UNITS.items()
        if unit.kind in kinds
    ]


def _changes(units: Sequence[int]) -> dict[tuple[int, str], list[Change]]:
    """By unit and kind, the newest first, and at most CHANGES_SHOWN in all."""
    found: dict[tuple[int, str], list[Change]] = {}
    rows = ServiceLevel.history.filter(unit__in=units).select_related("history_user")
    for row in rows.order_by("-history_date", "-history_id")[:CHANGES_SHOWN]:
        found.setdefault((row.unit_id, row.kind), []).append(
            Change(
                at=row.history_date,
                by=str(row.history_user or ""),
                hours=None if row.history_type == "-" else row.hours,
                working_days_only=row.working_days_only,
                contact=", ".join(filter(None, (row.contact_name, row.contact_phone))),
            )
        )
    return found


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
    version: int | None = None,
) -> ServiceLevel:
    """`unit` answers `kind` within `hours` from now on; what was asked before keeps its deadline.

    `version` is the version the actor saw, 0 where nothing was agreed. Raises UnitCannotAnswer,
    HoursOutOfRange, AgreementRemoved, StaleVersion.
    """
    before = _held(unit, kind, actor)
    if unit.kind not in ANSWERING_UNITS[kind]:
        raise UnitCannotAnswer
    if not 1 <= hours <= HOURS_AT_MOST:
        raise HoursOutOfRange(most=HOURS_AT_MOST)
    if before is None and version:
        raise AgreementRemoved
    level = before or ServiceLevel(unit=unit, kind=kind)
    was = level.hours
    level.hours, level.working_days_only = hours, working_days_only
    level.contact_name, level.contact_phone = contact_name.strip(), contact_phone.strip()
    save_as(actor, level, version=version)
    record(
        SERVICE_LEVEL_SET,
        actor=actor,
        subject=unit.reference,
        kind_of=kind,
        unit=unit.name,
        hours=hours,
        hours_before=was,
        working_days_only=working_days_only,
    )
    return level


@transaction.atomic
def service_level_remove(
    *, unit: Unit, kind: HandoffKind, actor: User | None, version: int | None = None
) -> None:
    """Nothing is agreed from now on; what was asked before keeps its deadline.

    An agreement that is gone already is gone. Raises StaleVersion.
    """
    level = _held(unit, kind, actor)
    if level is None:
        return
    delete_as(actor, level, version=version)
    record(
        SERVICE_LEVEL_REMOVED,
        actor=actor,
        subject=unit.reference,
        kind_of=kind,
        unit=unit.name,
        hours_before=level.hours,
    )


def _held(unit: Unit, kind: HandoffKind, actor: User | None) -> ServiceLevel | None:
    """The right is asked, and changes of one unit's agreements wait for each other."""
    if actor is not None and not may_agree(actor, unit.municipality):
        raise NotPermitted
    Unit.objects.select_for_update(of=("self",), no_key=True).get(pk=unit.pk)
    return level_of(unit, kind)


def _municipalities(user: User) -> set[int]:
    return {unit.municipality_id for unit in user.units_for(Act.SERVICE_LEVEL_WRITE)}
