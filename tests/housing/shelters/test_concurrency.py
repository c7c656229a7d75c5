"""Two at once, with real transactions: the database decides, and the loser reads why."""

from datetime import date
from functools import partial
from uuid import uuid4

import pytest

from cases.citizens.models import Citizen
from housing.shelters import clock, services
from housing.shelters.enums import AcuteNeed, AdmissionRoute, DischargeTo
from housing.shelters.models import Bed, Notice, ReimbursementClock, Shelter, Stay
from housing.shelters.services import Newcomer
from housingfirst.access.enums import Role
from housingfirst.access.models import Municipality, User
from tests.access.factories import make_user
from tests.cases.factories import make_citizen
from tests.housing.factories import intake_of, make_bed, make_shelter, make_stay
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)

DAY = date(2026, 8, 3)


def admit(
    shelter: Shelter,
    actor: User,
    citizen: Citizen | Newcomer,
    municipality: Municipality,
    *,
    bed: Bed | None = None,
    form_key: object = None,
) -> Stay:
    return services.stay_admit(
        shelter=Shelter.objects.select_related("unit").get(pk=shelter.pk),
        citizen=citizen,
        municipality=municipality,
        admitted_on=DAY,
        route=AdmissionRoute.SELF,
        need=AcuteNeed.NO_HOME,
        reason="Sov i en opgang.",
        actor=User.objects.get(pk=actor.pk),
        bed=bed,
        form_key=form_key,  # type: ignore[arg-type]  # a UUID, or None
    )


def test_two_at_the_last_bed() -> None:
    bed = make_bed()
    shelter = bed.room.shelter
    place = intake_of(shelter.unit.municipality)
    staff = [make_user(Role.SHELTER_STAFF, shelter.unit) for _ in range(2)]
    citizens = [make_citizen(), make_citizen()]

    found = at_once(
        *(partial(admit, shelter, staff[n], citizens[n], place, bed=bed) for n in range(2))
    )

    assert found == ["bed_taken", "done"]
    assert Stay.objects.open().filter(bed=bed).count() == 1
    assert Notice.objects.count() == ReimbursementClock.objects.count() == 1


def test_one_citizen_at_two_doors() -> None:
    mads = make_citizen()
    doors = [make_shelter(), make_shelter()]
    place = intake_of()
    staff = [make_user(Role.SHELTER_STAFF, door.unit) for door in doors]

    found = at_once(*(partial(admit, doors[n], staff[n], mads, place) for n in range(2)))

    assert found == ["done", "stay_overlaps"]
    assert mads.cases.count() == 1


def test_one_form_pressed_twice_at_once_is_one_stay_and_one_citizen() -> None:
    shelter = make_shelter()
    place = intake_of(shelter.unit.municipality)
    staff = make_user(Role.SHELTER_STAFF, shelter.unit)
    bed, key = make_bed(shelter=shelter), uuid4()
    mads = Newcomer(name="Mads Holm", birth_date=date(1980, 1, 1))

    found = at_once(
        *(lambda: admit(shelter, staff, mads, place, bed=bed, form_key=key) for _ in range(2))
    )

    assert found == ["done", "done"]
    assert Stay.objects.count() == Citizen.objects.count() == 1


def test_two_discharges_of_one_stay_are_one() -> None:
    stay = make_stay(admitted_on=DAY)

    def discharge() -> None:
        services.stay_discharge(
            stay=Stay.objects.select_related("shelter__unit", "case__municipality").get(pk=stay.pk),
            discharged_on=date(2026, 8, 4),
            to=DischargeTo.STREET,
            reason="x",
            actor=None,
        )

    found = at_once(discharge, discharge)

    assert found.count("done") == 1
    assert stay.notices.count() == 2  # one of admission, one of discharge


def test_two_changes_of_one_clock_are_both_counted() -> None:
    stay = make_stay(admitted_on=DAY)

    def add(month: int) -> None:
        services.days_elsewhere_add(
            case=stay.case,
            starts_on=date(2026, month, 1),
            ends_on=date(2026, month, 11),
            source="Brev",
            actor=None,
        )

    assert at_once(lambda: add(5), lambda: add(6)) == ["done", "done"]

    kept = ReimbursementClock.objects.get()
    clock.clocks_rebuild(kept.counted_on)
    assert ReimbursementClock.objects.get().used == kept.used


def test_two_residents_moved_to_one_bed() -> None:
    bed = make_bed()
    shelter = bed.room.shelter
    stays = [make_stay(shelter=shelter, admitted_on=DAY) for _n in range(2)]
    staff = make_user(Role.SHELTER_STAFF, shelter.unit)

    def move(stay: Stay) -> None:
        services.stay_move(
            stay=Stay.objects.select_related("shelter", "case").get(pk=stay.pk),
            bed=Bed.objects.get(pk=bed.pk),
            on=DAY,
            actor=User.objects.get(pk=staff.pk),
        )

    assert at_once(*(partial(move, stay) for stay in stays)) == ["bed_taken", "done"]
