"""Leases: signed, keys, ended; support is left alone, and a loss excludes nobody."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cases.casework.enums import Situation, Source
from cases.casework.situations import situation_begin
from cases.models import SituationRecord
from housing.allocation.models import HousingReferral
from housing.allocation.services import referral_again
from housing.tenancies import services
from housing.tenancies.enums import TenancyEnd
from housing.tenancies.errors import CitizenHasHome, DwellingHasTenant, EndsBeforeStart, HasEnded
from housing.tenancies.models import Tenancy
from housingfirst.access.enums import Role
from housingfirst.access.models import User
from housingfirst.base.errors import NotPermitted, StaleVersion
from housingfirst.events.models import Event
from support.models import Enrolment
from tests.access.factories import make_user
from tests.housing.homes import make_dwelling, make_tenancy
from tests.support.factories import make_enrolment

pytestmark = pytest.mark.django_db

START = date(2026, 3, 1)


@pytest.fixture
def tenancy() -> Tenancy:
    return make_tenancy(starts_on=START)


@pytest.fixture
def adviser(tenancy: Tenancy) -> User:
    return make_user(Role.ADVISER, tenancy.case.unit)


def end(tenancy: Tenancy, adviser: User, on: date, reason: TenancyEnd = TenancyEnd.EVICTED) -> None:
    services.tenancy_end(tenancy=tenancy, ends_on=on, reason=reason, actor=adviser)


def sleeps(tenancy: Tenancy) -> list[tuple[str, date, date | None]]:
    return list(
        SituationRecord.objects.filter(case=tenancy.case)
        .order_by("starts_on")
        .values_list("situation", "starts_on", "ends_on")
    )


def test_signed_and_keys_are_told_once_each(tenancy: Tenancy, adviser: User) -> None:
    def register(signed_on: date | None, keys_on: date | None) -> None:
        services.tenancy_register(
            tenancy=Tenancy.objects.get(pk=tenancy.pk),
            signed_on=signed_on,
            keys_on=keys_on,
            actor=adviser,
        )

    register(START, None)
    register(START, START)
    register(START + timedelta(days=1), START)  # a correction is no news

    kinds = Event.objects.filter(case=tenancy.case).order_by("pk").values_list("kind", flat=True)
    assert list(kinds)[1:] == ["tenancy.started", "tenancy.signed", "tenancy.keys"]
    assert Tenancy.objects.get().signed_on == START + timedelta(days=1)


def test_two_who_register_at_once(tenancy: Tenancy, adviser: User) -> None:
    services.tenancy_register(tenancy=tenancy, signed_on=START, keys_on=None, actor=adviser)

    with pytest.raises(StaleVersion):
        services.tenancy_register(
            tenancy=Tenancy.objects.get(pk=tenancy.pk),
            signed_on=None,
            keys_on=START,
            actor=adviser,
            version=1,
        )


@pytest.mark.parametrize("reason", list(TenancyEnd))
def test_it_ends_once_for_a_reason(reason: TenancyEnd, tenancy: Tenancy, adviser: User) -> None:
    end(tenancy, adviser, START + timedelta(days=100), reason)

    tenancy.refresh_from_db()
    assert (tenancy.ends_on, tenancy.end_reason) == (START + timedelta(days=100), reason)
    with pytest.raises(HasEnded):
        end(tenancy, adviser, START + timedelta(days=101))
    with pytest.raises(HasEnded):
        services.tenancy_register(tenancy=tenancy, signed_on=None, keys_on=START, actor=adviser)


def test_it_does_not_end_before_it_began(tenancy: Tenancy, adviser: User) -> None:
    with pytest.raises(EndsBeforeStart):
        end(tenancy, adviser, START - timedelta(days=1))


def test_the_night_before_is_the_last_at_home(tenancy: Tenancy, adviser: User) -> None:
    end(tenancy, adviser, date(2026, 9, 1))

    assert sleeps(tenancy) == [(Situation.HOUSED, START, date(2026, 9, 1))]


def test_a_place_found_before_the_lease_ended_is_kept(tenancy: Tenancy, adviser: User) -> None:
    situation_begin(
        case=tenancy.case,
        situation=Situation.SHELTER,
        starts_on=date(2026, 8, 20),
        source=Source.STAY,
        actor=None,
    )

    end(tenancy, adviser, date(2026, 9, 1))

    assert sleeps(tenancy) == [
        (Situation.HOUSED, START, date(2026, 8, 20)),
        (Situation.SHELTER, date(2026, 8, 20), None),
    ]


def test_H3_ending_the_lease_ends_no_support(tenancy: Tenancy, adviser: User) -> None:
    enrolment = make_enrolment(case=tenancy.case)
    before = Enrolment.objects.filter(pk=enrolment.pk).values().get()

    end(tenancy, adviser, START + timedelta(days=40))

    assert Enrolment.objects.filter(pk=enrolment.pk).values().get() == before


def test_H2_a_lost_home_does_not_stand_in_the_way_of_the_next(
    tenancy: Tenancy, adviser: User
) -> None:
    HousingReferral.objects.create(
        case=tenancy.case,
        municipality=tenancy.case.municipality,
        status="housed",
        sent_at=timezone.now(),
        waits_from=date(2025, 11, 1),
        ended_on=START,
    )
    end(tenancy, adviser, START + timedelta(days=40))

    again = referral_again(case=tenancy.case, actor=adviser)
    home = make_tenancy(case=tenancy.case, starts_on=START + timedelta(days=60))

    assert again.waits_from == date(2025, 11, 1)
    assert home.ends_on is None


def test_one_tenant_at_a_time(tenancy: Tenancy) -> None:
    with pytest.raises(DwellingHasTenant):
        make_tenancy(dwelling=tenancy.dwelling, starts_on=START + timedelta(days=5))


def test_one_home_at_a_time(tenancy: Tenancy) -> None:
    with pytest.raises(CitizenHasHome):
        make_tenancy(case=tenancy.case, starts_on=START + timedelta(days=5))


def test_the_dwelling_is_free_from_the_day_the_lease_ends(tenancy: Tenancy, adviser: User) -> None:
    end(tenancy, adviser, date(2026, 9, 1))

    next_one = make_tenancy(dwelling=tenancy.dwelling, starts_on=date(2026, 9, 1))

    assert next_one.dwelling == tenancy.dwelling


@pytest.mark.parametrize("role", [Role.SUPPORT_WORKER, Role.PARTNER, Role.AUDITOR])
def test_who_may_not_write_leases(role: Role, tenancy: Tenancy) -> None:
    actor = make_user(role, tenancy.case.unit)

    with pytest.raises(NotPermitted):
        end(tenancy, actor, START + timedelta(days=5))
    with pytest.raises(NotPermitted):
        services.tenancy_start(
            case=tenancy.case,
            dwelling=make_dwelling(),
            starts_on=START,
            rent_dkk=tenancy.rent_dkk,
            deposit_dkk=tenancy.deposit_dkk,
            actor=actor,
        )
