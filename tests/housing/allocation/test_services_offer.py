"""Making an offer: who may, and what is refused and why."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from housing.allocation import services
from housing.allocation.enums import (
    OfferStatus,
    ReferralEnd,
    Urgency,
)
from housing.allocation.errors import (
    AnswerAfterVacancy,
    AnswerInThePast,
    CitizenHasOffer,
    DwellingTaken,
    OtherMunicipality,
    ReasonNeeded,
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
from housingfirst.access import services as access
from housingfirst.access.enums import Role, UnitKind
from housingfirst.access.models import User
from housingfirst.base.errors import NotPermitted
from housingfirst.events.models import Event
from tests.access.factories import LONG_AGO, make_unit, make_user
from tests.housing.homes import (
    Town,
    make_allocator,
    make_vacancy,
)

pytestmark = pytest.mark.django_db


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
