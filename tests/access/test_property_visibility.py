"""C05: one policy. What `may_on` says of each case is what `visible_to` lists, in any world."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.access import case_for, may_on, rights_on
from cases.casework.grants import grant_person, grant_unit
from cases.casework.models import Case
from housingfirst.access.denied import Denied
from housingfirst.access.enums import Act, Permission, Role
from housingfirst.access.models import AccessBlock, Membership, User
from tests.access.factories import LONG_AGO, make_unit, make_user
from tests.cases.factories import make_case

pytestmark = pytest.mark.django_db

PLACES = st.integers(0, 2)
DAYS = st.sampled_from([None, -1, 0, 1])
"""When something ends, in days from today; None is never."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A world in numbers: units and cases 0 to 2."""

    memberships: list[tuple[Role, int, int | None]]
    unit_grants: list[tuple[int, int, Permission, int | None]]
    personal_grants: list[tuple[int, Permission, int | None]]
    sealed: set[int]
    blocked: set[int]
    is_active: bool
    is_superuser: bool


PLANS = st.builds(
    Plan,
    memberships=st.lists(
        st.tuples(st.sampled_from(Role), PLACES, DAYS), max_size=3, unique_by=lambda m: m[:2]
    ),
    unit_grants=st.lists(st.tuples(PLACES, PLACES, st.sampled_from(Permission), DAYS), max_size=6),
    personal_grants=st.lists(st.tuples(PLACES, st.sampled_from(Permission), DAYS), max_size=2),
    sealed=st.sets(PLACES),
    blocked=st.sets(PLACES, max_size=1),
    is_active=st.sampled_from([True, True, True, False]),
    is_superuser=st.booleans(),
)


@settings(max_examples=60)
@given(plan=PLANS)
def test_C05_what_one_may_see_is_what_is_listed(plan: Plan) -> None:
    with transaction.atomic():
        user, cases = _world(plan)
        listed = set(Case.objects.visible_to(user))
        assert {case for case in cases if may_on(user, case, Act.CASE_VIEW)} == listed
        for case in cases:
            rights = rights_on(user, case)
            assert rights == {act for act in Act if may_on(user, case, act)}
            assert _opens(user, case) == (Act.CASE_VIEW in rights)
        if not plan.is_active:
            assert listed == set()
        transaction.set_rollback(True)


def _opens(user: User, case: Case) -> bool:
    try:
        case_for(user, case.reference)
    except (Denied, PermissionDenied):
        return False
    return True


def _world(plan: Plan) -> tuple[User, list[Case]]:
    today = timezone.localdate()

    def day(offset: int | None) -> date | None:
        return None if offset is None else today + timedelta(days=offset)

    units = [make_unit() for _ in range(3)]
    cases = [make_case(municipality=units[0].municipality) for _ in range(3)]
    user = make_user()
    for role, place, end in plan.memberships:
        Membership.objects.create(
            user=user, unit=units[place], role=role, valid_from=LONG_AGO, valid_to=day(end)
        )
    for number, place, permission, end in plan.unit_grants:
        unit, until = units[place], day(end)
        grant_unit(cases[number], unit, [permission], reason="x", actor=None, until=until)
    for number, permission, end in plan.personal_grants:
        grant_person(cases[number], user, [permission], reason="x", actor=None, until=day(end))
    for number in plan.blocked:
        AccessBlock.objects.create(user=user, citizen=cases[number].citizen)
    Case.objects.filter(pk__in=[cases[number].pk for number in plan.sealed]).update(is_sealed=True)
    User.objects.filter(pk=user.pk).update(is_active=plan.is_active, is_superuser=plan.is_superuser)
    return User.objects.get(pk=user.pk), list(Case.objects.filter(pk__in=[c.pk for c in cases]))
