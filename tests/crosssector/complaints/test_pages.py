"""What is read of a complaint: beside the decision, and on the pages that follow it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from cases.casework.models import Case
from cases.casework.remedies import Decided, remedies_of
from crosssector.complaints.enums import BoardAnswer, Reassessment
from crosssector.complaints.models import Complaint, Stage
from crosssector.complaints.services import (
    complaint_answer,
    complaint_forward,
)
from crosssector.complaints.sources import appealable_in
from housingfirst.access.enums import Act
from housingfirst.access.models import User
from support.methods.models import SupportDecision
from tests.cases.pages import queries
from tests.crosssector.complaints.complaining import (
    TODAY,
    TOLD,
    complain,
    reassess,
)
from tests.lawbook.factories import choose
from tests.support.factories import make_decision

pytestmark = pytest.mark.django_db


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
