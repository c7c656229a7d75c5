"""The only way a request gets a vacancy, a dwelling or an estate."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied

from housing.supply.models import Area, Dwelling, Estate, Vacancy
from housing.supply.services import require_for
from housingfirst.access.denied import Denied
from housingfirst.access.enums import Act
from housingfirst.base.errors import NotPermitted

if TYPE_CHECKING:
    from housingfirst.access.models import User


def require_act(user: User, act: Act) -> None:
    """Raises PermissionDenied when none of the user's roles has `act`."""
    if not user.may(act):
        raise PermissionDenied


def vacancy_for(user: User, reference: UUID, act: Act = Act.VACANCY_VIEW) -> Vacancy:
    """A vacancy the user sees, with its hold. Raises Denied, or PermissionDenied for the act."""
    require_act(user, act)
    vacancy = (
        Vacancy.objects.visible_to(user)
        .with_hold(user)
        .filter(reference=reference)
        .select_related("dwelling__estate__area", "dwelling__estate__unit", "reported_by")
        .first()
    )
    if vacancy is None:
        raise Denied("vacancy")
    if act != Act.VACANCY_VIEW and not may_for(user, vacancy.dwelling.estate, act):
        raise PermissionDenied
    return vacancy


def dwelling_for(user: User, reference: UUID, act: Act) -> Dwelling:
    """A dwelling of an estate on which the user may take `act`. Raises Denied."""
    dwelling = (
        Dwelling.objects.visible_to(user)
        .filter(reference=reference)
        .select_related("estate__area", "estate__unit")
        .first()
    )
    if dwelling is None or not may_for(user, dwelling.estate, act):
        raise Denied("dwelling")
    return dwelling


def estate_for(user: User, reference: UUID) -> Estate:
    """An estate whose register the user keeps. Raises Denied."""
    estate = (
        Estate.objects.visible_to(user)
        .filter(reference=reference)
        .select_related("area", "unit")
        .first()
    )
    if estate is None or not may_for(user, estate, Act.ESTATE_WRITE):
        raise Denied("estate")
    return estate


def area_for(user: User, pk: int) -> Area:
    """An area of a municipality whose register the user keeps. Raises Denied."""
    area = Area.objects.filter(
        pk=pk, municipality__in={unit.municipality_id for unit in user.units_for(Act.ESTATE_WRITE)}
    ).first()
    if area is None:
        raise Denied("area")
    return area


def may_for(user: User, estate: Estate, act: Act) -> bool:
    """Whether the user may take `act` on the estate and what belongs to it."""
    try:
        require_for(user, estate, act)
    except NotPermitted:
        return False
    return True
