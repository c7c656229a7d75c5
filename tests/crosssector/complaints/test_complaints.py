"""A complaint: received, looked at again in four weeks, sent on, answered (RSL §§ 66 and 67)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cases.casework.models import Case
from cases.casework.remedies import Decided, remedies_of
from crosssector.complaints.case_page import still_runs
from crosssector.complaints.enums import BoardAnswer, Complainant, Reassessment
from crosssector.complaints.errors import (
    ComplaintBeforeDecision,
    ComplaintRuns,
    NeedsReasons,
    NotAtThatStep,
    StepBeforeComplaint,
)
from crosssector.complaints.models import Complaint, Stage
from crosssector.complaints.services import (
    complaint_answer,
    complaint_forward,
    complaint_reassess,
    complaint_register,
    complaint_withdraw,
)
from crosssector.complaints.sources import appealable_in
from crosssector.handoffs.enums import HandoffStatus
from crosssector.handoffs.models import Handoff
from housing.evictions.enums import HeardFrom, HelpOutcome
from housing.evictions.services import arrears_decide, arrears_register
from housingfirst.access.enums import Act, Role
from housingfirst.access.models import User
from housingfirst.base.errors import NotPermitted, StaleVersion
from housingfirst.deadlines.models import Deadline
from housingfirst.deadlines.services import refresh_cases
from housingfirst.law.complaints import complaint as clock_of
from support.methods.models import SupportDecision
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case
from tests.cases.pages import queries
from tests.crosssector.factories import make_handoff
from tests.housing.homes import make_tenancy
from tests.lawbook.factories import choose
from tests.support.factories import make_decision

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 17)
TOLD = date(2026, 10, 26)
RECEIVED = date(2026, 11, 10)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel("2026-11-17 12:00+01:00", tick=False):
        yield


@pytest.fixture
def case() -> Case:
    found: Case = make_case(unit=make_unit(), opened_on=date(2025, 1, 1))
    return found


@pytest.fixture
def adviser(case: Case) -> User:
    return make_user(Role.ADVISER, case.unit)


@pytest.fixture
def decision(case: Case) -> SupportDecision:
    return make_decision(case=case, decided_on=TOLD, starts_on=TOLD)


def complain(decision: SupportDecision, actor: User, **values: Any) -> Complaint:
    given: dict[str, Any] = {
        "told_on": TOLD,
        "received_on": RECEIVED,
        "complainant": Complainant.CITIZEN,
        "about": "Jeg ville have haft Mads.",
    }
    found = [one for one in appealable_in(decision.case) if one.row == decision]
    return complaint_register(case=decision.case, decision=found[0], actor=actor, **given | values)


def reassess(row: Complaint, actor: User, outcome: Reassessment, **values: Any) -> None:
    given: dict[str, Any] = {"on": TODAY, "reasons": "Fordi", "version": row.version}
    complaint_reassess(complaint=row, outcome=outcome, actor=actor, **given | values)


def due(case: Case, on: date = TODAY) -> dict[str, date]:
    refresh_cases([case.pk], on)
    rows = Deadline.objects.open().filter(kind__startswith="complaint_", case=case)
    return dict(rows.values_list("kind", "due_on"))


class TestDeadlines:
    def test_four_weeks_to_look_again_and_to_send_it_on(
        self, decision: SupportDecision, adviser: User
    ) -> None:
        row = complain(decision, adviser)
        by = clock_of(TOLD, on=TODAY, received_on=RECEIVED).reconsider_by
        assert by == RECEIVED + timedelta(weeks=4)
        assert due(decision.case) == {"complaint_reassess": by}
        reassess(row, adviser, Reassessment.UPHELD)
        assert due(decision.case) == {"complaint_forward": by}
        complaint_forward(complaint=row, on=TODAY, actor=adviser, version=row.version)
        assert due(decision.case) == {}
        assert row.stage is Stage.AT_BOARD

    def test_what_is_changed_is_over(self, decision: SupportDecision, adviser: User) -> None:
        row = complain(decision, adviser)
        reassess(row, adviser, Reassessment.CHANGED)
        assert due(decision.case) == {}
        assert row.stage is Stage.OVER

    def test_what_is_withdrawn_asks_for_nothing(
        self, decision: SupportDecision, adviser: User
    ) -> None:
        row = complain(decision, adviser)
        complaint_withdraw(complaint=row, on=TODAY, actor=adviser, version=row.version)
        assert due(decision.case) == {}
        complain(decision, adviser)


class TestServices:
    def test_from_the_complaint_to_the_boards_answer(
        self, decision: SupportDecision, adviser: User
    ) -> None:
        row = complain(decision, adviser)
        assert still_runs(decision.case)
        reassess(row, adviser, Reassessment.PARTLY)
        complaint_forward(complaint=row, on=TODAY, actor=adviser, version=row.version)
        assert still_runs(decision.case) is None
        complaint_answer(
            complaint=row,
            answer=BoardAnswer.SENT_BACK,
            on=TODAY,
            actor=adviser,
            version=row.version,
        )
        row.refresh_from_db()
        assert (row.stage, row.board_answer) == (Stage.OVER, "sent_back")

    def test_only_a_late_one_is_sent_on_unseen(
        self, decision: SupportDecision, adviser: User
    ) -> None:
        row = complain(decision, adviser)
        with pytest.raises(NotAtThatStep):
            complaint_forward(complaint=row, on=TODAY, actor=adviser, version=row.version)
        complaint_withdraw(complaint=row, on=TODAY, actor=adviser, version=row.version)
        late = complain(decision, adviser, told_on=date(2026, 10, 1))
        complaint_forward(complaint=late, on=TODAY, actor=adviser, version=late.version)
        assert late.stage is Stage.AT_BOARD

    def test_refusals(self, decision: SupportDecision, adviser: User) -> None:
        with pytest.raises(ComplaintBeforeDecision):
            complain(decision, adviser, received_on=TOLD - DAY)
        with pytest.raises(NeedsReasons):
            complain(decision, adviser, about=" ")
        row = complain(decision, adviser)
        with pytest.raises(ComplaintRuns):
            complain(decision, adviser)
        with pytest.raises(NeedsReasons):
            reassess(row, adviser, Reassessment.UPHELD, reasons="")
        row.refresh_from_db()
        with pytest.raises(StepBeforeComplaint):
            reassess(row, adviser, Reassessment.UPHELD, on=RECEIVED - DAY)
        row.refresh_from_db()
        with pytest.raises(StaleVersion):
            reassess(row, adviser, Reassessment.UPHELD, version=9)
        row.refresh_from_db()
        with pytest.raises(NotAtThatStep):
            complaint_answer(
                complaint=row, answer=BoardAnswer.CHANGED, on=TODAY, actor=adviser, version=1
            )

    def test_who_may(self, decision: SupportDecision, adviser: User) -> None:
        row = complain(decision, adviser)
        for actor in (
            make_user(Role.SUPPORT_WORKER, decision.case.unit),
            make_user(Role.ADVISER),
        ):
            with pytest.raises(NotPermitted):
                reassess(row, actor, Reassessment.UPHELD)

    def test_a_closed_case_takes_a_complaint(
        self, decision: SupportDecision, adviser: User
    ) -> None:
        Case.objects.filter(pk=decision.case.pk).update(closed_on=TODAY)
        decision.refresh_from_db()
        assert complain(decision, adviser).stage is Stage.REASSESS


def test_every_decision_that_is_told_to_the_citizen_may_be_complained_about(
    case: Case, adviser: User, decision: SupportDecision
) -> None:
    tenancy = make_tenancy(case=case, starts_on=date(2026, 1, 1))
    owed = arrears_register(
        tenancy=tenancy, heard_on=TODAY, heard_from=HeardFrom.CITIZEN, actor=adviser
    )
    arrears_decide(
        arrears=owed,
        outcome=HelpOutcome.DECLINED,
        on=TODAY,
        text="Nej",
        actor=adviser,
        version=1,
    )
    asked = make_handoff(case=case)
    assert {one.field for one in appealable_in(case)} == {"support_decision", "arrears"}
    Handoff.objects.filter(pk=asked.pk).update(
        status=HandoffStatus.REFUSED, answered_at="2026-11-16T10:00Z", answer_text="Nej"
    )
    found = {one.field: one for one in appealable_in(case)}
    assert set(found) == {"support_decision", "arrears", "handoff"}
    for one in found.values():
        row = complaint_register(
            case=case,
            decision=one,
            told_on=one.told_on,
            received_on=TODAY,
            complainant=Complainant.CITIZEN,
            about="Jeg er uenig",
            actor=adviser,
        )
        row.refresh_from_db()
        assert row.decision_reference == one.reference


class TestRemedies:
    def said(self, case: Case, reference: Any, told_on: date = TOLD) -> str:
        case.rights = frozenset({Act.CASE_WHOLE, Act.SUPPORT_DECIDE})
        found = remedies_of(case, [Decided(reference, told_on)], TODAY)
        return found[reference].text.replace("\u00a0", " ")

    def test_the_last_day_with_its_reason(self, decision: SupportDecision) -> None:
        said = self.said(decision.case, decision.reference)
        assert "til og med man. 23. nov. (4 uger fra afgørelsen 26. okt.)" in said

    def test_the_day_of_the_letter_moves_the_last_day(
        self, client: Client, decision: SupportDecision, adviser: User
    ) -> None:
        client.force_login(adviser)
        told = reverse(
            "crosssector:decision_told", args=[decision.case.reference, decision.reference]
        )
        early = client.post(told, {"told_on": "25-10-2026"})
        assert early.status_code == 422
        assert 'id="id_told_on_error"' in early.content.decode()
        for day, last in (("28-10-2026", "ons. 25. nov."), ("27-10-2026", "tirs. 24. nov.")):
            assert client.post(told, {"told_on": day}).status_code == 302
            assert f"til og med {last} (4 uger fra brevet" in self.said(
                decision.case, decision.reference
            )
        listed = reverse("crosssector:complaints", args=[decision.case.reference])
        assert told in client.get(listed).content.decode()
        assert appealable_in(decision.case)[0].told_on == date(2026, 10, 27)

    def test_a_last_day_off_is_moved_as_the_municipality_has_chosen(self, case: Case) -> None:
        saturday = date(2026, 10, 24)
        assert "flyttet til næste hverdag" in self.said(case, uuid4(), saturday)
        choose(case.municipality, "complaints.ends_on_day_off", "same_day", today=TODAY)
        assert "lør. 21. nov. (4 uger fra afgørelsen 24. okt.)" in self.said(
            case, uuid4(), saturday
        )

    def test_too_late(self, case: Case) -> None:
        assert "udløb" in self.said(case, uuid4(), date(2026, 10, 1))

    def test_how_far_a_complaint_is(self, decision: SupportDecision, adviser: User) -> None:
        row = complain(decision, adviser)
        assert "senest tirs. 8. dec." in self.said(decision.case, decision.reference)
        reassess(row, adviser, Reassessment.UPHELD)
        assert "skal sendes videre" in self.said(decision.case, decision.reference)
        complaint_forward(complaint=row, on=TODAY, actor=adviser, version=row.version)
        assert "hos Ankestyrelsen" in self.said(decision.case, decision.reference)
        complaint_answer(
            complaint=row,
            answer=BoardAnswer.CONFIRMED,
            on=TODAY,
            actor=adviser,
            version=row.version,
        )
        assert "afgørelsen fastholdes" in self.said(decision.case, decision.reference)

    def test_others_read_the_period_alone(self, decision: SupportDecision, adviser: User) -> None:
        complain(decision, adviser)
        decision.case.rights = frozenset({Act.CASE_VIEW})
        told = [Decided(decision.reference, TOLD)]
        remedy = remedies_of(decision.case, told, TODAY)[decision.reference]
        assert "23. nov." in remedy.text.replace("\u00a0", " ")
        assert remedy.url == ""


class TestPages:
    @pytest.fixture(autouse=True)
    def _login(self, client: Client, adviser: User) -> None:
        client.force_login(adviser)

    def test_from_the_decision_to_ankestyrelsen(
        self, client: Client, case: Case, decision: SupportDecision
    ) -> None:
        tab = reverse("support:support_tab", args=[case.reference])
        new = reverse("crosssector:complaint_new", args=[case.reference, decision.reference])
        assert new in client.get(tab).content.decode()
        given = {
            "told_on": "26-10-2026",
            "received_on": "10-11-2026",
            "complainant": "citizen",
            "about": "Jeg ville have haft Mads.",
        }
        assert client.post(new, given).status_code == 302
        row = Complaint.objects.get()
        page = reverse("crosssector:complaint", args=[row.reference])
        for address in (
            tab,
            reverse("cases:case_detail", args=[case.reference]),
            reverse("crosssector:complaints", args=[case.reference]),
        ):
            assert page in client.get(address).content.decode(), address
        bad = client.post(page, {"outcome": "upheld", "on": "i dag", "text": "", "version": "1"})
        assert bad.status_code == 422
        assert 'id="id_text_error"' in bad.content.decode()
        good = {"outcome": "upheld", "on": "i dag", "text": "Ingen plads", "version": "1"}
        assert client.post(page, good).status_code == 302
        assert client.post(page, {"on": "i dag", "version": "2"}).status_code == 302
        answer = {"answer": "confirmed", "on": "i dag", "version": "3"}
        assert client.post(page, answer).status_code == 302
        html = client.get(page).content.decode()
        assert "<form" not in html.split("<main")[1]
        assert "Ingen plads" in html

    def test_a_second_answer_to_an_old_page_is_refused(
        self, client: Client, decision: SupportDecision, adviser: User
    ) -> None:
        row = complain(decision, adviser)
        page = reverse("crosssector:complaint", args=[row.reference])
        given = {"outcome": "upheld", "on": "i dag", "text": "Nej", "version": "9"}
        assert client.post(page, given).status_code == 422
        row.refresh_from_db()
        assert row.stage is Stage.REASSESS

    def test_late_and_withdrawn(
        self, client: Client, decision: SupportDecision, adviser: User
    ) -> None:
        row = complain(decision, adviser, told_on=date(2026, 10, 1))
        page = reverse("crosssector:complaint", args=[row.reference])
        forward = reverse("crosssector:complaint_forward", args=[row.reference])
        assert forward in client.get(page).content.decode()
        client.post(forward, {"version": "1"})
        row.refresh_from_db()
        assert row.stage is Stage.AT_BOARD
        client.post(
            reverse("crosssector:complaint_withdraw", args=[row.reference]), {"version": "2"}
        )
        row.refresh_from_db()
        assert row.withdrawn_on == TODAY

    def test_another_cases_decision_is_not_found(self, client: Client, case: Case) -> None:
        other = make_decision()
        new = reverse("crosssector:complaint_new", args=[case.reference, other.reference])
        assert client.get(new).status_code == 404

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({"told_on": ""}, "told_on"),
            ({"received_on": "01-10-2026"}, "received_on"),
            ({"received_on": "18-11-2026"}, "received_on"),
            ({"complainant": "neighbour"}, "complainant"),
            ({"about": ""}, "about"),
        ],
    )
    def test_bad_input(
        self,
        client: Client,
        case: Case,
        decision: SupportDecision,
        values: dict[str, str],
        said: str,
    ) -> None:
        new = reverse("crosssector:complaint_new", args=[case.reference, decision.reference])
        given = {
            "told_on": "26-10-2026",
            "received_on": "10-11-2026",
            "complainant": "citizen",
            "about": "Uenig",
        }
        response = client.post(new, given | values)
        assert response.status_code == 422
        assert f'id="id_{said}_error"' in response.content.decode()

    @pytest.mark.parametrize("count", [1, 20])
    def test_queries(self, client: Client, case: Case, adviser: User, count: int) -> None:
        for _ in range(count):
            row = complain(make_decision(case=case, decided_on=TOLD, starts_on=TOLD), adviser)
        for address in (
            reverse("crosssector:complaints", args=[case.reference]),
            reverse("crosssector:complaint", args=[row.reference]),
            reverse("support:support_tab", args=[case.reference]),
            reverse("cases:case_detail", args=[case.reference]),
        ):
            assert queries(client, address) <= 15, address
