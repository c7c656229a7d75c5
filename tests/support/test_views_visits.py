"""The worker's day and the twenty-second visit."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cases.casework.models import Case
from housingfirst.access.enums import LogAction, Role
from housingfirst.access.models import AccessEntry, User
from housingfirst.base.errors import NotPermitted
from housingfirst.events.models import Event
from support.visits.enums import Channel, Outcome
from support.visits.errors import NextBeforeVisit, VisitInFuture, VisitKeyTaken, WorkerMissing
from support.visits.models import Visit
from support.visits.rules import suggested_days
from support.visits.services import visit_log
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case, make_citizen
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
        unit=make_unit(name="Team Bolig"),
        citizen=make_citizen(name="Lasse Kjærby"),
        opened_on=timezone.localdate() - timedelta(days=300),
    )


@pytest.fixture
def worker(case: Case, client: Client) -> User:
    user = make_worker(case, name="Mads Ryvang")
    client.force_login(user)
    return user


def address(case: Case) -> str:
    return reverse("support:visit_create", args=[case.reference])


def typed(**changes: Any) -> dict[str, Any]:
    tomorrow = timezone.localdate() + timedelta(days=1)
    return {
        "form_key": str(uuid4()),
        "outcome": "met",
        "sentence": "Frisk igen. Køleskab virker nu.",
        "next_time": tomorrow.isoformat(),
    } | changes


# --- the service


def test_a_visit_is_kept_with_its_course_and_event(case: Case, worker: User) -> None:
    enrolment = make_enrolment(
        decision=make_decision(case=case, decided_on=timezone.localdate()), worker=worker
    )
    happened_at = timezone.now() - timedelta(hours=3)

    visit = visit_log(
        case=case,
        happened_at=happened_at,
        outcome=Outcome.MET,
        form_key=uuid4(),
        actor=worker,
        sentence="Åbnede post sammen.",
    )

    assert (visit.worker, visit.enrolment) == (worker, enrolment)
    event = Event.objects.get(kind="visit.logged")
    assert (event.case, event.at, event.data["outcome"]) == (case, happened_at, "met")
    assert "post" not in str(event.data)  # what was said stays in the visit


def test_a_phone_contact_is_by_phone(case: Case, worker: User) -> None:
    visit = make_visit(case=case, worker=worker, outcome=Outcome.PHONE, channel=Channel.HOME)

    assert visit.channel == Channel.PHONE


def test_refusals(case: Case, worker: User) -> None:
    now, today = timezone.now(), timezone.localdate()
    good: dict[str, Any] = {
        "case": case,
        "outcome": Outcome.MET,
        "happened_at": now,
        "form_key": uuid4(),
        "actor": worker,
    }
    for changes, refusal in (
        ({"happened_at": now + timedelta(minutes=5)}, VisitInFuture),
        ({"next_on": today - timedelta(days=1)}, NextBeforeVisit),
        ({"actor": None}, WorkerMissing),
        ({"actor": make_adviser(case)}, NotPermitted),
        ({"actor": make_user(Role.SUPPORT_WORKER)}, NotPermitted),
    ):
        with pytest.raises(refusal):
            visit_log(**good | changes)
    visit_log(**good)
    with pytest.raises(VisitKeyTaken):
        visit_log(**good | {"case": make_case(unit=case.unit)})

    assert Visit.objects.count() == 1


def test_the_system_logs_for_a_worker(case: Case, worker: User) -> None:
    visit = visit_log(
        case=case,
        happened_at=timezone.now(),
        outcome=Outcome.MET,
        form_key=uuid4(),
        actor=None,
        worker=worker,
    )

    assert visit.worker == worker


@pytest.mark.parametrize(
    ("today", "guide", "days"),
    [
        pytest.param(date(2026, 11, 17), 7, (20, 24), id="tuesday"),  # as in the prototype
        pytest.param(date(2026, 11, 19), 7, (23, 26), id="thursday-skips-the-weekend"),
        pytest.param(date(2026, 11, 20), 14, (23, 4), id="every-second-week"),
        pytest.param(date(2026, 12, 22), 3, (28, 29), id="christmas"),
    ],
)
def test_the_days_proposed(today: date, guide: int, days: tuple[int, int]) -> None:
    soon, by_guide = suggested_days(today, guide)

    assert (soon.day, by_guide.day) == days
    assert today < soon < by_guide


# --- the form


def test_a_visit_in_four_taps(client: Client, case: Case, worker: User) -> None:
    response = client.post(address(case), typed())

    assert response.headers["Location"] == reverse("support:today")
    visit = Visit.objects.get()
    assert visit.worker == worker
    assert visit.next_on == timezone.localdate() + timedelta(days=1)
    assert timezone.now() - visit.happened_at < timedelta(minutes=1)


def test_only_the_outcome_is_needed(client: Client, case: Case, worker: User) -> None:
    client.post(address(case), {"outcome": "not_there"})

    visit = Visit.objects.get()
    assert (visit.outcome, visit.sentence, visit.next_on) == ("not_there", "", None)


def test_another_day_and_details(client: Client, case: Case, worker: User) -> None:
    client.post(
        address(case),
        typed(
            next_time="other",
            other_day="+10",
            happened_at="i går kl. 13.15",
            minutes="45",
            channel="community",
        ),
    )

    visit = Visit.objects.get()
    today = timezone.localdate()
    assert visit.next_on == today + timedelta(days=10)
    assert timezone.localtime(visit.happened_at).date() == today - timedelta(days=1)
    assert (visit.minutes, visit.channel) == (45, "community")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param({"outcome": ""}, "Vælg et svar", id="no-outcome"),
        pytest.param({"outcome": "ready"}, "Vælg en af mulighederne", id="forged-outcome"),
        pytest.param({"sentence": "å" * 10_000}, "2.000", id="ten-thousand-letters"),
        pytest.param({"next_time": "1999-01-01"}, "før besøget", id="next-before"),
        pytest.param({"next_time": "2190-01-01"}, "mere end et år", id="next-far-away"),
        pytest.param({"next_time": "i morgen"}, "Vælg en af mulighederne", id="forged-day"),
        pytest.param({"next_time": "other", "other_day": "-1"}, "før besøget", id="other-before"),
        pytest.param({"next_time": "other", "other_day": "snart"}, "kan ikke læses", id="unread"),
        pytest.param({"happened_at": "i morgen kl. 8"}, "ikke", id="future"),
        pytest.param({"happened_at": "kl. 27"}, "kan ikke læses", id="no-such-time"),
        pytest.param({"minutes": "1441"}, "helt tal", id="more-than-a-day"),
        pytest.param({"minutes": "lidt"}, "helt tal", id="not-a-number"),
        pytest.param({"channel": "moon"}, "Vælg en af mulighederne", id="forged-place"),
    ],
)
def test_bad_input_is_answered_in_words_and_kept(
    client: Client, case: Case, worker: User, changes: dict[str, str], message: str
) -> None:
    response = client.post(address(case), typed(**{"sentence": "Behold mig 🙂", **changes}))

    html = read(response)
    assert response.status_code == 422
    assert message in html
    assert ("Behold mig 🙂" in html) is ("sentence" not in changes)
    assert not Visit.objects.exists()


@pytest.mark.parametrize("key", ["", "not-a-key", "🙂", "0" * 500])
def test_without_a_readable_key_the_visit_is_saved_all_the_same(
    client: Client, case: Case, worker: User, key: str
) -> None:
    assert client.post(address(case), typed(form_key=key)).status_code == 302
    assert Visit.objects.count() == 1


def test_a_key_of_another_citizens_visit_shows_nothing_of_it(
    client: Client, case: Case, worker: User
) -> None:
    other = make_visit(case=make_case(unit=make_unit()), sentence="Hemmeligt")

    response = client.post(address(case), typed(form_key=str(other.form_key)))

    assert response.status_code == 422
    assert "Hemmeligt" not in read(response)


def test_the_page_proposes_days_and_says_who_reads(
    client: Client, case: Case, worker: User
) -> None:
    html = read(client.get(address(case)))

    assert "kan læses af Lasse og alle med adgang til hele sagen: Team Bolig" in html
    assert re.search(r'name="form_key" value="[0-9a-f-]{36}"', html)
    assert len(re.findall(r'name="next_time"', html)) == 4
    assert "visit.js" in html


def test_htmx_is_sent_to_the_days_list_as_a_page(client: Client, case: Case, worker: User) -> None:
    response = client.post(address(case), typed(), headers={"HX-Request": "true"})

    assert response.headers["HX-Redirect"] == reverse("support:today")


def test_100_sendings_of_one_form_are_one_visit(client: Client, case: Case, worker: User) -> None:
    data = typed()

    answers = {client.post(address(case), data).status_code for _sending in range(100)}

    assert answers == {302}
    assert Visit.objects.count() == 1
    assert Event.objects.filter(kind="visit.logged").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_sendings_at_the_same_moment_are_one_visit() -> None:
    case = make_case(unit=make_unit(), opened_on=timezone.localdate() - timedelta(days=9))
    worker, key, at = make_worker(case), uuid4(), timezone.now()

    def send(_n: int) -> UUID:
        try:
            visit = visit_log(
                case=Case.objects.get(pk=case.pk),
                happened_at=at,
                outcome=Outcome.MET,
                form_key=key,
                actor=User.objects.get(pk=worker.pk),
            )
        finally:
            connection.close()
        return visit.reference

    with ThreadPoolExecutor(8) as threads:
        references = set(threads.map(send, range(24)))

    assert len(references) == 1
    assert Visit.objects.count() == 1
    assert Event.objects.filter(kind="visit.logged").count() == 1


# --- the day


def carried(worker: User, unit_case: Case, name: str) -> Case:
    case = make_case(
        unit=unit_case.unit, citizen=make_citizen(name=name), opened_on=unit_case.opened_on
    )
    make_enrolment(
        decision=make_decision(case=case, decided_on=timezone.localdate()),
        worker=worker,
        started_on=timezone.localdate() - timedelta(days=10),
    )
    return case


def test_the_day_is_ordered_by_what_was_agreed(client: Client, case: Case, worker: User) -> None:
    today, now = timezone.localdate(), timezone.now()
    for name, next_on in (
        ("Aslaug Senere", today + timedelta(days=3)),
        ("Bodil Idag", today),
        ("Carl Forsinket", today - timedelta(days=2)),
        ("Dagny Uaftalt", None),
    ):
        make_visit(
            case=carried(worker, case, name),
            worker=worker,
            happened_at=now - timedelta(days=5),
            next_on=next_on,
        )
    make_visit(case=carried(worker, case, "Erna Set"), worker=worker)

    html = read(client.get(reverse("support:today")))

    order = ["Carl Forsinket", "Bodil Idag", "Dagny Uaftalt", "Aslaug Senere", "Erna Set"]
    places = [html.index(name) for name in order]
    assert places == sorted(places)
    assert "2 borgere at se" in html


def test_a_colleagues_newer_agreement_counts(client: Client, case: Case, worker: User) -> None:
    """J9: both agreed on a next time; the newest visit decides."""
    today, now = timezone.localdate(), timezone.now()
    mine = carried(worker, case, "Fie Delt")
    make_visit(case=mine, worker=worker, happened_at=now - timedelta(days=4), next_on=today)
    make_visit(
        case=mine,
        worker=make_worker(mine),
        happened_at=now - timedelta(days=2),
        next_on=today + timedelta(days=6),
    )

    html = read(client.get(reverse("support:today")))

    assert html.index("Senere") < html.index("Fie Delt")


def test_the_day_of_others_is_theirs(client: Client, case: Case, worker: User) -> None:
    carried(make_worker(case), case, "Gerda Andens")

    assert "Gerda Andens" not in read(client.get(reverse("support:today")))


def test_what_was_listed_is_logged(client: Client, case: Case, worker: User) -> None:
    mine = carried(worker, case, "Hugo Min")

    client.get(reverse("support:today"))

    entry = AccessEntry.objects.get(action=LogAction.LISTED, what="support_today")
    assert entry.citizen_ids == [mine.citizen_id]


@pytest.mark.parametrize("name", ["today", "visit_list"])
@pytest.mark.parametrize("role", [Role.ADVISER, Role.SHELTER_STAFF, Role.PARTNER, Role.AUDITOR])
def test_those_who_log_no_visits_have_no_day(client: Client, role: Role, name: str) -> None:
    client.force_login(make_user(role))

    assert client.get(reverse(f"support:{name}")).status_code == 403


@pytest.mark.parametrize("name", ["today", "visit_list"])
@pytest.mark.parametrize("rows", [1, 20])
def test_queries_do_not_grow(
    client: Client,
    case: Case,
    worker: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    rows: int,
    name: str,
) -> None:
    for n in range(rows):
        make_visit(case=carried(worker, case, f"Borger {n}"), worker=worker)
    url = reverse(f"support:{name}")
    client.get(url)

    with django_assert_max_num_queries(14):
        client.get(url)


def test_the_list_pages_by_place(client: Client, case: Case, worker: User) -> None:
    now = timezone.now()
    for n in range(51):
        make_visit(
            case=case,
            worker=worker,
            happened_at=now - timedelta(hours=n),
            sentence=f"Sætning nr. {n:02d}.",
        )

    first = read(client.get(reverse("support:visit_list")))
    following = re.search(r'href="(\?after=[^"]+)"', first)
    assert following
    second = read(client.get(reverse("support:visit_list") + following[1]))

    assert "nr. 49." in first
    assert "nr. 50." not in first
    assert "nr. 50." in second
    assert "nr. 49." not in second
    assert client.get(reverse("support:visit_list") + "?after=x").status_code == 200
