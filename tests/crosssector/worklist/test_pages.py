"""The worklist's pages: whose things, in which order, what can be said about them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cases.citizens.enums import Protection
from housingfirst.access.enums import LogAction, Permission, Role, UnitKind
from housingfirst.access.models import AccessBlock, AccessEntry, Unit, User
from housingfirst.deadlines.models import Deadline
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case, make_citizen
from tests.deadlines.factories import DAY, NOON, make_deadline, make_kind, only_kinds
from tests.housing.factories import make_shelter, make_stay

pytestmark = pytest.mark.django_db

MY_DAY = "/my-day/"


@pytest.fixture(autouse=True)
def _tuesday_noon() -> Iterator[None]:
    kinds = (
        make_kind(),
        make_kind("test_law", title="Send the notice", is_statutory=True, loss=10),
        make_kind("test_wait", title="Deposit loan", waits_for_others=True, loss=30),
        make_kind("offer_answer", title="Answer the offer", loss=20),
    )
    with time_machine.travel(NOON, tick=False), only_kinds(*kinds):
        yield


def team_of_one() -> tuple[Unit, User]:
    unit = make_unit()
    user = make_user(Role.ADVISER, unit)
    return unit, user


def html_of(client: Client, user: User, url: str = MY_DAY) -> str:
    user.language = "en"
    user.save()
    client.force_login(user)
    response = client.get(url)
    assert response.status_code == 200, response.content[:500]
    return response.content.decode()


def work_of(client: Client, user: User, url: str = MY_DAY) -> str:
    """The page without what stands beside the list."""
    return html_of(client, user, url).split("<h2>Since yesterday")[0]


def test_a_thing_says_when_what_why_what_it_costs_and_which_act_ends_it(client: Client) -> None:
    unit, user = team_of_one()
    case = make_case(unit=unit, adviser=user, citizen=make_citizen(name="Preben Skaarup Dall"))
    make_deadline(
        unit=unit,
        case=case,
        person=user,
        due_on=DAY - timedelta(days=41),
        weekly_cost_dkk=Decimal("11039.00"),
        params={"words": "A garden"},
    )

    html = html_of(client, user)

    assert "Preben Skaarup Dall" in html
    assert "41 days over" in html
    assert "Answer the wish" in html
    assert "The citizen wished: A garden" in html
    assert "DKK\u00a011,039 a week" in html
    assert f'href="/cases/{case.reference}/"' in html
    assert ">Open the case</a>" in html
    assert "1 late" in html


def test_what_hurts_first_is_on_top_and_the_rule_is_written(client: Client) -> None:
    unit, user = team_of_one()

    def thing(name: str, **facts: Any) -> None:
        case = make_case(unit=unit, adviser=user, citizen=make_citizen(name=name))
        make_deadline(unit=unit, case=case, person=user, **facts)

    soon = DAY + timedelta(days=8)
    thing("G later", due_on=DAY + timedelta(days=13), warn_days=2, now_days=2)
    thing("E soon cheap", due_on=soon)
    thing("D soon dear", due_on=soon + timedelta(days=1), weekly_cost_dkk=Decimal(9000))
    thing("C soon, more is lost", due_on=soon, kind="test_law")
    thing("B today", due_on=DAY)
    thing("F waits", due_on=DAY + timedelta(days=1), kind="test_wait")
    thing("A late", due_on=DAY - timedelta(days=1))

    html = work_of(client, user)

    names = [
        "A late",
        "B today",
        "C soon, more is lost",
        "D soon dear",
        "E soon cheap",
        "F waits",
        "G later",
    ]
    places = [html.index(name) for name in names]
    assert places == sorted(places)
    assert "Order: late, then what comes nearest" in html


def test_the_things_of_a_citizen_stand_together_where_the_worst_one_stands(client: Client) -> None:
    unit, user = team_of_one()
    first = make_case(unit=unit, adviser=user, citizen=make_citizen(name="Første Borger"))
    second = make_case(unit=unit, adviser=user, citizen=make_citizen(name="Anden Borger"))
    make_deadline(unit=unit, case=second, person=user, due_on=DAY)
    make_deadline(unit=unit, case=first, person=user, due_on=DAY + timedelta(days=6))
    make_deadline(unit=unit, case=first, person=user, due_on=DAY - timedelta(days=2))

    html = work_of(client, user)

    assert html.count("Første Borger") == html.count("Anden Borger") == 1
    assert html.index("2 days over") < html.index("In 6 days") < html.index("Anden Borger")
    assert "3 things with 2 citizens" in html
    assert 'class="panel wl wl-over"' in html


@pytest.mark.parametrize(
    ("show", "seen"),
    [
        pytest.param("", {"due", "law", "offer", "waits", "nobody"}, id="all"),
        pytest.param("due", {"due", "nobody"}, id="late-and-today"),
        pytest.param("late", {"due"}, id="late"),
        pytest.param("law", {"law"}, id="law"),
        pytest.param("offers", {"offer"}, id="offers"),
        pytest.param("waiting", {"waits"}, id="waiting"),
        pytest.param("nobody", {"nobody"}, id="nobody"),
        pytest.param("snoozed", {"asleep"}, id="put-off"),
        pytest.param("later", {"later"}, id="later"),
        pytest.param("nonsense", {"due", "law", "offer", "waits", "nobody"}, id="unknown"),
    ],
)
def test_filters_show_what_they_count(client: Client, show: str, seen: set[str]) -> None:
    unit, user = team_of_one()

    def thing(name: str, **facts: Any) -> None:
        case = make_case(unit=unit, adviser=user, citizen=make_citizen(name=f"citizen-{name}"))
        make_deadline(unit=unit, case=case, **({"person": user} | facts))

    near, far = DAY + timedelta(days=5), DAY + timedelta(days=40)
    thing("due", due_on=DAY - timedelta(days=1))
    thing("law", due_on=near, kind="test_law")
    thing("offer", due_on=near, kind="offer_answer")
    thing("waits", due_on=far, kind="test_wait")
    thing("nobody", due_on=DAY, person=None)
    thing("asleep", due_on=DAY, snoozed_until=DAY + timedelta(days=1), snooze_reason="ferie")
    thing("later", due_on=far)

    html = work_of(client, user, f"{MY_DAY}?f={show}")

    everything = {"due", "law", "offer", "waits", "nobody", "asleep", "later"}
    shown = {name for name in everything if f"citizen-{name}<" in html}
    assert shown == seen
    if show not in ("nobody", "late", "nonsense"):
        label = {
            "": "All 5",
            "due": "Late and today 2",
            "law": "Legal time limits 1",
            "offers": "Offers of homes 1",
            "waiting": "Waiting for others 1",
            "snoozed": "Put off 1",
            "later": "Later 1",
        }[show]
        assert f">{label}</a>" in html


def test_the_badge_of_what_waits_names_who_has_the_ball(client: Client) -> None:
    unit, user = team_of_one()
    case = make_case(unit=unit, adviser=user)
    make_deadline(
        unit=unit,
        case=case,
        person=user,
        kind="test_wait",
        due_on=DAY + timedelta(days=1),
        due_at=NOON + timedelta(hours=22, minutes=30),
        params={"waits_for": "Ydelsescenter"},
    )

    html = work_of(client, user)

    assert "With Ydelsescenter" in html
    assert "b-wait" in html
    assert "answer by Wed\u00a018\u00a0Nov 10:30" in html


def test_a_protected_citizens_place_is_nowhere_on_the_page(client: Client) -> None:
    for protection, is_hidden in ((Protection.NO, False), (Protection.UNKNOWN, True)):
        shelter = make_shelter(name="Sejlmagergården")
        stay = make_stay(
            shelter=shelter,
            citizen=make_citizen(protection=protection),
            admitted_on=DAY - timedelta(days=5),
        )
        unit = stay.case.unit
        assert unit is not None
        user = make_user(Role.ADVISER, unit)
        make_deadline(unit=unit, case=stay.case, person=user)

        html = work_of(client, user)

        assert ("Sejlmagergården" not in html) is is_hidden
        assert ("§ 110, place hidden" in html) is is_hidden
        assert ("b-lock" in html) is is_hidden
        assert "6 of 90 days used" in html


def test_the_list_of_a_unit_holds_everybodys_and_only_that_unit(client: Client) -> None:
    unit, user = team_of_one()
    colleague = make_user(Role.ADVISER, unit)
    other_unit = make_unit(municipality=unit.municipality)
    for name, its_unit, person in (
        ("mine-thing", unit, user),
        ("colleague-thing", unit, colleague),
        ("other-thing", other_unit, None),
    ):
        case = make_case(unit=its_unit, citizen=make_citizen(name=name))
        make_deadline(unit=its_unit, case=case, person=person)

    mine = work_of(client, user)
    unit_list = work_of(client, user, f"/unit-day/?unit={unit.reference}")

    assert "mine-thing" in mine
    assert "colleague-thing" not in mine
    assert "The whole unit 2" in mine
    assert "colleague-thing" in unit_list
    assert "other-thing" not in unit_list


def test_another_units_list_is_not_found_and_the_try_is_logged(client: Client) -> None:
    unit, user = team_of_one()
    other = make_unit(municipality=unit.municipality)
    make_deadline(unit=other, case=make_case(unit=other))
    client.force_login(user)

    for url in (f"/unit-day/?unit={other.reference}", "/unit-day/?unit=nonsense"):
        assert client.get(url).status_code == 404

    assert AccessEntry.objects.filter(action=LogAction.DENIED, what="unit_day").count() == 2


@pytest.mark.parametrize("act", ["snooze", "acknowledge", "wake"])
def test_another_units_thing_is_not_found(client: Client, act: str) -> None:
    other = make_unit()
    deadline = make_deadline(unit=other, case=make_case(unit=other))
    _unit, user = team_of_one()
    client.force_login(user)

    response = client.post(
        f"/deadlines/{deadline.reference}/{act}/", {"until": "+2", "reason": "ferie"}
    )

    assert response.status_code == 404
    denied = AccessEntry.objects.get(action=LogAction.DENIED)
    assert deadline.case is not None
    assert denied.citizen_ids == [deadline.case.citizen_id]
    deadline.refresh_from_db()
    assert (deadline.snoozed_until, deadline.acknowledged_at) == (None, None)


@pytest.mark.parametrize("role", [Role.PARTNER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_has_no_worklist_finds_no_page(client: Client, role: Role) -> None:
    client.force_login(make_user(role))

    assert client.get(MY_DAY).status_code == 404
    assert client.get("/unit-day/").status_code == 404


def test_a_shelter_keeps_its_own_thing_when_its_access_to_the_case_has_ended(
    client: Client,
) -> None:
    shelter = make_unit(kind=UnitKind.SHELTER)
    case = make_case(unit=make_unit(), citizen=make_citizen(name="Udskrevet Borger"))
    make_deadline(unit=shelter, case=case)

    html = work_of(client, make_user(Role.SHELTER_STAFF, shelter))

    assert "Udskrevet Borger" in html
    assert f"/cases/{case.reference}/overview" not in html
    assert '<h2><a class="plain"' not in html  # the case itself is not theirs to open


def test_a_sealed_case_is_on_nobodys_list(client: Client) -> None:
    unit, user = team_of_one()
    case = make_case(unit=unit, citizen=make_citizen(name="Forseglet Borger"))
    case.is_sealed = True
    case.save()
    make_deadline(unit=unit, case=case, person=user)

    assert "Forseglet Borger" not in work_of(client, user)


def test_T03_a_relative_is_on_nobodys_list(client: Client) -> None:
    unit, user = team_of_one()
    case = make_case(unit=unit, citizen=make_citizen(name="Min Bror"))
    make_deadline(unit=unit, case=case, person=user)
    AccessBlock.objects.create(user=user, citizen=case.citizen)

    assert "Min Bror" not in work_of(client, user)


def test_an_allocator_in_the_teams_unit_sees_no_other_kinds_than_housing(client: Client) -> None:
    unit = make_unit()
    for name, kind in (("about-support", "test_wish"), ("about-housing", "offer_answer")):
        case = make_case(unit=unit, citizen=make_citizen(name=name))
        make_deadline(unit=unit, case=case, kind=kind)
    kinds = make_kind(), make_kind("offer_answer", permission=Permission.HOUSING)

    with only_kinds(*kinds):
        html = work_of(client, make_user(Role.ALLOCATOR, unit))

    assert "about-housing" in html
    assert "about-support" not in html


def test_the_citizens_shown_are_logged(client: Client) -> None:
    unit, user = team_of_one()
    case = make_case(unit=unit, adviser=user)
    make_deadline(unit=unit, case=case, person=user)

    work_of(client, user)

    entry = AccessEntry.objects.get(action=LogAction.LISTED)
    assert (entry.user, entry.citizen_ids, entry.what) == (user, [case.citizen_id], "my_day")


def test_putting_off_takes_it_away_until_its_day(client: Client) -> None:
    unit, user = team_of_one()
    case = make_case(unit=unit, adviser=user, citizen=make_citizen(name="Preben Dall"))
    deadline = make_deadline(unit=unit, case=case, person=user, kind="test_law")
    html = work_of(client, user)
    assert "A legal time limit does not move" in html

    response = client.post(
        f"/deadlines/{deadline.reference}/snooze/",
        {"until": "19-11-2026", "reason": "venter på lægen", "back": "/my-day/?f=law"},
    )

    assert (response.status_code, response["Location"]) == (302, "/my-day/?f=law")
    assert "Preben Dall" not in work_of(client, user)
    put_off = work_of(client, user, f"{MY_DAY}?f=snoozed")
    assert "Put off until Thu\u00a019\u00a0Nov by" in put_off
    assert "venter på lægen" in put_off
    with time_machine.travel(NOON + timedelta(days=2), tick=False):
        assert "Preben Dall" in work_of(client, user)
    client.post(f"/deadlines/{deadline.reference}/wake/")
    assert "Preben Dall" in work_of(client, user)
    deadline.refresh_from_db()
    assert deadline.due_on == DAY


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        pytest.param({"until": "+2", "reason": ""}, "one word will do.", id="no-reason"),
        pytest.param({"until": "+2", "reason": "   "}, "one word will do.", id="blank-reason"),
        pytest.param({"until": "", "reason": "ferie"}, "is missing", id="no-day"),
        pytest.param({"until": "17-11-2026", "reason": "ferie"}, "too early", id="today"),
        pytest.param({"until": "+31", "reason": "ferie"}, "too late", id="too-far"),
        pytest.param({"until": "fnuller", "reason": "ferie"}, "cannot be read", id="unreadable"),
        pytest.param({"until": "+2", "reason": "x" * 10_000}, "Shorten it", id="too-long"),
        pytest.param({}, "is missing", id="nothing"),
    ],
)
def test_putting_off_says_what_to_write_and_keeps_what_was_typed(
    client: Client, posted: dict[str, str], sentence: str
) -> None:
    unit, user = team_of_one()
    deadline = make_deadline(unit=unit, case=make_case(unit=unit), person=user)
    work_of(client, user)

    response = client.post(f"/deadlines/{deadline.reference}/snooze/", posted)

    assert response.status_code == 422
    html = response.content.decode()
    assert sentence in html
    assert posted.get("reason", "").strip()[:50] in html
    assert posted.get("until", "") in html
    assert Deadline.objects.filter(pk=deadline.pk, snoozed_until=None).exists()


def test_with_htmx_an_error_comes_back_into_the_little_form(client: Client) -> None:
    unit, user = team_of_one()
    deadline = make_deadline(unit=unit, case=make_case(unit=unit), person=user)
    client.force_login(user)

    response = client.post(
        f"/deadlines/{deadline.reference}/snooze/", {"until": "+2"}, headers={"HX-Request": "true"}
    )

    assert response.status_code == 422
    assert response["HX-Retarget"] == response["HX-Reselect"] == f"#snooze-{deadline.reference}"
    assert f'id="snooze-{deadline.reference}"' in response.content.decode()


def test_what_was_done_meanwhile_cannot_be_put_off(client: Client) -> None:
    unit, user = team_of_one()
    deadline = make_deadline(unit=unit, case=make_case(unit=unit), person=user)
    Deadline.objects.filter(pk=deadline.pk).update(closed_at=timezone.now())
    work_of(client, user)

    response = client.post(
        f"/deadlines/{deadline.reference}/snooze/", {"until": "+2", "reason": "ferie"}
    )

    assert response.status_code == 422
    assert "done in the meantime" in response.content.decode()


def test_acknowledging_shows_who_has_it_and_quiets_the_count(client: Client) -> None:
    unit, user = team_of_one()
    deadline = make_deadline(unit=unit, case=make_case(unit=unit), person=user)
    before = html_of(client, user)
    assert 'class="count">1<' in before

    client.post(f"/deadlines/{deadline.reference}/acknowledge/")

    after = html_of(client, user)
    assert "You have it in hand" in after
    assert 'class="count"' not in after
    assert "I have it in hand" not in after


def test_a_foreign_address_to_return_to_is_not_followed(client: Client) -> None:
    unit, user = team_of_one()
    deadline = make_deadline(unit=unit, case=make_case(unit=unit), person=user)
    client.force_login(user)

    for back in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        response = client.post(f"/deadlines/{deadline.reference}/acknowledge/", {"back": back})
        assert response["Location"] == MY_DAY


def test_an_empty_list_says_why_and_what_comes_next(client: Client) -> None:
    unit, user = team_of_one()

    assert "Nothing is waiting for you" in work_of(client, user)

    case = make_case(unit=unit, adviser=user, citizen=make_citizen(name="Rikke Wendelboe"))
    make_deadline(unit=unit, case=case, person=user, due_on=DAY + timedelta(days=2))
    html = work_of(client, user, f"{MY_DAY}?f=due")
    assert "Nothing is late, and nothing is due today" in html
    assert "The next is Thursday\u00a019\u00a0November: Answer the wish, Rikke Wendelboe." in html
    assert "Show the one thing" in html


def test_pages_follow_each_other_without_loss(client: Client) -> None:
    unit, user = team_of_one()
    for number in range(45):
        case = make_case(unit=unit, citizen=make_citizen(name=f"citizen-{number:02}"))
        make_deadline(unit=unit, case=case, person=user, due_on=DAY + timedelta(days=number % 9))
    seen: list[str] = []
    url: str | None = MY_DAY
    addresses = []

    while url:
        html = work_of(client, user, url)
        seen += re.findall(r"citizen-\d\d", html)
        addresses.append(url)
        found = re.search(r'href="([^"]*)" rel="next"', html)
        url = MY_DAY + found[1] if found else None

    assert len(addresses) == 3
    assert len(seen) == len(set(seen)) == 45
    back = re.search(r'href="([^"]*)" rel="prev"', html)
    assert back
    second = work_of(client, user, MY_DAY + back[1])
    assert re.findall(r"citizen-\d\d", second) == seen[20:40]


@pytest.mark.parametrize("things", [1, 20, 200])
def test_the_number_of_queries_does_not_grow(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, things: int
) -> None:
    unit, user = team_of_one()
    for _ in range(things):
        make_deadline(unit=unit, case=make_case(unit=unit, adviser=user), person=user)
    work_of(client, user)  # warms the caches

    for url in (MY_DAY, "/unit-day/"):
        with django_assert_max_num_queries(15):
            client.get(url)
