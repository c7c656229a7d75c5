"""Offers' pages: the lists, one offer, its answers, and who may."""

import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.citizens.enums import Protection
from housing.allocation import services
from housing.allocation.enums import (
    DeclinedBy,
    DeclineReason,
    OfferStatus,
    ReferralStatus,
    WithdrawReason,
)
from housing.allocation.models import Offer
from housing.allocation.services import ReferralValues
from housing.tenancies.models import Tenancy
from housingfirst.access.enums import LogAction, Role
from housingfirst.access.models import AccessEntry
from housingfirst.ui import words
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case, make_citizen
from tests.housing.homes import (
    Town,
    make_area,
    make_offer,
    make_organisation,
    make_referral,
    make_tenancy,
    make_vacancy,
)
from tests.reading import read

pytestmark = pytest.mark.django_db

TODAY_TYPED = "i dag"


@pytest.fixture
def offer(town: Town) -> Offer:
    return town.offer(town.vacancy(), town.waiting())


def page(offer: Offer) -> str:
    return reverse("housing:offer_detail", args=[offer.reference])


def post(client: Client, offer: Offer, act: str, **values: str) -> Any:
    url = reverse(f"housing:offer_{act}", args=[offer.reference])
    return client.post(url, {"form_key": str(uuid.uuid4()), **values})


def test_the_nearest_time_to_answer_stands_first(as_allocator: Client, town: Town) -> None:
    later = town.offer(town.vacancy(), town.waiting(days=2), hours=60)
    sooner = town.offer(town.vacancy(), town.waiting(days=1), hours=20)

    rows = as_allocator.get("/offers/").context["rows"]

    assert [row.offer for row in rows] == [sooner, later]


def test_ended_offers_say_why(as_allocator: Client, town: Town, offer: Offer) -> None:
    services.offer_decline(
        offer=offer,
        declined_by=DeclinedBy.CITIZEN,
        reason=DeclineReason.AREA,
        actor=town.adviser,
    )

    html = read(as_allocator.get("/offers/", {"show": "ended"}))

    assert "Borgeren: for langt væk" in html
    assert "Intet tilbud venter på svar" in read(as_allocator.get("/offers/"))


def test_the_match_is_shown_as_it_was(as_adviser: Client, town: Town) -> None:
    referral = town.waiting(rent_max_dkk=Decimal(5_250))
    offer = town.offer(town.vacancy(rent_dkk=Decimal(4_930)), referral)
    services.referral_save(
        case=referral.case,
        values=ReferralValues(rent_max_dkk=Decimal(3_000)),
        actor=town.adviser,
        referral=referral,
    )

    html = read(as_adviser.get(page(offer)))

    assert "Husleje 4.930 kr. er under loftet på 5.250 kr." in html
    assert "Et nej har ingen følger." in html


def test_yes(as_adviser: Client, town: Town, offer: Offer) -> None:
    response = post(as_adviser, offer, "accept", starts_on=TODAY_TYPED)

    tenancy = Tenancy.objects.get()
    assert response.url == reverse("housing:tenancy_detail", args=[tenancy.reference])
    assert "har en bolig" in read(as_adviser.get(response.url))
    assert "Svaret var ja" in read(as_adviser.get(page(offer)))


def test_yes_pressed_twice_is_one_lease(as_adviser: Client, offer: Offer) -> None:
    key = str(uuid.uuid4())

    first = post(as_adviser, offer, "accept", starts_on=TODAY_TYPED, form_key=key)
    second = post(as_adviser, offer, "accept", starts_on=TODAY_TYPED, form_key=key)

    assert first.url == second.url
    assert Tenancy.objects.count() == 1


def test_no_keeps_the_place_and_notes_what_would_suit(
    as_adviser: Client, town: Town, offer: Offer
) -> None:
    response = post(as_adviser, offer, "decline", answer="citizen:area", remark="Nær sønnen")

    offer.refresh_from_db()
    assert (offer.status, offer.remark) == (OfferStatus.DECLINED, "Nær sønnen")
    assert offer.referral.status == ReferralStatus.WAITING
    assert "beholder sin plads i køen" in read(as_adviser.get(response.url))


def test_withdrawn_by_the_allocator(as_allocator: Client, offer: Offer) -> None:
    response = post(as_allocator, offer, "withdraw", reason="mistake")

    offer.refresh_from_db()
    assert offer.status == OfferStatus.WITHDRAWN
    assert "Boligen er ledig igen" in read(as_allocator.get(response.url))


@pytest.mark.parametrize(
    ("act", "values", "says"),
    [
        pytest.param("accept", {"starts_on": ""}, "mangler, før", id="no-day"),
        pytest.param("accept", {"starts_on": "32-13-2026"}, "kan ikke læses", id="no-such-day"),
        pytest.param("accept", {"starts_on": "01-01-2001"}, "ledig fra", id="before-available"),
        pytest.param("accept", {"starts_on": "01-01-2150"}, "for sen", id="far-away"),
        pytest.param("decline", {"answer": ""}, "vælg en", id="no-reason"),
        pytest.param("decline", {"answer": "citizen:debt"}, "Vælg en", id="not-their-reason"),
        pytest.param("decline", {"answer": "citizen:not_ready"}, "Vælg en", id="readiness"),
        pytest.param(
            "decline", {"answer": "citizen:area", "remark": "x" * 10_000}, "10.000", id="too-long"
        ),
        pytest.param("withdraw", {"reason": ""}, "vælg en", id="no-withdraw-reason"),
        pytest.param("withdraw", {"reason": "🏠"}, "Vælg en", id="emoji"),
    ],
)
def test_bad_input_is_told_and_changes_nothing(
    client: Client, town: Town, offer: Offer, act: str, values: dict[str, str], says: str
) -> None:
    client.force_login(town.allocator)  # who may both answer and withdraw

    response = post(client, offer, act, **values)

    offer.refresh_from_db()
    assert response.status_code == 422
    assert says.lower() in read(response).lower()
    assert offer.status == OfferStatus.LIVE


def test_an_answer_too_late_is_refused_in_words(as_adviser: Client, town: Town) -> None:
    offer = town.offer(town.vacancy(), town.waiting(), hours=1)

    with time_machine.travel(timezone.now() + timedelta(minutes=59, seconds=59), tick=False):
        open_page = read(as_adviser.get(page(offer)))
    with time_machine.travel(timezone.now() + timedelta(hours=1, minutes=1), tick=False):
        shown = read(as_adviser.get(page(offer)))
        response = post(as_adviser, offer, "accept", starts_on=TODAY_TYPED)

    assert "Registrér ja" in open_page
    assert "Registrér ja" not in shown
    assert "Fristen er gået" in shown
    assert response.status_code == 422
    assert "udløb" in read(response)
    assert not Tenancy.objects.exists()


def test_of_two_who_answer_the_second_reads_what_happened(
    as_adviser: Client, town: Town, offer: Offer
) -> None:
    services.offer_withdraw(offer=offer, reason=WithdrawReason.MISTAKE, actor=town.allocator)

    response = post(as_adviser, offer, "accept", starts_on=TODAY_TYPED)

    assert response.status_code == 422
    assert "trukket tilbage" in read(response)


def test_a_citizen_with_another_home_is_told_in_words(as_adviser: Client, town: Town) -> None:
    referral = town.waiting()
    make_tenancy(case=referral.case)
    offer = town.offer(town.vacancy(), referral)

    response = post(as_adviser, offer, "accept", starts_on=TODAY_TYPED)

    assert response.status_code == 422
    assert "en anden bolig" in read(response)


@pytest.mark.parametrize(
    ("role", "is_own", "statuses"),
    [
        pytest.param(Role.ADVISER, True, (200, 422, 403), id="adviser"),
        pytest.param(Role.SUPPORT_WORKER, True, (200, 422, 403), id="support-worker"),
        pytest.param(Role.ADVISER, False, (404, 404, 404), id="adviser-elsewhere"),
        pytest.param(Role.PARTNER, True, (404, 404, 404), id="partner"),
        pytest.param(Role.AUDITOR, True, (404, 404, 404), id="auditor"),
        pytest.param(Role.ADMINISTRATOR, True, (404, 404, 404), id="administrator"),
    ],
)
def test_who_sees_answers_and_withdraws(
    client: Client, town: Town, offer: Offer, role: Role, is_own: bool, statuses: tuple[int, ...]
) -> None:
    client.force_login(make_user(role, town.unit if is_own else make_unit()))

    found = (
        client.get(page(offer)).status_code,
        post(client, offer, "accept").status_code,
        post(client, offer, "withdraw").status_code,
    )

    assert found == statuses


def test_the_housing_organisation_whose_dwelling_it_is_sees_no_citizen(
    client: Client, offer: Offer
) -> None:
    unit = offer.dwelling.estate.unit
    client.force_login(make_user(Role.PARTNER, unit))

    vacancy = read(client.get(f"/vacancies/{offer.vacancy.reference}/"))

    assert offer.case.citizen.name not in vacancy
    assert offer.dwelling.address in vacancy  # it is theirs
    assert client.get("/offers/").status_code == 403
    assert client.get(page(offer)).status_code == 404
    client.force_login(make_user(Role.PARTNER, make_organisation()))
    assert client.get(f"/vacancies/{offer.vacancy.reference}/").status_code == 404


def test_a_protected_address_is_shown_by_a_logged_press_alone(
    as_adviser: Client, town: Town
) -> None:
    citizen = make_citizen(protection=Protection.YES)
    referral = make_referral(case=make_case(unit=town.unit, citizen=citizen))
    offer = town.offer(
        make_vacancy(municipality=town.municipality, address="Skjultvej 3"), referral
    )

    before = read(as_adviser.get(page(offer)))
    after = read(post(as_adviser, offer, "place"))

    assert "Skjultvej" not in before
    assert f"Bolig {offer.dwelling.number} (adresse skjult)" in before
    assert "Skjultvej 3" in after
    entry = AccessEntry.objects.get(action=LogAction.REVEALED)
    assert (entry.user, entry.citizen_ids) == (town.adviser, [citizen.pk])


def test_the_allocator_does_not_reveal_it(as_allocator: Client, town: Town) -> None:
    citizen = make_citizen(protection=Protection.UNKNOWN)  # counts as protected
    referral = make_referral(case=make_case(unit=town.unit, citizen=citizen))
    offer = town.offer(make_vacancy(municipality=town.municipality), referral)

    assert post(as_allocator, offer, "place").status_code == 403
    assert "Vis adressen" not in read(as_allocator.get(page(offer)))


@pytest.mark.parametrize("url", ["/offers/", "/waiting-list/", "/offers/?show=ended"])
@pytest.mark.parametrize("rows", [1, 20])
def test_query_counts_do_not_grow(
    as_allocator: Client,
    town: Town,
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]],
    url: str,
    rows: int,
) -> None:
    area = make_area(municipality=town.municipality)
    for number in range(rows):
        offer = make_offer(
            vacancy=town.vacancy(), referral=town.waiting(areas=(area,)), actor=town.allocator
        )
        if "ended" in url or number % 2:
            services.offer_withdraw(
                offer=offer, reason=WithdrawReason.MISTAKE, actor=town.allocator
            )
    as_allocator.get(url)

    with django_assert_max_num_queries(16):  # of them two are the test's own savepoint
        as_allocator.get(url)


def test_pages_of_the_list_follow_each_other(as_allocator: Client, town: Town) -> None:
    for number in range(27):
        make_offer(
            vacancy=town.vacancy(),
            referral=town.waiting(),
            actor=town.allocator,
            answer_by=timezone.now() + timedelta(hours=30 + number),
        )

    first = as_allocator.get("/offers/")
    second = as_allocator.get("/offers/" + first.context["page"].next_url)

    assert [len(one.context["rows"]) for one in (first, second)] == [25, 2]
    assert second.context["page"].previous_url


def test_the_waiting_list_is_in_the_order_and_tells_the_place(
    as_allocator: Client, client: Client, town: Town
) -> None:
    second, first = town.waiting(days=1), town.waiting(days=30)

    rows = as_allocator.get("/waiting-list/").context["rows"]

    assert [(row.number, row.referral) for row in rows] == [(1, first), (2, second)]


def test_the_place_is_that_of_the_whole_queue_for_those_who_see_a_part_of_it(
    client: Client, town: Town
) -> None:
    make_referral(
        case=make_case(unit=make_unit(municipality=town.municipality)),
        waits_from=timezone.localdate() - timedelta(days=99),
    )
    town.waiting(days=1)
    client.force_login(town.adviser)

    rows = client.get("/waiting-list/").context["rows"]

    assert [row.number for row in rows] == [2]


@pytest.mark.parametrize(
    ("f", "shown"), [("urgent", 1), ("papers", 2), ("offered", 0), ("first", 0), ("x", 2)]
)
def test_the_waiting_list_is_filtered(as_allocator: Client, town: Town, f: str, shown: int) -> None:
    town.waiting(urgency="urgent", urgency_reason="Gravid")
    town.waiting()

    assert len(as_allocator.get("/waiting-list/", {"f": f}).context["rows"]) == shown


def test_the_time_to_answer_is_written_in_the_pages_language(
    as_adviser: Client, town: Town, offer: Offer
) -> None:
    town.adviser.language = "en"
    town.adviser.save()

    html = read(as_adviser.get(page(offer)))

    assert "Register a yes" in html
    assert words.day_as_typed(timezone.localdate()) in html
