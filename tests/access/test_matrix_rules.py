"""What must hold of the table itself, so that a line written from a wrong answer is not believed.

These read `matrix.txt` and the routes only; whether the site answers so is `test_matrix`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pytest

from tests.access.matrix import table
from tests.access.matrix.actors import ELSEWHERE, NO_CASES, NOBODY, PARTNERS, SYSTEMS
from tests.access.matrix.routes import Route, all_routes
from tests.access.matrix.table import REFUSED, TO_LOGIN, Line

ROUTES: Final = {route.name: route for route in all_routes()}
PUBLIC: Final = frozenset(
    {
        "healthz",  # words for a proxy
        "readyz",
        "access:login",
        "access:logout",
        "ui:language",  # the login page offers the other language
        "ui:echo",  # holds no data
        "ui:gallery",  # only while developing
        "access:password_set",  # who has the link has no password yet
        "access:password_done",
        "metrics",  # 404 without its own token
        "deadlines:calendar",  # the link is the key, and names nobody
        "api:token",  # asks for the system's secret
        "api:schema",  # the API's description, also in docs/api/
    }
)
SHARED_WITH_PARTNERS: Final = frozenset({"handoffs", "offers"})
"""The things of a citizen that may be sent to a partner, outside the case."""


def _lines() -> Iterator[tuple[Route, Line]]:
    for line in table.read():
        if line.route in ROUTES and line.method != "OPTIONS":
            yield ROUTES[line.route], line


def _of_citizens() -> Iterator[tuple[Route, Line]]:
    return ((route, line) for route, line in _lines() if route.is_of_citizen)


def _let_in(route: Route, line: Line, codes: tuple[str, ...]) -> list[str]:
    return [
        f"{line.method} {route.name}: {code} gets {line.cells[code]}"
        for code in codes
        if line.cells[code] not in REFUSED
    ]


@pytest.mark.parametrize("codes", [NO_CASES, ELSEWHERE], ids=["no cases", "elsewhere"])
def test_T01_T28_who_has_nothing_to_do_with_a_citizen_gets_nowhere(codes: tuple[str, ...]) -> None:
    assert [said for pair in _of_citizens() for said in _let_in(*pair, codes)] == []


def test_T03_a_relative_finds_nothing() -> None:
    found = {f"{line.method} {route.name}": line.cells["blk"] for route, line in _of_citizens()}
    assert {key: cell for key, cell in found.items() if cell != "404"} == {}


def test_T05_a_shelter_finds_no_case_after_the_stay() -> None:
    lines = [pair for pair in _of_citizens() if "cases" in pair[0].nouns]
    assert [said for pair in lines for said in _let_in(*pair, ("shE",))] == []


def test_T06_a_partner_is_never_let_into_a_case() -> None:
    lines = [pair for pair in _of_citizens() if not pair[0].nouns <= SHARED_WITH_PARTNERS]
    assert [said for pair in lines for said in _let_in(*pair, PARTNERS)] == []


def test_an_allocator_reads_no_journal() -> None:
    journal = [
        pair
        for pair in _lines()
        if pair[0].nouns & {"notes", "situations", "visits", "decisions", "enrolments"}
        or pair[0].name in ("cases:journal", "cases:case_detail", "cases:case_print")
    ]
    assert journal
    assert [said for pair in journal for said in _let_in(*pair, ("alc", "alX"))] == []


def test_nobody_gets_further_than_the_login_page() -> None:
    assert [
        f"{line.method} {route.name}: {line.cells[NOBODY]}"
        for route, line in _lines()
        if route.name not in PUBLIC
        and line.cells[NOBODY] not in (("401", "403") if route.is_api else (TO_LOGIN,))
    ] == []


def test_T10_a_token_opens_the_api_alone_and_only_within_its_scopes() -> None:
    wrong = []
    for route, line in _lines():
        if route.name in PUBLIC:
            continue
        narrow = ("403",) if route.is_api else (TO_LOGIN,)
        wide = REFUSED | {"200", "400"} if route.is_api else {TO_LOGIN}
        for code in SYSTEMS:
            if line.cells[code] not in (narrow if code == "sy0" else wide):
                wrong.append(f"{line.method} {route.name}: {code} gets {line.cells[code]}")
    assert wrong == []


def test_no_answer_is_a_breakdown() -> None:
    assert [
        f"{line.method} {line.route}: {code} gets {cell}"
        for line in table.read()
        for code, cell in line.cells.items()
        if cell.startswith("5") or cell == "---"
    ] == []
