"""Pages of courses, and the tab where everything about support stands."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cases.casework.grants import RESIDENCE, grant_unit
from cases.casework.models import Case
from housing.tenancies import services as tenancies
from housing.tenancies.enums import TenancyEnd
from housingfirst.access.enums import LogAction, Role, UnitKind
from housingfirst.access.models import AccessEntry, User
from support.enrolments.models import Enrolment
from support.methods.enums import Method, WishAnswer
from support.methods.models import SupportDecision
from support.visits.enums import Outcome
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case, make_citizen
from tests.housing.homes import make_tenancy
from tests.reading import read
from tests.support.factories import (
    make_adviser,
    make_decision,
    make_enrolment,
    make_visit,
    make_worker,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return make_case(
        unit=make_unit(),
        citizen=make_citizen(name="Rikke Wendelboe"),
        opened_on=timezone.localdate() - timedelta(days=300),
    )


@pytest.fixture
def worker(case: Case, client: Client) -> User:
    user = make_worker(case, name="Mads Ryvang")
    client.force_login(user)
    return user


def decided(case: Case, **changes: Any) -> SupportDecision:
    today = timezone.localdate()
    return make_decision(case=case, **({"decided_on": today, "starts_on": today} | changes))


def start(case: Case, decision: SupportDecision) -> str:
    return reverse("support:enrolment_create", args=[case.reference, decision.reference])


def of(name: str, case: Case, enrolment: Enrolment) -> str:
    return reverse(f"support:{name}", args=[case.reference, enrolment.reference])


def test_a_course_starts_from_the_decision(client: Client, case: Case, worker: User) -> None:
    make_tenancy(case=case, starts_on=timezone.localdate() + timedelta(days=10))
    decision = decided(case)
    page = read(client.get(start(case, decision)))
    assert "fra lejemålet" in page

    data = {
        "form_key": str(uuid4()),
        "worker": str(worker.reference),
        "started_on": "i dag",
        "phase_1_on": "+10",
    }
    for _press in range(2):
        assert client.post(start(case, decision), data).status_code == 302

    enrolment = Enrolment.objects.get()
    assert enrolment.worker == worker
    assert enrolment.phases.count() == 4


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param({"started_on": ""}, "mangler", id="no-start"),
        pytest.param({"started_on": "snart"}, "kan ikke læses", id="unreadable"),
        pytest.param({"phase_1_on": "-5"}, "Fase 1 kan ikke begynde før", id="reversed"),
        pytest.param({"phase_1_on": "+5"}, "Skriv, hvorfor fase 1 begynder", id="no-home"),
        pytest.param({"worker": "nobody"}, "Vælg et andet", id="forged-worker"),
        pytest.param({"worker": str(uuid4())}, "Vælg et andet", id="unknown-worker"),
    ],
)
def test_bad_starts_are_answered_in_words(
    client: Client, case: Case, worker: User, changes: dict[str, str], message: str
) -> None:
    decision = decided(case)

    response = client.post(start(case, decision), {"started_on": "i dag", **changes})

    assert response.status_code == 422
    assert message in read(response)
    assert not Enrolment.objects.exists()


def test_a_second_course_with_the_method_is_refused(
    client: Client, case: Case, worker: User
) -> None:
    decision = decided(case)
    make_enrolment(decision=decision)

    response = client.post(start(case, decision), {"started_on": "i dag"})

    assert response.status_code == 422
    assert "CTI" in read(response)


def test_other_methods_are_not_asked_for_phases(client: Client, case: Case, worker: User) -> None:
    html = read(client.get(start(case, decided(case, method=Method.ICM))))

    assert "phase_1_on" not in html


def test_phase_1_is_set_and_moved(client: Client, case: Case, worker: User) -> None:
    enrolment = make_enrolment(decision=decided(case), started_on=timezone.localdate())
    url = of("phase_edit", case, enrolment)

    refused = client.post(url, {"version": "1", "phase_1_on": "+3"})
    saved = client.post(url, {"version": "1", "phase_1_on": "+3", "phase_1_reason": "Forebyggende"})
    stale = client.post(url, {"version": "1", "phase_1_on": "+9", "phase_1_reason": "Nej"})

    assert (refused.status_code, saved.status_code, stale.status_code) == (422, 302, 409)
    assert Enrolment.objects.get().phase_1_on == timezone.localdate() + timedelta(days=3)


def test_the_worker_is_changed(client: Client, case: Case, worker: User) -> None:
    enrolment = make_enrolment(decision=decided(case))
    colleague = make_worker(case)
    url = of("worker_edit", case, enrolment)

    assert client.get(url).status_code == 200
    response = client.post(url, {"version": "1", "worker": str(colleague.reference)})

    assert response.status_code == 302
    assert Enrolment.objects.get().worker == colleague


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param({"reason": ""}, "Vælg et svar", id="no-reason"),
        pytest.param({"reason": "no_show"}, "Vælg en af mulighederne", id="missed-appointments"),
        pytest.param({"reason": "other"}, "Skriv, hvorfor forløbet", id="other-unexplained"),
        pytest.param({"reason": "moved", "ended_on": "+1"}, "for sen", id="future"),
        pytest.param({"reason": "moved", "ended_on": "-400"}, "Forløbet begyndte", id="reversed"),
        pytest.param({"reason": "moved", "remark": "x" * 10_000}, "2.000", id="too-long"),
    ],
)
def test_bad_endings_are_answered_in_words(
    client: Client, case: Case, worker: User, changes: dict[str, str], message: str
) -> None:
    enrolment = make_enrolment(decision=decided(case), started_on=timezone.localdate())
    data = {"version": "1", "ended_on": "i dag", "remark": "", **changes}

    response = client.post(of("enrolment_end", case, enrolment), data)

    assert response.status_code == 422
    assert message in read(response)
    assert Enrolment.objects.get().ended_on is None


def test_H3_ending_after_a_lost_home_is_questioned(
    client: Client, case: Case, worker: User
) -> None:
    today = timezone.localdate()
    tenancy = make_tenancy(case=case, starts_on=today - timedelta(days=90))
    tenancies.tenancy_end(
        tenancy=tenancy,
        ends_on=today - timedelta(days=5),
        reason=TenancyEnd.EVICTED,
        actor=make_adviser(case),
    )
    enrolment = make_enrolment(decision=decided(case), started_on=today - timedelta(days=30))
    url = of("enrolment_end", case, enrolment)
    data = {"version": "1", "ended_on": "i dag", "reason": "declined", "remark": ""}

    assert "Rikke mistede sin bolig" in read(client.get(url))
    refused = client.post(url, data)
    assert refused.status_code == 422
    assert "Støtten fortsætter" in read(refused)
    saved = client.post(url, data | {"remark": "Borgeren vil selv prøve uden."})

    assert saved.status_code == 302
    assert Enrolment.objects.get().ended_after_lost_home


def test_J1_the_tab_shows_phase_dates_and_what_comes_next(
    client: Client, case: Case, worker: User
) -> None:
    today = timezone.localdate()
    first = today - timedelta(days=10)
    make_enrolment(
        decision=decided(case),
        worker=worker,
        started_on=today - timedelta(days=20),
        phase_1_on=first,
    )

    html = read(client.get(reverse("support:support_tab", args=[case.reference])))

    assert "fase 1 (overgang til egen bolig)" in html.lower()
    assert "dag 11 af" in html
    assert "<svg" in html
    assert "Fasemøde" in html


def test_silence_asks_for_outreach_and_never_for_an_end(
    client: Client, case: Case, worker: User
) -> None:
    now = timezone.now()
    make_enrolment(
        decision=decided(case), worker=worker, started_on=timezone.localdate() - timedelta(days=60)
    )
    make_visit(case=case, worker=worker, happened_at=now - timedelta(days=29))
    for days in (20, 10, 3):
        make_visit(
            case=case,
            worker=worker,
            happened_at=now - timedelta(days=days),
            outcome=Outcome.NOT_THERE,
        )

    html = read(client.get(reverse("support:support_tab", args=[case.reference])))

    assert "29 dage siden" in html
    assert "Forløbet lukkes ikke af den grund" in html


def test_a_shelter_sees_that_support_is_decided_and_not_why(client: Client, case: Case) -> None:
    shelter = make_unit(kind=UnitKind.SHELTER)
    grant_unit(case, shelter, RESIDENCE, reason="stay", actor=None)
    decided(
        case,
        provider_wish="Hemmeligt ønske",
        wish_answer=WishAnswer.NOT_FOLLOWED,
        wish_reasons="Hemmelig grund",
    )
    make_visit(case=case, sentence="Hemmelig sætning")
    client.force_login(make_user(Role.SHELTER_STAFF, shelter))

    html = read(client.get(reverse("support:support_tab", args=[case.reference])))

    assert "CTI" in html
    assert "Hemmelig" not in html
    assert "12.000" not in html


def test_every_page_about_the_citizen_is_logged(client: Client, case: Case, worker: User) -> None:
    enrolment = make_enrolment(decision=decided(case))
    before = AccessEntry.objects.filter(action=LogAction.VIEWED, user=worker).count()
    urls = [
        reverse("support:support_tab", args=[case.reference]),
        of("phase_edit", case, enrolment),
        of("worker_edit", case, enrolment),
        of("enrolment_end", case, enrolment),
        reverse("support:visit_create", args=[case.reference]),
    ]

    for url in urls:
        assert client.get(url).status_code == 200

    entries = AccessEntry.objects.filter(action=LogAction.VIEWED, user=worker)
    assert entries.count() - before == len(urls)
    assert all(entry.citizen_ids == [case.citizen_id] for entry in entries)


def test_T01_another_units_case_is_not_found(client: Client, case: Case) -> None:
    enrolment = make_enrolment(decision=decided(case))
    client.force_login(make_user(Role.SUPPORT_WORKER, make_unit(municipality=case.municipality)))

    for url in (
        reverse("support:support_tab", args=[case.reference]),
        reverse("support:visit_create", args=[case.reference]),
        of("enrolment_end", case, enrolment),
    ):
        assert client.get(url).status_code == 404
    assert AccessEntry.objects.filter(action=LogAction.DENIED).count() == 3


def test_a_course_of_another_case_is_not_found(client: Client, case: Case, worker: User) -> None:
    other = make_enrolment(case=make_case(unit=case.unit, opened_on=date(2026, 1, 1)))

    assert client.get(of("enrolment_end", case, other)).status_code == 404


@pytest.mark.parametrize("rows", [1, 20])
def test_the_tabs_queries_do_not_grow(
    client: Client,
    case: Case,
    worker: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    rows: int,
) -> None:
    make_enrolment(decision=decided(case), worker=worker)
    for _row in range(rows):
        make_visit(case=case, worker=worker)
        decided(case, method=Method.ICM)
    url = reverse("support:support_tab", args=[case.reference])
    client.get(url)

    with django_assert_max_num_queries(15 + 2):  # the request's savepoint and its release
        client.get(url)
