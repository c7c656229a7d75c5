"""The only way a request gets a case, or a thing that belongs to one."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied

from cases.casework.models import Case
from housingfirst.access.denied import Denied
from housingfirst.access.enums import ACT_PERMISSION, Act, Permission
from housingfirst.access.models import User
from housingfirst.base.errors import NotPermitted


def case_for(user: User, reference: UUID, act: Act = Act.CASE_VIEW) -> Case:
    """The case, with its citizen, if `user` may take `act` on it.

    Raises Denied (a 404 that is logged) when the user may not even know that the case exists,
    PermissionDenied when they may see it but not take `act`.
    """
    case = (
        Case.objects.filter(reference=reference)
        .select_related("citizen", "municipality", "unit", "adviser")
        .first()
    )
    if case is None:
        raise Denied("case")
    if may_on(user, case, act):
        return case
    if any(_granted(user, case, seen) for seen in (Permission.VIEW, Permission.HOUSING)):
        raise PermissionDenied
    raise Denied("case", (case.citizen_id,))


def may_on(user: User, case: Case, act: Act) -> bool:
    """Whether the user's role has `act` and a grant on this very case carries it."""
    permission = ACT_PERMISSION.get(act, Permission.VIEW)
    return user.may(act) and _granted(user, case, permission, act)


def require_on(actor: User, case: Case, act: Act) -> None:
    """The check of a service: raises NotPermitted unless `may_on`."""
    if not may_on(actor, case, act):
        raise NotPermitted


def _granted(user: User, case: Case, permission: Permission, act: Act | None = None) -> bool:
    return Case.objects.visible_to(user, permission, act=act).filter(pk=case.pk).exists()
