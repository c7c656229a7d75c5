"""Who may see a case: written here, by the services that assign, refer and admit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from django.contrib.auth.models import Permission as PermissionRow
from django.db.models import Q

from cases.casework.models import Case, CaseGrant
from housingfirst.access.enums import Permission

if TYPE_CHECKING:
    from django.contrib.auth.models import Group

    from housingfirst.access.models import Unit, User

FULL = (Permission.VIEW, Permission.CHANGE, Permission.HOUSING)
"""What the responsible unit holds."""
RESIDENCE = (Permission.VIEW, Permission.HOUSING)
"""What a shelter holds while the citizen stays there."""
ALLOCATION = (Permission.HOUSING,)
"""What the allocators hold of a case that was referred to them."""


@cache
def permission_id(permission: Permission) -> int:
    """The primary key of guardian's permission row; the same for the life of a database."""
    return PermissionRow.objects.get(
        codename=permission.value, content_type__app_label="cases", content_type__model="case"
    ).pk


def forget_permission_ids(**_signal: object) -> None:
    """After a migration, or when tests empty the database, the rows may be others."""
    permission_id.cache_clear()


def grant_unit(
    case: Case,
    unit: Unit,
    permissions: Iterable[Permission],
    *,
    reason: str,
    actor: User | None,
    until: date | None = None,
) -> None:
    """Give `unit` these permissions on the case through `until` (its last day), or for good.

    A grant that is there already is kept and takes the new end and reason.
    """
    _grant([case], unit.group, permissions, reason=reason, actor=actor, until=until)


def grant_cases(
    cases: Iterable[Case],
    unit: Unit,
    permissions: Iterable[Permission],
    *,
    reason: str,
    actor: User | None,
) -> None:
    """Give `unit` these permissions for good on many cases at once, as an import does."""
    _grant(cases, unit.group, permissions, reason=reason, actor=actor, until=None)


def grant_person(
    case: Case,
    person: User,
    permissions: Iterable[Permission],
    *,
    reason: str,
    actor: User | None,
    until: date | None = None,
) -> None:
    """Give one person these permissions, as in a share."""
    _grant([case], person.personal_group, permissions, reason=reason, actor=actor, until=until)


def end_unit_grants(case: Case, unit: Unit, *, last_day: date, reason: str | None = None) -> None:
    """Let the unit's grants on the case end after `last_day`; only those of `reason`, if named."""
    grants = CaseGrant.objects.filter(content_object=case, group=unit.group_id).filter(
        Q(valid_until_on__isnull=True) | Q(valid_until_on__gt=last_day)
    )
    if reason is not None:
        grants = grants.filter(reason=reason)
    grants.update(valid_until_on=last_day)


def _grant(
    cases: Iterable[Case],
    group: Group,
    permissions: Iterable[Permission],
    *,
    reason: str,
    actor: User | None,
    until: date | None,
) -> None:
    ids = [permission_id(permission) for permission in permissions]
    CaseGrant.objects.bulk_create(
        [
            CaseGrant(
                content_object=case,
                group=group,
                permission_id=pk,
                valid_until_on=until,
                reason=reason,
                granted_by=actor,
            )
            for case in dict.fromkeys(cases)
            for pk in ids
        ],
        batch_size=1_000,
        update_conflicts=True,
        unique_fields=["group", "permission", "content_object"],
        update_fields=["valid_until_on", "reason", "granted_by"],
    )
