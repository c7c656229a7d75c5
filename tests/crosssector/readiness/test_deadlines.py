"""The deadlines of the way out of a shelter: when they are due, and what closes them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from cases.casework.models import Case
from cases.plans.enums import Participation, PlanKind
from crosssector.readiness.way_out import way_out_of
from housing.shelters import services as shelters
from housing.shelters.enums import DischargeTo, Section
from housing.shelters.models import Notice, Stay
from housingfirst.access.enums import Role
from housingfirst.access.models import User
from housingfirst.deadlines.kinds import kind_of
from housingfirst.deadlines.models import Deadline
from housingfirst.deadlines.services import refresh_cases, sweep
from housingfirst.law.backward import LeadTimes, PlanStep
from housingfirst.law.choices import DEFAULT_CHOICES, Choices
from housingfirst.law.days import COPENHAGEN, CalendarSettings
from housingfirst.law.plans import PlanSettings
from tests.access.factories import make_user
from tests.cases.factories import make_plan
from tests.housing.factories import make_shelter, make_stay
from tests.housing.homes import make_referral, make_tenancy
from tests.lawbook.factories import choose
from tests.support.factories import make_decision

pytestmark = pytest.mark.django_db

STEPS = {
    "assessment_due": PlanStep.ASSESSMENT,
    "shelter_plan": PlanStep.PLAN,
    "referral_due": PlanStep.REFERRAL,
    "support_decision": PlanStep.SUPPORT,
}


def at(day: date, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=COPENHAGEN)


def due(case: Case) -> dict[str, date]:
    """What the way out still asks for, by kind."""
    rows = Deadline.objects.open().filter(case=case, kind__in=STEPS)
    return dict(rows.values_list("kind", "due_on"))


def latest(case: Case, choices: Choices = DEFAULT_CHOICES) -> dict[str, date]:
    """The law's days of the same steps."""
    way = way_out_of(Case.objects.get(pk=case.pk), timezone.localdate(), choices)
    assert way is not None
    found = {step.kind: step.latest_on for step in way.plan.steps}
    return {kind: found[step] for kind, step in STEPS.items()}


def adviser_of(case: Case) -> User:
    return make_user(Role.ADVISER, case.unit)


@pytest.mark.parametrize(
    "admitted",
    [
        pytest.param(at(date(2026, 8, 3), 22, 40), id="J1"),
        pytest.param(at(date(2026, 10, 24), 23, 59), id="the-night-the-clocks-go-back"),
        pytest.param(at(date(2026, 10, 25), 2, 30), id="in-the-hour-that-comes-twice"),
        pytest.param(at(date(2027, 3, 27), 23, 59), id="the-night-the-clocks-go-forward"),
        pytest.param(at(date(2027, 3, 28), 3, 1), id="after-the-hour-that-is-not-there"),
        pytest.param(at(date(2028, 2, 29), 0, 1), id="leap-day"),
        pytest.param(at(date(2028, 1, 30), 23, 30), id="due-on-the-leap-day"),
        pytest.param(at(date(2026, 12, 31), 23, 59), id="new-years-eve"),
    ],
)
def test_the_days_are_the_laws_whatever_the_clocks_do(admitted: datetime) -> None:
    with time_machine.travel(admitted, tick=False):
        stay = make_stay(admitted_on=timezone.localdate())
        shelters.notice_send(notice=stay.notices.get(), actor=None)
    with time_machine.travel(admitted + timedelta(minutes=5), tick=False):
        assert due(stay.case) == latest(stay.case)
        assert due(stay.case)["shelter_plan"] == admitted.date() + timedelta(days=30)
        sweep(timezone.localdate())
        assert due(stay.case) == latest(stay.case)


class TestClosing:
    @pytest.fixture(autouse=True)
    def october(self) -> Iterator[None]:
        with time_machine.travel(at(date(2026, 10, 1)), tick=False):
            yield

    @pytest.fixture
    def stay(self, october: None) -> Stay:
        stay = make_stay(admitted_on=date(2026, 8, 3))
        refresh_cases([stay.case_id], timezone.localdate())
        return stay

    def test_a_plan_closes_the_plan_and_the_assessment_under_it(self, stay: Stay) -> None:
        make_plan(
            case=stay.case,
            actor=adviser_of(stay.case),
            participation=Participation.DECLINED,
            made_on=date(2026, 9, 30),
        )
        assert set(due(stay.case)) == {"referral_due", "support_decision"}

    def test_an_assessment_closes_its_own_alone(self, stay: Stay) -> None:
        make_plan(case=stay.case, actor=adviser_of(stay.case), kind=PlanKind.ASSESSMENT)
        assert set(due(stay.case)) == {"shelter_plan", "referral_due", "support_decision"}

    def test_a_referral_closes_its_own(self, stay: Stay) -> None:
        make_referral(case=stay.case, actor=adviser_of(stay.case))
        assert "referral_due" not in due(stay.case)

    def test_a_home_closes_the_referral_and_moves_the_decision(self, stay: Stay) -> None:
        before = due(stay.case)["support_decision"]
        make_tenancy(case=stay.case, starts_on=date(2026, 12, 15))
        refresh_cases([stay.case_id], timezone.localdate())
        after = due(stay.case)
        assert "referral_due" not in after
        assert (before, after["support_decision"]) == (date(2026, 10, 27), date(2026, 12, 9))

    def test_a_decision_closes_its_own(self, stay: Stay) -> None:
        make_decision(case=stay.case, decided_on=date(2026, 9, 1), starts_on=date(2026, 9, 1))
        assert "support_decision" not in due(stay.case)

    def test_the_discharge_closes_all(self, stay: Stay) -> None:
        shelters.stay_discharge(
            stay=stay,
            discharged_on=date(2026, 9, 30),
            to=DischargeTo.FAMILY,
            reason="Aftalt",
            actor=None,
            version=stay.version,
        )
        assert due(stay.case) == {}

    def test_a_planned_discharge_moves_them(self, stay: Stay) -> None:
        shelters.discharge_plan(
            stay=stay,
            planned_on=date(2026, 10, 12),
            to=DischargeTo.OWN_HOME,
            reason="Egen bolig",
            actor=None,
        )
        assert due(stay.case) == latest(stay.case)
        assert due(stay.case)["support_decision"] == date(2026, 10, 6)

    def test_a_stay_at_a_107_place_asks_for_none(self) -> None:
        stay = make_stay(shelter=make_shelter(section=Section.S107))
        refresh_cases([stay.case_id], timezone.localdate())
        assert due(stay.case) == {}


def test_of_one_who_stays_on_beyond_the_limit_no_decision_is_asked_until_a_home() -> None:
    with time_machine.travel(at(date(2026, 8, 3)), tick=False):
        stay = make_stay(admitted_on=date(2026, 8, 3))
    with time_machine.travel(at(date(2026, 11, 1)), tick=False):
        sweep(timezone.localdate())
        assert "support_decision" not in due(stay.case)
        assert due(stay.case)["referral_due"] == date(2026, 9, 18)
        make_tenancy(case=stay.case, starts_on=date(2026, 12, 15))
        sweep(timezone.localdate())
        assert due(stay.case)["support_decision"] == date(2026, 12, 9)


@time_machine.travel(at(date(2026, 8, 4)), tick=False)
def test_a_municipalitys_choice_moves_its_days_at_once_and_nobody_elses() -> None:
    ours, theirs = make_stay(), make_stay()
    Notice.objects.update(sent_at=timezone.now())
    before = due(theirs.case)

    today = timezone.localdate()
    choose(ours.case.municipality, "backward.support_working_days", "9", today=today)
    choose(ours.case.municipality, "backward.referral_days", "60", today=today)

    choose(ours.case.municipality, "plans.shelter_plan_days", "14", today=today)

    chosen = Choices(
        backward=LeadTimes(support_working_days=9, referral_days=60),
        plans=PlanSettings(shelter_plan_days=14),
    )
    assert due(ours.case) == latest(ours.case, chosen)
    assert due(ours.case)["shelter_plan"] == date(2026, 8, 18)
    assert due(ours.case)["referral_due"] == date(2026, 9, 1)
    assert due(theirs.case) == before


@time_machine.travel(at(date(2026, 11, 30)), tick=False)
@pytest.mark.parametrize("june", ["yes", "no"])
@pytest.mark.parametrize("eve", ["yes", "no"])
def test_they_count_by_the_calendar_that_the_municipality_has_chosen(june: str, eve: str) -> None:
    ours, theirs = (make_stay(admitted_on=date(2026, 10, 2)) for _ in range(2))
    today = timezone.localdate()
    Notice.objects.update(sent_at=timezone.now())  # the plan is due with the decision
    sweep(today)
    before = due(theirs.case)
    choose(ours.case.municipality, "calendar.constitution_day_is_working_day", june, today=today)
    choose(ours.case.municipality, "calendar.christmas_eve_is_working_day", eve, today=today)

    chosen = Choices(calendar=CalendarSettings(june == "yes", eve == "yes"))
    assert due(ours.case) == latest(ours.case, chosen)
    assert due(ours.case)["support_decision"] == date(2026, 12, 22 if eve == "no" else 23)
    assert due(theirs.case) == before == latest(theirs.case)
    sweep(today)
    assert due(ours.case) == latest(ours.case, chosen)


@time_machine.travel(at(date(2026, 8, 4)), tick=False)
def test_each_says_in_danish_what_it_is_for() -> None:
    stay = make_stay()
    said = {
        row.kind: kind_of(row.kind)
        .written(kind_of(row.kind).why, row.params)
        .replace("\u00a0", " ")
        for row in Deadline.objects.open().filter(case=stay.case, kind__in=STEPS)
    }
    assert said == {
        "shelter_plan": "Kommunen hørte om indskrivningen 3. aug.",
        "assessment_due": "Handleplanen, der bygger på den, skal være klar 2. sep.",
        "referral_due": "Sidste dag med refusion er 31. okt.",
        "support_decision": "Sidste dag med refusion er 31. okt.",
    }


@time_machine.travel(at(date(2026, 10, 1)), tick=False)
def test_a_planned_discharge_is_the_shelters_until_it_happens_or_is_dropped() -> None:
    stay = make_stay(admitted_on=date(2026, 8, 3))
    planned = Deadline.objects.open().filter(kind="planned_discharge")
    assert not planned.exists()
    shelters.discharge_plan(
        stay=stay,
        planned_on=date(2026, 10, 25),
        to=DischargeTo.OWN_HOME,
        reason="Egen bolig",
        actor=None,
    )
    row = planned.get()
    assert (row.due_on, row.unit) == (date(2026, 10, 25), stay.shelter.unit)
    assert row.weekly_cost_dkk == Decimal("9401.00")
    shelters.plan_drop(stay=Stay.objects.get(), actor=None)
    assert not planned.exists()
