"""The frame of a case's pages: header, tabs, panels, rights."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from cases.access import case_for, may_on, rights_on
from cases.casework.grants import ALLOCATION, RESIDENCE, grant_person, grant_unit
from cases.casework.models import Case
from cases.citizens.enums import Protection
from housingfirst.access.enums import Act, LogAction, Permission, Role, UnitKind
from housingfirst.access.models import AccessBlock, AccessEntry, User
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case, make_citizen

pytestmark = pytest.mark.django_db


def page(client: Client, case: Case, user: User) -> str:
    client.force_login(user)
    response = client.get(reverse("cases:case_detail", args=[case.reference]))
    assert response.status_code == 200
    return response.content.decode()


def test_the_header_shows_the_citizen_and_hides_the_number(client: Client) -> None:
    unit = make_unit()
    citizen = make_citizen(
        name="Aksel Prøve", cpr="150583-4008", protection=Protection.YES, birth_date=None
    )
    case = make_case(unit=unit, citizen=citizen)

    html = page(client, case, make_user(Role.ADVISER, unit))

    assert "Aksel Prøve" in html
    assert case.number in html
    assert "b-lock" in html
    assert "150583" not in html
    assert "4008" not in html


def test_opening_a_case_is_logged(client: Client) -> None:
    unit = make_unit()
    case = make_case(unit=unit)
    user = make_user(Role.ADVISER, unit)

    page(client, case, user)

    entry = AccessEntry.objects.get(action=LogAction.VIEWED)
    assert (entry.user, entry.citizen_ids, entry.what) == (user, [case.citizen_id], "case")


def test_T01_an_unrelated_case_is_not_found_and_the_try_is_logged(client: Client) -> None:
    case = make_case(unit=make_unit())
    user = make_user(Role.ADVISER)
    client.force_login(user)

    response = client.get(reverse("cases:case_detail", args=[case.reference]))

    assert response.status_code == 404
    entry = AccessEntry.objects.get(action=LogAction.DENIED)
    assert (entry.user, entry.citizen_ids) == (user, [case.citizen_id])


def test_who_may_know_of_the_case_but_not_open_it_is_told_no(client: Client) -> None:
    unit = make_unit(kind=UnitKind.ALLOCATION)
    case = make_case(unit=make_unit(municipality=unit.municipality))
    grant_unit(case, unit, ALLOCATION, reason="referred", actor=None)
    client.force_login(make_user(Role.ALLOCATOR, unit))

    assert client.get(reverse("cases:case_detail", args=[case.reference])).status_code == 403


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("grants", [RESIDENCE, ALLOCATION, tuple(Permission)])
@pytest.mark.parametrize("state", ["open", "sealed", "sealed-mine", "relative"])
def test_all_rights_at_once_are_the_rights_asked_one_by_one(
    role: Role, grants: tuple[Permission, ...], state: str
) -> None:
    unit = make_unit()
    case = make_case(citizen=make_citizen(), municipality=unit.municipality)
    grant_unit(case, unit, grants, reason="test", actor=None)
    user = make_user(role, unit)
    if state.startswith("sealed"):
        Case.objects.filter(pk=case.pk).update(is_sealed=True)
        case.refresh_from_db()
    if state == "sealed-mine":
        grant_person(case, user, [Permission.VIEW], reason="sealed", actor=None)
    if state == "relative":
        AccessBlock.objects.create(user=user, citizen=case.citizen)
    user = User.objects.get(pk=user.pk)

    assert rights_on(user, case) == {act for act in Act if may_on(user, case, act)}


def test_the_header_says_when_a_case_is_closed(client: Client) -> None:
    unit = make_unit()
    case = make_case(unit=unit, opened_on=date(2026, 1, 5))
    Case.objects.filter(pk=case.pk).update(closed_on=date(2026, 2, 3))
    user = make_user(Role.ADVISER, unit)

    assert "2026" in page(client, case, user)
    assert case_for(user, case.reference).closed_on == date(2026, 2, 3)
