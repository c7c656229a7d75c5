"""This subject's deadlines: opened, moved and closed by facts, in the unit that must act."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from housing.shelters import services
from housing.shelters.enums import ActingAnswer, DischargeTo
from housing.shelters.jobs import rebuild_clocks
from housing.shelters.models import ReimbursementClock, Stay
from housingfirst.access.enums import Role
from housingfirst.beat import SCHEDULE
from housingfirst.deadlines.kinds import kind_of
from housingfirst.deadlines.models import Deadline
from housingfirst.deadlines.services import sweep
from housingfirst.law.days import COPENHAGEN
from tests.access.factories import make_municipality, make_user
from tests.housing.factories import intake_of, make_stay
from tests.housing.shelters.pages import frozen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]

TODAY = date(2026, 8, 4)


def open_deadline(kind: str) -> Deadline | None:
    return Deadline.objects.open().filter(kind=kind).first()


def the(kind: str) -> Deadline:
    found = open_deadline(kind)
    assert found is not None
    return found


def title(deadline: Deadline) -> str:
    kind = kind_of(deadline.kind)
    return kind.written(kind.title, deadline.params)


def send(stay: Stay) -> None:
    services.notice_send(notice=stay.notices.get(), actor=None)


def answer(stay: Stay, said: ActingAnswer) -> None:
    services.notice_acknowledge(notice=stay.notices.get(), answer=said, actor=None)


def test_an_admission_asks_the_shelter_for_the_notice_at_once() -> None:
    stay = make_stay(admitted_on=date(2026, 8, 3))

    deadline = the("admission_notice")

    assert (deadline.unit, deadline.case) == (stay.shelter.unit, stay.case)
    assert (deadline.due_on, deadline.now_from) == (date(2026, 8, 6), date(2026, 8, 5))
    assert stay.case.municipality.name in title(deadline)
    assert f"#n-{stay.notices.get().reference}" in kind_of(deadline.kind).url(deadline)


def test_sending_closes_it_and_asks_the_municipality() -> None:
    stay = make_stay(admitted_on=date(2026, 8, 3))
    stay.case.adviser = make_user(Role.ADVISER, stay.case.unit)
    stay.case.save()

    send(stay)

    assert open_deadline("admission_notice") is None
    deadline = the("admission_answer")
    assert (deadline.unit, deadline.person) == (stay.case.unit, stay.case.adviser)
    assert deadline.due_on == date(2026, 8, 7)
    assert "/notices/inbox/" in kind_of(deadline.kind).url(deadline)


def test_an_answer_closes_it() -> None:
    stay = make_stay()
    send(stay)

    answer(stay, ActingAnswer.YES)

    assert open_deadline("admission_answer") is None


def test_the_shelter_chases_a_municipality_outside_the_system() -> None:
    stay = make_stay(municipality=make_municipality(name="Østermark", uses_system=False))

    send(stay)

    deadline = the("admission_answer")
    assert deadline.unit == stay.shelter.unit
    assert deadline.params["waits_for"] == "Østermark"
    assert "/notices/#n-" in kind_of(deadline.kind).url(deadline)
    assert open_deadline("reimbursement_limit") is None  # nobody here to warn


def test_a_no_goes_back_to_the_shelter_until_another_is_chosen() -> None:
    stay = make_stay()
    send(stay)

    answer(stay, ActingAnswer.NO)

    deadline = the("notice_refused")
    assert (deadline.unit, deadline.due_on) == (stay.shelter.unit, TODAY)
    services.notice_readdress(notice=stay.notices.get(), municipality=intake_of(), actor=None)
    assert open_deadline("notice_refused") is None
    assert the("admission_notice").case == Stay.objects.get().case


def test_a_discharge_asks_for_its_own_notice() -> None:
    stay = make_stay()
    services.stay_discharge(
        stay=stay, discharged_on=TODAY, to=DischargeTo.STREET, reason="x", actor=None
    )

    deadline = the("discharge_notice")

    assert (deadline.unit, deadline.due_on) == (stay.shelter.unit, date(2026, 8, 7))


def test_J1_the_limit_warns_the_responsible_unit_with_its_price() -> None:
    stay = make_stay(admitted_on=date(2026, 8, 3))

    deadline = the("reimbursement_limit")

    assert deadline.unit == stay.case.unit
    assert deadline.due_on == date(2026, 10, 31)
    assert (deadline.warn_from, deadline.now_from) == (date(2026, 10, 1), date(2026, 10, 24))
    assert deadline.weekly_cost_dkk == Decimal("4700.50")
    assert kind_of(deadline.kind).ladder == (30, 14, 7, 0)
    assert "31. okt." in title(deadline).replace("\u00a0", " ")
    cost = kind_of(deadline.kind).written(kind_of(deadline.kind).cost, deadline.params)
    assert "9.401" in cost
    assert str(stay.case.reference) in kind_of(deadline.kind).url(deadline)


def test_the_limit_moves_with_the_facts_and_ends_with_the_stay() -> None:
    stay = make_stay(admitted_on=date(2026, 8, 3))

    services.days_elsewhere_add(
        case=stay.case,
        starts_on=date(2026, 6, 3),
        ends_on=date(2026, 6, 15),
        source="Brev",
        actor=None,
    )
    assert the("reimbursement_limit").due_on == date(2026, 10, 19)
    services.stay_discharge(
        stay=stay, discharged_on=TODAY, to=DischargeTo.STREET, reason="x", actor=None
    )

    assert open_deadline("reimbursement_limit") is None


def test_the_sweep_says_what_the_acts_said_and_may_run_twice() -> None:
    stays = [make_stay(), make_stay(), make_stay()]
    send(stays[1])
    columns = ("kind", "object_key", "unit_id", "due_on", "weekly_cost_dkk", "params")
    before = sorted(map(str, Deadline.objects.open().values_list(*columns)))

    changed = sweep(TODAY)
    Deadline.objects.all().delete()
    sweep(TODAY)

    assert (changed.written, changed.closed) == (0, 0)
    assert sorted(map(str, Deadline.objects.open().values_list(*columns))) == before


def test_the_nightly_job_counts_anew_and_is_on_the_schedule() -> None:
    make_stay(admitted_on=date(2026, 8, 3))
    with frozen(datetime(2026, 8, 5, 0, 5, tzinfo=COPENHAGEN)):
        assert rebuild_clocks() == 1
    assert ReimbursementClock.objects.get().counted_on == date(2026, 8, 5)
    assert rebuild_clocks("2026-08-09") == 1
    assert ReimbursementClock.objects.get().used == 7
    assert SCHEDULE["rebuild-clocks"]["task"] == rebuild_clocks.name


@pytest.mark.parametrize(
    ("today", "title"),
    [
        pytest.param(date(2026, 10, 31), "sidste dag med refusion er 31. okt.", id="last-day"),
        pytest.param(date(2026, 11, 1), "refusionen stoppede efter 31. okt.", id="after"),
    ],
)
def test_the_limit_is_spoken_of_as_what_it_is(today: date, title: str) -> None:
    params = {
        "day": "2026-10-31",
        "resets": "2027-08-03",
        "limit": 90,
        "before": "4700.50",
        "after": "9401.00",
    }
    kind = kind_of("reimbursement_limit")

    with frozen(datetime(today.year, today.month, today.day, 12, tzinfo=COPENHAGEN)):
        assert title in kind.written(kind.title, params).replace("\u00a0", " ")
