"""Courses of support: phases by date, and endings that must be explained."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.casework.models import Case
from housingfirst.access.enums import Role
from housingfirst.access.models import AccessBlock
from housingfirst.base.errors import DomainError, NotPermitted
from housingfirst.events.models import Event
from support.enrolments import homes
from support.enrolments.enums import EndReason, PhaseKind
from support.enrolments.errors import (
    EarlyEndNeedsWords,
    EndsBeforeStart,
    EnrolmentHasEnded,
    EnrolmentIsActive,
    LostHomeNeedsWords,
    NoCourseAtFacility,
    OnlyCtiHasPhases,
    OtherEndNeedsWords,
    PhaseBeforeCourse,
    PhaseNeedsReason,
    WorkerNotOnCase,
)
from support.enrolments.homes import Home
from support.enrolments.jobs import announce_phases
from support.enrolments.models import Enrolment
from support.enrolments.services import enrolment_end, enrolment_start, phase_1_set, worker_set
from support.methods.enums import Method, SupportSection
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case
from tests.support.factories import make_adviser, make_decision, make_enrolment, make_worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return make_case(unit=make_unit(), opened_on=date(2026, 8, 3))


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> dict[str, date]:
    """What is known of the citizen's home: a test fills it in."""
    known: dict[str, date] = {}
    monkeypatch.setattr(homes, "_SOURCES", [lambda _case: Home(**known)])
    return known


def spans(enrolment: Enrolment) -> list[tuple[str, date, date | None]]:
    return list(enrolment.phases.values_list("kind", "starts_on", "ends_on"))


def test_J1_the_phases_count_from_the_lease(case: Case, home: dict[str, date]) -> None:
    home["starts_on"] = date(2026, 12, 15)
    adviser, worker = make_adviser(case), make_worker(case)

    enrolment = enrolment_start(
        decision=make_decision(case=case),
        started_on=date(2026, 11, 30),
        worker=worker,
        phase_1_on=date(2026, 12, 15),
        actor=adviser,
    )

    assert spans(enrolment) == [
        (PhaseKind.CONTACT, date(2026, 11, 30), date(2026, 12, 15)),
        (PhaseKind.TRANSITION, date(2026, 12, 15), date(2027, 3, 15)),
        (PhaseKind.TRY_OUT, date(2027, 3, 15), date(2027, 6, 15)),
        (PhaseKind.HAND_OVER, date(2027, 6, 15), date(2027, 9, 15)),  # last day 14 September
    ]
    assert enrolment.phase_1_reason == ""
    assert Event.objects.filter(kind="enrolment.started", case=case).count() == 1


def test_short_months_do_not_push_later_phases(case: Case) -> None:
    enrolment = make_enrolment(
        case=case, started_on=date(2027, 1, 31), phase_1_on=date(2027, 1, 31)
    )

    assert [starts_on for _kind, starts_on, _end in spans(enrolment)] == [
        date(2027, 1, 31),
        date(2027, 4, 30),
        date(2027, 7, 31),
    ]


def test_until_phase_1_is_known_there_is_contact_alone(case: Case) -> None:
    enrolment = make_enrolment(case=case, started_on=date(2026, 12, 1))

    assert spans(enrolment) == [(PhaseKind.CONTACT, date(2026, 12, 1), None)]


def test_a_moved_phase_1_moves_all_phases(case: Case, home: dict[str, date]) -> None:
    home["starts_on"] = date(2027, 1, 1)
    enrolment = make_enrolment(
        case=case, started_on=date(2026, 12, 1), phase_1_on=date(2026, 12, 15)
    )

    phase_1_set(enrolment=enrolment, on=date(2027, 1, 1), actor=make_worker(case))

    assert spans(enrolment)[1:] == [
        (PhaseKind.TRANSITION, date(2027, 1, 1), date(2027, 4, 1)),
        (PhaseKind.TRY_OUT, date(2027, 4, 1), date(2027, 7, 1)),
        (PhaseKind.HAND_OVER, date(2027, 7, 1), date(2027, 10, 1)),
    ]


def test_without_a_home_phase_1_says_why(case: Case, home: dict[str, date]) -> None:
    enrolment, worker = make_enrolment(case=case), make_worker(case)

    with pytest.raises(PhaseNeedsReason):
        phase_1_set(enrolment=enrolment, on=date(2026, 12, 15), reason=" ", actor=worker)
    enrolment.refresh_from_db()
    phase_1_set(enrolment=enrolment, on=date(2026, 12, 15), reason="Forebyggende", actor=worker)

    enrolment.refresh_from_db()
    assert enrolment.phase_1_reason == "Forebyggende"
    assert enrolment.phases.count() == 4


def test_phase_1_lies_within_a_cti_course(case: Case, home: dict[str, date]) -> None:
    home["starts_on"] = date(2026, 12, 15)
    cti = make_enrolment(case=case, started_on=date(2026, 12, 1))
    icm = make_enrolment(decision=make_decision(case=case, method=Method.ICM))

    with pytest.raises(PhaseBeforeCourse):
        phase_1_set(enrolment=cti, on=date(2026, 11, 30), actor=make_worker(case))
    with pytest.raises(OnlyCtiHasPhases):
        phase_1_set(enrolment=icm, on=date(2026, 12, 15), actor=make_worker(case))
    assert not icm.phases.exists()


def test_one_active_course_per_method(case: Case) -> None:
    decision = make_decision(case=case)
    make_enrolment(decision=decision)

    with pytest.raises(EnrolmentIsActive, match="CTI"):
        make_enrolment(decision=decision)
    make_enrolment(decision=make_decision(case=case, method=Method.ICM))  # another method may


def test_a_place_at_a_facility_is_no_course(case: Case) -> None:
    place = make_decision(case=case, section=SupportSection.S107, method=Method.FACILITY)

    with pytest.raises(NoCourseAtFacility):
        make_enrolment(decision=place)


def test_the_worker_belongs_to_a_unit_on_the_case(case: Case) -> None:
    decision = make_decision(case=case)
    colleague = make_worker(case)
    related = make_worker(case)
    AccessBlock.objects.create(user=related, citizen=case.citizen)
    stranger = make_user(Role.SUPPORT_WORKER, make_unit(municipality=case.municipality))

    for other in (stranger, make_adviser(case), related):
        with pytest.raises(WorkerNotOnCase):
            make_enrolment(decision=decision, worker=other)
    enrolment = make_enrolment(decision=decision)
    worker_set(
        enrolment=enrolment, worker=colleague, on=date(2026, 12, 1), actor=make_adviser(case)
    )

    assert Enrolment.objects.get().worker == colleague


def test_starting_asks_for_the_right_to_change_the_case(case: Case) -> None:
    decision = make_decision(case=case)
    for role in (Role.ALLOCATOR, Role.SHELTER_STAFF, Role.PARTNER, Role.ADMINISTRATOR):
        with pytest.raises(NotPermitted):
            enrolment_start(
                decision=decision, started_on=date(2026, 12, 1), actor=make_user(role, case.unit)
            )


LOST = date(2027, 3, 1)


@pytest.mark.parametrize(
    ("ended_on", "reason", "lost_on", "refusal"),
    [
        pytest.param(date(2027, 3, 1), EndReason.DECLINED, LOST, LostHomeNeedsWords, id="same-day"),
        pytest.param(date(2027, 5, 30), EndReason.DECLINED, LOST, LostHomeNeedsWords, id="day-90"),
        pytest.param(date(2027, 5, 31), EndReason.DECLINED, LOST, None, id="day-91"),
        pytest.param(date(2027, 2, 28), EndReason.DECLINED, LOST, None, id="day-before"),
        pytest.param(date(2027, 3, 2), EndReason.DEAD, LOST, None, id="death-explains-itself"),
        pytest.param(date(2027, 3, 2), EndReason.MOVED, None, None, id="no-home-lost"),
        pytest.param(date(2027, 3, 2), EndReason.OTHER, None, OtherEndNeedsWords, id="other"),
        pytest.param(
            date(2027, 9, 13), EndReason.COMPLETED, None, EarlyEndNeedsWords, id="completed-early"
        ),
        pytest.param(date(2027, 9, 14), EndReason.COMPLETED, None, None, id="completed-last-day"),
    ],
)
def test_some_endings_must_be_explained(
    case: Case,
    home: dict[str, date],
    ended_on: date,
    reason: EndReason,
    lost_on: date | None,
    refusal: type[DomainError] | None,
) -> None:
    home["starts_on"] = date(2026, 12, 15)
    if lost_on:
        home["lost_on"] = lost_on
    enrolment = make_enrolment(case=case, phase_1_on=date(2026, 12, 15))
    end: dict[str, Any] = {"ended_on": ended_on, "reason": reason, "actor": make_worker(case)}
    if refusal is not None:
        with pytest.raises(refusal):
            enrolment_end(enrolment=enrolment, remark="  ", **end)
        enrolment = Enrolment.objects.get()
        enrolment_end(enrolment=enrolment, remark="Borgeren ønsker det selv.", **end)
    else:
        enrolment_end(enrolment=enrolment, **end)

    enrolment = Enrolment.objects.get()
    assert (enrolment.ended_on, enrolment.end_reason) == (ended_on, reason)
    assert enrolment.ended_after_lost_home is (refusal is LostHomeNeedsWords)
    event = Event.objects.get(kind="enrolment.ended")
    assert event.data["after_lost_home"] is (refusal is LostHomeNeedsWords)


def test_H4_missed_appointments_are_no_reason_to_end() -> None:
    assert set(EndReason.values) == {
        "completed",
        "dead",
        "moved",
        "method_change",
        "declined",
        "other",
    }


def test_a_course_ends_once_and_after_its_start(case: Case) -> None:
    enrolment = make_enrolment(case=case, started_on=date(2026, 12, 1))
    end: dict[str, Any] = {"reason": EndReason.MOVED, "actor": make_worker(case)}

    with pytest.raises(EndsBeforeStart):
        enrolment_end(enrolment=enrolment, ended_on=date(2026, 11, 30), **end)
    enrolment_end(enrolment=enrolment, ended_on=date(2026, 12, 1), **end)
    with pytest.raises(EnrolmentHasEnded):
        enrolment_end(enrolment=enrolment, ended_on=date(2026, 12, 2), **end)
    with pytest.raises(EnrolmentHasEnded):
        phase_1_set(enrolment=enrolment, on=date(2026, 12, 2), reason="Ja", actor=make_worker(case))


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"ended_on": date(2026, 12, 9)}, "support_enrolment_end_says_why"),
        (
            {"ended_on": date(2026, 12, 9), "end_reason": "other"},
            "support_enrolment_other_end_is_explained",
        ),
        ({"ended_after_lost_home": True}, "support_enrolment_end_after_lost_home_is_explained"),
        ({"phase_1_on": date(2026, 11, 30)}, "support_enrolment_phase_1_within_course"),
    ],
)
def test_the_database_itself_refuses(case: Case, changes: dict[str, Any], constraint: str) -> None:
    enrolment = make_enrolment(case=case, started_on=date(2026, 12, 1))

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Enrolment.objects.filter(pk=enrolment.pk).update(**changes)


def announced() -> list[tuple[str, str]]:
    events = Event.objects.filter(kind="phase.started").order_by("pk")
    return [(event.data["phase"], event.data["starts_on"]) for event in events]


def test_a_phase_is_announced_once_however_often_the_job_runs(case: Case) -> None:
    make_enrolment(case=case, started_on=date(2026, 12, 1), phase_1_on=date(2026, 12, 15))

    assert announce_phases("2026-11-30") == 0
    assert announce_phases("2026-12-14") == 1
    assert announce_phases("2026-12-14") == 0
    assert announce_phases("2027-06-15") == 3  # late: what was missed is written in order
    assert announce_phases("2027-06-15") == 0

    assert announced() == [
        ("p0", "2026-12-01"),
        ("p1", "2026-12-15"),
        ("p2", "2027-03-15"),
        ("p3", "2027-06-15"),
    ]
    late = Event.objects.filter(kind="phase.started").latest("pk")
    assert timezone.localtime(late.at).date() == date(2027, 6, 15)


def test_a_moved_phase_is_announced_on_its_new_day(case: Case, home: dict[str, date]) -> None:
    home["starts_on"] = date(2026, 12, 20)
    enrolment = make_enrolment(
        case=case, started_on=date(2026, 12, 1), phase_1_on=date(2026, 12, 15)
    )
    announce_phases("2026-12-15")

    phase_1_set(enrolment=enrolment, on=date(2026, 12, 20), actor=make_worker(case))

    assert announce_phases("2026-12-19") == 0
    assert announce_phases("2026-12-20") == 1
    assert announced()[-1] == ("p1", "2026-12-20")


def test_an_ended_course_announces_nothing(case: Case) -> None:
    enrolment = make_enrolment(case=case, phase_1_on=date(2026, 12, 15))
    enrolment_end(
        enrolment=enrolment, ended_on=date(2026, 12, 2), reason=EndReason.MOVED, actor=None
    )

    assert announce_phases("2027-12-31") == 0


def test_the_job_takes_today_in_copenhagen(case: Case) -> None:
    today = timezone.localdate()
    make_enrolment(case=case, started_on=today)

    assert announce_phases() == 1
