"""The last day that the state refunds support: the rollup, its deadline, and what moves them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.forms.models import model_to_dict
from pytest_django import DjangoAssertNumQueries

from cases.casework.models import Case
from crosssector.readiness.jobs import rebuild_refund_ends
from crosssector.readiness.models import RefundEnd, RefundEndReason
from crosssector.readiness.refund_ends import refund_ends_rebuild, refund_ends_refresh
from crosssector.reimbursement.tab.facts import refund_of
from housing.shelters import services as shelters
from housing.shelters.enums import DischargeTo
from housing.shelters.models import Stay
from housingfirst.access.enums import Role
from housingfirst.beat import SCHEDULE
from housingfirst.deadlines.kinds import kind_of
from housingfirst.deadlines.models import Deadline
from housingfirst.deadlines.services import refresh_kind, sweep
from housingfirst.law.choices import SETTINGS
from housingfirst.law.days import COPENHAGEN
from housingfirst.lawbook.effects import effects_of
from support.enrolments import services as enrolments
from support.enrolments.enums import EndReason
from support.methods import services as methods
from support.methods.enums import Method, SupportSection
from support.methods.models import SupportDecision
from tests.access.factories import make_user
from tests.housing.factories import intake_of, make_shelter, make_stay
from tests.lawbook.factories import choose
from tests.support.factories import make_decision, make_enrolment

pytestmark = pytest.mark.django_db

TODAY = date(2026, 1, 15)
KIND = "support_refund_end"


def on(day: date) -> time_machine.travel:
    return time_machine.travel(datetime.combine(day, time(12), COPENHAGEN), tick=False)


@pytest.fixture(autouse=True)
def january() -> Iterator[None]:
    with on(TODAY):
        yield


@pytest.fixture
def stay() -> Stay:
    """A1's citizen, before the discharge on 15 March 2024."""
    return make_stay(admitted_on=date(2024, 1, 10))


@pytest.fixture
def decision(stay: Stay) -> SupportDecision:
    """A1: decided before the discharge, 12,000 a month, without an end."""
    made = make_decision(
        case=stay.case,
        decided_on=date(2024, 3, 1),
        starts_on=date(2024, 3, 15),
    )
    leave(stay, date(2024, 3, 15))
    return made


def leave(stay: Stay, day: date) -> None:
    shelters.stay_discharge(
        stay=Stay.objects.get(pk=stay.pk),
        discharged_on=day,
        to=DischargeTo.OWN_HOME,
        reason="Flyttede i egen bolig.",
        actor=None,
    )


def again(case: Case, admitted_on: date, discharged_on: date | None = None) -> Stay:
    """The same citizen, at another shelter."""
    return make_stay(
        shelter=make_shelter(municipality=case.municipality),
        citizen=case.citizen,
        admitted_on=admitted_on,
        discharged_on=discharged_on,
    )


def correct(decision: SupportDecision, *, ends_on: date | None, cost: str | None = None) -> None:
    decision = SupportDecision.objects.get(pk=decision.pk)
    methods.support_correct(
        decision=decision,
        starts_on=decision.starts_on,
        ends_on=ends_on,
        monthly_cost_dkk=Decimal(cost) if cost else None,
        reasons="Rettet.",
        actor=make_user(Role.ADVISER, decision.case.unit),
        version=decision.version,
    )


def place(case: Case, starts_on: date, ends_on: date | None = None) -> SupportDecision:
    """A § 107 place, decided while the citizen is at the shelter."""
    return make_decision(
        case=case,
        section=SupportSection.S107,
        method=Method.FACILITY,
        decided_on=date(2025, 10, 1),
        starts_on=starts_on,
        ends_on=ends_on,
    )


def due() -> list[date]:
    """What the list says, which is what a sweep makes it say as well."""
    found = Deadline.objects.open().filter(kind=KIND).order_by("due_on")
    at_once = list(found.values_list("due_on", "params"))
    sweep(TODAY)
    assert list(found.all().values_list("due_on", "params")) == at_once
    return [day for day, _params in at_once]


def test_a1_is_refunded_to_the_14_march_2026(decision: SupportDecision) -> None:
    assert due() == [date(2026, 3, 14)]
    deadline = Deadline.objects.get(kind=KIND)
    assert deadline.object_key == str(decision.reference)
    assert (deadline.case, deadline.unit_id) == (decision.case, decision.case.unit_id)
    assert deadline.warn_from == date(2026, 3, 14) - timedelta(days=90)
    assert deadline.now_from == date(2026, 3, 14) - timedelta(days=14)
    # 7 of the 31 days that the month from 15 March has: 12,000 x 7/31, and half of it.
    assert RefundEnd.objects.get().weekly_after_dkk == Decimal("2709.68")
    assert deadline.weekly_cost_dkk == Decimal("1354.84")


def test_it_is_spoken_of_in_danish_and_leads_to_the_calculation(
    decision: SupportDecision,
) -> None:
    deadline = Deadline.objects.get(kind=KIND)
    kind = kind_of(KIND)

    def said(text: object) -> str:
        return kind.written(str(text), deadline.params).replace("\u00a0", " ")

    assert said(kind.title) == "Tag stilling til støtten: sidste dag med refusion er 14. marts"
    assert said(kind.why) == (
        "Staten refunderer støtten i 2 år fra den første udskrivning, 15. marts 2024."
    )
    assert said(kind.cost) == "Derefter koster en uge ca. 2.710 kr. i stedet for ca. 1.355 kr."
    assert kind.url(deadline) == f"/cases/{decision.case.reference}/reimbursement/"
    adviser = make_user(Role.ADVISER, decision.case.unit)
    assert Deadline.objects.visible_to(adviser).filter(kind=KIND).exists()


def test_a_decision_without_a_cost_warns_without_an_amount(decision: SupportDecision) -> None:
    correct(decision, ends_on=None, cost=None)
    assert due() == [date(2026, 3, 14)]
    deadline = Deadline.objects.get(kind=KIND)
    assert deadline.weekly_cost_dkk is None
    kind = kind_of(KIND)
    assert kind.written(kind.cost, deadline.params) == (
        "Derefter betaler kommunen det hele. Afgørelsen siger ikke, hvad støtten koster."
    )


class TestMoving:
    def test_support_that_ends_within_the_time_loses_nothing(
        self, decision: SupportDecision
    ) -> None:
        correct(decision, ends_on=date(2026, 3, 1), cost="12000.00")
        assert due() == []
        assert not RefundEnd.objects.exists()

    def test_prolonged_beyond_the_time_it_is_back(self, decision: SupportDecision) -> None:
        correct(decision, ends_on=date(2026, 3, 15), cost="12000.00")
        assert due() == []  # its last day is the last refunded one
        correct(decision, ends_on=date(2026, 3, 16), cost="12000.00")
        assert due() == [date(2026, 3, 14)]

    def test_a_place_that_is_prolonged_takes_days_from_the_next(self) -> None:
        stay = make_stay(admitted_on=date(2025, 9, 1))
        first = place(stay.case, date(2025, 11, 1), date(2025, 12, 1))
        place(stay.case, date(2026, 1, 1))
        leave(stay, date(2025, 11, 1))
        # Split over two places, six months are 183 days: 30 in November, 153 from 1 January.
        assert due() == [date(2026, 1, 1) + timedelta(days=152)]
        assert RefundEnd.objects.get().reason == RefundEndReason.MONTHS
        correct(first, ends_on=date(2025, 12, 11), cost="45000.00")
        assert due() == [date(2026, 1, 1) + timedelta(days=142)]

    def test_a_cost_that_is_corrected_moves_what_is_at_stake(
        self, decision: SupportDecision
    ) -> None:
        correct(decision, ends_on=None, cost="31000.00")
        assert due() == [date(2026, 3, 14)]
        assert Deadline.objects.get(kind=KIND).weekly_cost_dkk == Decimal("3500.00")

    def test_a_new_stay_pauses_it_until_the_citizen_leaves(self, decision: SupportDecision) -> None:
        new = again(decision.case, date(2026, 1, 10))
        assert due() == []
        leave(new, TODAY)
        assert due() == [date(2026, 3, 14)]

    def test_a_new_stay_after_the_time_opens_a_new_one(self, decision: SupportDecision) -> None:
        with on(date(2026, 6, 1)):
            again(decision.case, date(2026, 4, 1), date(2026, 6, 1))
            assert RefundEnd.objects.get().last_on == date(2028, 5, 31)
            assert Deadline.objects.open().get(kind=KIND).due_on == date(2028, 5, 31)

    def test_days_elsewhere_are_an_earlier_first_discharge(self, decision: SupportDecision) -> None:
        shelters.days_elsewhere_add(
            case=decision.case,
            starts_on=date(2023, 12, 1),
            ends_on=date(2024, 1, 5),
            source="Havneborg Kommune",
            actor=None,
        )
        assert RefundEnd.objects.get().last_on == date(2026, 1, 4)
        assert due() == []  # it has passed

    def test_a_course_that_ends_ends_the_support(self, decision: SupportDecision) -> None:
        course = make_enrolment(decision=decision, started_on=date(2024, 3, 15))
        assert due() == [date(2026, 3, 14)]
        enrolments.enrolment_end(
            enrolment=course,
            ended_on=date(2025, 1, 10),
            reason=EndReason.OTHER,
            remark="Aftalt",
            actor=None,
        )
        assert due() == []

    def test_a_closed_case_and_a_day_that_has_passed_close_it(
        self, decision: SupportDecision
    ) -> None:
        for day, still in ((date(2026, 3, 14), 1), (date(2026, 3, 15), 0)):
            refresh_kind(KIND, day)
            assert Deadline.objects.open().filter(kind=KIND).count() == still
        Case.objects.filter(pk=decision.case.pk).update(closed_on=TODAY, close_reason="moved")
        refresh_kind(KIND, TODAY)
        assert not Deadline.objects.open().filter(kind=KIND).exists()

    def test_support_decided_too_late_has_no_day(self) -> None:
        stay = make_stay(admitted_on=date(2025, 11, 1), discharged_on=date(2025, 12, 1))
        make_decision(case=stay.case, decided_on=date(2025, 12, 1), starts_on=date(2025, 12, 1))
        assert due() == []


class TestChoices:
    def test_the_municipality_reads_the_law_anew(self, decision: SupportDecision) -> None:
        there = make_stay(admitted_on=date(2024, 1, 10))
        make_decision(case=there.case, decided_on=date(2024, 3, 1), starts_on=date(2024, 3, 15))
        leave(there, date(2024, 3, 15))
        choose(decision.case.municipality, "support.window_end", "anniversary", today=TODAY)
        by_case = dict(Deadline.objects.filter(kind=KIND).values_list("case_id", "due_on"))
        assert by_case == {decision.case_id: date(2026, 3, 15), there.case_id: date(2026, 3, 14)}
        assert len(due()) == 2

    def test_what_it_touches_is_told_beforehand(self, decision: SupportDecision) -> None:
        effects = effects_of(SETTINGS["support.window_end"])
        told = [effect.preview(decision.case.municipality_id) for effect in effects]
        assert "Støttens tid med refusion tælles om i 1 sag." in told


class TestRollup:
    def test_it_is_what_the_tab_says(self, decision: SupportDecision) -> None:
        case = Case.objects.get(pk=decision.case_id)
        refund = refund_of(case, TODAY)
        last = max(line.ends_on for line in refund.support.lines if line.is_refundable)  # type: ignore[type-var]  # refunded lines end
        assert last is not None
        assert RefundEnd.objects.get().last_on == last - timedelta(days=1)

    def test_counted_anew_it_is_the_same(self, decision: SupportDecision) -> None:
        kept = model_to_dict(RefundEnd.objects.get(), exclude=["id"])
        assert refund_ends_rebuild() == 0
        RefundEnd.objects.all().delete()
        assert rebuild_refund_ends() == 1
        assert model_to_dict(RefundEnd.objects.get(), exclude=["id"]) == kept
        assert SCHEDULE["rebuild-refund-ends"]["task"] == rebuild_refund_ends.name

    def test_a_stay_with_another_municipality_moves_it_here(
        self, decision: SupportDecision
    ) -> None:
        make_stay(
            shelter=make_shelter(municipality=intake_of()),
            citizen=decision.case.citizen,
            admitted_on=date(2026, 1, 10),
        )
        assert not Deadline.objects.open().filter(kind=KIND).exists()

    def test_nobody_with_support_is_one_question(
        self, stay: Stay, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(1):
            assert refund_ends_refresh([stay.citizen_id]) == set()

    @pytest.mark.parametrize("people", [1, 20])
    def test_counting_many_asks_no_more(
        self,
        people: int,
        django_assert_max_num_queries: DjangoAssertNumQueries,
        discharged: Callable[[], SupportDecision],
    ) -> None:
        citizens = [discharged().case.citizen_id for _ in range(people)]
        RefundEnd.objects.all().delete()
        with django_assert_max_num_queries(11):
            assert len(refund_ends_refresh(citizens)) == people

    @pytest.fixture
    def discharged(self) -> Callable[[], SupportDecision]:
        here = intake_of()

        def one() -> SupportDecision:
            stay = make_stay(shelter=make_shelter(municipality=here), admitted_on=date(2025, 9, 1))
            made = make_decision(
                case=stay.case, decided_on=date(2025, 10, 1), starts_on=date(2025, 11, 1)
            )
            leave(stay, date(2025, 11, 1))
            return made

        return one
