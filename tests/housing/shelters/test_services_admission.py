"""Admission: what follows by itself, and every refusal."""

import uuid
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from cases.casework.enums import Situation
from cases.casework.models import Case
from cases.citizens.cpr import parse_cpr
from cases.citizens.models import Citizen
from housing.shelters import errors, services
from housing.shelters.enums import AcuteNeed, AdmissionRoute, NoticeKind
from housing.shelters.models import Notice, Shelter, Stay
from housing.shelters.services import Newcomer
from housingfirst.access.enums import Role
from housingfirst.access.models import User
from housingfirst.base.errors import NotPermitted
from housingfirst.events.models import Event
from housingfirst.law.days import COPENHAGEN
from tests.access.factories import make_municipality, make_user
from tests.cases.factories import make_case, make_citizen
from tests.housing.factories import intake_of, make_bed, make_rate, make_shelter, make_stay

pytestmark = [pytest.mark.django_db]

MONDAY = date(2026, 8, 3)
CPR = "010180-0007"


@pytest.fixture(autouse=True)
def _monday_evening() -> object:
    with time_machine.travel(datetime(2026, 8, 3, 22, 40, tzinfo=COPENHAGEN), tick=False):
        yield


def admit(shelter: Shelter, citizen: Citizen | Newcomer, **changes: object) -> Stay:
    facts: dict[str, object] = {
        "municipality": intake_of(shelter.unit.municipality),
        "admitted_on": MONDAY,
        "route": AdmissionRoute.SELF,
        "need": AcuteNeed.NO_HOME,
        "reason": "Sov i en opgang.",
        "actor": make_user(Role.SHELTER_STAFF, shelter.unit),
    }
    return services.stay_admit(shelter=shelter, citizen=citizen, **(facts | changes))  # type: ignore[arg-type]  # a test names only what it changes


def sees(user: User, case: Case) -> bool:
    return Case.objects.visible_to(User.objects.get(pk=user.pk)).filter(pk=case.pk).exists()


def test_J1_what_follows_an_admission() -> None:
    shelter = make_shelter(name="Kilden")
    staff = make_user(Role.SHELTER_STAFF, shelter.unit)
    mads = make_citizen(name="Mads")

    stay = admit(shelter, mads, actor=staff, admitted_at=timezone.now())

    assert (stay.daily_rate_dkk, stay.resident_payment_dkk) == (Decimal(1450), Decimal(107))
    notice = Notice.objects.get(stay=stay)
    assert (notice.kind, notice.due_on) == (NoticeKind.ADMISSION, date(2026, 8, 6))
    assert notice.municipality == shelter.unit.municipality
    assert sees(staff, stay.case)
    intake = make_user(Role.ADVISER, shelter.unit.municipality.units.get(takes_intake=True))
    assert sees(intake, stay.case)
    situation = stay.case.situations.get()
    assert (situation.situation, situation.starts_on) == (Situation.SHELTER, MONDAY)
    clock = stay.clock
    assert (clock.used, clock.limit) == (1, 90)
    assert clock.last_refundable_on == date(2026, 10, 31)
    event = Event.objects.get(kind="stay.admitted")
    assert (event.case, event.data["place"]) == (stay.case, "Kilden")
    assert stay.history.get().history_user == staff


def test_the_case_that_is_open_is_used() -> None:
    shelter = make_shelter()
    case = make_case(municipality=shelter.unit.municipality)

    assert admit(shelter, case.citizen).case == case


def test_one_who_keeps_a_home_pays_nothing() -> None:
    stay = admit(make_shelter(), make_citizen(), keeps_own_home=True)

    assert stay.resident_payment_dkk == 0


def test_the_rate_is_that_of_the_day() -> None:
    shelter = make_shelter()
    make_rate(shelter=shelter, valid_from=date(2026, 8, 3), daily_rate_dkk=Decimal(1500))
    make_rate(shelter=shelter, valid_from=date(2026, 8, 4), daily_rate_dkk=Decimal(1600))

    assert admit(shelter, make_citizen()).daily_rate_dkk == 1500


def test_an_agreed_rate_is_kept() -> None:
    stay = admit(
        make_shelter(daily_rate_dkk=None),
        make_citizen(),
        daily_rate_dkk=Decimal("1300.50"),
        resident_payment_dkk=Decimal(0),
    )

    assert stay.daily_rate_dkk == Decimal("1300.50")


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        pytest.param(
            {"admitted_on": MONDAY + timedelta(days=1)}, errors.AdmissionInFuture, id="tomorrow"
        ),
        pytest.param(
            {"admitted_at": datetime(2026, 8, 3, 22, 41, tzinfo=COPENHAGEN)},
            errors.AdmissionInFuture,
            id="in a minute",
        ),
        pytest.param(
            {"resident_payment_dkk": Decimal(1451)}, errors.PaymentAboveRate, id="pays too much"
        ),
    ],
)
def test_refused_admissions_leave_nothing(
    facts: dict[str, object], refusal: type[Exception]
) -> None:
    shelter = make_shelter()
    citizen = make_citizen()

    with pytest.raises(refusal):
        admit(shelter, citizen, **facts)

    assert not Stay.objects.exists()
    assert not Case.objects.exists()


def test_a_shelter_without_a_rate_must_be_told_one() -> None:
    with pytest.raises(errors.RateUnknown):
        admit(make_shelter(daily_rate_dkk=None), make_citizen())


def test_a_stay_elsewhere_is_refused_and_not_named() -> None:
    here = make_stay(admitted_on=MONDAY)

    with pytest.raises(errors.StayOverlaps) as refused:
        admit(make_shelter(), here.citizen)

    assert here.shelter.name not in str(refused.value)


def test_admission_on_the_day_of_discharge_elsewhere_is_no_overlap() -> None:
    before = make_stay(admitted_on=date(2026, 7, 1), discharged_on=MONDAY)

    assert admit(make_shelter(), before.citizen).admitted_on == MONDAY


def test_a_taken_bed_is_refused() -> None:
    taken = make_stay(bed=make_bed())

    with pytest.raises(errors.BedTaken):
        admit(taken.shelter, make_citizen(), bed=taken.bed)


def test_a_bed_out_of_use_or_of_another_shelter_is_refused() -> None:
    shelter = make_shelter()
    broken, foreign = make_bed(shelter=shelter, in_use=False), make_bed()

    for bed in (broken, foreign):
        with pytest.raises(errors.BedNotUsable):
            admit(shelter, make_citizen(), bed=bed)


@pytest.mark.parametrize("role", [Role.ADVISER, Role.TEAM_LEAD, Role.ALLOCATOR, Role.ADMINISTRATOR])
def test_others_do_not_admit(role: Role) -> None:
    shelter = make_shelter()

    with pytest.raises(NotPermitted):
        admit(shelter, make_citizen(), actor=make_user(role, shelter.unit))


def test_T04_staff_of_another_shelter_do_not_admit() -> None:
    elsewhere = make_shelter()

    with pytest.raises(NotPermitted):
        admit(make_shelter(), make_citizen(), actor=make_user(Role.SHELTER_STAFF, elsewhere.unit))


def test_the_same_form_twice_is_one_stay() -> None:
    shelter = make_shelter()
    citizen = make_citizen()
    key = uuid.uuid4()

    first = admit(shelter, citizen, form_key=key)
    second = admit(shelter, citizen, form_key=key)

    assert first == second
    assert Stay.objects.count() == Notice.objects.count() == 1


def test_a_newcomer_with_a_known_number_is_linked() -> None:
    known = make_citizen(name="Mads Holm", cpr=CPR)

    stay = admit(make_shelter(), Newcomer(name="M. Holm", cpr=parse_cpr(CPR)))

    assert stay.citizen == known
    assert Citizen.objects.get().name == "Mads Holm"


def test_a_newcomer_with_an_unknown_number_is_registered() -> None:
    stay = admit(make_shelter(), Newcomer(name=" Mads Holm ", cpr=parse_cpr(CPR)))

    assert (stay.citizen.name, stay.citizen.birth_date) == ("Mads Holm", date(1980, 1, 1))
    assert stay.citizen.is_protected  # nobody has looked it up


def test_a_newcomer_without_number_may_be_recognised() -> None:
    known = make_citizen(name="Mads Holm", birth_date=date(1980, 1, 1))

    stay = admit(
        make_shelter(), Newcomer(name="Mads Holms", birth_date=date(1980, 1, 1), same_as=known)
    )

    assert stay.citizen == known


@pytest.mark.parametrize(
    ("name", "born"), [("Mads Holm", date(1980, 1, 2)), ("Peter Lund", date(1980, 1, 1))]
)
def test_nobody_is_opened_by_pretending_to_recognise_them(name: str, born: date) -> None:
    known = make_citizen(name="Mads Holm", birth_date=date(1980, 1, 1))

    with pytest.raises(errors.NotSamePerson):
        admit(make_shelter(), Newcomer(name=name, birth_date=born, same_as=known))


def test_a_refused_admission_registers_nobody() -> None:
    shelter = make_shelter(daily_rate_dkk=None)

    with pytest.raises(errors.RateUnknown):
        admit(shelter, Newcomer(name="Mads Holm"))

    assert not Citizen.objects.exists()


def test_the_acting_municipality_may_be_another_that_does_not_use_the_system() -> None:
    other = make_municipality(uses_system=False)

    stay = admit(make_shelter(), make_citizen(), municipality=other)

    assert stay.case.municipality == other
    assert stay.case.unit is None
    assert Notice.objects.get().municipality == other


def test_a_number_that_becomes_known_is_given_to_the_one_recognised() -> None:
    known = make_citizen(name="Mads Holm", birth_date=date(1980, 1, 1))

    stay = admit(make_shelter(), Newcomer(name="Mads Holm", cpr=parse_cpr(CPR), same_as=known))

    assert stay.citizen == known
    assert Citizen.objects.get().cpr_opened() == CPR.replace("-", "")


def test_a_rate_without_a_payment_needs_the_shelters_own() -> None:
    with pytest.raises(errors.RateUnknown):
        admit(make_shelter(daily_rate_dkk=None), make_citizen(), daily_rate_dkk=Decimal(1300))


def test_a_number_in_the_shelters_own_system_is_used_once() -> None:
    shelter = make_shelter()
    admit(shelter, make_citizen(), external_id="B-17")

    with pytest.raises(errors.ExternalIdTaken):
        admit(shelter, make_citizen(), external_id="B-17")
