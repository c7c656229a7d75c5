"""The worklist's page: what each thing says, in which order, and how it is filtered."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cases.citizens.enums import Protection
from housingfirst.access.enums import Role
from tests.access.factories import make_user
from tests.cases.factories import make_case, make_citizen
from tests.crosssector.worklist.pages import MY_DAY, html_of, team_of_one, work_of
from tests.deadlines.factories import DAY, NOON, make_deadline
from tests.housing.factories import make_shelter, make_stay

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday_noon")]


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


@pytest.mark.parametrize("things", [1, 20])
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
