"""Writes about people and what they may do."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from housingfirst.access.enums import Act, LogAction, Role, UnitKind
from housingfirst.access.log import log
from housingfirst.access.models import Membership, Municipality, Organisation, Unit, User
from housingfirst.base.errors import NotPermitted


def require(actor: User, act: Act) -> None:
    """Raise NotPermitted when none of the actor's roles has `act`."""
    if not actor.may(act):
        raise NotPermitted


def require_page(user: User, act: Act) -> None:
    """The check of a page that belongs to no case: raises PermissionDenied, which is logged."""
    if not user.may(act):
        raise PermissionDenied


@transaction.atomic
def unit_create(
    *,
    organisation: Organisation,
    municipality: Municipality,
    name: str,
    kind: UnitKind,
    phone: str = "",
    takes_intake: bool = False,
) -> Unit:
    """A unit and the group that holds its grants."""
    unit = Unit(
        organisation=organisation,
        municipality=municipality,
        name=name,
        kind=kind,
        phone=phone,
        takes_intake=takes_intake,
    )
    unit.group = Group.objects.create(name=f"unit:{unit.reference}")
    unit.save()
    return unit


@transaction.atomic
def membership_add(
    *,
    user: User,
    unit: Unit,
    role: Role,
    valid_from: date,
    valid_to: date | None = None,
    actor: User | None,
) -> Membership:
    """Give `user` a role in `unit`; the user's open sessions end.

    `actor` is None only when the system itself acts (demo data, the first administrator).
    """
    if actor is not None:
        require(actor, Act.USERS_MANAGE)
    membership = Membership.objects.create(
        user=user, unit=unit, role=role, valid_from=valid_from, valid_to=valid_to
    )
    rights_changed(user)
    log(actor, LogAction.CHANGED, (), what="membership", detail=f"{role} from {valid_from}")
    return membership


@transaction.atomic
def membership_end(*, membership: Membership, valid_to: date, actor: User) -> None:
    """End a membership on the first day it is no longer held; the user's sessions end."""
    require(actor, Act.USERS_MANAGE)
    membership.valid_to = valid_to
    membership.full_clean()
    membership.save()
    rights_changed(membership.user)
    log(actor, LogAction.CHANGED, (), what="membership", detail=f"ended {valid_to}")


def rights_changed(user: User) -> None:
    """Let every session of `user` end at its next request."""
    User.objects.filter(pk=user.pk).update(authz_epoch=F("authz_epoch") + 1)
