"""Whose things stand on a worklist, and who sees them."""

from __future__ import annotations

import pytest
from django.test import Client

from housingfirst.access.enums import LogAction, Permission, Role, UnitKind
from housingfirst.access.models import AccessBlock, AccessEntry
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case, make_citizen
from tests.crosssector.worklist.pages import MY_DAY, team_of_one, work_of
from tests.deadlines.factories import make_deadline, make_kind, only_kinds

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday_noon")]


def test_the_list_of_a_unit_holds_everybodys_and_only_that_unit(client: Client) -> None:
    unit, user = team_of_one()
    colleague = make_user(Role.ADVISER, unit)
    other_unit = make_unit(municipality=unit.municipality)
    for name, its_unit, person in (
        ("mine-thing", unit, user),
        ("colleague-thing", unit, colleague),
        ("other-thing", other_unit, None),
    ):
        case = make_case(unit=its_unit, citizen=make_citizen(name=name))
        make_deadline(unit=its_unit, case=case, person=person)

    mine = work_of(client, user)
    unit_list = work_of(client, user, f"/unit-day/?unit={unit.reference}")

    assert "mine-thing" in mine
    assert "colleague-thing" not in mine
    assert "The whole unit 2" in mine
    assert "colleague-thing" in unit_list
    assert "other-thing" not in unit_list


def test_another_units_list_is_not_found_and_the_try_is_logged(client: Client) -> None:
    unit, user = team_of_one()
    other = make_unit(municipality=unit.municipality)
    make_deadline(unit=other, case=make_case(unit=other))
    client.force_login(user)

    for url in (f"/unit-day/?unit={other.reference}", "/unit-day/?unit=nonsense"):
        assert client.get(url).status_code == 404

    assert AccessEntry.objects.filter(action=LogAction.DENIED, what="unit_day").count() == 2


@pytest.mark.parametrize("act", ["snooze", "acknowledge", "wake"])
def test_another_units_thing_is_not_found(client: Client, act: str) -> None:
    other = make_unit()
    deadline = make_deadline(unit=other, case=make_case(unit=other))
    _unit, user = team_of_one()
    client.force_login(user)

    response = client.post(
        f"/deadlines/{deadline.reference}/{act}/", {"until": "+2", "reason": "ferie"}
    )

    assert response.status_code == 404
    denied = AccessEntry.objects.get(action=LogAction.DENIED)
    assert deadline.case is not None
    assert denied.citizen_ids == [deadline.case.citizen_id]
    deadline.refresh_from_db()
    assert (deadline.snoozed_until, deadline.acknowledged_at) == (None, None)


@pytest.mark.parametrize("role", [Role.PARTNER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_has_no_worklist_finds_no_page(client: Client, role: Role) -> None:
    client.force_login(make_user(role))

    assert client.get(MY_DAY).status_code == 404
    assert client.get("/unit-day/").status_code == 404


def test_a_shelter_keeps_its_own_thing_when_its_access_to_the_case_has_ended(
    client: Client,
) -> None:
    shelter = make_unit(kind=UnitKind.SHELTER)
    case = make_case(unit=make_unit(), citizen=make_citizen(name="Udskrevet Borger"))
    make_deadline(unit=shelter, case=case)

    html = work_of(client, make_user(Role.SHELTER_STAFF, shelter))

    assert "Udskrevet Borger" in html
    assert f"/cases/{case.reference}/overview" not in html
    assert '<h2><a class="plain"' not in html  # the case itself is not theirs to open


def test_a_sealed_case_is_on_nobodys_list(client: Client) -> None:
    unit, user = team_of_one()
    case = make_case(unit=unit, citizen=make_citizen(name="Forseglet Borger"))
    case.is_sealed = True
    case.save()
    make_deadline(unit=unit, case=case, person=user)

    assert "Forseglet Borger" not in work_of(client, user)


def test_T03_a_relative_is_on_nobodys_list(client: Client) -> None:
    unit, user = team_of_one()
    case = make_case(unit=unit, citizen=make_citizen(name="Min Bror"))
    make_deadline(unit=unit, case=case, person=user)
    AccessBlock.objects.create(user=user, citizen=case.citizen)

    assert "Min Bror" not in work_of(client, user)


def test_an_allocator_in_the_teams_unit_sees_no_other_kinds_than_housing(client: Client) -> None:
    unit = make_unit()
    for name, kind in (("about-support", "test_wish"), ("about-housing", "offer_answer")):
        case = make_case(unit=unit, citizen=make_citizen(name=name))
        make_deadline(unit=unit, case=case, kind=kind)
    kinds = make_kind(), make_kind("offer_answer", permission=Permission.HOUSING)

    with only_kinds(*kinds):
        html = work_of(client, make_user(Role.ALLOCATOR, unit))

    assert "about-housing" in html
    assert "about-support" not in html


def test_the_citizens_shown_are_logged(client: Client) -> None:
    unit, user = team_of_one()
    case = make_case(unit=unit, adviser=user)
    make_deadline(unit=unit, case=case, person=user)

    work_of(client, user)

    entry = AccessEntry.objects.get(action=LogAction.LISTED)
    assert (entry.user, entry.citizen_ids, entry.what) == (user, [case.citizen_id], "my_day")
