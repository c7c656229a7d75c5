"""What the allocator who asked for a deposit loan with an offer sees of it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from crosssector.handoffs import services
from crosssector.handoffs.models import Handoff
from housing.allocation import services as allocation
from housing.allocation.models import Offer
from housingfirst.access.enums import Role
from housingfirst.access.models import Unit, User
from tests.access.factories import make_user
from tests.crosssector.factories import make_benefits_office, make_partner
from tests.housing.homes import Town
from tests.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
def office(town: Town) -> Unit:
    return make_benefits_office(municipality=town.municipality, name="Ydelsescenter Nord")


def offered(town: Town) -> Offer:
    return allocation.offer_make(
        vacancy=town.vacancy(),
        referral=town.waiting(),
        answer_by=timezone.now() + timedelta(days=9),
        actor=User.objects.get(pk=town.allocator.pk),
        ask_deposit_loan=True,
        why_not_first="Prøve",
    )


def pages(client: Client, offer: Offer) -> dict[str, str]:
    addresses = {
        "list": reverse("housing:offer_list"),
        "offer": reverse("housing:offer_detail", args=[offer.reference]),
        "board": reverse("housing:allocation_board"),
    }
    return {name: read(client.get(address)) for name, address in addresses.items()}


@pytest.mark.parametrize("page", ["list", "offer", "board"])
def test_it_is_shown_with_whom_and_by_when(
    client: Client, town: Town, office: Unit, page: str
) -> None:
    offer = offered(town)
    client.force_login(town.allocator)

    html = pages(client, offer)[page]

    assert "Indskudslån: Ydelsescenter Nord" in html
    assert "Hos Ydelsescenter Nord" in html
    assert "svar senest" in html


@pytest.mark.parametrize("page", ["list", "offer", "board"])
def test_the_answer_is_shown_without_its_reasons(
    client: Client, town: Town, office: Unit, page: str
) -> None:
    offer = offered(town)
    services.handoff_refuse(
        handoff=Handoff.objects.get(), text="Har formue i udlandet", actor=make_partner(office)
    )
    client.force_login(town.allocator)

    html = pages(client, offer)[page]

    assert "Afslået" in html
    assert "formue" not in html


def test_a_question_is_the_teams_to_answer(client: Client, town: Town, office: Unit) -> None:
    offer = offered(town)
    services.handoff_question(
        handoff=Handoff.objects.get(), text="Hvad er indtægten?", actor=make_partner(office)
    )
    client.force_login(town.allocator)

    html = pages(client, offer)["offer"]

    assert "Spørger teamet" in html
    assert "indtægten" not in html


def test_a_granted_one_is_done(client: Client, town: Town, office: Unit) -> None:
    offer = offered(town)
    services.handoff_grant(
        handoff=Handoff.objects.get(), granted_dkk=Decimal(100), actor=make_partner(office)
    )
    client.force_login(town.allocator)

    assert "Bevilget" in pages(client, offer)["list"]


def test_it_is_told_to_those_who_make_offers_alone(
    client: Client, town: Town, office: Unit
) -> None:
    offer = offered(town)
    client.force_login(make_user(Role.ADVISER, town.unit))

    html = read(client.get(reverse("housing:offer_detail", args=[offer.reference])))

    assert "Ydelsescenter Nord" not in html


def test_query_counts_do_not_grow(
    client: Client,
    town: Town,
    office: Unit,
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    for _n in range(5):
        offered(town)
    client.force_login(town.allocator)
    client.get(reverse("housing:offer_list"))

    for name in ("housing:offer_list", "housing:allocation_board"):
        with django_assert_max_num_queries(17):  # of them two are the test's own savepoint
            client.get(reverse(name))
