"""What silence and a withdrawal do to an offer."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from housing.allocation import services
from housing.allocation.enums import (
    DeclinedBy,
    DeclineReason,
    OfferStatus,
    ReferralStatus,
    WithdrawReason,
)
from housing.allocation.errors import (
    OfferHasExpired,
)
from housing.allocation.models import HousingReferral, Offer
from housing.supply.enums import VacancyEnd
from housing.supply.services import vacancy_close
from housing.tenancies.models import Tenancy
from housingfirst.base.errors import NotPermitted
from housingfirst.events.models import Event
from tests.housing.homes import (
    Town,
)

pytestmark = pytest.mark.django_db


def test_an_answer_after_its_time_is_refused_in_words(town: Town) -> None:
    offer = town.offer(town.vacancy(), town.waiting(), hours=1)

    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        for answer in (
            lambda: services.offer_accept(
                offer=offer, starts_on=timezone.localdate(), actor=town.adviser
            ),
            lambda: services.offer_decline(
                offer=offer,
                declined_by=DeclinedBy.CITIZEN,
                reason=DeclineReason.AREA,
                actor=town.adviser,
            ),
        ):
            with pytest.raises(OfferHasExpired):
                answer()

    assert not Tenancy.objects.exists()


def test_silence_expires_the_offer_once(town: Town) -> None:
    late = town.offer(town.vacancy(), town.waiting(days=9), hours=1)
    in_time = town.offer(town.vacancy(), town.waiting(days=3), hours=3)
    now = timezone.now() + timedelta(hours=2)

    assert services.offers_expire(now=now) == 1
    assert services.offers_expire(now=now) == 0

    late.refresh_from_db()
    in_time.refresh_from_db()
    assert (late.status, in_time.status) == (OfferStatus.EXPIRED, OfferStatus.LIVE)
    assert Event.objects.filter(kind="offer.expired").count() == 1
    assert late.referral.status == ReferralStatus.WAITING


def test_a_new_offer_need_not_wait_for_the_worker_that_expires(town: Town) -> None:
    first, second, vacancy = town.waiting(days=9), town.waiting(days=3), town.vacancy()
    town.offer(vacancy, first, hours=1)

    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        services.offer_make(
            vacancy=vacancy,
            referral=second,
            answer_by=timezone.now() + timedelta(days=1),
            actor=town.allocator,
            why_not_first="Nåede ikke at svare",
        )

    assert list(Offer.objects.order_by("pk").values_list("status", flat=True)) == [
        OfferStatus.EXPIRED,
        OfferStatus.LIVE,
    ]


def test_the_allocator_takes_an_offer_back(town: Town) -> None:
    referral, vacancy = town.waiting(), town.vacancy()
    offer = town.offer(vacancy, referral)

    with pytest.raises(NotPermitted):
        services.offer_withdraw(offer=offer, reason=WithdrawReason.MISTAKE, actor=town.adviser)
    services.offer_withdraw(offer=offer, reason=WithdrawReason.MISTAKE, actor=town.allocator)

    offer.refresh_from_db()
    assert (offer.status, offer.withdraw_reason) == (OfferStatus.WITHDRAWN, "mistake")
    assert town.offer(vacancy, referral).status == OfferStatus.LIVE


def test_a_vacancy_that_is_withdrawn_takes_its_offer_with_it(town: Town) -> None:
    offer = town.offer(town.vacancy(), town.waiting())

    vacancy_close(
        vacancy=offer.vacancy,
        ended=VacancyEnd.WITHDRAWN,
        closed_on=timezone.localdate(),
        actor=town.allocator,
    )

    offer.refresh_from_db()
    assert (offer.status, offer.withdraw_reason) == (
        OfferStatus.WITHDRAWN,
        WithdrawReason.DWELLING_GONE,
    )


def test_J5_one_flat_and_three_candidates(town: Town) -> None:
    """Declined by the first, silent the second, accepted by the third; nobody loses a place."""
    first, second, third = (town.waiting(days=days) for days in (90, 60, 30))
    poor = town.waiting(days=120, rent_max_dkk=Decimal(4_738))
    vacancy = town.vacancy(rent_dkk=Decimal(4_950))
    today = timezone.localdate()

    one = town.offer(vacancy, first)
    services.offer_decline(
        offer=one,
        declined_by=DeclinedBy.CITIZEN,
        reason=DeclineReason.AREA,
        remark="Tættere på sønnen",
        actor=town.adviser,
    )
    two = services.offer_make(
        vacancy=vacancy,
        referral=second,
        answer_by=timezone.now() + timedelta(hours=1),
        actor=town.allocator,
        why_not_first="Har sagt nej til den",
    )
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        services.offers_expire(now=timezone.now())
        three = services.offer_make(
            vacancy=vacancy,
            referral=third,
            answer_by=timezone.now() + timedelta(days=1),
            actor=town.allocator,
            why_not_first="Nr. 1 har sagt nej, nr. 2 svarede ikke",
        )
        services.offer_accept(offer=three, starts_on=today + timedelta(days=9), actor=town.adviser)

    ends = list(Offer.objects.order_by("pk").values_list("status", flat=True))
    assert ends == [OfferStatus.DECLINED, OfferStatus.EXPIRED, OfferStatus.ACCEPTED]
    waiting = HousingReferral.objects.waiting().order_by("waits_from")
    assert [row.pk for row in waiting] == [poor.pk, first.pk, second.pk]
    assert [(today - row.waits_from).days for row in waiting if row.waits_from] == [120, 90, 60]
    assert two.referral == second
