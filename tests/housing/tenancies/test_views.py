"""A lease's page, and the case's page about a home: registering, ending, referring again."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.citizens.enums import Protection
from cases.models import Case
from housing.allocation import services as allocation
from housing.allocation.enums import DeclinedBy, DeclineReason, ReferralEnd, ReferralStatus
from housing.allocation.models import HousingReferral
from housing.allocation.services import ReferralValues
from housing.tenancies.enums import TenancyEnd
from housing.tenancies.models import Tenancy
from housing.tenancies.services import tenancy_register
from housingfirst.access.enums import LogAction, Role
from housingfirst.access.models import AccessEntry
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case, make_citizen
from tests.housing.homes import (
    Town,
    make_area,
    make_dwelling,
    make_offer,
    make_referral,
    make_tenancy,
)
from tests.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
def case(town: Town) -> Case:
    return make_case(unit=town.unit)


@pytest.fixture
def tenancy(case: Case) -> Tenancy:
    return make_tenancy(case=case, starts_on=date(2026, 3, 1))


@pytest.fixture
def adviser(client: Client, town: Town) -> Client:
    client.force_login(town.adviser)
    return client


def page(tenancy: Tenancy) -> str:
    return reverse("housing:tenancy_detail", args=[tenancy.reference])


def tab(case: Case) -> str:
    return reverse("housing:housing_tab", args=[case.reference])


def post(client: Client, tenancy: Tenancy, act: str, **values: str) -> Any:
    data = {"version": str(Tenancy.objects.get(pk=tenancy.pk).version)}
    return client.post(reverse(f"housing:tenancy_{act}", args=[tenancy.reference]), data | values)


def test_signed_and_keys_are_registered(adviser: Client, tenancy: Tenancy) -> None:
    response = post(adviser, tenancy, "register", signed_on="20-02-2026", keys_on="01-03-2026")

    tenancy.refresh_from_db()
    assert (tenancy.signed_on, tenancy.keys_on) == (date(2026, 2, 20), date(2026, 3, 1))
    assert "Lejemålet er gemt" in read(adviser.get(response.url))


def test_two_who_register_at_once_choose(adviser: Client, town: Town, tenancy: Tenancy) -> None:
    other = make_user(Role.ADVISER, town.unit, name="Gitte Ravnholt")
    tenancy_register(tenancy=tenancy, signed_on=date(2026, 2, 1), keys_on=None, actor=other)

    response = post(adviser, tenancy, "register", signed_on="20-02-2026", version="1")

    assert response.status_code == 409
    assert "Gitte Ravnholt" in read(response)


def test_H2_H3_the_end_says_that_support_goes_on_and_proposes_the_same_wait(
    adviser: Client, town: Town, case: Case
) -> None:
    referral = make_referral(case=case, waits_from=date(2026, 1, 5))
    offer = make_offer(referral=referral, actor=town.allocator)
    today = timezone.localdate()
    home = allocation.offer_accept(offer=offer, starts_on=today, actor=town.adviser)

    response = post(adviser, home, "end", ends_on="i dag", reason="evicted")
    html = read(adviser.get(response.url))
    again = adviser.post(reverse("housing:referral_again", args=[case.reference]))

    assert "Støtten fortsætter som før" in html
    assert "Indstil igen med samme ventetid" in html
    draft = HousingReferral.objects.get(status=ReferralStatus.DRAFT)
    assert draft.waits_from == date(2026, 1, 5)
    form = read(adviser.get(again.headers["Location"]))
    assert "Ventetiden tæller fra 5. jan." in form
    assert "Støtten fortsætter" in read(adviser.get(page(home)))


@pytest.mark.parametrize("reason", [TenancyEnd.MOVED, TenancyEnd.DEAD])
def test_nothing_is_proposed_when_there_is_another_home_or_nobody(
    adviser: Client, case: Case, tenancy: Tenancy, reason: TenancyEnd
) -> None:
    post(adviser, tenancy, "end", ends_on="01-09-2026", reason=reason.value)

    assert "Indstil igen" not in read(adviser.get(tab(case)))


def test_again_without_an_earlier_home_is_told(adviser: Client, case: Case) -> None:
    response = adviser.post(reverse("housing:referral_again", args=[case.reference]))

    assert "Ingen tidligere" in read(adviser.get(response.headers["Location"]))


@pytest.mark.parametrize(
    ("act", "values", "says"),
    [
        pytest.param("register", {"signed_on": "i overmorgen"}, "for sen", id="future"),
        pytest.param("register", {"keys_on": "på torsdag i 8 dage"}, "kan ikke læses", id="words"),
        pytest.param("end", {"ends_on": "", "reason": "moved"}, "mangler", id="no-day"),
        pytest.param("end", {"ends_on": "i dag", "reason": ""}, "vælg en", id="no-reason"),
        pytest.param(
            "end", {"ends_on": "01-02-2026", "reason": "moved"}, "1. marts|01-03-2026", id="before"
        ),
        pytest.param("end", {"ends_on": "i dag", "reason": "sad"}, "vælg en", id="unknown"),
    ],
)
def test_bad_input_is_told_and_changes_nothing(
    adviser: Client, tenancy: Tenancy, act: str, values: dict[str, str], says: str
) -> None:
    response = post(adviser, tenancy, act, **values)

    tenancy.refresh_from_db()
    assert response.status_code == 422
    assert any(one in read(response).lower() for one in says.lower().split("|"))
    assert (tenancy.signed_on, tenancy.keys_on, tenancy.ends_on) == (None, None, None)


def test_an_end_on_an_old_page_is_told(adviser: Client, tenancy: Tenancy) -> None:
    post(adviser, tenancy, "end", ends_on="01-09-2026", reason="moved")

    response = post(adviser, tenancy, "end", ends_on="02-09-2026", reason="evicted")

    assert response.status_code == 422
    assert "01-09-2026" in read(response)


@pytest.mark.parametrize(
    ("role", "is_own", "seen", "ended"),
    [
        pytest.param(Role.ADVISER, True, 200, 422, id="adviser"),
        pytest.param(Role.SUPPORT_WORKER, True, 200, 403, id="support-worker"),
        pytest.param(Role.ADVISER, False, 404, 404, id="elsewhere"),
        pytest.param(Role.PARTNER, True, 404, 404, id="partner"),
    ],
)
def test_who_sees_and_ends(
    client: Client, town: Town, tenancy: Tenancy, role: Role, is_own: bool, seen: int, ended: int
) -> None:
    client.force_login(make_user(role, town.unit if is_own else make_unit()))

    assert client.get(page(tenancy)).status_code == seen
    assert post(client, tenancy, "end").status_code == ended


def test_a_protected_address_is_shown_by_a_logged_press_alone(adviser: Client, town: Town) -> None:
    citizen = make_citizen(protection=Protection.YES)
    case = make_case(unit=town.unit, citizen=citizen)
    dwelling = make_dwelling(area=make_area(municipality=town.municipality), address="Skjultvej 3")
    tenancy = make_tenancy(case=case, dwelling=dwelling)

    hidden = [read(adviser.get(url)) for url in (page(tenancy), tab(case))]
    shown = read(post(adviser, tenancy, "place"))

    assert all("Skjultvej" not in html for html in hidden)
    assert "Skjultvej 3" in shown
    assert AccessEntry.objects.filter(action=LogAction.REVEALED, what="place").exists()


def test_the_tab_is_empty_before_a_referral(adviser: Client, case: Case) -> None:
    html = read(adviser.get(tab(case)))

    assert "Ingen boligindstilling" in html
    assert "Indstil til bolig" in html


def test_the_tab_shows_the_place_the_papers_and_what_it_would_take(
    adviser: Client, town: Town, case: Case
) -> None:
    make_referral(case=case, values=ReferralValues(rent_max_dkk=Decimal(4_300)))
    town.vacancy(rent_dkk=Decimal(4_500))
    town.vacancy(rent_dkk=Decimal(9_500))

    html = read(adviser.get(tab(case)))

    assert "Nr. 1 i rækkefølgen" in html
    assert "Vi har det nu" in html
    assert "husleje højst 4.500 kr. i stedet for 4.300 kr." in html
    assert "9.500" not in html


def test_the_tab_shows_the_offer_and_the_earlier_no(
    adviser: Client, town: Town, case: Case
) -> None:
    referral = make_referral(case=case)
    first = make_offer(referral=referral, actor=town.allocator)
    allocation.offer_decline(
        offer=first,
        declined_by=DeclinedBy.CITIZEN,
        reason=DeclineReason.AREA,
        actor=town.adviser,
    )
    make_offer(referral=referral, actor=town.allocator)

    html = read(adviser.get(tab(case)))
    overview = read(adviser.get(reverse("cases:case_detail", args=[case.reference])))

    assert "Registrér svar" in html
    assert "tæller ikke" in html
    assert "Har et boligtilbud" in overview


def test_the_overview_tells_the_place_in_the_queue(adviser: Client, case: Case) -> None:
    make_referral(case=case)

    html = read(adviser.get(reverse("cases:case_detail", args=[case.reference])))

    assert "Nr. 1 i ventelistens rækkefølge" in html


def test_a_paper_is_received_with_one_press(adviser: Client, case: Case) -> None:
    paper = make_referral(case=case).papers.get(kind="income")
    url = reverse("housing:paper_receive", args=[paper.reference])

    first = adviser.post(url)
    second = adviser.post(url)

    paper.refresh_from_db()
    assert paper.received_on == timezone.localdate()
    assert (first.status_code, second.status_code) == (302, 302)
    assert "allerede" in read(adviser.get(tab(case)))


def test_withdrawn_for_a_reason(adviser: Client, town: Town, case: Case) -> None:
    make_referral(case=case)
    url = reverse("housing:referral_withdraw", args=[case.reference])

    refused = adviser.post(url, {"reason": ""})
    adviser.post(url, {"reason": ReferralEnd.FOUND_HOME.value})

    assert refused.status_code == 422
    assert HousingReferral.objects.get().status == ReferralStatus.WITHDRAWN
    assert "Har fundet en bolig" in read(adviser.get(tab(case)))


def test_not_withdrawn_while_an_offer_waits(adviser: Client, town: Town, case: Case) -> None:
    make_offer(referral=make_referral(case=case), actor=town.allocator)

    response = adviser.post(
        reverse("housing:referral_withdraw", args=[case.reference]), {"reason": "mistake"}
    )

    assert response.status_code == 422
    assert "Træk først tilbuddet tilbage" in read(response)


def test_why_areas_are_ruled_out_is_for_the_allocator_alone(
    client: Client, town: Town, case: Case
) -> None:
    make_referral(case=case, values=ReferralValues(unfit_reason="Hans bror bor der"))
    worker = make_user(Role.SUPPORT_WORKER, town.unit)
    pages = {}
    for user in (town.allocator, worker):
        client.force_login(user)
        pages[user] = read(client.get(tab(case)))

    assert "Hans bror bor der" in pages[town.allocator]
    assert "Hans bror bor der" not in pages[worker]


@pytest.mark.parametrize(
    ("role", "is_own", "status"),
    [
        (Role.ADVISER, True, 200),
        (Role.SUPPORT_WORKER, True, 200),
        (Role.ADVISER, False, 404),
        (Role.PARTNER, True, 404),
        (Role.AUDITOR, True, 404),
    ],
)
def test_who_sees_the_tab(
    client: Client, town: Town, case: Case, role: Role, is_own: bool, status: int
) -> None:
    client.force_login(make_user(role, town.unit if is_own else make_unit()))

    assert client.get(tab(case)).status_code == status


@pytest.mark.parametrize("rows", [1, 12])
def test_query_count_of_the_tab_does_not_grow(
    adviser: Client,
    town: Town,
    case: Case,
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]],
    rows: int,
) -> None:
    areas = tuple(make_area(municipality=town.municipality) for _ in range(rows))
    referral = make_referral(case=case, values=ReferralValues(areas=areas))
    for number in range(rows):
        offer = make_offer(referral=referral, actor=town.allocator)
        allocation.offer_decline(
            offer=offer,
            declined_by=DeclinedBy.CITIZEN,
            reason=DeclineReason.AREA,
            actor=town.adviser,
        )
        home = make_tenancy(case=case, starts_on=date(2020, 1, 1) + timedelta(days=number * 40))
        home.ends_on, home.end_reason = home.starts_on + timedelta(days=9), TenancyEnd.MOVED
        home.save()
        town.vacancy()
    adviser.get(tab(case))

    with django_assert_max_num_queries(17):  # of them two are the test's own savepoint
        adviser.get(tab(case))
