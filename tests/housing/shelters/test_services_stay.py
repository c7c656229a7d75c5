"""Discharge, absence and days elsewhere: what follows, and every refusal."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from cases.casework.enums import Situation
from cases.casework.models import Case
from housing.shelters import errors, services
from housing.shelters.enums import DischargeTo, NoticeKind
from housing.shelters.models import Absence, Notice, ReimbursementClock, Stay
from housingfirst.access.enums import Permission, Role
from housingfirst.access.models import User
from housingfirst.base.errors import NotPermitted, StaleVersion
from housingfirst.events.models import Event
from housingfirst.law.days import COPENHAGEN
from tests.access.factories import make_unit, make_user
from tests.housing.factories import make_shelter, make_stay

pytestmark = [pytest.mark.django_db]

ADMITTED = date(2026, 8, 3)
TODAY = date(2026, 12, 14)


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(datetime(2026, 12, 14, 9, 0, tzinfo=COPENHAGEN), tick=False):
        yield


def sees(user: User, case: Case) -> bool:
    return Case.objects.visible_to(User.objects.get(pk=user.pk)).filter(pk=case.pk).exists()


def discharge(stay: Stay, **changes: object) -> None:
    facts: dict[str, object] = {
        "discharged_on": TODAY,
        "to": DischargeTo.OWN_HOME,
        "reason": "Flytter i egen bolig.",
        "actor": make_user(Role.SHELTER_STAFF, stay.shelter.unit),
    }
    services.stay_discharge(stay=stay, **(facts | changes))  # type: ignore[arg-type]  # a test names only what it changes


def test_J1_what_follows_a_discharge() -> None:
    stay = make_stay(admitted_on=ADMITTED)
    staff = make_user(Role.SHELTER_STAFF, stay.shelter.unit)
    services.absence_register(stay=stay, starts_on=date(2026, 12, 12), actor=staff)

    discharge(stay, actor=staff)

    stay.refresh_from_db()
    assert (stay.discharged_on, stay.discharge_to) == (TODAY, DischargeTo.OWN_HOME)
    notice = stay.notices.get(kind=NoticeKind.DISCHARGE)
    assert notice.due_on == date(2026, 12, 17)
    assert Absence.objects.get().ends_on == TODAY
    assert not ReimbursementClock.objects.exists()
    assert [(s.situation, s.starts_on) for s in stay.case.situations.all()] == [
        (Situation.HOUSED, TODAY),
        (Situation.SHELTER, ADMITTED),
    ]
    event = Event.objects.get(kind="stay.discharged")
    assert event.data["days"] == 133


def test_T05_the_shelter_sees_the_case_through_the_day_of_discharge_and_no_longer() -> None:
    stay = make_stay(admitted_on=ADMITTED)
    staff = make_user(Role.SHELTER_STAFF, stay.shelter.unit)

    discharge(stay, actor=staff)

    assert sees(staff, stay.case)
    with time_machine.travel(datetime(2026, 12, 15, 0, 1, tzinfo=COPENHAGEN), tick=False):
        assert not sees(staff, stay.case)
        referred = Case.objects.visible_to(
            User.objects.get(pk=staff.pk), Permission.HOUSING
        ).filter(pk=stay.case_id)
        assert not referred.exists()


def test_T04_another_shelter_sees_neither_the_stay_nor_its_notice() -> None:
    stay = make_stay(admitted_on=ADMITTED)
    other = make_user(Role.SHELTER_LEADER, make_shelter().unit)

    assert not Stay.objects.visible_to(other).exists()
    assert not Notice.objects.visible_to(other).exists()
    assert not sees(other, stay.case)


def test_T04_a_shelter_sees_its_own_stays_alone_of_a_citizen_it_shares_a_case_with() -> None:
    before = make_stay(admitted_on=date(2026, 6, 1), discharged_on=date(2026, 7, 1))
    now = make_stay(
        admitted_on=ADMITTED, citizen=before.citizen, municipality=before.case.municipality
    )
    staff = make_user(Role.SHELTER_STAFF, now.shelter.unit)

    assert before.case == now.case
    assert list(Stay.objects.visible_to(staff)) == [now]


@pytest.mark.parametrize(
    ("facts", "refusal", "says"),
    [
        pytest.param(
            {"discharged_on": TODAY + timedelta(days=1)},
            errors.DischargeInFuture,
            "",
            id="tomorrow",
        ),
        pytest.param(
            {"discharged_on": ADMITTED - timedelta(days=1)},
            errors.DischargeBeforeAdmission,
            "03-08-2026",
            id="reversed",
        ),
    ],
)
def test_refused_discharges(facts: dict[str, object], refusal: type[Exception], says: str) -> None:
    stay = make_stay(admitted_on=ADMITTED)

    with pytest.raises(refusal) as refused:
        discharge(stay, **facts)

    assert says in str(refused.value)
    assert Stay.objects.open().get() == stay


def test_a_discharged_stay_is_not_discharged_again() -> None:
    stay = make_stay(admitted_on=ADMITTED, discharged_on=date(2026, 9, 1))

    with pytest.raises(errors.AlreadyDischarged):
        discharge(stay)


def test_a_stay_that_somebody_else_has_saved_is_not_discharged() -> None:
    stay = make_stay(admitted_on=ADMITTED)
    seen = stay.version
    theirs = Stay.objects.get(pk=stay.pk)
    discharge(theirs)

    with pytest.raises(StaleVersion):
        discharge(stay, version=seen)


def test_others_do_not_discharge() -> None:
    stay = make_stay(admitted_on=ADMITTED)

    for actor in (
        make_user(Role.SHELTER_LEADER, make_shelter().unit),
        make_user(Role.ADVISER, stay.case.unit),
    ):
        with pytest.raises(NotPermitted):
            discharge(stay, actor=actor)


def test_the_dead_and_the_unknown_leave_no_situation_behind() -> None:
    stay = make_stay(admitted_on=ADMITTED)

    discharge(stay, to=DischargeTo.UNKNOWN)

    assert stay.case.situations.get().ends_on == TODAY


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "refusal"),
    [
        pytest.param(
            ADMITTED - timedelta(days=1), None, errors.AbsenceOutsideStay, id="before the stay"
        ),
        pytest.param(
            date(2026, 12, 10), date(2026, 12, 10), errors.AbsenceReversed, id="back the same day"
        ),
        pytest.param(date(2026, 12, 10), date(2026, 12, 9), errors.AbsenceReversed, id="reversed"),
        pytest.param(date(2026, 12, 1), None, errors.AbsenceOverlaps, id="overlaps"),
    ],
)
def test_refused_absences(starts_on: date, ends_on: date | None, refusal: type[Exception]) -> None:
    stay = make_stay(admitted_on=ADMITTED)
    staff = make_user(Role.SHELTER_STAFF, stay.shelter.unit)
    services.absence_register(
        stay=stay, starts_on=date(2026, 12, 2), ends_on=date(2026, 12, 5), actor=staff
    )

    with pytest.raises(refusal):
        services.absence_register(stay=stay, starts_on=starts_on, ends_on=ends_on, actor=staff)

    assert Absence.objects.count() == 1


def test_a_resident_comes_back() -> None:
    stay = make_stay(admitted_on=ADMITTED)
    staff = make_user(Role.SHELTER_STAFF, stay.shelter.unit)
    absence = services.absence_register(stay=stay, starts_on=date(2026, 12, 12), actor=staff)

    services.absence_end(absence=absence, ends_on=TODAY, actor=staff)

    assert Absence.objects.get().ends_on == TODAY
    assert Event.objects.filter(kind="absence.ended").exists()


def test_back_on_the_same_day_was_never_away() -> None:
    stay = make_stay(admitted_on=ADMITTED)
    absence = services.absence_register(stay=stay, starts_on=TODAY, actor=None)

    services.absence_end(absence=absence, ends_on=TODAY, actor=None)

    assert not Absence.objects.exists()


@pytest.mark.parametrize(
    ("ends_on", "refusal"),
    [(date(2026, 12, 11), errors.AbsenceReversed), (date(2026, 12, 15), errors.ReturnInFuture)],
)
def test_refused_returns(ends_on: date, refusal: type[Exception]) -> None:
    stay = make_stay(admitted_on=ADMITTED)
    absence = services.absence_register(stay=stay, starts_on=date(2026, 12, 12), actor=None)

    with pytest.raises(refusal):
        services.absence_end(absence=absence, ends_on=ends_on, actor=None)


def test_a_return_meets_the_next_absence_in_words() -> None:
    stay = make_stay(admitted_on=ADMITTED)
    first = services.absence_register(
        stay=stay, starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 3), actor=None
    )
    services.absence_register(stay=stay, starts_on=date(2026, 12, 12), actor=None)

    with pytest.raises(errors.AbsenceOverlaps):
        services.absence_end(absence=first, ends_on=TODAY, actor=None)


def test_nobody_comes_back_after_the_discharge() -> None:
    stay = make_stay(admitted_on=ADMITTED)
    away = services.absence_register(stay=stay, starts_on=date(2026, 12, 10), actor=None)
    services.stay_discharge(
        stay=stay,
        discharged_on=date(2026, 12, 12),
        to=DischargeTo.STREET,
        reason="Rejst",
        actor=None,
    )

    with pytest.raises(errors.AlreadyDischarged):
        services.absence_end(absence=away, ends_on=date(2026, 12, 13), actor=None)
    stay.discharged_on = None  # on a page that was open when the stay ended
    with pytest.raises(errors.AlreadyDischarged):
        services.absence_register(stay=stay, starts_on=date(2026, 12, 13), actor=None)
    assert Absence.objects.get().ends_on == date(2026, 12, 12)


def test_a_return_registered_twice_is_one() -> None:
    stay = make_stay(admitted_on=ADMITTED)
    absence = services.absence_register(stay=stay, starts_on=TODAY, actor=None)
    again = Absence.objects.select_related("stay__shelter").get(pk=absence.pk)

    services.absence_end(absence=absence, ends_on=TODAY, actor=None)
    services.absence_end(absence=again, ends_on=TODAY, actor=None)

    assert not Absence.objects.exists()
    assert Event.objects.filter(kind="absence.ended").count() == 1


def test_days_elsewhere_use_up_the_limit() -> None:
    stay = make_stay(admitted_on=ADMITTED)
    adviser = make_user(Role.ADVISER, stay.case.unit)

    services.days_elsewhere_add(
        case=stay.case,
        starts_on=date(2026, 6, 3),
        ends_on=date(2026, 6, 15),
        source="Brev fra Havneborg",
        actor=adviser,
    )

    clock = ReimbursementClock.objects.get()
    assert clock.used_on(TODAY) == 12 + 134
    assert clock.last_refundable_on == date(2026, 10, 19)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "refusal"),
    [
        (date(2026, 6, 3), date(2026, 6, 3), errors.ElsewhereReversed),
        (date(2026, 6, 3), date(2026, 6, 2), errors.ElsewhereReversed),
        (date(2026, 12, 10), date(2026, 12, 15), errors.ElsewhereInFuture),
        (date(2026, 5, 1), date(2026, 5, 11), errors.ElsewhereOverlaps),
    ],
)
def test_refused_days_elsewhere(starts_on: date, ends_on: date, refusal: type[Exception]) -> None:
    case = make_stay(admitted_on=ADMITTED).case
    services.days_elsewhere_add(
        case=case, starts_on=date(2026, 5, 10), ends_on=date(2026, 5, 20), source="x", actor=None
    )

    with pytest.raises(refusal):
        services.days_elsewhere_add(
            case=case, starts_on=starts_on, ends_on=ends_on, source="x", actor=None
        )


def test_the_host_may_add_days_elsewhere_and_a_stranger_may_not() -> None:
    stay = make_stay(admitted_on=ADMITTED)

    def add(actor: User) -> None:
        services.days_elsewhere_add(
            case=stay.case,
            starts_on=date(2026, 5, 1),
            ends_on=date(2026, 5, 3),
            source="Borgeren selv",
            actor=actor,
        )

    add(make_user(Role.SHELTER_STAFF, stay.shelter.unit))
    for role, unit in ((Role.SHELTER_STAFF, make_shelter().unit), (Role.ADVISER, make_unit())):
        with pytest.raises(NotPermitted):
            add(make_user(role, unit))


def test_nobody_is_away_from_a_stay_that_has_ended() -> None:
    stay = make_stay(admitted_on=ADMITTED, discharged_on=date(2026, 9, 1))

    with pytest.raises(errors.AlreadyDischarged):
        services.absence_register(stay=stay, starts_on=date(2026, 8, 20), actor=None)
