"""The plan backwards on the overview: J1, Sanne's, and who sees what of it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.casework.models import Case
from cases.citizens.enums import Protection
from cases.plans.enums import Participation, PlanKind
from crosssector.readiness.way_out import WayOut, way_out_of
from housing.shelters import services as shelters
from housing.shelters.enums import DischargeTo, Section
from housing.shelters.models import Notice, Stay
from housingfirst.access.enums import Role
from housingfirst.access.models import User
from housingfirst.law.backward import OutBy, PlanStep, Step, StepState
from housingfirst.law.choices import DEFAULT_CHOICES
from tests.access.factories import make_user
from tests.cases.factories import make_citizen, make_plan
from tests.crosssector.factories import make_benefits_office, make_handoff
from tests.housing.factories import make_shelter, make_stay
from tests.housing.homes import make_referral, make_tenancy
from tests.support.factories import make_decision

pytestmark = pytest.mark.django_db

J1_MORNING = datetime(2026, 8, 4, 7, tzinfo=UTC)


def adviser_of(case: Case) -> User:
    return make_user(Role.ADVISER, case.unit)


def way(case: Case) -> WayOut:
    found = way_out_of(Case.objects.get(pk=case.pk), timezone.localdate(), DEFAULT_CHOICES)
    assert found is not None
    return found


def step(case: Case, kind: PlanStep) -> Step:
    return next(step for step in way(case).plan.steps if step.kind is kind)


def overview(client: Client, user: User, case: Case) -> str:
    """The page with soft spaces."""
    client.force_login(user)
    html = client.get(reverse("cases:case_detail", args=[case.reference])).content.decode()
    return html.replace("\u00a0", " ").replace("&nbsp;", " ")


@pytest.fixture
def mads() -> Stay:
    """J1: admitted on Monday 3 August 2026 at 22:40, and the notice sent the same minute."""
    with time_machine.travel(datetime(2026, 8, 3, 20, 40, tzinfo=UTC), tick=False):
        stay = make_stay(citizen=make_citizen(name="Mads Holm"), admitted_on=date(2026, 8, 3))
        Notice.objects.filter(stay=stay).update(sent_at=timezone.now())
    return stay


@time_machine.travel(J1_MORNING, tick=False)
def test_J1_plan_by_2_september_referral_now_support_before_the_discharge(
    client: Client, mads: Stay
) -> None:
    plan = way(mads.case).plan
    assert (plan.out_on, plan.out_by) == (date(2026, 10, 31), OutBy.LIMIT)
    assert step(mads.case, PlanStep.PLAN).latest_on == date(2026, 9, 2)
    assert step(mads.case, PlanStep.SUPPORT).latest_on < plan.out_on

    html = overview(client, adviser_of(mads.case), mads.case)
    assert "Plan bagud fra 31. oktober" in html
    assert "nu, senest 18. sep." in html
    assert "senest 2. sep." in html


class TestFacts:
    """Each step is done by the fact that its app holds."""

    @time_machine.travel(datetime(2026, 10, 1, 7, tzinfo=UTC), tick=False)
    def test_all_that_is_done_before_the_move(self, mads: Stay) -> None:
        case = mads.case
        adviser = adviser_of(case)
        make_plan(case=case, actor=adviser, kind=PlanKind.ASSESSMENT, made_on=date(2026, 8, 20))
        make_plan(case=case, actor=adviser, made_on=date(2026, 9, 8))
        make_referral(case=case, actor=adviser)
        make_decision(case=case, decided_on=date(2026, 9, 30), starts_on=date(2026, 11, 1))
        make_tenancy(case=case, starts_on=date(2026, 10, 15))

        states = {step.kind: step.state for step in way(case).plan.steps}
        assert states == {
            PlanStep.ASSESSMENT: StepState.DONE,
            PlanStep.PLAN: StepState.DONE,
            PlanStep.REFERRAL: StepState.DONE,
            PlanStep.HOME: StepState.DONE,
            PlanStep.LOAN: StepState.NEXT,
            PlanStep.LEASE: StepState.OPEN,
            PlanStep.SUPPORT: StepState.DONE,
            PlanStep.NOTICE: StepState.OPEN,
            PlanStep.MOVE: StepState.OPEN,
        }
        assert step(case, PlanStep.PLAN).margin_days == -6

    @time_machine.travel(datetime(2026, 10, 1, 7, tzinfo=UTC), tick=False)
    def test_a_loan_that_was_asked_for_waits_at_the_benefits_office(
        self, client: Client, mads: Stay
    ) -> None:
        office = make_benefits_office(municipality=mads.case.municipality)
        make_handoff(case=mads.case, to_unit=office)

        assert step(mads.case, PlanStep.LOAN).state is StepState.WAITING
        assert f"hos {office.name}" in overview(client, adviser_of(mads.case), mads.case)
        staff = make_user(Role.SHELTER_STAFF, mads.shelter.unit)
        html = overview(client, staff, mads.case)
        assert "Plan bagud fra" in html
        assert office.name not in html
        assert "Indskudslån" not in html

    @time_machine.travel(datetime(2026, 10, 1, 7, tzinfo=UTC), tick=False)
    @pytest.mark.parametrize(
        ("kind", "participation", "made_on", "does"),
        [
            pytest.param("142", "no", date(2026, 9, 1), True, id="142-without-the-citizen"),
            pytest.param("141-7", "yes", date(2026, 9, 1), True, id="holistic"),
            pytest.param("141-7", "no", date(2026, 9, 1), False, id="holistic-declined"),
            pytest.param("141", "yes", date(2026, 9, 1), False, id="141-is-not-for-residents"),
            pytest.param("142", "yes", date(2026, 5, 5), True, id="90-days-before"),
            pytest.param("142", "yes", date(2026, 5, 4), False, id="91-days-before"),
        ],
    )
    def test_which_plan_does_for_a_resident(
        self, mads: Stay, kind: str, participation: str, made_on: date, does: bool
    ) -> None:
        make_plan(
            case=mads.case,
            actor=adviser_of(mads.case),
            kind=PlanKind(kind),
            participation=Participation(participation),
            made_on=made_on,
        )
        assert (step(mads.case, PlanStep.PLAN).state is StepState.DONE) == does

    @time_machine.travel(datetime(2026, 10, 1, 7, tzinfo=UTC), tick=False)
    def test_a_decision_that_ran_out_before_the_stay_does_not_count(self, mads: Stay) -> None:
        make_decision(
            case=mads.case,
            decided_on=date(2026, 8, 3),
            starts_on=date(2025, 1, 1),
            ends_on=date(2026, 8, 1),
        )
        assert step(mads.case, PlanStep.SUPPORT).done_on is None

    @time_machine.travel(datetime(2026, 10, 1, 7, tzinfo=UTC), tick=False)
    def test_a_planned_discharge_takes_the_place_of_the_limit(
        self, client: Client, mads: Stay
    ) -> None:
        shelters.discharge_plan(
            stay=mads,
            planned_on=date(2026, 10, 12),
            to=DischargeTo.OWN_HOME,
            reason="Egen bolig",
            actor=None,
        )
        plan = way(mads.case).plan
        assert (plan.out_on, plan.out_by) == (date(2026, 10, 12), OutBy.DISCHARGE)
        assert step(mads.case, PlanStep.SUPPORT).latest_on == date(2026, 10, 6)
        html = overview(client, adviser_of(mads.case), mads.case)
        assert "Plan bagud fra udskrivningen 12. oktober" in html


class TestWhoSees:
    def test_a_stay_at_another_kind_of_place_has_no_plan(self, client: Client) -> None:
        stay = make_stay(shelter=make_shelter(section=Section.S107))
        assert "Plan bagud" not in overview(client, adviser_of(stay.case), stay.case)

    def test_one_who_has_left_has_none(self, client: Client) -> None:
        stay = make_stay(admitted_on=date(2026, 8, 3), discharged_on=date(2026, 9, 1))
        assert "Plan bagud" not in overview(client, adviser_of(stay.case), stay.case)

    def test_the_acts_are_for_who_may_take_them(self, client: Client) -> None:
        stay = make_stay(admitted_on=timezone.localdate() - timedelta(days=10))
        url = reverse("cases:plan_create", args=[stay.case.reference])

        assert f"{url}?kind=142" in overview(client, adviser_of(stay.case), stay.case)
        worker = make_user(Role.SUPPORT_WORKER, stay.case.unit)
        assert url not in overview(client, worker, stay.case)

    def test_a_protected_place_is_not_named(self, client: Client) -> None:
        citizen = make_citizen(name="Sanne Bay", protection=Protection.YES)
        stay = make_stay(citizen=citizen, admitted_on=timezone.localdate() - timedelta(days=80))
        html = overview(client, adviser_of(stay.case), stay.case)
        panel = re.search(r"<h2>Plan bagud.*?</section>", html, re.S)
        assert panel is not None
        assert stay.shelter.name not in panel[0]

    def test_the_drawing_has_no_style_and_says_all_in_its_title(self, client: Client) -> None:
        stay = make_stay(admitted_on=timezone.localdate() - timedelta(days=30))
        html = overview(client, adviser_of(stay.case), stay.case)
        title = re.search(r"<title>Plan bagud fra.*?</title>", html, re.S)
        assert title is not None
        assert "Handleplan § 142: senest" in title[0]
        assert "§ 85 a-afgørelse: senest" in title[0]

    def test_long_over_the_limit_it_still_draws(self, client: Client) -> None:
        stay = make_stay(admitted_on=timezone.localdate() - timedelta(days=330))
        html = overview(client, adviser_of(stay.case), stay.case)
        assert "skridt er forsinke" in html
