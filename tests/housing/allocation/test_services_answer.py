"""What a yes and a no do to an offer, and who may say them."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from cases.casework.enums import Situation
from housing.allocation import services
from housing.allocation.enums import (
    DECLINE_REASONS,
    DeclinedBy,
    DeclineReason,
    OfferStatus,
    ReferralStatus,
    WithdrawReason,
)
from housing.allocation.errors import (
    LeaseBeforeAvailable,
    OfferIsOver,
    ReasonNotTheirs,
)
from housing.allocation.models import Offer
from housing.supply.enums import VacancyEnd
from housing.tenancies.errors import CitizenHasHome, DwellingHasTenant
from housing.tenancies.models import Tenancy
from housingfirst.access.enums import Role
from housingfirst.access.models import User
from housingfirst.base.errors import NotPermitted, StaleVersion
from housingfirst.events.models import Event
from tests.access.factories import make_user
from tests.housing.homes import (
    Town,
    make_offer,
    make_tenancy,
)

pytestmark = pytest.mark.django_db


def test_yes_makes_the_lease_and_ends_the_wait(town: Town) -> None:
    today = timezone.localdate()
    other = town.waiting(days=1)
    referral, vacancy = town.waiting(days=50), town.vacancy()
    offer = town.offer(vacancy, referral)

    tenancy = services.offer_accept(
        offer=offer, starts_on=today + timedelta(days=10), actor=town.adviser
    )

    assert (tenancy.starts_on, tenancy.rent_dkk, tenancy.deposit_dkk, tenancy.offer) == (
        today + timedelta(days=10), Decimal("4500.00"), Decimal("15000.00"), offer,
    )  # fmt: skip
    offer.refresh_from_db()
    vacancy.refresh_from_db()
    referral.refresh_from_db()
    other.refresh_from_db()
    assert offer.status == OfferStatus.ACCEPTED
    assert (vacancy.ended, vacancy.closed_on) == (VacancyEnd.LET, today)
    assert vacancy.vacancy_rent_through == today + timedelta(days=9)
    assert (referral.status, referral.ended_on) == (ReferralStatus.HOUSED, today)
    assert other.status == ReferralStatus.WAITING  # the others stay in the queue
    home = referral.case.situations.get(situation=Situation.HOUSED)
    assert home.starts_on == today + timedelta(days=10)
    kinds = list(Event.objects.filter(case=referral.case).values_list("kind", flat=True))
    assert {"offer.accepted", "tenancy.started"} <= set(kinds)


def test_the_allocators_see_the_case_until_a_while_after_the_lease_began(town: Town) -> None:
    referral = town.waiting()
    offer = town.offer(town.vacancy(), referral)
    services.offer_accept(offer=offer, starts_on=timezone.localdate(), actor=town.adviser)

    def sees() -> bool:
        return Offer.objects.visible_to(User.objects.get(pk=town.allocator.pk)).exists()

    with time_machine.travel(timezone.now() + timedelta(days=90), tick=False):
        assert sees()
    with time_machine.travel(timezone.now() + timedelta(days=91), tick=False):
        assert not sees()


def test_a_lease_before_the_dwelling_is_available_is_refused(town: Town) -> None:
    today = timezone.localdate()
    vacancy = town.vacancy(available_from=today + timedelta(days=14))
    offer = town.offer(vacancy, town.waiting())

    with pytest.raises(LeaseBeforeAvailable):
        services.offer_accept(offer=offer, starts_on=today + timedelta(days=13), actor=town.adviser)

    assert Offer.objects.get().status == OfferStatus.LIVE
    assert not Tenancy.objects.exists()


def test_a_dwelling_that_still_has_a_tenant_is_refused_and_nothing_is_written(town: Town) -> None:
    vacancy = town.vacancy()
    make_tenancy(dwelling=vacancy.dwelling)
    offer = town.offer(vacancy, town.waiting())

    with pytest.raises(DwellingHasTenant):
        services.offer_accept(offer=offer, starts_on=timezone.localdate(), actor=town.adviser)

    assert Offer.objects.get().status == OfferStatus.LIVE
    assert not Event.objects.filter(kind="offer.accepted").exists()


def test_a_citizen_who_has_a_home_is_refused_another(town: Town) -> None:
    referral = town.waiting()
    make_tenancy(case=referral.case)
    offer = town.offer(town.vacancy(), referral)

    with pytest.raises(CitizenHasHome):
        services.offer_accept(offer=offer, starts_on=timezone.localdate(), actor=town.adviser)


def test_of_two_answers_at_once_the_second_sees_the_first(town: Town) -> None:
    offer = town.offer(town.vacancy(), town.waiting())
    services.offer_accept(offer=offer, starts_on=timezone.localdate(), actor=town.adviser)

    with pytest.raises(OfferIsOver):
        services.offer_accept(offer=offer, starts_on=timezone.localdate(), actor=town.adviser)
    with pytest.raises(OfferIsOver):
        services.offer_decline(
            offer=offer,
            declined_by=DeclinedBy.CITIZEN,
            reason=DeclineReason.AREA,
            actor=town.adviser,
        )
    with pytest.raises(OfferIsOver):
        services.offer_withdraw(offer=offer, reason=WithdrawReason.MISTAKE, actor=town.allocator)
    assert Tenancy.objects.count() == 1


def test_an_answer_given_on_an_old_page_is_refused(town: Town) -> None:
    offer = town.offer(town.vacancy(), town.waiting())

    with pytest.raises(StaleVersion):
        services.offer_accept(
            offer=offer, starts_on=timezone.localdate(), actor=town.adviser, version=7
        )


@pytest.mark.parametrize("who", list(DeclinedBy))
@pytest.mark.parametrize("reason", list(DeclineReason))
def test_each_declines_for_reasons_of_their_own_alone(
    town: Town, who: DeclinedBy, reason: DeclineReason
) -> None:
    offer = town.offer(town.vacancy(), town.waiting())

    def decline() -> None:
        services.offer_decline(offer=offer, declined_by=who, reason=reason, actor=town.adviser)

    if reason in DECLINE_REASONS[who]:
        decline()
        assert Offer.objects.get().status == OfferStatus.DECLINED
    else:
        with pytest.raises(ReasonNotTheirs):
            decline()
        assert Offer.objects.get().status == OfferStatus.LIVE


def test_a_no_has_no_consequence_and_the_dwelling_is_vacant_at_once(town: Town) -> None:
    referral, vacancy = town.waiting(days=30), town.vacancy()
    offer = town.offer(vacancy, referral)

    services.offer_decline(
        offer=offer,
        declined_by=DeclinedBy.CITIZEN,
        reason=DeclineReason.AREA,
        remark="Gerne tættere på sønnens skole",
        actor=town.adviser,
    )

    referral.refresh_from_db()
    assert referral.status == ReferralStatus.WAITING
    assert referral.waits_from == timezone.localdate() - timedelta(days=30)
    again = town.offer(vacancy, referral)  # still the first, still without a reason
    assert again.status == OfferStatus.LIVE
    assert Offer.objects.get(pk=offer.pk).remark == "Gerne tættere på sønnens skole"


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.ADVISER, True),
        (Role.SUPPORT_WORKER, True),
        (Role.TEAM_LEAD, True),
        (Role.AUDITOR, False),
        (Role.ADMINISTRATOR, False),
    ],
)
def test_who_registers_the_answer(town: Town, role: Role, may: bool) -> None:
    offer = make_offer(referral=town.waiting())
    actor = make_user(role, town.unit)

    def answer() -> None:
        services.offer_accept(offer=offer, starts_on=timezone.localdate(), actor=actor)

    if may:
        answer()
        assert Tenancy.objects.exists()
    else:
        with pytest.raises(NotPermitted):
            answer()
