"""The order and the verdict in SQL are those of the rules."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from django.utils import timezone

from housing.allocation.enums import ReferralStatus, Stairs, Track, Urgency
from housing.allocation.models import HousingReferral
from housing.allocation.rules import DwellingFacts, Group, Verdict, match
from housing.allocation.selectors.facts import referral_facts
from housing.allocation.selectors.fitting import fitting
from housing.allocation.selectors.matching import (
    ORDER,
    verdict_of,
    with_order,
    with_verdict,
)
from housing.allocation.selectors.rows import with_area_lists
from housing.allocation.services import ReferralValues
from housing.shelters.clock import clocks_refresh
from housing.supply.enums import DwellingKind
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case
from tests.housing.factories import make_shelter, make_stay
from tests.housing.homes import make_area, make_offer, make_referral, make_tenancy, make_vacancy

pytestmark = pytest.mark.django_db


def test_the_verdict_of_sql_is_the_verdict_of_the_rules() -> None:
    random = Random(20261117)
    unit = make_unit()
    areas = [make_area(municipality=unit.municipality) for _ in range(3)]
    for number in range(60):
        referral = make_referral(
            case=make_case(unit=unit),
            values=ReferralValues(
                track=random.choice([Track.OWN_HOME, *Track]),
                children=random.choice([0, 0, 2]),
                rooms_min=random.randint(1, 4),
                stairs=random.choice(list(Stairs)),
                has_pets=random.random() < 0.4,
                rent_max_dkk=random.choice([None, Decimal(3_900), Decimal(4_600), Decimal(5_000)]),
                unfit_areas=tuple(random.sample(areas, random.choice([0, 1, 2]))),
            ),
        )
        if number % 20 == 0:
            make_offer(referral=referral)
    seen = set()
    for _ in range(25):
        dwelling = DwellingFacts(
            area=random.choice(areas).pk,
            area_name="Havnen",
            rent_dkk=random.choice([Decimal(3_500), Decimal(4_400), Decimal(5_100)]),
            kind=random.choice([DwellingKind.FAMILY, DwellingKind.FAMILY, *DwellingKind]),
            rooms=random.randint(1, 4),
            floor=random.randint(-1, 4),
            has_lift=random.random() < 0.3,
            step_free=random.random() < 0.3,
            pets_allowed=random.random() < 0.5,
            is_barred=random.random() < 0.1,
        )
        today = timezone.localdate()
        waiting = with_order(HousingReferral.objects.waiting(), today)
        rows = with_verdict(waiting, dwelling)
        fits = 0
        for referral in with_area_lists(rows):
            expected = match(referral_facts(referral), dwelling).verdict
            seen.add(expected)
            assert verdict_of(referral.verdict_rank) == expected
            fits += expected == Verdict.FITS
        assert fitting(rows, {7: dwelling}) == {7: fits}

    assert seen == set(Verdict)  # the cases above reach every verdict


def test_over_the_limit_first_then_near_it_then_urgent_then_the_longest_wait() -> None:
    today = timezone.localdate()
    shelter = make_shelter()
    unit = make_unit()

    def waiting(
        name: str,
        *,
        stayed: int | None = None,
        urgency: Urgency = Urgency.ORDINARY,
        waited: int,
    ) -> HousingReferral:
        case = make_case(unit=unit)
        if stayed is not None:
            make_stay(
                shelter=shelter,
                citizen=case.citizen,
                municipality=case.municipality,
                admitted_on=today - timedelta(days=stayed - 1),
            )
            clocks_refresh([case.citizen_id], today)
        return make_referral(
            case=case,
            values=ReferralValues(urgency=urgency, remark=name),
            waits_from=today - timedelta(days=waited),
        )

    waiting("ordinary, 200 days", waited=200)
    waiting("urgent, 1 day", urgency=Urgency.URGENT, waited=1)
    waiting("13 left, 2 days", stayed=77, waited=2)
    waiting("14 left, 300 days", stayed=76, waited=300)
    waiting("over, 5 days", stayed=91, waited=5)
    waiting("urgent, 50 days", urgency=Urgency.URGENT, waited=50)
    waiting("over, 9 days", stayed=120, waited=9)

    rows = with_order(HousingReferral.objects.waiting(), today).order_by(*ORDER)

    assert [(row.remark, row.group) for row in rows] == [
        ("over, 9 days", Group.OVER),
        ("over, 5 days", Group.OVER),
        ("13 left, 2 days", Group.NEAR_LIMIT),
        ("urgent, 50 days", Group.URGENT),
        ("urgent, 1 day", Group.URGENT),
        ("14 left, 300 days", Group.ORDINARY),
        ("ordinary, 200 days", Group.ORDINARY),
    ]


def test_a_stay_that_has_ended_gives_no_place_in_the_order() -> None:
    today = timezone.localdate()
    case = make_case(unit=make_unit())
    make_stay(
        citizen=case.citizen,
        municipality=case.municipality,
        admitted_on=today - timedelta(days=100),
        discharged_on=today - timedelta(days=1),
    )
    make_referral(case=case)

    (row,) = with_order(HousingReferral.objects.waiting(), today)

    assert (row.group, row.refundable_on) == (Group.ORDINARY, None)


def test_each_referral_stands_once_however_many_stays_there_were() -> None:
    today = timezone.localdate()
    case = make_case(unit=make_unit())
    for weeks in (30, 20, 10):
        make_stay(
            citizen=case.citizen,
            municipality=case.municipality,
            admitted_on=today - timedelta(weeks=weeks),
            discharged_on=today - timedelta(weeks=weeks - 1),
        )
    make_referral(case=case)

    assert with_order(HousingReferral.objects.waiting(), today).count() == 1


def test_H2_lost_homes_and_earlier_answers_change_neither_order_nor_verdict() -> None:
    """Two who are alike in all but their past stand as they would without it."""
    today = date(2026, 11, 17)
    unit = make_unit()
    first, second = (
        make_referral(case=make_case(unit=unit), waits_from=date(2026, 8, day)) for day in (3, 4)
    )
    earlier = HousingReferral.objects.create(
        case=first.case,
        municipality=first.municipality,
        status=ReferralStatus.HOUSED,
        sent_at=first.sent_at,
        waits_from=date(2025, 1, 1),
        ended_on=date(2025, 2, 1),
    )
    for name in ("declined", "expired"):
        _past_offer(earlier, name)
    _past_tenancy(first)
    dwelling = DwellingFacts(area=1, area_name="Havnen", rent_dkk=Decimal(4_000))

    rows = with_verdict(with_order(HousingReferral.objects.waiting(), today), dwelling)

    assert [(row.pk, row.verdict_rank, row.group) for row in rows.order_by(*ORDER)] == [
        (first.pk, 0, Group.ORDINARY),
        (second.pk, 0, Group.ORDINARY),
    ]


def _past_offer(referral: HousingReferral, status: str) -> None:
    vacancy = make_vacancy(municipality=referral.municipality)
    now = timezone.now()
    referral.offers.create(
        case=referral.case,
        vacancy=vacancy,
        dwelling=vacancy.dwelling,
        status=status,
        offered_at=now - timedelta(days=90),
        answer_by=now - timedelta(days=88),
        ended_at=now - timedelta(days=88),
        offered_by=make_user(),
        declined_by="citizen" if status == "declined" else "",
        decline_reason="area" if status == "declined" else "",
    )


def _past_tenancy(referral: HousingReferral) -> None:
    tenancy = make_tenancy(case=referral.case, starts_on=date(2025, 2, 1))
    tenancy.ends_on = date(2025, 9, 1)
    tenancy.end_reason = "evicted"
    tenancy.save()
