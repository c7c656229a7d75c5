"""Offers: who may, what is refused and why, and what a yes, a no and silence do."""

from datetime import datetime, timedelta
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
    ReferralEnd,
    ReferralStatus,
    Urgency,
    WithdrawReason,
)
from housing.allocation.errors import (
    AnswerAfterVacancy,
    AnswerInThePast,
    CitizenHasOffer,
    DwellingTaken,
    LeaseBeforeAvailable,
    OfferHasExpired,
    OfferIsOver,
    OtherMunicipality,
    ReasonNeeded,
    ReasonNotTheirs,
    ReferralNotWaiting,
    VacancyNotOpen,
    ViewingAfterAnswer,
)
from housing.allocation.models import HousingReferral, Offer
from housing.allocation.rules import Verdict
from housing.allocation.snapshot import from_json
from housing.supply.enums import VacancyEnd
from housing.supply.models import Vacancy
from housing.supply.services import vacancy_close
from housing.tenancies.errors import CitizenHasHome, DwellingHasTenant
from housing.tenancies.models import Tenancy
from housingfirst.access import services as access
from housingfirst.access.enums import Role, UnitKind
from housingfirst.access.models import User
from housingfirst.base.errors import NotPermitted, StaleVersion
from housingfirst.events.models import Event
from tests.access.factories import LONG_AGO, make_unit, make_user
from tests.housing.homes import (
    Town,
    make_allocator,
    make_offer,
    make_tenancy,
    make_vacancy,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return Town()


def refused_by(town: Town, vacancy: Vacancy, referral: HousingReferral) -> str:
    """The sentence a second allocator reads."""
    other = make_user(Role.ALLOCATOR, town.allocator.home_unit, name="Rikke Holm")
    with pytest.raises((DwellingTaken, CitizenHasOffer)) as refused:
        services.offer_make(
            vacancy=vacancy,
            referral=referral,
            answer_by=timezone.now() + timedelta(days=1),
            actor=other,
        )
    return str(refused.value)


def test_an_offer_holds_the_dwelling_and_keeps_the_match_as_it_was(town: Town) -> None:
    referral, vacancy = town.waiting(), town.vacancy()

    offer = services.offer_make(
        vacancy=vacancy,
        referral=referral,
        answer_by=timezone.now() + timedelta(days=2),
        viewing_at=timezone.now() + timedelta(days=1),
        actor=town.allocator,
        ask_deposit_loan=True,
    )

    assert (offer.status, offer.case, offer.dwelling) == (
        OfferStatus.LIVE, referral.case, vacancy.dwelling,
    )  # fmt: skip
    kept = from_json(offer.match)
    assert kept is not None
    assert (kept.verdict, len(kept.hard)) == (Verdict.FITS, 8)
    event = Event.objects.get(kind="offer.made")
    assert event.subject == offer.reference
    assert event.data["ask_deposit_loan"] is True
    assert event.data["place"] == vacancy.dwelling.address


def test_the_second_for_a_dwelling_reads_who_took_it_and_when_but_not_for_whom(
    town: Town,
) -> None:
    first, second, vacancy = town.waiting(days=2), town.waiting(days=1), town.vacancy()
    town.offer(vacancy, first)

    text = refused_by(town, vacancy, second)

    assert "Peter Nymark" in text
    assert first.case.citizen.name not in text


def test_the_second_for_a_citizen_reads_who_made_the_offer(town: Town) -> None:
    referral = town.waiting()
    town.offer(town.vacancy(), referral)

    assert "Peter Nymark" in refused_by(town, town.vacancy(), referral)
    assert Offer.objects.count() == 1


def test_another_than_the_first_needs_a_reason(town: Town) -> None:
    town.waiting(days=100)
    second, vacancy = town.waiting(days=10), town.vacancy()
    when = timezone.now() + timedelta(days=1)

    for empty in ("", "   "):
        with pytest.raises(ReasonNeeded):
            services.offer_make(
                vacancy=vacancy,
                referral=second,
                answer_by=when,
                actor=town.allocator,
                why_not_first=empty,
            )
    offer = services.offer_make(
        vacancy=vacancy,
        referral=second,
        answer_by=when,
        actor=town.allocator,
        why_not_first="Bor i forvejen i opgangen",
    )

    assert offer.why_not_first == "Bor i forvejen i opgangen"


def test_the_first_is_the_first_whom_the_dwelling_fits(town: Town) -> None:
    """The longest wait cannot pay this rent, so the next one is the first, without a reason."""
    town.waiting(days=100, rent_max_dkk=Decimal(3_000))
    fits, vacancy = town.waiting(days=10, rent_max_dkk=Decimal(5_000)), town.vacancy()

    assert town.offer(vacancy, fits).referral == fits


def test_an_urgent_referral_goes_before_a_longer_wait(town: Town) -> None:
    town.waiting(days=100)
    urgent = town.waiting(days=1, urgency=Urgency.URGENT)

    assert town.offer(town.vacancy(), urgent).referral == urgent


def test_a_dwelling_that_does_not_fit_may_be_offered_with_a_reason(town: Town) -> None:
    referral, vacancy = town.waiting(rent_max_dkk=Decimal(3_000)), town.vacancy()

    with pytest.raises(ReasonNeeded):
        town.offer(vacancy, referral)

    offer = services.offer_make(
        vacancy=vacancy,
        referral=referral,
        answer_by=timezone.now() + timedelta(days=1),
        actor=town.allocator,
        why_not_first="Får huslejenedsættelse",
    )
    kept = from_json(offer.match)
    assert kept is not None
    assert kept.verdict == Verdict.DOES_NOT_FIT


def test_times_that_cannot_be(town: Town) -> None:
    now = timezone.now()
    referral, vacancy = town.waiting(), town.vacancy(answer_by=now + timedelta(days=3))

    def make(answer_by: datetime, viewing_at: datetime | None = None) -> None:
        services.offer_make(
            vacancy=vacancy,
            referral=referral,
            answer_by=answer_by,
            viewing_at=viewing_at,
            actor=town.allocator,
        )

    with pytest.raises(AnswerInThePast):
        make(now - timedelta(seconds=1))
    with pytest.raises(AnswerAfterVacancy):
        make(now + timedelta(days=3, minutes=1))
    with pytest.raises(ViewingAfterAnswer):
        make(now + timedelta(days=1), now + timedelta(days=2))
    assert not Offer.objects.exists()
    make(now + timedelta(days=3))


def test_what_is_no_longer_there_is_not_offered(town: Town) -> None:
    referral, vacancy = town.waiting(), town.vacancy()
    gone = town.vacancy()
    vacancy_close(
        vacancy=gone,
        ended=VacancyEnd.WITHDRAWN,
        closed_on=timezone.localdate(),
        actor=town.allocator,
    )
    with pytest.raises(VacancyNotOpen):
        town.offer(gone, referral)

    services.referral_withdraw(referral=referral, reason=ReferralEnd.FOUND_HOME, actor=town.adviser)
    with pytest.raises(ReferralNotWaiting):
        town.offer(vacancy, referral)


def test_a_dwelling_of_another_municipality_is_not_offered(town: Town) -> None:
    elsewhere = make_vacancy()
    both = make_user(Role.ALLOCATOR, town.allocator.home_unit)
    referral = town.waiting()

    with pytest.raises(NotPermitted):
        services.offer_make(
            vacancy=elsewhere,
            referral=referral,
            answer_by=timezone.now() + timedelta(days=1),
            actor=both,
            why_not_first="x",
        )


def test_one_who_works_in_two_municipalities_keeps_them_apart(town: Town) -> None:
    elsewhere = make_vacancy()
    unit = make_unit(kind=UnitKind.ALLOCATION, municipality=elsewhere.municipality)
    access.membership_add(
        user=town.allocator, unit=unit, role=Role.ALLOCATOR, valid_from=LONG_AGO, actor=None
    )
    both = User.objects.get(pk=town.allocator.pk)

    with pytest.raises(OtherMunicipality):
        services.offer_make(
            vacancy=elsewhere,
            referral=town.waiting(),
            answer_by=timezone.now() + timedelta(days=1),
            actor=both,
            why_not_first="x",
        )


@pytest.mark.parametrize(
    "role", [Role.ADVISER, Role.SUPPORT_WORKER, Role.TEAM_LEAD, Role.SHELTER_STAFF, Role.PARTNER]
)
def test_only_allocators_offer(town: Town, role: Role) -> None:
    with pytest.raises(NotPermitted):
        services.offer_make(
            vacancy=town.vacancy(),
            referral=town.waiting(),
            answer_by=timezone.now() + timedelta(days=1),
            actor=make_user(role, town.unit),
        )


def test_an_allocator_to_whom_it_was_not_referred_does_not_offer(town: Town) -> None:
    referral = town.waiting()
    late = make_allocator(town.municipality)  # a unit made after the referral was sent

    with pytest.raises(NotPermitted):
        services.offer_make(
            vacancy=town.vacancy(),
            referral=referral,
            answer_by=timezone.now() + timedelta(days=1),
            actor=late,
        )


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
