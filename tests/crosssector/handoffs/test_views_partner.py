"""The partner's pages: only what was sent to the unit, answered in one click."""

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cases.casework.models import Case
from cases.citizens.enums import Protection
from crosssector.handoffs import services
from crosssector.handoffs.models import Handoff
from housingfirst.access.enums import LogAction, Role
from housingfirst.access.models import AccessBlock, AccessEntry, Unit, User
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case, make_citizen
from tests.crosssector.factories import make_benefits_office, make_handoff, make_partner
from tests.reading import read
from tests.support.factories import make_adviser, make_decision, make_enrolment

pytestmark = pytest.mark.django_db

CPR = "150583-4008"


@pytest.fixture
def case() -> Case:
    return make_case(
        unit=make_unit(name="Team Bolig"),
        citizen=make_citizen(name="Sanne Bay Thorlund", cpr=CPR),
    )


@pytest.fixture
def office(case: Case) -> Unit:
    return make_benefits_office(municipality=case.municipality)


@pytest.fixture
def partner(office: Unit, client: Client) -> User:
    user = make_partner(office, name="Anja Frøslev")
    client.force_login(user)
    return user


def of(name: str, handoff: Handoff) -> str:
    return reverse(f"crosssector:handoff_{name}", args=[handoff.reference])


INBOX, ANSWERED = "crosssector:handoff_inbox", "crosssector:handoff_answered"


def test_the_inbox_shows_name_year_and_amount_and_no_more(
    client: Client, case: Case, office: Unit, partner: User
) -> None:
    handoff = make_handoff(case=case, to_unit=office, text="Lejemål fra den 1.")

    html = read(client.get(reverse(INBOX)))

    assert "Sanne Bay Thorlund, f. 1983" in html
    assert "Bevilg 21.900 kr." in html
    assert "Lejemål fra den 1." in html
    for hidden in (CPR[:6], CPR[-4:], "9.734", case.number, str(case.reference), "15-05"):
        assert hidden not in html
    entry = AccessEntry.objects.get(action=LogAction.LISTED, what="handoff_inbox")
    assert entry.citizen_ids == [case.citizen_id]
    handoff.refresh_from_db()
    assert handoff.opened_at is None


def test_the_fastest_deadline_is_on_top_and_what_waits_for_us_last(
    client: Client, office: Unit, partner: User
) -> None:
    now = timezone.now()
    for name, hours in (("Anna Sidst", 90), ("Bent Over", -2), ("Carla Snart", 5), ("Dan Står", 1)):
        case = make_case(
            municipality=office.municipality,
            unit=make_unit(municipality=office.municipality),
            citizen=make_citizen(name=name),
        )
        handoff = make_handoff(case=case, to_unit=office)
        Handoff.objects.filter(pk=handoff.pk).update(due_at=now + timedelta(hours=hours))
        if name == "Dan Står":
            handoff.refresh_from_db()
            services.handoff_question(handoff=handoff, text="Hvornår?", actor=partner)

    html = read(client.get(reverse(INBOX)))

    places = [html.index(name) for name in ("Bent Over", "Carla Snart", "Anna Sidst", "Dan Står")]
    assert places == sorted(places)
    assert "1 over fristen" in html
    assert "Uret står" in html


def test_one_click_grants_and_then_the_number_is_shown(
    client: Client, case: Case, office: Unit, partner: User
) -> None:
    handoff = make_handoff(case=case, to_unit=office)
    amount = re.search(r'name="granted_dkk" value="([^"]+)"', read(client.get(reverse(INBOX))))
    assert amount

    response = client.post(of("grant", handoff), {"granted_dkk": amount[1]}, follow=True)

    handoff.refresh_from_db()
    assert (handoff.status, handoff.granted_dkk) == ("granted", Decimal("21900.00"))
    assert CPR in read(response)
    revealed = AccessEntry.objects.filter(action=LogAction.REVEALED, user=partner)
    assert [entry.citizen_ids for entry in revealed] == [[case.citizen_id]]


def test_before_the_grant_the_number_is_shown_by_a_logged_press_only(
    client: Client, case: Case, office: Unit, partner: User
) -> None:
    handoff = make_handoff(case=case, to_unit=office)

    assert CPR[6:] not in read(client.get(of("task", handoff)))
    assert not AccessEntry.objects.filter(action=LogAction.REVEALED).exists()
    assert client.get(of("cpr", handoff)).status_code == 405

    assert CPR in read(client.post(of("cpr", handoff)))
    assert AccessEntry.objects.filter(action=LogAction.REVEALED, user=partner).count() == 1


def test_one_that_was_withdrawn_is_read_without_the_number(
    client: Client, case: Case, office: Unit, partner: User
) -> None:
    handoff = make_handoff(case=case, to_unit=office)
    services.handoff_withdraw(handoff=handoff, actor=None)

    html = read(client.get(of("task", handoff)))
    told = read(client.post(of("cpr", handoff), follow=True))

    assert of("cpr", handoff) not in html
    assert "lukket i mellemtiden" in told
    assert CPR[6:] not in told
    assert not AccessEntry.objects.filter(action=LogAction.REVEALED).exists()
    handoff.refresh_from_db()
    assert handoff.opened_at is None


def test_opening_shows_what_was_shared_and_is_told(
    client: Client, case: Case, office: Unit, partner: User
) -> None:
    handoff = make_handoff(case=case, to_unit=office)

    html = read(client.get(of("task", handoff)))

    assert "9.734 kr." in html
    assert "4.870 kr." in html
    assert "Borgerens ansøgning" in html
    handoff.refresh_from_db()
    assert handoff.opened_at is not None
    assert AccessEntry.objects.filter(action=LogAction.VIEWED, what="handoff").count() == 1


def test_another_amount_a_question_and_a_refusal(
    client: Client, case: Case, office: Unit, partner: User
) -> None:
    handoff = make_handoff(case=case, to_unit=office, actor=make_adviser(case))

    client.post(of("question", handoff), {"question": "Har I et kontoudtog?"})
    handoff.refresh_from_db()
    assert handoff.status == "question"

    client.post(of("grant", handoff), {"granted_dkk": "20.000,50", "text": "Resten er depositum"})
    handoff.refresh_from_db()
    assert (handoff.granted_dkk, handoff.answer_text) == (
        Decimal("20000.50"),
        "Resten er depositum",
    )

    other = make_handoff(case=make_case(unit=case.unit, citizen=make_citizen()), to_unit=office)
    client.post(of("refuse", other), {"reasons": "Har selv midler."})
    other.refresh_from_db()
    assert (other.status, other.answer_text) == ("refused", "Har selv midler.")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        pytest.param("grant", {}, "mangler", id="no-amount"),
        pytest.param("grant", {"granted_dkk": "alt"}, "Skriv et beløb", id="no-number"),
        pytest.param("grant", {"granted_dkk": "0"}, "mindst", id="nothing"),
        pytest.param("grant", {"granted_dkk": "-5"}, "mindst", id="negative"),
        pytest.param("grant", {"granted_dkk": "9" * 40}, "højst", id="huge"),
        pytest.param("question", {"question": " "}, "mangler", id="no-question"),
        pytest.param("question", {"question": "?" * 10_000}, "2.000", id="long-question"),
        pytest.param("refuse", {"reasons": ""}, "mangler", id="no-reasons"),
        pytest.param("refuse", {"reasons": "🙂" * 3_000}, "2.000", id="long-reasons"),
    ],
)
def test_bad_answers_are_answered_in_words(
    client: Client,
    case: Case,
    office: Unit,
    partner: User,
    name: str,
    data: dict[str, Any],
    message: str,
) -> None:
    handoff = make_handoff(case=case, to_unit=office)

    response = client.post(of(name, handoff), data)

    assert response.status_code == 422
    assert message in read(response)
    handoff.refresh_from_db()
    assert handoff.status == "asked"


def test_pressed_twice_it_is_granted_once(
    client: Client, case: Case, office: Unit, partner: User
) -> None:
    handoff = make_handoff(case=case, to_unit=office)

    first = client.post(of("grant", handoff), {"granted_dkk": "21.900"})
    second = client.post(of("grant", handoff), {"granted_dkk": "99"})

    assert (first.status_code, second.status_code) == (302, 422)
    handoff.refresh_from_db()
    assert handoff.granted_dkk == Decimal("21900.00")


# --- T06: a partner sees nothing else


def test_T06_another_units_tasks_are_not_found_and_the_try_is_logged(
    client: Client, case: Case, office: Unit
) -> None:
    handoff = make_handoff(case=case, to_unit=office)
    stranger = make_partner(make_benefits_office(municipality=case.municipality, name="Et andet"))
    client.force_login(stranger)

    assert "Sanne" not in read(client.get(reverse(INBOX)))
    assert client.get(of("task", handoff)).status_code == 404
    for name in ("grant", "question", "refuse", "cpr"):
        assert client.post(of(name, handoff), {"granted_dkk": "1"}).status_code == 404

    denied = AccessEntry.objects.filter(action=LogAction.DENIED, user=stranger, what="handoff")
    assert denied.count() == 5
    assert all(entry.citizen_ids == [case.citizen_id] for entry in denied)
    handoff.refresh_from_db()
    assert (handoff.status, handoff.opened_at) == ("asked", None)


def test_T06_the_case_itself_is_not_found(client: Client, case: Case, office: Unit) -> None:
    enrolment = make_enrolment(decision=make_decision(case=case))
    handoff = make_handoff(case=case, to_unit=office)
    client.force_login(make_partner(office))

    for url in (
        reverse("cases:case_detail", args=[case.reference]),
        reverse("support:support_tab", args=[case.reference]),
        reverse("support:decision_create", args=[case.reference]),
        reverse("support:enrolment_end", args=[case.reference, enrolment.reference]),
        reverse("support:visit_create", args=[case.reference]),
        reverse("crosssector:handoff_tab", args=[case.reference]),
        reverse("crosssector:handoff_ask", args=[case.reference]),
    ):
        assert client.get(url).status_code == 404, url
    reply = reverse("crosssector:handoff_reply", args=[case.reference, handoff.reference])
    assert client.post(reply, {"reply": "Hej"}).status_code == 404
    assert AccessEntry.objects.filter(action=LogAction.DENIED).count() == 8


def test_a_relatives_task_is_not_found(
    client: Client, case: Case, office: Unit, partner: User
) -> None:
    handoff = make_handoff(case=case, to_unit=office)
    AccessBlock.objects.create(user=partner, citizen=case.citizen)

    assert "Sanne" not in read(client.get(reverse(INBOX)))
    assert client.get(of("task", handoff)).status_code == 404


def test_a_task_that_does_not_exist_looks_the_same(client: Client, partner: User) -> None:
    url = reverse("crosssector:handoff_task", args=[uuid4()])

    assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    "role", [Role.ADVISER, Role.TEAM_LEAD, Role.SHELTER_STAFF, Role.ADMINISTRATOR]
)
@pytest.mark.parametrize("name", [INBOX, ANSWERED])
def test_those_who_answer_nothing_have_no_inbox(client: Client, role: Role, name: str) -> None:
    client.force_login(make_user(role))

    assert client.get(reverse(name)).status_code == 403


def test_a_protected_citizen_is_marked(client: Client, office: Unit, partner: User) -> None:
    case = make_case(
        unit=make_unit(municipality=office.municipality),
        citizen=make_citizen(name="Kirsten", protection=Protection.UNKNOWN),
    )
    make_handoff(case=case, to_unit=office)

    assert "b-lock" in read(client.get(reverse(INBOX)))


# --- what is agreed


def test_agreements_show_how_last_month_was_kept(
    client: Client, office: Unit, partner: User
) -> None:
    last = timezone.now().replace(day=1) - timedelta(days=5)
    for late in (False, False, True):
        case = make_case(unit=make_unit(municipality=office.municipality))
        handoff = make_handoff(case=case, to_unit=office)
        services.handoff_grant(handoff=handoff, granted_dkk=Decimal(1), actor=partner)
        Handoff.objects.filter(pk=handoff.pk).update(
            due_at=last, answered_at=last + timedelta(hours=1 if late else -1)
        )

    assert "2 af 3" in read(client.get(reverse(INBOX)))


def test_the_answered_list_pages_by_place(client: Client, office: Unit, partner: User) -> None:
    now = timezone.now()
    for n in range(51):
        case = make_case(
            unit=make_unit(municipality=office.municipality),
            citizen=make_citizen(name=f"Borger Nr {n:02d}"),
        )
        handoff = make_handoff(case=case, to_unit=office)
        services.handoff_refuse(handoff=handoff, text="Nej", actor=partner)
        Handoff.objects.filter(pk=handoff.pk).update(answered_at=now - timedelta(hours=n))

    first = read(client.get(reverse(ANSWERED)))
    following = re.search(r'href="(\?after=[^"]+)"', first)
    assert following
    second = read(client.get(reverse(ANSWERED) + following[1]))

    assert "Nr 49" in first
    assert "Nr 50" not in first
    assert "Nr 50" in second


@pytest.mark.parametrize("rows", [1, 20])
def test_the_inboxs_queries_do_not_grow(
    client: Client,
    office: Unit,
    partner: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    rows: int,
) -> None:
    for _row in range(rows):
        make_handoff(
            case=make_case(unit=make_unit(municipality=office.municipality)), to_unit=office
        )
    client.get(reverse(INBOX))

    with django_assert_max_num_queries(13):
        client.get(reverse(INBOX))
