"""What the municipality is told, when at the latest, and what it answers."""

from datetime import date, datetime

import pytest
import time_machine

from cases.casework.models import Case
from cases.casework.path import path_of, with_path
from housing.shelters import errors, services
from housing.shelters.enums import ActingAnswer, NoticeKind
from housing.shelters.models import Notice, Stay
from housingfirst.access.enums import Role
from housingfirst.access.models import User
from housingfirst.base.errors import NotPermitted, StaleVersion
from housingfirst.events.models import Event
from housingfirst.law.days import COPENHAGEN
from tests.access.factories import make_municipality, make_unit, make_user
from tests.housing.factories import intake_of, make_shelter, make_stay

pytestmark = [pytest.mark.django_db]

ADMITTED = date(2026, 8, 3)


def at(year: int, month: int, day: int, hour: int, minute: int) -> time_machine.travel:
    moment = datetime(year, month, day, hour, minute, tzinfo=COPENHAGEN)
    return time_machine.travel(moment, tick=False)


@pytest.fixture(autouse=True)
def _tuesday() -> object:
    with at(2026, 8, 4, 9, 0):
        yield


def sent_notice() -> tuple[Notice, User, User]:
    """A notice that was sent, the adviser who may answer it, and the shelter's staff."""
    stay = make_stay(admitted_on=ADMITTED)
    staff = make_user(Role.SHELTER_STAFF, stay.shelter.unit)
    services.notice_send(notice=stay.notices.get(), actor=staff)
    return stay.notices.get(), make_user(Role.ADVISER, stay.case.unit), staff


@pytest.mark.parametrize(
    ("admitted_on", "due_on"),
    [
        pytest.param(date(2026, 8, 3), date(2026, 8, 6), id="monday"),
        pytest.param(date(2026, 7, 30), date(2026, 8, 4), id="over a weekend"),
        pytest.param(date(2026, 8, 1), date(2026, 8, 5), id="decided on a saturday"),
        pytest.param(date(2026, 4, 1), date(2026, 4, 9), id="over easter"),
        pytest.param(date(2025, 12, 23), date(2025, 12, 30), id="over christmas"),
    ],
)
def test_the_last_day_is_the_third_working_day(admitted_on: date, due_on: date) -> None:
    assert make_stay(admitted_on=admitted_on).notices.get().due_on == due_on


@pytest.mark.parametrize(
    ("sent", "is_late"),
    [
        pytest.param((2026, 8, 6, 23, 59), False, id="a minute before midnight"),
        pytest.param((2026, 8, 7, 0, 1), True, id="a minute after"),
    ],
)
def test_on_time_is_judged_by_the_copenhagen_day(
    sent: tuple[int, int, int, int, int], is_late: bool
) -> None:
    notice = make_stay(admitted_on=ADMITTED).notices.get()

    with at(*sent):
        services.notice_send(notice=notice, actor=None)

    notice.refresh_from_db()
    assert notice.is_late is is_late


@pytest.mark.parametrize(("day", "is_late"), [(9, False), (10, True)])
def test_easter_gives_the_shelter_its_days_off_back(day: int, is_late: bool) -> None:
    notice = make_stay(admitted_on=date(2026, 4, 1)).notices.get()

    with at(2026, 4, day, 12, 0):
        services.notice_send(notice=notice, actor=None)

    notice.refresh_from_db()
    assert notice.is_late is is_late


def test_sending_asks_for_an_answer_within_three_working_days() -> None:
    notice, _adviser, staff = sent_notice()

    assert (notice.sent_by, notice.answer_due_on) == (staff, date(2026, 8, 7))
    event = Event.objects.get(kind="notice.sent")
    assert (event.case, event.data["municipality"]) == (
        notice.stay.case,
        notice.municipality.name,
    )


def test_sending_again_changes_nothing() -> None:
    notice, _adviser, staff = sent_notice()

    with at(2026, 8, 5, 9, 0):
        services.notice_send(notice=notice, actor=staff)

    assert Notice.objects.get().sent_at == notice.sent_at
    assert Event.objects.filter(kind="notice.sent").count() == 1


def test_T04_only_its_own_shelter_sends_a_notice() -> None:
    notice = make_stay(admitted_on=ADMITTED).notices.get()

    for actor in (
        make_user(Role.SHELTER_STAFF, make_shelter().unit),
        make_user(Role.ADVISER, notice.stay.case.unit),
    ):
        with pytest.raises(NotPermitted):
            services.notice_send(notice=notice, actor=actor)


def test_the_municipality_answers() -> None:
    notice, adviser, _staff = sent_notice()

    services.notice_acknowledge(
        notice=notice, answer=ActingAnswer.YES, remark="Folkeregister 2025.", actor=adviser
    )

    notice = Notice.objects.get()
    assert (notice.answer, notice.acknowledged_by) == (ActingAnswer.YES, adviser)
    assert Event.objects.get(kind="notice.acknowledged").data["answer"] == "yes"


def test_the_first_step_of_the_way_is_the_acknowledged_notice_of_the_newest_stay() -> None:
    notice, adviser, _staff = sent_notice()
    case = notice.stay.case

    def is_notified() -> bool:
        state = path_of(with_path(Case.objects.filter(pk=case.pk)).get())
        return next(done for step, done in state.taken if step.key == "notified")

    assert not is_notified()
    services.notice_acknowledge(notice=notice, answer=ActingAnswer.YES, actor=adviser)
    assert is_notified()
    Stay.objects.filter(pk=notice.stay_id).update(
        discharged_on=date(2026, 8, 4), discharge_to="family"
    )
    make_stay(citizen=case.citizen, municipality=case.municipality, admitted_on=date(2026, 8, 4))
    assert not is_notified()


@pytest.mark.parametrize("role", [Role.SUPPORT_WORKER, Role.ALLOCATOR, Role.AUDITOR])
def test_who_does_not_decide_does_not_answer(role: Role) -> None:
    notice, _adviser, _staff = sent_notice()

    with pytest.raises(NotPermitted):
        services.notice_acknowledge(
            notice=notice,
            answer=ActingAnswer.YES,
            actor=make_user(role, notice.stay.case.unit),
        )


def test_another_unit_and_the_shelter_itself_do_not_answer_for_the_municipality() -> None:
    notice, _adviser, staff = sent_notice()

    for actor in (staff, make_user(Role.ADVISER, make_unit())):
        with pytest.raises(NotPermitted):
            services.notice_acknowledge(notice=notice, answer=ActingAnswer.YES, actor=actor)


def test_the_shelter_writes_down_what_a_municipality_outside_the_system_says() -> None:
    stay = make_stay(admitted_on=ADMITTED, municipality=make_municipality(uses_system=False))
    staff = make_user(Role.SHELTER_STAFF, stay.shelter.unit)
    services.notice_send(notice=stay.notices.get(), actor=staff)

    services.notice_acknowledge(
        notice=stay.notices.get(), answer=ActingAnswer.YES, actor=staff, remark="Ringede"
    )

    assert Notice.objects.get().acknowledged_by == staff


def test_refused_answers() -> None:
    unsent = make_stay(admitted_on=ADMITTED).notices.get()
    adviser = make_user(Role.ADVISER, unsent.stay.case.unit)
    notice, other, _staff = sent_notice()

    with pytest.raises(errors.NoticeNotSent):
        services.notice_acknowledge(notice=unsent, answer=ActingAnswer.YES, actor=adviser)
    with pytest.raises(errors.NoticeNeedsAnswer):
        services.notice_acknowledge(notice=notice, answer=None, actor=other)
    with pytest.raises(StaleVersion):
        services.notice_acknowledge(
            notice=Notice.objects.get(pk=notice.pk),
            answer=ActingAnswer.YES,
            actor=other,
            version=notice.version - 1,
        )
    services.notice_acknowledge(notice=notice, answer=ActingAnswer.YES, actor=other)
    with pytest.raises(errors.NoticeAnswered):
        services.notice_acknowledge(notice=notice, answer=ActingAnswer.NO, actor=other)


def test_a_discharge_needs_no_answer_but_a_receipt() -> None:
    stay = make_stay(admitted_on=ADMITTED, discharged_on=date(2026, 8, 4))
    notice = stay.notices.get(kind=NoticeKind.DISCHARGE)
    services.notice_send(notice=notice, actor=None)
    notice.refresh_from_db()
    assert notice.answer_due_on is None

    services.notice_acknowledge(
        notice=notice, answer=None, actor=make_user(Role.ADVISER, stay.case.unit)
    )

    assert Notice.objects.get(pk=notice.pk).acknowledged_at is not None


def test_after_a_no_the_stay_goes_to_the_right_municipality() -> None:
    notice, adviser, staff = sent_notice()
    services.notice_acknowledge(notice=notice, answer=ActingAnswer.NO, actor=adviser)
    first, right = notice.stay.case, intake_of()

    services.notice_readdress(notice=notice, municipality=right, actor=staff)

    notice = Notice.objects.get()
    assert (notice.municipality, notice.sent_at, notice.answer) == (right, None, "")
    stay = Stay.objects.get()
    assert stay.case.municipality == right
    assert stay.case != first
    intake = make_user(Role.ADVISER, right.units.get())
    assert Case.objects.visible_to(intake).get() == stay.case
    with at(2026, 8, 5, 9, 0):
        seen = Case.objects.visible_to(User.objects.get(pk=staff.pk))
        assert list(seen) == [stay.case]


def test_a_notice_stays_where_it_is_without_a_no() -> None:
    notice, _adviser, staff = sent_notice()

    with pytest.raises(errors.NoticeKept):
        services.notice_readdress(notice=notice, municipality=intake_of(), actor=staff)
