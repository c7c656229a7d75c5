"""The only way a request gets a case, or a thing that belongs to one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone

from cases.casework.errors import CaseIsClosed
from cases.casework.glance import glances
from cases.casework.granted import Granted, granted
from cases.casework.models import Case
from housingfirst.access.denied import Denied
from housingfirst.access.enums import ACT_PERMISSION, Act, Permission
from housingfirst.access.models import User
from housingfirst.base.errors import NotPermitted
from housingfirst.base.written_out import written_out
from housingfirst.lawbook.expressions import all_chosen
from housingfirst.lawbook.selectors import remember_choices
from housingfirst.ui import words

Held = Mapping[Permission, frozenset[int]]
"""The groups that hold each permission on a case."""
_NOBODY: frozenset[int] = frozenset()
SEEING = (Permission.VIEW, Permission.HOUSING)
"""Who holds one of these may know that the case exists."""


def grants_of(case: Case) -> list[Granted]:
    """What is granted on the case today: as `case_for` read it, or asked for now."""
    if case.granted is None:
        found = Case.objects.filter(pk=case.pk).values_list(granted())
        case.granted = found.get()[0]
    return case.granted


def case_for(user: User, reference: UUID, act: Act = Act.CASE_VIEW) -> Case:
    """The case, with its citizen and the reader's `rights`, if `user` may take `act` on it.

    Raises Denied (a 404 that is logged) when the user may not even know that the case exists,
    PermissionDenied when they may see it but not take `act`.
    """
    case = _cases_as_of(timezone.localdate()).filter(reference=reference).first()
    if case is None:
        raise Denied("case")
    case.granted = vars(case)["granted_now"]
    remember_choices(case.municipality_id, vars(case)["chosen"])
    held = _permissions_held(user, case)
    case.rights = rights_on(user, case, held)
    if act in case.rights:
        return case
    if any(held.get(seen, _NOBODY) & set(user.group_ids_for(seen)) for seen in SEEING):
        raise PermissionDenied
    raise Denied("case", (case.citizen_id,))


@lru_cache(maxsize=2)
def _cases_as_of(day: date) -> QuerySet[Case]:
    """Cases with all that `case_for` reads along, for `day`, which is today.

    Nothing in it depends on the reader, so it is built and written out once a day and process:
    that took half the time of a refused page.
    """
    cases = Case.objects.select_related("citizen", "municipality", "unit", "adviser")
    return written_out(cases, granted_now=granted(), chosen=all_chosen("municipality"), **glances())


def rights_on(user: User, case: Case, held: Held | None = None) -> frozenset[Act]:
    """Every act the user may take on this case: what `may_on` says of each, in one query."""
    held = _permissions_held(user, case) if held is None else held
    return frozenset(
        act
        for act in user.acts
        if held.get(permission := ACT_PERMISSION.get(act, Permission.VIEW), _NOBODY)
        & set(user.group_ids_for(permission, act))
    )


def may_on(user: User, case: Case, act: Act) -> bool:
    """Whether the user's role has `act` and a grant on this very case carries it."""
    permission = ACT_PERMISSION.get(act, Permission.VIEW)
    return (
        user.may(act)
        and Case.objects.visible_to(user, permission, act=act).filter(pk=case.pk).exists()
    )


def require_on(actor: User, case: Case, act: Act, *, also_closed: bool = False) -> None:
    """The check of a service: raises NotPermitted unless `may_on`, CaseIsClosed on a closed case.

    A closed case takes nothing new until it is reopened. `also_closed` is for what must go on all
    the same: looking; putting right what is written there already; answering or ending what still
    runs (a stay, a lease, a course, an offer, a handoff, a notice). What the system does by itself
    asks nobody. Within the transaction of the service, see `require_open`.
    """
    if not may_on(actor, case, act):
        raise NotPermitted
    if not also_closed:
        require_open(case)


def require_open(case: Case) -> None:
    """Raises CaseIsClosed, for those who ask for the right in another way than `require_on`.

    Holds the case until the transaction ends, so that a closing and what is opened on the case
    wait for each other. It is the first lock taken on what belongs to a case. The check that a
    foreign key makes would not do: it comes at the commit, and lets a closed case pass.
    """
    closed_on = case_held(case).closed_on
    if closed_on is not None:
        raise CaseIsClosed(day=words.day_as_typed(closed_on))


def case_held(case: Case) -> Case:
    """The case as it is now, held against being closed or reopened until the transaction ends."""
    return Case.objects.select_for_update(of=("self",), no_key=True).get(pk=case.pk)


def _permissions_held(user: User, case: Case) -> Held:
    """The groups of the user that hold each permission on the case today.

    Nothing on a case of someone the user may never see; on a sealed case only what a personal
    grant opens.
    """
    if case.citizen_id in user.blocked_citizen_ids:
        return {}
    groups = {user.personal_group_id, *(m.unit.group_id for m in user.current_memberships)}
    held: dict[Permission, set[int]] = {}
    for grant in grants_of(case):
        if grant["group"] in groups and grant["permission"] in Permission.values:
            held.setdefault(Permission(grant["permission"]), set()).add(grant["group"])
    return {
        permission: frozenset(holders)
        for permission, holders in held.items()
        if not case.is_sealed or user.personal_group_id in holders
    }
