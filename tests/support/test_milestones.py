"""Reviews, hand-over and what follows a CTI course: registered, due, and shown."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.casework.models import Case
from housingfirst.access.enums import Role
from housingfirst.access.models import User
from housingfirst.base.errors import NotPermitted, StaleVersion
from housingfirst.deadlines.models import Deadline
from housingfirst.deadlines.services import refresh_cases, sweep
from housingfirst.events.models import Event
from housingfirst.law.cti import CtiSettings, cti_dates
from housingfirst.law.days import COPENHAGEN
from support.enrolments.enums import EndReason
from support.enrolments.errors import EnrolmentHasEnded
from support.enrolments.models import Enrolment
from support.enrolments.services import enrolment_end
from support.methods.enums import Method, SupportSection
from support.milestones.enums import MilestoneKind
from support.milestones.errors import MilestoneOutsideCourse, OnlyCtiHasMilestones
from support.milestones.models import Milestone
from support.milestones.services import milestone_hold
from support.visits.enums import Outcome
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case
from tests.cases.pages import queries
from tests.lawbook.factories import choose
from tests.support.factories import make_decision, make_enrolment, make_visit, make_worker

pytestmark = pytest.mark.django_db

START = date(2026, 12, 15)
KINDS = ("cti_review", "cti_contacts", "cti_follow_on", "cti_hand_over")


@pytest.fixture
def case() -> Case:
    return make_case(unit=make_unit())


def course(case: Case, phase_1_on: date = START, method: Method = Method.CTI) -> Enrolment:
    decision = make_decision(
        case=case, method=method, decided_on=case.opened_on, starts_on=case.opened_on
    )
    return make_enrolment(
        decision=decision,
        worker=make_worker(case),
        started_on=phase_1_on - timedelta(days=10),
        phase_1_on=phase_1_on if method == Method.CTI else None,
    )


def hold(enrolment: Enrolment, kind: MilestoneKind, on: date, **values: Any) -> Milestone:
    actor = values.pop("actor", None) or make_user(Role.ADVISER, enrolment.case.unit)
    return milestone_hold(enrolment=enrolment, kind=kind, held_on=on, actor=actor, **values)


def due(case: Case, on: date) -> dict[str, date]:
    """What the course asks for on a day, by kind."""
    refresh_cases([case.pk], on)
    rows = Deadline.objects.open().filter(case=case, kind__in=KINDS).order_by("due_on")
    return dict(rows.values_list("kind", "due_on"))


@pytest.mark.parametrize(
    "phase_1_on",
    [
        pytest.param(START, id="J1"),
        pytest.param(date(2027, 1, 31), id="the-31st"),
        pytest.param(date(2027, 5, 29), id="reviewed-on-a-leap-day"),
        pytest.param(date(2028, 2, 29), id="leap-day"),
        pytest.param(date(2027, 3, 28), id="the-day-the-clocks-go-forward"),
        pytest.param(date(2026, 10, 25), id="the-day-the-clocks-go-back"),
        pytest.param(date(2026, 5, 31), id="ends-in-february"),
    ],
)
def test_the_days_are_the_methods(case: Case, phase_1_on: date) -> None:
    course(case, phase_1_on)
    dates = cti_dates(phase_1_on)

    for at, review_on in zip(
        (dates.phase_1_on, dates.phase_2_on, dates.phase_3_on), dates.reviews_on, strict=True
    ):
        hold_all_before(case, at)
        found = due(case, at)
        assert found["cti_review"] == review_on
        assert found["cti_contacts"] == dates.contacts_due_on
        assert found["cti_follow_on"] == dates.application_due_on
        assert found["cti_hand_over"] == dates.handover_due_on


def hold_all_before(case: Case, at: date) -> None:
    """The review of the phase that ends on `at` is held."""
    enrolment = case.enrolments.get()
    for n, phase in enumerate(enrolment.phases.exclude(kind="p0").order_by("starts_on"), 1):
        kind = MilestoneKind(f"review{n}")
        is_held = Milestone.objects.filter(enrolment=enrolment, kind=kind).exists()
        if phase.ends_on is not None and phase.ends_on <= at and not is_held:
            hold(enrolment, kind, at)


def test_J1_hand_over_is_agreed_by_15_august(case: Case) -> None:
    course(case)
    assert due(case, date(2027, 7, 1))["cti_hand_over"] == date(2027, 8, 15)


class TestClosing:
    def test_each_closes_its_own(self, case: Case) -> None:
        enrolment = course(case)
        assert set(due(case, START)) == set(KINDS)
        hold(enrolment, MilestoneKind.REVIEW_1, START)
        assert "cti_review" not in due(case, START)
        hold(enrolment, MilestoneKind.FOLLOW_ON, START)
        hold(enrolment, MilestoneKind.HAND_OVER, START)
        assert set(due(case, START)) == {"cti_contacts"}

    def test_a_later_review_stands_for_an_earlier(self, case: Case) -> None:
        enrolment = course(case)
        day = date(2027, 4, 1)
        refresh_cases([case.pk], day)
        open_ = Deadline.objects.open().filter(case=case, kind="cti_review")
        assert open_.count() == 2
        hold(enrolment, MilestoneKind.REVIEW_2, day)
        refresh_cases([case.pk], day)
        assert open_.count() == 0

    @pytest.mark.parametrize(
        ("outcomes", "is_open"),
        [
            pytest.param([Outcome.MET, Outcome.PHONE], False, id="a-visit-and-a-call"),
            pytest.param([Outcome.MET, Outcome.NOT_THERE], True, id="one-was-not-there"),
            pytest.param([Outcome.MET], True, id="one"),
        ],
    )
    def test_two_contacts_close_the_first_month(
        self, case: Case, outcomes: list[Outcome], is_open: bool
    ) -> None:
        course(case)
        held_at = datetime(2026, 12, 15, 0, 10, tzinfo=COPENHAGEN)
        with time_machine.travel(held_at + timedelta(days=3), tick=False):
            for outcome in outcomes:
                make_visit(case=case, outcome=outcome, happened_at=held_at)
            # The evening before phase 1 belongs to the contact period.
            make_visit(case=case, happened_at=held_at - timedelta(minutes=20))
            assert ("cti_contacts" in due(case, date(2026, 12, 18))) == is_open

    def test_a_decision_on_ordinary_support_is_what_follows(self, case: Case) -> None:
        course(case)
        make_decision(
            case=case,
            section=SupportSection.S85,
            method=Method.GENERAL,
            decided_on=START + timedelta(days=100),
            starts_on=START + timedelta(days=270),
        )
        assert "cti_follow_on" not in due(case, START + timedelta(days=101))

    def test_the_end_of_the_course_closes_all(self, case: Case) -> None:
        enrolment = course(case)
        enrolment_end(
            enrolment=enrolment,
            ended_on=START + timedelta(days=5),
            reason=EndReason.MOVED,
            remark="Flyttet",
            actor=None,
        )
        assert due(case, START + timedelta(days=6)) == {}

    def test_another_method_has_none(self, case: Case) -> None:
        course(case, method=Method.ICM)
        assert due(case, START) == {}
        sweep(START)
        assert not Deadline.objects.open().filter(kind__in=KINDS).exists()

    def test_the_municipalitys_waiting_time_counts(self, case: Case) -> None:
        course(case)
        choose(case.municipality, "cti.waiting_days", "56", today=START)
        choose(case.municipality, "cti.review_days", "7", today=START)
        chosen = cti_dates(START, CtiSettings(waiting_days=56, review_days=7))
        found = due(case, START)
        assert found["cti_follow_on"] == chosen.application_due_on
        assert found["cti_review"] == chosen.reviews_on[0]


class TestServices:
    def test_one_is_registered_once_and_put_right(self, case: Case) -> None:
        enrolment = course(case)
        first = hold(enrolment, MilestoneKind.REVIEW_1, START, remark="Går godt")
        again = hold(
            enrolment, MilestoneKind.REVIEW_1, START + timedelta(days=1), version=first.version
        )

        assert again.pk == first.pk
        assert [row.held_on for row in first.history.order_by("history_id")] == [
            START,
            START + timedelta(days=1),
        ]
        assert Event.objects.filter(kind="milestone.held").count() == 2
        with pytest.raises(StaleVersion):
            hold(enrolment, MilestoneKind.REVIEW_1, START, version=1)
        with pytest.raises(StaleVersion):
            hold(enrolment, MilestoneKind.REVIEW_1, START)

    def test_refusals(self, case: Case) -> None:
        enrolment = course(case)
        with pytest.raises(MilestoneOutsideCourse):
            hold(enrolment, MilestoneKind.REVIEW_1, START - timedelta(days=11))
        with pytest.raises(NotPermitted):
            hold(
                enrolment,
                MilestoneKind.REVIEW_1,
                START,
                actor=make_user(Role.ADVISER, make_unit()),
            )
        other = course(make_case(unit=case.unit), method=Method.ICM)
        with pytest.raises(OnlyCtiHasMilestones):
            hold(other, MilestoneKind.REVIEW_1, START)
        enrolment_end(
            enrolment=enrolment,
            ended_on=START,
            reason=EndReason.MOVED,
            remark="Flyttet",
            actor=None,
        )
        with pytest.raises(EnrolmentHasEnded):
            hold(enrolment, MilestoneKind.REVIEW_1, START)


class TestPages:
    @pytest.fixture
    def worker(self, client: Client, case: Case) -> User:
        worker = make_worker(case)
        client.force_login(worker)
        return worker

    @pytest.fixture
    def enrolment(self, case: Case) -> Enrolment:
        return course(case, phase_1_on=timezone.localdate() - timedelta(days=80))

    def url(self, enrolment: Enrolment, kind: str = "review1") -> str:
        args = [enrolment.case.reference, enrolment.reference, kind]
        return reverse("support:milestone_hold", args=args)

    def tab(self, client: Client, case: Case) -> str:
        url = reverse("support:support_tab", args=[case.reference])
        return client.get(url).content.decode()

    def test_one_is_registered_and_shown(
        self, client: Client, case: Case, worker: User, enrolment: Enrolment
    ) -> None:
        assert self.url(enrolment) in self.tab(client, case)
        values = {"held_on": "i går", "remark": "Vil selv ringe til lægen", "version": "0"}

        response = client.post(self.url(enrolment), values)

        assert response["Location"] == reverse("support:support_tab", args=[case.reference])
        assert "Vil selv ringe til lægen" in self.tab(client, case)
        again = client.post(self.url(enrolment), values)
        assert again.status_code == 409
        assert Milestone.objects.count() == 1

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({"held_on": ""}, "held_on"),
            ({"held_on": "i morgen"}, "held_on"),
            ({"held_on": "32-01-2026"}, "held_on"),
            ({"held_on": "i dag", "remark": "x" * 2_001}, "remark"),
        ],
    )
    def test_bad_input(
        self, client: Client, worker: User, enrolment: Enrolment, values: dict[str, str], said: str
    ) -> None:
        response = client.post(self.url(enrolment), {"version": "0", **values})
        assert response.status_code == 422
        assert f'id="id_{said}_error"' in response.content.decode()

    def test_no_other_kind_is_there(
        self, client: Client, worker: User, enrolment: Enrolment
    ) -> None:
        assert client.get(self.url(enrolment, "review4")).status_code == 404

    def test_the_tab_asks_once(
        self, client: Client, case: Case, worker: User, enrolment: Enrolment
    ) -> None:
        url = reverse("support:support_tab", args=[case.reference])
        one = queries(client, url)
        for kind in MilestoneKind:
            hold(enrolment, kind, timezone.localdate())
        assert queries(client, url) <= one <= 15
