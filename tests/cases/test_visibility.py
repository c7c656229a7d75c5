"""Who sees a case: the one door, and the near misses."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.casework.grants import RESIDENCE, grant_person, grant_unit
from cases.casework.models import Case
from housingfirst.access.enums import Permission, Role, UnitKind
from housingfirst.access.models import AccessBlock, User
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case

pytestmark = pytest.mark.django_db


def sees(user: User, case: Case, permission: Permission = Permission.VIEW) -> bool:
    user = User.objects.get(pk=user.pk)  # memberships are read once per request
    return Case.objects.visible_to(user, permission).filter(pk=case.pk).exists()


def test_the_responsible_unit_sees_its_case_and_no_other_unit_does() -> None:
    unit = make_unit()
    case = make_case(unit=unit)

    assert sees(make_user(Role.ADVISER, unit), case)
    assert not sees(make_user(Role.ADVISER, make_unit(municipality=unit.municipality)), case)
    assert not sees(make_user(Role.ADVISER), case)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR, Role.PARTNER])
def test_roles_without_case_rights_see_nothing_in_the_unit_itself(role: Role) -> None:
    unit = make_unit()
    case = make_case(unit=unit)

    assert not sees(make_user(role, unit), case)


def test_T28_a_superuser_has_no_case_rights() -> None:
    case = make_case(unit=make_unit())
    root = make_user()
    root.is_superuser = True
    root.save()

    assert not sees(root, case)


def test_an_allocator_sees_what_housing_needs_and_not_the_case() -> None:
    unit = make_unit(kind=UnitKind.ALLOCATION)
    case = make_case(unit=make_unit(municipality=unit.municipality))
    grant_unit(case, unit, [Permission.HOUSING], reason="referred", actor=None)
    allocator = make_user(Role.ALLOCATOR, unit)

    assert sees(allocator, case, Permission.HOUSING)
    assert not sees(allocator, case)


@pytest.mark.parametrize(("days", "seen"), [(0, True), (1, True), (-1, False)])
def test_T05_a_grant_ends_after_its_last_day(days: int, seen: bool) -> None:
    shelter = make_unit(kind=UnitKind.SHELTER)
    case = make_case(unit=make_unit())
    grant_unit(
        case,
        shelter,
        RESIDENCE,
        reason="stay",
        actor=None,
        until=timezone.localdate() + timedelta(days=days),
    )

    assert sees(make_user(Role.SHELTER_STAFF, shelter), case) is seen


def test_a_sealed_case_opens_by_a_personal_grant_alone() -> None:
    unit = make_unit()
    colleague, trusted = make_user(Role.ADVISER, unit), make_user(Role.ADVISER, unit)
    case = make_case(unit=unit)
    case.is_sealed = True
    case.save()
    grant_person(case, trusted, [Permission.VIEW], reason="sealed", actor=None)

    assert sees(trusted, case)
    assert not sees(colleague, case)


def test_T03_a_relative_never_sees_the_case() -> None:
    unit = make_unit()
    case = make_case(unit=unit)
    lead = make_user(Role.TEAM_LEAD, unit)
    AccessBlock.objects.create(user=lead, citizen=case.citizen)

    assert not sees(lead, case)
