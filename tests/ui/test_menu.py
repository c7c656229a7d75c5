"""The menu: who sees what, in which order, and which place is lit."""

from dataclasses import replace

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import ResolverMatch

from housingfirst.ui.menu import MenuItem, Registry, without_counts

HELP = MenuItem("help", "Hjælp", "help", "ui:help", {"adviser", "team_lead"}, 20)
LOGIN = MenuItem("login", "Log ind", "home", "access:login", {"adviser"}, 10, count=lambda _r: 3)


def request_for(view_name: str = "") -> HttpRequest:
    request = RequestFactory().get("/")
    if view_name:
        namespace, _, url_name = view_name.rpartition(":")
        request.resolver_match = ResolverMatch(
            lambda: None, (), {}, url_name, namespaces=[namespace] if namespace else []
        )
    return request


def registry(*items: MenuItem) -> Registry:
    made = Registry()
    made.register(*items)
    return made


def test_places_come_in_order_with_their_counts() -> None:
    places = registry(HELP, LOGIN).places(request_for(), {"adviser"})
    assert [(place.key, place.url, place.count) for place in places] == [
        ("login", "/login/", 3),
        ("help", "/help/", 0),
    ]


def test_a_role_sees_its_own_places_only() -> None:
    menu = registry(HELP, LOGIN)
    assert [place.key for place in menu.places(request_for(), {"team_lead"})] == ["help"]
    assert menu.places(request_for(), {"auditor"}) == []
    assert menu.places(request_for(), set()) == []


def test_a_page_that_does_not_exist_is_not_shown_and_not_counted() -> None:
    def never(_request: HttpRequest) -> int:
        raise AssertionError("counted a place that is not shown")

    missing = MenuItem("x", "X", "home", "nowhere:at_all", {"adviser"}, 1, count=never)
    assert registry(missing).places(request_for(), {"adviser"}) == []


def test_a_refusal_asks_for_no_numbers() -> None:
    request = request_for()
    without_counts(request)

    places = registry(HELP, LOGIN).places(request, {"adviser"})

    assert [(place.key, place.count) for place in places] == [("login", 0), ("help", 0)]


def test_one_address_is_shown_once() -> None:
    twin = replace(HELP, key="twin", order=30)
    places = registry(HELP, twin).places(request_for(), {"adviser"})
    assert [place.key for place in places] == ["help"]


@pytest.mark.parametrize(
    ("view_name", "lit"),
    [
        ("ui:help", ["help"]),
        ("access:login", ["login"]),
        ("ui:language", ["login"]),  # covered by a namespace
        ("ui:helper", ["login"]),
        ("nowhere", []),
        ("", []),
    ],
)
def test_one_place_is_lit(view_name: str, lit: list[str]) -> None:
    menu = registry(HELP, replace(LOGIN, covers=("ui:",)))
    places = menu.places(request_for(view_name), {"adviser"})
    assert [place.key for place in places if place.is_current] == lit


def test_registering_again_replaces() -> None:
    menu = registry(HELP)
    menu.register(replace(HELP, label="Vejledning"))
    assert [place.label for place in menu.places(request_for(), {"adviser"})] == ["Vejledning"]
