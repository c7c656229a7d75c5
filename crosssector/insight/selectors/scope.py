"""What a team lead's figures and lists count: what the lead sees, and of it one unit's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from crosssector.handoffs.models import Handoff
from housing.models import HousingReferral, Offer, Stay, Vacancy
from housing.shelters.enums import Section
from housingfirst.access.enums import Act
from housingfirst.access.models import Unit, User
from housingfirst.deadlines.kinds import all_kinds
from housingfirst.deadlines.models import Deadline


@dataclass(frozen=True, slots=True)
class Scope:
    """The figures of `user` on `day` at the instant `now`; with `unit` of its cases alone."""

    user: User
    day: date
    now: datetime
    unit: Unit | None = None

    @property
    def of_unit(self) -> Q:
        """The condition on a row with a `case`."""
        return Q(case__unit=self.unit) if self.unit else Q()


def residents(scope: Scope) -> QuerySet[Stay]:
    """Stays at a § 110 shelter that go on."""
    return stays(scope).filter(discharged_on__isnull=True)


def stays(scope: Scope) -> QuerySet[Stay]:
    """All stays at § 110 shelters."""
    rows = Stay.objects.visible_to(scope.user).filter(shelter__section=Section.S110)
    return rows.filter(scope.of_unit)


def waiting(scope: Scope) -> QuerySet[HousingReferral]:
    rows = HousingReferral.objects.visible_to(scope.user).waiting()
    return rows.filter(scope.of_unit)


def live_offers(scope: Scope) -> QuerySet[Offer]:
    return Offer.objects.visible_to(scope.user).live().filter(scope.of_unit)


def open_handoffs(scope: Scope) -> QuerySet[Handoff]:
    return Handoff.objects.visible_to(scope.user).open().filter(scope.of_unit)


def handoffs(scope: Scope) -> QuerySet[Handoff]:
    return Handoff.objects.visible_to(scope.user).filter(scope.of_unit)


def open_vacancies(scope: Scope) -> QuerySet[Vacancy]:
    """Dwellings that stand empty in the municipality: no unit's own."""
    return Vacancy.objects.visible_to(scope.user).open()


def open_deadlines(scope: Scope) -> QuerySet[Deadline]:
    """Open deadlines of kinds that the worklist knows; with a unit those the unit has."""
    rows = Deadline.objects.open().visible_to(scope.user)
    rows = rows.filter(kind__in=[kind.key for kind in all_kinds()])
    return rows.filter(unit=scope.unit) if scope.unit else rows


def units(user: User) -> Sequence[Unit]:
    """The units the figures may be narrowed to: those the user leads."""
    return user.units_for(Act.TEAM_VIEW)
