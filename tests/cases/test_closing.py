"""Closing a case: what must be ended first, who may, and what the page says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.casework import services
from cases.casework.enums import CloseReason
from cases.casework.errors import CaseIsClosed, CaseStillRuns, CloseDayImpossible
from cases.casework.events import CASE_CLOSED
from cases.casework.models import Case
from housingfirst.access.enums import LogAction, Role
from housingfirst.access.models import AccessEntry, User
from housingfirst.base.errors import NotPermitted, StaleVersion
from housingfirst.events.models import Event
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case
from tests.crosssector.factories import make_handoff
from tests.forms import forms_of
from tests.housing.factories import make_stay
from tests.housing.homes import make_offer, make_referral, make_tenancy
from tests.reading import read
from tests.support.factories import make_decision, make_enrolment

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return make_case(unit=make_unit(), opened_on=timezone.localdate() - timedelta(days=200))


@pytest.fixture
def adviser(case: Case) -> User:
    assert case.unit is not None
    return make_user(Role.ADVISER, case.unit)


def close(case: Case, actor: User, *, days_ago: int = 0, version: int | None = None) -> None:
    today = timezone.localdate()
    services.case_close(
        case=case,
        reason=CloseReason.HOME_HOLDS,
        closed_on=today - timedelta(days=days_ago),
        today=today,
        actor=actor,
        version=case.version if version is None else version,
    )


def test_it_is_closed_with_its_reason_and_told(case: Case, adviser: User) -> None:
    make_tenancy(case=case)  # a home of one's own goes on without a case

    close(case, adviser, days_ago=3)

    case.refresh_from_db()
    assert case.closed_on == timezone.localdate() - timedelta(days=3)
    assert case.close_reason == CloseReason.HOME_HOLDS
    assert Event.objects.get(kind=CASE_CLOSED).data["reason"] == CloseReason.HOME_HOLDS
    assert AccessEntry.objects.filter(action=LogAction.CHANGED, what="case_close").exists()
    assert Case.objects.visible_to(adviser).filter(pk=case.pk).exists()


@pytest.mark.parametrize(
    ("begin", "sentence"),
    [
        pytest.param(
            lambda case: make_stay(citizen=case.citizen, municipality=case.municipality),
            "boformen udskriver først",
            id="stay",
        ),
        pytest.param(lambda case: make_referral(case=case), "venter i køen", id="referral"),
        pytest.param(
            lambda case: make_offer(referral=make_referral(case=case)),
            "registrér svaret først",
            id="offer",
        ),
        pytest.param(
            lambda case: make_enrolment(decision=make_decision(case=case)),
            "støtteforløb",
            id="course",
        ),
        pytest.param(lambda case: make_handoff(case=case), "samarbejdspartner", id="handoff"),
    ],
)
def test_what_runs_is_ended_first(
    case: Case, adviser: User, begin: Callable[[Case], object], sentence: str
) -> None:
    begin(case)

    with pytest.raises(CaseStillRuns) as refused:
        close(case, adviser)

    assert sentence in str(refused.value)
    case.refresh_from_db()
    assert case.closed_on is None


@pytest.mark.parametrize("days_ago", [-1, 201])
def test_days_that_cannot_be(case: Case, adviser: User, days_ago: int) -> None:
    with pytest.raises(CloseDayImpossible):
        close(case, adviser, days_ago=days_ago)


def test_not_twice_and_not_over_the_change_of_another(case: Case, adviser: User) -> None:
    with pytest.raises(StaleVersion):
        close(case, adviser, version=case.version + 1)
    case.refresh_from_db()
    close(case, adviser)
    case.refresh_from_db()
    with pytest.raises(CaseIsClosed):
        close(case, adviser)


def test_a_support_worker_does_not_close(case: Case) -> None:
    assert case.unit is not None
    with pytest.raises(NotPermitted):
        close(case, make_user(Role.SUPPORT_WORKER, case.unit))


def test_the_page_names_what_runs_and_closes_when_it_has_ended(
    client: Client, case: Case, adviser: User
) -> None:
    client.force_login(adviser)
    url = reverse("cases:case_close", args=[case.reference])
    today = timezone.localdate()
    enrolment = make_enrolment(decision=make_decision(case=case), started_on=today)
    before = read(client.get(url))
    form = next(form for form in forms_of(url, before) if form.action == url)

    refused = client.post(url, form.values | {"reason": ["home"]})
    unexplained = client.post(url, form.values)
    type(enrolment).objects.update(ended_on=today, end_reason="completed")
    done = client.post(url, form.values | {"reason": ["home"]}, follow=True)

    assert "Der kører et støtteforløb" in before
    assert "udeblevet, er ingen grund" in before
    assert (refused.status_code, unexplained.status_code) == (422, 422)
    assert "Der kører et støtteforløb" in read(refused)
    assert "Sagen er lukket. Den kan læses og genåbnes." in read(done)
    assert "Hjemmet holder, og støtten er afsluttet" in read(done)
    assert client.get(url).status_code == 302


def test_reopened_it_has_no_reason_any_more(case: Case, adviser: User) -> None:
    close(case, adviser)
    services.case_reopen(case=case, actor=adviser)

    case.refresh_from_db()
    assert (case.closed_on, case.close_reason) == (None, "")
