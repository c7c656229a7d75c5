"""Arrears: heard of, followed to the court, help decided in time, or the home lost (law.md 8)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cases.casework.models import Case
from housing.evictions.case_page import still_runs
from housing.evictions.enums import HeardFrom, HelpOutcome
from housing.evictions.errors import (
    ArrearsRun,
    DecisionNeedsText,
    EvictedBeforeCourt,
    LeaseIsOver,
    ShelteredBeforeEviction,
    StepTooEarly,
)
from housing.evictions.models import RentArrears
from housing.evictions.selectors import followed
from housing.evictions.services import (
    Steps,
    arrears_decide,
    arrears_register,
    arrears_steps,
)
from housing.tenancies.enums import TenancyEnd
from housing.tenancies.models import Tenancy
from housing.tenancies.services import tenancy_end
from housingfirst.access.enums import Role
from housingfirst.access.models import User
from housingfirst.base.errors import NotPermitted, StaleVersion
from housingfirst.deadlines.kinds import kind_of
from housingfirst.deadlines.models import Deadline
from housingfirst.deadlines.services import refresh_cases
from housingfirst.events.models import Event
from housingfirst.law.eviction import EvictionStep, StepReason, eviction_flow
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case
from tests.cases.pages import queries
from tests.housing.homes import let_see, make_allocator, make_tenancy

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 17)
DEMANDED = date(2026, 11, 9)
TOLD = date(2026, 11, 16)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel("2026-11-17 12:00+01:00", tick=False):
        yield


@pytest.fixture
def tenancy() -> Tenancy:
    case: Case = make_case(unit=make_unit(), opened_on=date(2025, 1, 1))
    return make_tenancy(case=case, starts_on=date(2026, 1, 1))


@pytest.fixture
def adviser(tenancy: Tenancy) -> User:
    return make_user(Role.ADVISER, tenancy.case.unit)


def hear(tenancy: Tenancy, actor: User, **values: Any) -> RentArrears:
    given: dict[str, Any] = {
        "heard_on": TODAY,
        "heard_from": HeardFrom.LANDLORD,
        "demanded_on": DEMANDED,
    }
    return arrears_register(tenancy=tenancy, actor=actor, **given | values)


def go_on(arrears: RentArrears, actor: User, **days: Any) -> None:
    known = {"demanded_on": DEMANDED}
    arrears_steps(
        arrears=arrears, steps=Steps(**known | days), actor=actor, version=arrears.version
    )


def find(arrears: RentArrears, actor: User, outcome: HelpOutcome, text: str = "Nej") -> None:
    arrears_decide(
        arrears=arrears, outcome=outcome, on=TODAY, text=text, actor=actor, version=arrears.version
    )


def due(tenancy: Tenancy, on: date = TODAY) -> dict[str, date]:
    refresh_cases([tenancy.case_id], on)
    kinds = ("arrears_pay", "eviction_help", "eviction_decide", "eviction_roof")
    rows = Deadline.objects.open().filter(kind__in=kinds, case=tenancy.case)
    return dict(rows.values_list("kind", "due_on"))


class TestDeadlines:
    def test_the_tenants_days_are_the_laws(self, tenancy: Tenancy, adviser: User) -> None:
        arrears = hear(tenancy, adviser)
        line = eviction_flow(arrears.facts, on=TODAY).line(EvictionStep.DEMAND)
        assert due(tenancy) == {"arrears_pay": line.due_on}
        assert line.due_on == DEMANDED + 14 * DAY

    def test_notices_set_off_help_and_its_decision(self, tenancy: Tenancy, adviser: User) -> None:
        arrears = hear(tenancy, adviser)
        go_on(arrears, adviser, municipality_told_on=TOLD, court_told_on=TODAY, filed_on=TOLD)
        flow = eviction_flow(arrears.facts, on=TODAY)
        assert due(tenancy) == {
            "eviction_help": flow.line(EvictionStep.CONSIDER_HELP).due_on,
            "eviction_decide": flow.line(EvictionStep.DECIDE_NO_HELP).due_on,
        }
        assert due(tenancy)["eviction_help"] == TOLD
        assert due(tenancy)["eviction_decide"] == TODAY + 14 * DAY
        find(arrears, adviser, HelpOutcome.CONSIDERED, "")
        assert due(tenancy) == {"eviction_decide": TODAY + 14 * DAY}

    @pytest.mark.parametrize("outcome", [HelpOutcome.GRANTED, HelpOutcome.DECLINED])
    def test_the_decision_closes(
        self, tenancy: Tenancy, adviser: User, outcome: HelpOutcome
    ) -> None:
        arrears = hear(tenancy, adviser)
        go_on(arrears, adviser, court_told_on=TODAY)
        find(arrears, adviser, outcome)
        assert due(tenancy) == {}

    def test_without_a_child_or_a_likely_need_nothing_is_set_off(
        self, tenancy: Tenancy, adviser: User
    ) -> None:
        arrears = hear(tenancy, adviser)
        go_on(arrears, adviser, court_told_on=TODAY, need_likely=False)
        assert due(tenancy) == {}
        go_on(arrears, adviser, court_told_on=TODAY, need_likely=False, has_child=True)
        assert set(due(tenancy)) == {"eviction_help", "eviction_decide"}
        row, kind = Deadline.objects.open().get(kind="eviction_help"), kind_of("eviction_help")
        assert "et barn under 18" in kind.written(kind.why, row.params)

    @pytest.mark.parametrize("how", ["paid_on", "dismissed_on"])
    def test_payment_and_dismissal_close(self, tenancy: Tenancy, adviser: User, how: str) -> None:
        arrears = hear(tenancy, adviser)
        go_on(arrears, adviser, municipality_told_on=TOLD, **{how: TODAY})
        assert due(tenancy) == {}
        assert not arrears.is_open

    def test_a_lease_that_has_ended_cannot_be_lost(self, tenancy: Tenancy, adviser: User) -> None:
        hear(tenancy, adviser)
        tenancy_end(tenancy=tenancy, ends_on=TODAY, reason=TenancyEnd.MOVED, actor=adviser)
        assert due(tenancy) == {}

    def test_a_payment_does_not_end_what_the_court_has(
        self, tenancy: Tenancy, adviser: User
    ) -> None:
        arrears = hear(tenancy, adviser)
        go_on(arrears, adviser, court_told_on=TODAY, filed_on=TOLD, paid_on=TODAY)
        assert set(due(tenancy)) == {"eviction_help", "eviction_decide"}
        assert RentArrears.objects.open().get() == arrears
        assert arrears.is_open

    def test_an_eviction_asks_for_a_roof(self, tenancy: Tenancy, adviser: User) -> None:
        arrears = hear(tenancy, adviser)
        go_on(arrears, adviser, court_told_on=TOLD, evicted_on=TODAY)
        assert due(tenancy) == {"eviction_roof": TODAY}
        go_on(arrears, adviser, court_told_on=TOLD, evicted_on=TODAY, sheltered_on=TODAY)
        assert due(tenancy) == {}


class TestServices:
    def test_a_case_with_arrears_that_run_is_not_closed(
        self, tenancy: Tenancy, adviser: User
    ) -> None:
        arrears = hear(tenancy, adviser)
        assert still_runs(tenancy.case)
        go_on(arrears, adviser, paid_on=TODAY)
        assert still_runs(tenancy.case) is None

    def test_an_eviction_ends_the_lease(self, tenancy: Tenancy, adviser: User) -> None:
        go_on(hear(tenancy, adviser), adviser, evicted_on=TODAY)
        ended = Tenancy.objects.get()
        assert (ended.ends_on, ended.end_reason) == (TODAY, TenancyEnd.EVICTED)
        with pytest.raises(LeaseIsOver):
            hear(ended, adviser)

    def test_who_may_not_end_leases_registers_the_eviction_all_the_same(
        self, client: Client, tenancy: Tenancy, adviser: User
    ) -> None:
        worker = make_user(Role.SUPPORT_WORKER, tenancy.case.unit)
        go_on(hear(tenancy, worker), worker, evicted_on=TODAY)
        assert Tenancy.objects.get().ends_on is None
        arrears = RentArrears.objects.get()
        client.force_login(adviser)
        html = client.get(reverse("housing:arrears", args=[arrears.reference])).content.decode()
        assert "Lejemålet er ikke afsluttet her." in html

    def test_the_timeline_tells_the_steps(self, tenancy: Tenancy, adviser: User) -> None:
        arrears = hear(tenancy, adviser)
        go_on(arrears, adviser, court_told_on=TODAY, filed_on=TOLD)
        go_on(arrears, adviser, court_told_on=TODAY, filed_on=TOLD, has_child=True)
        find(arrears, adviser, HelpOutcome.DECLINED)
        kinds = Event.objects.filter(subject=arrears.reference).order_by("pk")
        assert list(kinds.values_list("kind", flat=True)) == [
            "arrears.heard",
            "arrears.steps",
            "arrears.corrected",
            "arrears.decided",
        ]
        steps = kinds.get(kind="arrears.steps")
        assert steps.data == {"court_told_on": "2026-11-17", "filed_on": "2026-11-16"}

    def test_once_at_a_time(self, tenancy: Tenancy, adviser: User) -> None:
        first = hear(tenancy, adviser)
        with pytest.raises(ArrearsRun):
            hear(tenancy, adviser)
        go_on(first, adviser, paid_on=TODAY)
        hear(tenancy, adviser)
        with pytest.raises(ArrearsRun):
            go_on(first, adviser)

    @pytest.mark.parametrize(
        ("days", "refusal"),
        [
            ({"terminated_on": DEMANDED - DAY}, StepTooEarly),
            ({"filed_on": TODAY, "evicted_on": TOLD}, EvictedBeforeCourt),
            ({"sheltered_on": TODAY}, ShelteredBeforeEviction),
            ({"evicted_on": TODAY, "sheltered_on": TOLD}, ShelteredBeforeEviction),
        ],
    )
    def test_days_out_of_order(
        self, tenancy: Tenancy, adviser: User, days: dict[str, date], refusal: type[Exception]
    ) -> None:
        with pytest.raises(refusal):
            go_on(hear(tenancy, adviser), adviser, **days)

    def test_a_decision_says_why(self, tenancy: Tenancy, adviser: User) -> None:
        with pytest.raises(DecisionNeedsText):
            find(hear(tenancy, adviser), adviser, HelpOutcome.DECLINED, " ")

    def test_a_later_decision_takes_the_place_of_the_first(
        self, tenancy: Tenancy, adviser: User
    ) -> None:
        arrears = hear(tenancy, adviser)
        find(arrears, adviser, HelpOutcome.DECLINED)
        find(arrears, adviser, HelpOutcome.GRANTED, "§ 81 a i tre måneder")
        assert (arrears.declined_on, arrears.helped_on) == (None, TODAY)

    def test_who_may(self, tenancy: Tenancy, adviser: User) -> None:
        worker = make_user(Role.SUPPORT_WORKER, tenancy.case.unit)
        arrears = hear(tenancy, worker)
        for actor in (worker, make_user(Role.ADVISER)):
            with pytest.raises(NotPermitted):
                find(arrears, actor, HelpOutcome.GRANTED)
        with pytest.raises(NotPermitted):
            go_on(arrears, make_user(Role.ADVISER))

    def test_stale(self, tenancy: Tenancy, adviser: User) -> None:
        arrears = hear(tenancy, adviser)
        with pytest.raises(StaleVersion):
            arrears_steps(arrears=arrears, steps=Steps(), actor=adviser, version=7)


def test_what_is_over_counts_nothing_as_late(tenancy: Tenancy, adviser: User) -> None:
    arrears = hear(tenancy, adviser, demanded_on=date(2026, 9, 1))
    assert followed(arrears, TODAY).severity == "over"
    go_on(arrears, adviser, demanded_on=date(2026, 9, 1), dismissed_on=TODAY)
    shown = followed(arrears, TODAY)
    assert {line.severity for line in shown.lines} <= {"line", "done"}
    assert eviction_flow(arrears.facts, on=TODAY).lines[0].reason is StepReason.OVERDUE


class TestPages:
    @pytest.fixture(autouse=True)
    def _login(self, client: Client, adviser: User) -> None:
        client.force_login(adviser)

    def test_from_the_first_word_to_the_decision(self, client: Client, tenancy: Tenancy) -> None:
        tab = reverse("housing:housing_tab", args=[tenancy.case.reference])
        new = reverse("housing:arrears_new", args=[tenancy.reference])
        assert new in client.get(tab).content.decode()
        posted = {"heard_on": "i dag", "heard_from": "citizen", "demanded_on": "09-11-2026"}
        assert client.post(new, posted).status_code == 302
        arrears = RentArrears.objects.get()
        page = reverse("housing:arrears", args=[arrears.reference])
        html = client.get(tab).content.decode()
        assert page in html
        assert new not in html
        steps = {"demanded_on": "09-11-2026", "court_told_on": "17-11-2026", "version": "1"}
        assert client.post(page, steps | {"need_likely": "on"}).status_code == 302
        decide = reverse("housing:arrears_decide", args=[arrears.reference])
        assert decide in client.get(tab).content.decode()
        found = {"outcome": "declined", "on": "17-11-2026", "text": "", "version": "2"}
        refused = client.post(decide, found)
        assert refused.status_code == 422
        assert 'id="id_text_error"' in refused.content.decode()
        assert client.post(decide, found | {"text": "Betaler selv"}).status_code == 302
        assert "Betaler selv" in client.get(page).content.decode()
        overview = client.get(reverse("cases:case_detail", args=[tenancy.case.reference]))
        assert page in overview.content.decode()

    def test_the_reasons_are_for_those_who_see_the_whole_case(
        self, client: Client, tenancy: Tenancy, adviser: User
    ) -> None:
        arrears = hear(tenancy, adviser)
        find(arrears, adviser, HelpOutcome.DECLINED, "Hemmelig begrundelse")
        allocator = make_allocator(tenancy.case.municipality)
        let_see(allocator, tenancy.case)
        client.force_login(User.objects.get(pk=allocator.pk))
        html = client.get(reverse("housing:arrears", args=[arrears.reference])).content.decode()
        assert "Hemmelig begrundelse" not in html
        decide = reverse("housing:arrears_decide", args=[arrears.reference])
        assert client.get(decide).status_code == 403
        assert decide not in html

    def test_stale_steps_are_chosen_between(
        self, client: Client, tenancy: Tenancy, adviser: User
    ) -> None:
        arrears = hear(tenancy, adviser)
        go_on(arrears, adviser, court_told_on=TOLD)
        page = reverse("housing:arrears", args=[arrears.reference])
        assert client.post(page, {"court_told_on": "12-11-2026", "version": "1"}).status_code == 409

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({"heard_on": ""}, "heard_on"),
            ({"heard_on": "18-11-2026"}, "heard_on"),
            ({"heard_from": "nobody"}, "heard_from"),
            ({"amount_dkk": "-1"}, "amount_dkk"),
            ({"demanded_on": "31-02-2026"}, "demanded_on"),
            ({"remark": "x" * 2001}, "remark"),
        ],
    )
    def test_bad_input(
        self, client: Client, tenancy: Tenancy, values: dict[str, str], said: str
    ) -> None:
        new = reverse("housing:arrears_new", args=[tenancy.reference])
        response = client.post(new, {"heard_on": "i dag", "heard_from": "citizen"} | values)
        assert response.status_code == 422
        assert f'id="id_{said}_error"' in response.content.decode()

    def test_queries(self, client: Client, tenancy: Tenancy, adviser: User) -> None:
        for number in range(20):
            row = hear(tenancy, adviser)
            if number < 19:
                go_on(row, adviser, paid_on=TODAY)
        for name, ref in (
            ("housing:arrears", row.reference),
            ("housing:housing_tab", tenancy.case.reference),
            ("cases:case_detail", tenancy.case.reference),
            ("housing:arrears_new", tenancy.reference),
            ("housing:tenancy_detail", tenancy.reference),
        ):
            assert queries(client, reverse(name, args=[ref])) <= 15, name
