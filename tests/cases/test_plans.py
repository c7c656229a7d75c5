"""Assessments and plans: registered, corrected, shown, and followed up."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from cases.casework.grants import RESIDENCE, grant_unit
from cases.casework.models import Case
from cases.plans.enums import Participation, PlanKind
from cases.plans.errors import FollowUpBeforePlan, PlanMadeAlready, PlanSaysNothing
from cases.plans.models import PlanRecord
from cases.plans.services import plan_correct, plan_register
from housingfirst.access.enums import LogAction, Role, UnitKind
from housingfirst.access.models import AccessEntry, Unit, User
from housingfirst.base.errors import NotPermitted, StaleVersion
from housingfirst.deadlines.models import Deadline
from housingfirst.events.models import Event
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case, make_plan
from tests.cases.pages import address, form, opened, queries

pytestmark = pytest.mark.django_db

DAY = date(2026, 8, 20)


def declined(case: Case, actor: User, kind: PlanKind) -> PlanRecord:
    return plan_register(
        case=case, kind=kind, made_on=DAY, participation=Participation.DECLINED, actor=actor
    )


class TestServices:
    def test_one_is_registered_with_its_event_and_history(self, case: Case, adviser: User) -> None:
        plan = make_plan(case=case, actor=adviser)

        assert plan.is_made
        assert Event.objects.get(kind="plan.made").data["plan_kind"] == "142"
        assert plan.history.get().history_user == adviser
        assert AccessEntry.objects.filter(action=LogAction.CHANGED, what="plan").exists()

    def test_a_plan_under_142_is_made_though_the_citizen_declines(
        self, case: Case, adviser: User
    ) -> None:
        plan = make_plan(case=case, actor=adviser, participation=Participation.DECLINED)

        assert plan.is_made
        assert list(PlanRecord.objects.made()) == [plan]

    @pytest.mark.parametrize("kind", [PlanKind.ACTION_PLAN, PlanKind.HOLISTIC_PLAN])
    def test_one_under_141_that_is_declined_is_only_offered(
        self, case: Case, adviser: User, kind: PlanKind
    ) -> None:
        plan = declined(case, adviser, kind)

        assert not plan.is_made
        assert not PlanRecord.objects.made().exists()
        assert Event.objects.filter(kind="plan.declined").exists()

    @pytest.mark.parametrize("kind", [PlanKind.ASSESSMENT, PlanKind.SHELTER_PLAN])
    def test_one_that_says_nothing_is_refused(
        self, case: Case, adviser: User, kind: PlanKind
    ) -> None:
        with pytest.raises(PlanSaysNothing):
            declined(case, adviser, kind)

    def test_the_follow_up_comes_after_it(self, case: Case, adviser: User) -> None:
        with pytest.raises(FollowUpBeforePlan):
            make_plan(case=case, actor=adviser, follow_up_on=DAY)

    def test_the_same_kind_once_a_day(self, case: Case, adviser: User) -> None:
        make_plan(case=case, actor=adviser)
        make_plan(case=case, actor=adviser, kind=PlanKind.ASSESSMENT)

        with pytest.raises(PlanMadeAlready):
            make_plan(case=case, actor=adviser)

    @pytest.mark.parametrize("role", [Role.SUPPORT_WORKER])
    def test_only_who_decides_may_register_one(self, case: Case, unit: Unit, role: Role) -> None:
        with pytest.raises(NotPermitted):
            make_plan(case=case, actor=make_user(role, unit))

    def test_nobody_registers_one_on_a_case_of_others(self, case: Case, adviser: User) -> None:
        with pytest.raises(NotPermitted):
            make_plan(case=make_case(unit=make_unit()), actor=adviser)

    def test_a_stale_correction_is_refused(self, case: Case, adviser: User) -> None:
        plan = make_plan(case=case, actor=adviser)
        values: dict[str, Any] = {
            "kind": PlanKind.SHELTER_PLAN,
            "made_on": DAY,
            "participation": Participation.TOOK_PART,
            "text": "Rettet",
            "actor": adviser,
            "version": 1,
        }
        plan_correct(plan=plan, **values)

        with pytest.raises(StaleVersion):
            plan_correct(plan=plan, **values)
        assert [row.text for row in plan.history.order_by("history_id")][-1] == "Rettet"


class TestFollowUp:
    @time_machine.travel("2026-10-01 08:00+02:00", tick=False)
    def test_a_plan_is_due_on_its_day_until_a_newer_one(self, case: Case, adviser: User) -> None:
        make_plan(case=case, actor=adviser, follow_up_on=date(2026, 11, 20))
        due = Deadline.objects.open().get(kind="plan_follow_up")
        assert (due.due_on, due.unit) == (date(2026, 11, 20), case.unit)

        make_plan(case=case, actor=adviser, kind=PlanKind.ASSESSMENT, made_on=date(2026, 9, 1))
        assert Deadline.objects.open().filter(kind="plan_follow_up").exists()

        make_plan(case=case, actor=adviser, kind=PlanKind.HOLISTIC_PLAN, made_on=date(2026, 9, 1))
        assert not Deadline.objects.open().filter(kind="plan_follow_up").exists()

    def test_an_offer_that_was_declined_replaces_nothing(self, case: Case, adviser: User) -> None:
        make_plan(case=case, actor=adviser, follow_up_on=date(2026, 11, 20))
        plan_register(
            case=case,
            kind=PlanKind.ACTION_PLAN,
            made_on=date(2026, 9, 1),
            participation=Participation.DECLINED,
            actor=adviser,
        )

        assert Deadline.objects.open().filter(kind="plan_follow_up").exists()


class TestPages:
    def register(self, client: Client, case: Case, **values: Any) -> Any:
        given = {
            "kind": "142",
            "made_on": "i går",
            "participation": "yes",
            "present": "Gitte fra Kilden",
            "provider_wish": "Gitte",
            "text": "Egen bolig",
            "lies_at": "",
            "follow_up_on": "",
        }
        return client.post(address("plan_create", case), form(**given | values))

    def test_one_is_registered_and_shown(self, client: Client, case: Case, adviser: User) -> None:
        assert self.register(client, case)["Location"] == address("plan_tab", case)

        html = opened(client, adviser, address("plan_tab", case))
        assert "Handleplan § 142" in html
        assert "Gitte fra Kilden" in html
        overview = opened(client, adviser, address("case_detail", case))
        assert "Sanne var med." in overview
        assert address("plan_tab", case) in overview

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({"kind": ""}, "kind"),
            ({"kind": "143"}, "kind"),
            ({"made_on": "i morgen"}, "made_on"),
            ({"made_on": "31-02-2026"}, "made_on"),
            ({"made_on": ""}, "made_on"),
            ({"participation": "måske"}, "participation"),
            ({"text": ""}, "text"),
            ({"text": "x" * 5_001}, "text"),
            ({"present": "x" * 201}, "present"),
            ({"lies_at": "x" * 201}, "lies_at"),
            ({"follow_up_on": "01-01-2020"}, "follow_up_on"),
        ],
    )
    def test_bad_input(
        self, client: Client, case: Case, adviser: User, values: dict[str, str], said: str
    ) -> None:
        response = self.register(client, case, **values)

        assert response.status_code == 422
        assert f'id="id_{said}_error"' in response.content.decode()
        assert not PlanRecord.objects.exists()

    def test_a_second_of_the_day_is_refused_in_a_sentence(
        self, client: Client, case: Case, adviser: User
    ) -> None:
        self.register(client, case)
        response = self.register(client, case, text="En anden")

        assert response.status_code == 422
        assert "Ret den i stedet" in response.content.decode()
        assert "En anden" in response.content.decode()

    def test_where_it_lies_is_enough(self, client: Client, case: Case, adviser: User) -> None:
        assert self.register(client, case, text="", lies_at="Nexus 4711").status_code == 302

    def test_the_address_may_say_which_kind(
        self, client: Client, case: Case, adviser: User
    ) -> None:
        html = opened(client, adviser, address("plan_create", case) + "?kind=142")
        assert html.count(" checked") == 2  # the kind, and that the citizen took part
        opened(client, adviser, address("plan_create", case) + "?kind=<script>")

    def test_it_is_corrected_and_a_stale_form_is_kept(
        self, client: Client, case: Case, adviser: User
    ) -> None:
        plan = make_plan(case=case, actor=adviser)
        url = address("plan_edit", case, plan.reference)
        values = {"kind": "142", "made_on": "20-08-2026", "participation": "yes", "version": "1"}

        response = client.post(url, form(**values, text="Rettet"))
        assert response["Location"] == address("plan_tab", case)
        response = client.post(url, form(**values, text="For sent"))
        assert response.status_code == 409
        assert "For sent" in response.content.decode()

    def test_a_plan_of_another_case_is_not_there(
        self, client: Client, case: Case, adviser: User, unit: Unit
    ) -> None:
        other = make_plan(case=make_case(unit=unit), actor=adviser)
        assert client.get(address("plan_edit", case, other.reference)).status_code == 404

    def test_a_shelter_reads_that_there_is_one_and_not_what_it_says(
        self, client: Client, case: Case, adviser: User
    ) -> None:
        make_plan(case=case, actor=adviser)
        shelter = make_unit(kind=UnitKind.SHELTER)
        grant_unit(case, shelter, RESIDENCE, reason="stay", actor=None)
        staff = make_user(Role.SHELTER_STAFF, shelter)

        html = opened(client, staff, address("case_detail", case))
        assert "Handleplan § 142" in html
        assert address("plan_tab", case) not in html
        assert client.get(address("plan_tab", case)).status_code == 403

    @pytest.mark.parametrize("page", ["plan_tab", "case_detail"])
    def test_queries_do_not_grow(
        self, client: Client, case: Case, adviser: User, page: str
    ) -> None:
        make_plan(case=case, actor=adviser)
        url = address(page, case)
        one = queries(client, url)
        for n in range(1, 20):
            make_plan(case=case, actor=adviser, made_on=DAY + timedelta(days=n))
        assert queries(client, url) <= one <= 15

    def test_the_print_says_what_is_made_too(
        self, client: Client, case: Case, adviser: User
    ) -> None:
        make_plan(case=case, actor=adviser, made_on=timezone.localdate())
        assert "Handleplan § 142" in opened(client, adviser, address("case_print", case))
