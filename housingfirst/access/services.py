"""Writes about people and what they may do."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import Group
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from housingfirst.access.enums import (
    ROLES_OF_KIND,
    Act,
    LogAction,
    OrganisationKind,
    Role,
    UnitKind,
)
from housingfirst.access.errors import (
    EmailInUse,
    IntakeIsTheTeams,
    IntakeTaken,
    MembershipOverlaps,
    MembershipReversed,
    OwnRights,
    RoleUnfit,
)
from housingfirst.access.log import log
from housingfirst.access.models import Membership, Municipality, Organisation, Unit, User
from housingfirst.access.selectors import managed_municipality_ids, manages_user
from housingfirst.base.db import constraint_as
from housingfirst.base.errors import NotPermitted

_EMAIL = {
    "access_user_email_key": EmailInUse,
    "access_user_email_unique_any_case": EmailInUse,
}
_INTAKE = {
    "access_unit_one_intake_per_municipality": IntakeTaken,
    "access_unit_intake_is_a_teams": IntakeIsTheTeams,
}


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
        _require_manages(actor, unit)
        if user.pk == actor.pk:
            raise OwnRights
        if role not in ROLES_OF_KIND[UnitKind(unit.kind)]:
            raise RoleUnfit(role=role.label, kind=UnitKind(unit.kind).label)
    if valid_to is not None and valid_to < valid_from:
        raise MembershipReversed
    membership = Membership(
        user=user, unit=unit, role=role, valid_from=valid_from, valid_to=valid_to
    )
    with constraint_as({"access_membership_role_once_at_a_time": MembershipOverlaps}):
        membership.save()
    rights_changed(user)
    log(
        actor,
        LogAction.CHANGED,
        (),
        what="membership",
        detail=f"{user.email}: {role} from {valid_from}",
    )
    return membership


@transaction.atomic
def membership_end(*, membership: Membership, valid_to: date, actor: User) -> None:
    """End a membership on the first day it is no longer held; the user's sessions end."""
    _require_manages(actor, membership.unit)
    if membership.user_id == actor.pk:
        raise OwnRights
    if valid_to < membership.valid_from:
        raise MembershipReversed
    membership.valid_to = valid_to
    with constraint_as({"access_membership_role_once_at_a_time": MembershipOverlaps}):
        membership.save()
    rights_changed(membership.user)
    log(
        actor,
        LogAction.CHANGED,
        (),
        what="membership",
        detail=f"{membership.user.email}: {membership.role} ended {valid_to}",
    )


@transaction.atomic
def user_create(*, email: str, name: str, title: str, phone: str, actor: User) -> User:
    """A user who cannot log in before a password is set by a link. Raises EmailInUse."""
    require(actor, Act.USERS_MANAGE)
    with constraint_as(_EMAIL):
        user = User.objects.create_user(email, None, name=name, title=title, phone=phone)
    log(actor, LogAction.CHANGED, (), what="user", detail=f"{user.email}: created")
    return user


@transaction.atomic
def user_change(
    *, user: User, email: str, name: str, title: str, phone: str, is_active: bool, actor: User
) -> None:
    """Change a user. Who is switched off is logged out at once. Raises EmailInUse, OwnRights."""
    require_manages_user(actor, user)
    if user.pk == actor.pk and not is_active:
        raise OwnRights
    was_active = user.is_active
    user.email, user.name, user.title, user.phone = email, name, title, phone
    user.is_active = is_active
    with constraint_as(_EMAIL):
        user.save(update_fields=["email", "name", "title", "phone", "is_active"])
    if was_active != is_active:
        rights_changed(user)
    state = "active" if is_active else "switched off"
    log(actor, LogAction.CHANGED, (), what="user", detail=f"{user.email}: {state}")


@transaction.atomic
def password_token(*, user: User, actor: User) -> str:
    """The secret of a link by which the user sets a password once. That it was made is logged."""
    require_manages_user(actor, user)
    if user.pk == actor.pk:
        raise OwnRights
    log(actor, LogAction.CHANGED, (), what="password_link", detail=user.email)
    return default_token_generator.make_token(user)


@transaction.atomic
def organisation_register(
    *, name: str, kind: OrganisationKind, municipality: Municipality, actor: User
) -> Organisation:
    """An organisation that units of the administrator's municipality belong to."""
    require(actor, Act.USERS_MANAGE)
    if municipality.pk not in managed_municipality_ids(actor):
        raise NotPermitted
    organisation = Organisation.objects.create(name=name, kind=kind, municipality=municipality)
    log(actor, LogAction.CHANGED, (), what="organisation", detail=f"{name}: created")
    return organisation


@transaction.atomic
def unit_register(
    *,
    organisation: Organisation,
    municipality: Municipality,
    name: str,
    kind: UnitKind,
    phone: str,
    takes_intake: bool,
    actor: User,
) -> Unit:
    """A unit made by an administrator in their own municipality. Raises IntakeTaken,
    IntakeIsTheTeams."""
    require(actor, Act.USERS_MANAGE)
    if municipality.pk not in managed_municipality_ids(actor):
        raise NotPermitted
    with constraint_as(_INTAKE):
        unit = unit_create(
            organisation=organisation,
            municipality=municipality,
            name=name,
            kind=kind,
            phone=phone,
            takes_intake=takes_intake,
        )
    log(actor, LogAction.CHANGED, (), what="unit", detail=f"{unit.reference}: created")
    return unit


@transaction.atomic
def unit_change(*, unit: Unit, name: str, phone: str, takes_intake: bool, actor: User) -> None:
    """Change a unit's name, phone and whether it takes intake. Its kind stays as it is.

    Raises IntakeTaken, IntakeIsTheTeams.
    """
    _require_manages(actor, unit)
    unit.name, unit.phone, unit.takes_intake = name, phone, takes_intake
    with constraint_as(_INTAKE):
        unit.save()
    log(actor, LogAction.CHANGED, (), what="unit", detail=f"{unit.reference}: changed")


def require_manages_user(actor: User, user: User) -> None:
    if not manages_user(actor, user):
        raise NotPermitted


def _require_manages(actor: User, unit: Unit) -> None:
    require(actor, Act.USERS_MANAGE)
    if unit.municipality_id not in managed_municipality_ids(actor):
        raise NotPermitted


def rights_changed(user: User) -> None:
    """Let every session of `user` end at its next request."""
    User.objects.filter(pk=user.pk).update(authz_epoch=F("authz_epoch") + 1)
