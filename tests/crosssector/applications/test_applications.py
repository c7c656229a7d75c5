"""Applications: answered in the municipality's own time, or the citizen told when (RSL § 3)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cases.casework.models import Case
from crosssector.applications.enums import Answer, ApplicationKind
from crosssector.applications.errors import (
    AnsweredBeforeReceived,
    ExpectedBeforeTold,
    IsAnswered,
    RefusalNeedsReasons,
)
from crosssector.applications.models import Application
from crosssector.applications.selectors import applications_of
from crosssector.applications.services import (
    application_answer,
    application_register,
    application_withdraw,
    expected_tell,
)
from crosssector.complaints.sources import appealable_in
from crosssector.handoffs.models import Handoff
from housingfirst.access.enums import Role
from housingfirst.access.models import User
from housingfirst.base.errors import NotPermitted, StaleVersion
from housingfirst.deadlines.kinds import kind_of
from housingfirst.deadlines.models import Deadline
from housingfirst.deadlines.services import refresh_cases
from housingfirst.law.choices import SETTINGS
from housingfirst.law.processing import CaseKind, ProcessingReason, processing_time
from housingfirst.lawbook.effects import effects_of
from support.methods.enums import Method, SupportSection
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case
from tests.cases.pages import queries
from tests.crosssector.factories import make_handoff
from tests.lawbook.factories import choose
from tests.support.factories import make_decision

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 17)
RECEIVED = date(2026, 11, 2)
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


def apply(case: Case, actor: User, kind: ApplicationKind, **values: Any) -> Application:
    given: dict[str, Any] = {"received_on": RECEIVED}
    return application_register(case=case, kind=kind, actor=actor, **given | values)


def due(case: Case, on: date = TODAY) -> list[tuple[str, date]]:
    refresh_cases([case.pk], on)
    rows = Deadline.objects.open().filter(kind__in=["application_answer", "loan_answer"], case=case)
    return list(rows.order_by("due_on").values_list("kind", "due_on"))


def title(case: Case) -> str:
    row = Deadline.objects.open().get(kind="application_answer", case=case)
    kind = kind_of(row.kind)
    return kind.written(kind.title, row.params)


class TestDeadlines:
    @pytest.mark.parametrize("kind", list(ApplicationKind))
    def test_each_kind_has_the_laws_day(
        self, case: Case, adviser: User, kind: ApplicationKind
    ) -> None:
        apply(case, adviser, kind)
        day = processing_time(CaseKind(kind.value), RECEIVED, on=TODAY).due_on
        assert due(case) == [("application_answer", day)]

    def test_a_letter_moves_the_day_until_it_has_passed_too(
        self, case: Case, adviser: User
    ) -> None:
        row = apply(case, adviser, ApplicationKind.CASH_BENEFIT)
        assert due(case) == [("application_answer", RECEIVED)]
        assert "skriftlig besked" in title(case)
        for day in (TODAY + 7 * DAY, TODAY + 9 * DAY):
            expected_tell(about=row, told_on=TODAY, expected_on=day, actor=adviser)
            assert due(case) == [("application_answer", day)]
        assert title(case).startswith("Svar på ansøgningen")
        with time_machine.travel("2026-11-27 12:00+01:00", tick=False):
            assert "skriftlig besked" in title(case)

    def test_an_answer_and_a_withdrawal_close(self, case: Case, adviser: User) -> None:
        first = apply(case, adviser, ApplicationKind.MOVING_COSTS)
        second = apply(case, adviser, ApplicationKind.ONE_OFF_COSTS)
        application_answer(
            application=first, answer=Answer.GRANTED, answered_on=TODAY, actor=adviser, version=1
        )
        application_withdraw(application=second, on=TODAY, actor=adviser, version=1)
        assert due(case) == []

    def test_a_decision_on_the_support_asked_for_is_the_answer(
        self, case: Case, adviser: User
    ) -> None:
        apply(case, adviser, ApplicationKind.SUPPORT_85A)
        make_decision(case=case, decided_on=RECEIVED - DAY, starts_on=TODAY)
        make_decision(
            case=case,
            section=SupportSection.S107,
            method=Method.FACILITY,
            decided_on=TODAY,
            starts_on=TODAY,
        )
        assert len(due(case)) == 1
        make_decision(case=case, method=Method.ICM, decided_on=TODAY, starts_on=TODAY)
        assert due(case) == []
        assert applications_of(case, TODAY)[0].decided_on == TODAY

    def test_a_loan_has_the_target_beside_the_agreement(self, case: Case, adviser: User) -> None:
        asked = make_handoff(case=case)
        day = processing_time(CaseKind.DEPOSIT_LOAN, TODAY, on=TODAY).due_on
        assert due(case) == [("loan_answer", day)]
        expected_tell(about=asked, told_on=TODAY, expected_on=day + DAY, actor=adviser)
        assert due(case) == [("loan_answer", day + DAY)]
        Handoff.objects.filter(pk=asked.pk).update(status="withdrawn")
        assert due(case) == []

    def test_the_municipalitys_choice_moves_the_day(self, case: Case, adviser: User) -> None:
        apply(case, adviser, ApplicationKind.MOVING_COSTS)
        choose(case.municipality, "processing.moving_costs_days", "30", today=TODAY)
        assert due(case) == [("application_answer", RECEIVED + 30 * DAY)]
        shown = applications_of(case, TODAY)[0]
        assert shown.time is not None
        assert shown.time.law.due_on == RECEIVED + 30 * DAY
        assert "30 dage fra 2. nov." in shown.time.text.replace("\u00a0", " ")

    def test_a_choice_says_first_what_it_counts_anew(self, case: Case, adviser: User) -> None:
        effect = next(
            one
            for one in effects_of(SETTINGS["processing.deposit_loan_days"])
            if one.key == "applications"
        )
        assert effect.preview(case.municipality_id) == ""
        apply(case, adviser, ApplicationKind.MOVING_COSTS)
        make_handoff(case=case)
        assert effect.preview(case.municipality_id) == "Fristerne for 2 ansøgninger regnes om."


class TestServices:
    def test_refusals(self, case: Case, adviser: User) -> None:
        row = apply(case, adviser, ApplicationKind.MOVING_COSTS)

        def answer(answer: Answer = Answer.GRANTED, **values: Any) -> None:
            given: dict[str, Any] = {"answered_on": TODAY, "version": 1}
            application_answer(
                application=Application.objects.get(pk=row.pk),
                answer=answer,
                actor=adviser,
                **given | values,
            )

        with pytest.raises(AnsweredBeforeReceived):
            answer(answered_on=RECEIVED - DAY)
        with pytest.raises(RefusalNeedsReasons):
            answer(Answer.PARTLY, reasons=" ")
        with pytest.raises(StaleVersion):
            answer(version=4)
        answer(Answer.REFUSED, reasons="Der er råd")
        with pytest.raises(IsAnswered):
            answer(version=2)
        with pytest.raises(IsAnswered):
            application_withdraw(
                application=Application.objects.get(), on=TODAY, actor=adviser, version=2
            )
        with pytest.raises(ExpectedBeforeTold):
            expected_tell(about=row, told_on=TODAY, expected_on=RECEIVED, actor=adviser)

    def test_who_may(self, case: Case, adviser: User) -> None:
        with pytest.raises(NotPermitted):
            apply(case, make_user(Role.ADVISER), ApplicationKind.MOVING_COSTS)
        row = apply(case, adviser, ApplicationKind.MOVING_COSTS)
        with pytest.raises(NotPermitted):
            expected_tell(
                about=row, told_on=TODAY, expected_on=TODAY, actor=make_user(Role.ADVISER)
            )

    def test_an_answer_may_be_complained_about(self, case: Case, adviser: User) -> None:
        row = apply(case, adviser, ApplicationKind.MOVING_COSTS)
        application_answer(
            application=row,
            answer=Answer.REFUSED,
            answered_on=TODAY,
            reasons="Der er råd",
            actor=adviser,
            version=1,
        )
        (found,) = appealable_in(case)
        assert (found.field, found.told_on) == ("application", TODAY)


class TestPages:
    @pytest.fixture(autouse=True)
    def _login(self, client: Client, adviser: User) -> None:
        client.force_login(adviser)

    def test_from_the_application_to_the_answer(self, client: Client, case: Case) -> None:
        page = reverse("crosssector:applications", args=[case.reference])
        support = reverse("support:support_tab", args=[case.reference])
        assert page in client.get(support).content.decode()
        given = {"kind": "cash_benefit", "received_on": "02-11-2026", "text": "Møder ikke op"}
        assert client.post(page, given).status_code == 302
        row = Application.objects.get()
        one = reverse("crosssector:application", args=[row.reference])
        for address in (page, reverse("cases:case_detail", args=[case.reference])):
            assert one in client.get(address).content.decode(), address
        shown = applications_of(case, TODAY)[0].time
        assert shown is not None
        assert shown.law.reason is ProcessingReason.CITIZEN_MUST_BE_TOLD
        told = reverse("crosssector:application_told", args=[row.reference])
        bad = client.post(told, {"told_on": "i dag", "expected_on": "01-11-2026"})
        assert bad.status_code == 422
        assert 'id="id_expected_on_error"' in bad.content.decode()
        assert client.post(told, {"told_on": "i dag", "expected_on": "+7"}).status_code == 302
        assert "har fået besked" in client.get(one).content.decode()
        refused = {"answer": "refused", "answered_on": "i dag", "reasons": "", "version": "1"}
        assert client.post(one, refused).status_code == 422
        assert client.post(one, refused | {"reasons": "Har råd"}).status_code == 302
        assert "Borgeren kan klage til og med" in client.get(one).content.decode()

    def test_withdrawn(self, client: Client, case: Case, adviser: User) -> None:
        row = apply(case, adviser, ApplicationKind.MOVING_COSTS)
        client.post(
            reverse("crosssector:application_withdraw", args=[row.reference]), {"version": "1"}
        )
        one = reverse("crosssector:application", args=[row.reference])
        assert "Trukket tilbage" in client.get(one).content.decode()

    def test_a_loan_that_waits_too_long(self, client: Client, case: Case) -> None:
        asked = make_handoff(case=case)
        Handoff.objects.filter(pk=asked.pk).update(asked_at="2026-10-20T10:00Z")
        told = reverse("crosssector:loan_told", args=[case.reference, asked.reference])
        tab = reverse("crosssector:handoff_tab", args=[case.reference])
        html = client.get(tab).content.decode()
        assert told in html
        assert "Giv borgeren skriftlig besked" in html
        assert client.get(told).status_code == 200
        assert client.post(told, {"told_on": "", "expected_on": ""}).status_code == 422
        assert client.post(told, {"told_on": "i dag", "expected_on": "+5"}).status_code == 302
        assert "har fået besked" in client.get(tab).content.decode()

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({"kind": ""}, "kind"),
            ({"kind": "deposit_loan"}, "kind"),
            ({"received_on": "18-11-2026"}, "received_on"),
            ({"text": "x" * 2001}, "text"),
        ],
    )
    def test_bad_input(self, client: Client, case: Case, values: dict[str, str], said: str) -> None:
        page = reverse("crosssector:applications", args=[case.reference])
        response = client.post(page, {"kind": "moving_costs", "received_on": "i dag"} | values)
        assert response.status_code == 422
        assert f'id="id_{said}_error"' in response.content.decode()

    @pytest.mark.parametrize("count", [1, 20])
    def test_queries(self, client: Client, case: Case, adviser: User, count: int) -> None:
        for _ in range(count):
            row = apply(case, adviser, ApplicationKind.MOVING_COSTS)
        make_handoff(case=case)
        for address in (
            reverse("crosssector:applications", args=[case.reference]),
            reverse("crosssector:application", args=[row.reference]),
            reverse("crosssector:handoff_tab", args=[case.reference]),
            reverse("cases:case_detail", args=[case.reference]),
        ):
            assert queries(client, address) <= 15, address
