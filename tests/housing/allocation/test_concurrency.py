"""A hundred attempts at once to offer ten dwellings, with real transactions."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from housing.allocation import services
from housing.allocation.errors import CitizenHasOffer, DwellingTaken, OfferIsOver
from housing.allocation.models import HousingReferral, Offer
from housing.supply.models import Vacancy
from housing.tenancies.models import Tenancy
from housingfirst.access.enums import Role
from housingfirst.access.models import User
from housingfirst.base.errors import DomainError
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case
from tests.housing.homes import make_allocator, make_offer, make_referral, make_vacancy

pytestmark = pytest.mark.django_db(transaction=True)

ATTEMPTS = 100
AT_ONCE = 10
DWELLINGS = 10


def test_a_hundred_attempts_at_ten_dwellings_make_exactly_ten_live_offers() -> None:
    unit = make_unit()
    allocator = make_allocator(unit.municipality, name="Peter Nymark")
    referrals = [make_referral(case=make_case(unit=unit)) for _ in range(DWELLINGS + 5)]
    vacancies = [make_vacancy(municipality=unit.municipality) for _ in range(DWELLINGS)]
    start = Barrier(AT_ONCE, timeout=60)

    def attempt(number: int) -> tuple[str, str]:
        """Ten go at once: several want the same dwelling, several the same citizen."""
        try:
            start.wait()
            services.offer_make(
                vacancy=Vacancy.objects.get(pk=vacancies[number % DWELLINGS].pk),
                referral=HousingReferral.objects.get(
                    pk=referrals[(number * 7 + number // DWELLINGS) % len(referrals)].pk
                ),
                answer_by=timezone.now() + timedelta(days=1),
                actor=User.objects.get(pk=allocator.pk),
                why_not_first="Prøve",
            )
        except DomainError as refusal:
            return refusal.code, str(refusal)
        finally:
            connection.close()
        return "made", ""

    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = list(pool.map(attempt, range(ATTEMPTS)))

    answers = Counter(code for code, _text in found)
    assert all("Peter Nymark" in text for code, text in found if code != "made")
    live = Offer.objects.live()
    assert answers["made"] == live.count() == DWELLINGS
    assert live.values("dwelling").distinct().count() == DWELLINGS
    assert live.values("case").distinct().count() == DWELLINGS
    assert set(answers) <= {"made", DwellingTaken.code, CitizenHasOffer.code}
    assert sum(answers.values()) == ATTEMPTS


def test_of_ten_who_say_yes_at_once_one_makes_the_lease() -> None:
    offer = make_offer()
    adviser = make_user(Role.ADVISER, offer.case.unit)
    start = Barrier(AT_ONCE, timeout=60)

    def accept(_number: int) -> str:
        try:
            start.wait()
            services.offer_accept(
                offer=Offer.objects.get(pk=offer.pk),
                starts_on=timezone.localdate(),
                actor=User.objects.get(pk=adviser.pk),
            )
        except DomainError as refusal:
            return refusal.code
        finally:
            connection.close()
        return "made"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = Counter(pool.map(accept, range(AT_ONCE)))

    assert answers == {"made": 1, OfferIsOver.code: AT_ONCE - 1}
    assert Tenancy.objects.count() == 1
