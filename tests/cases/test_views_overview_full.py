"""The overview of a case in which everything is going on: what it shows, and what it costs."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cases.casework.models import Case
from cases.citizens.enums import Protection
from housingfirst.access.enums import Role
from tests.access.factories import make_user
from tests.cases.factories import make_citizen
from tests.cases.pages import address, opened, queries
from tests.housing.factories import make_bed, make_stay
from tests.housing.homes import make_offer, make_referral
from tests.support.factories import make_decision, make_enrolment, make_visit

pytestmark = pytest.mark.django_db


def busy(protection: Protection, *, is_offered: bool) -> Case:
    """At a shelter, waiting for a home or offered one, with a course of support begun."""
    today = timezone.localdate()
    stay = make_stay(
        bed=make_bed(),
        citizen=make_citizen(name="Sanne Bay", protection=protection),
        admitted_on=today - timedelta(days=70),
    )
    referral = make_referral(case=stay.case)
    if is_offered:
        make_offer(referral=referral)
    decision = make_decision(case=stay.case, decided_on=today, starts_on=today, ends_on=None)
    make_enrolment(decision=decision, started_on=today)
    make_visit(case=stay.case)
    return Case.objects.get(pk=stay.case_id)


@pytest.mark.parametrize("protection", [Protection.NO, Protection.YES])
@pytest.mark.parametrize("is_offered", [True, False], ids=["offered", "waiting"])
@pytest.mark.parametrize("role", [Role.ADVISER, Role.HYBRID, Role.TEAM_LEAD, Role.SUPPORT_WORKER])
def test_no_more_than_fifteen_queries(
    client: Client, protection: Protection, is_offered: bool, role: Role
) -> None:
    case = busy(protection, is_offered=is_offered)
    client.force_login(make_user(role, case.unit))

    assert queries(client, address("case_detail", case)) <= 15


def test_the_clock_the_home_and_the_course_are_there(client: Client) -> None:
    case = busy(Protection.NO, is_offered=False)
    stay = case.stays.get()

    html = opened(client, make_user(Role.ADVISER, case.unit), address("case_detail", case))

    assert "§\u00a0110" in html
    assert stay.shelter.name in html
    assert "CTI" in html


@pytest.mark.parametrize("page", ["case_detail", "case_print", "journal", "case_log"])
def test_T19_a_protected_citizens_shelter_is_on_no_page(client: Client, page: str) -> None:
    case = busy(Protection.YES, is_offered=True)
    stay = case.stays.get()

    html = opened(client, make_user(Role.TEAM_LEAD, case.unit), address(page, case))

    assert stay.shelter.name not in html
    assert stay.shelter.unit.name not in html
    offer = case.offers.get()
    assert offer.dwelling.address not in html
