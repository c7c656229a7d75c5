"""Security.md section 5: every route and method, asked by every kind of user (docs/permissions.md).

A route that the table does not name fails here, and so does a line that no route answers.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from housingfirst.access.enums import LogAction
from tests.access.matrix import asking, table
from tests.access.matrix.actors import ACTORS, ELSEWHERE, NO_CASES, NOBODY, SYSTEMS
from tests.access.matrix.asking import Answer, Asker
from tests.access.matrix.routes import Route, all_routes
from tests.access.matrix.table import REFUSED, Line
from tests.access.matrix.world import CPR, NAME, NOTE, build_world

LINES: Final = table.read()
ROUTES: Final = {route.name: route for route in all_routes()}
pytestmark = pytest.mark.django_db

CURIOUS: Final = ("ad2", "leX", "alX", "sh2", "shE", "job", "hou", "aud", "roo", "blk", "syh")
"""For whom what is denied is compared with what is missing: one of each kind."""
REVEALING: Final = ("cases:cpr_reveal", "crosssector:handoff_cpr")
"""Acts whose answer is a CPR number."""
HOW: Final = "MATRIX_WRITE=1 pytest tests/access/test_matrix.py writes what is answered: review it."


@pytest.fixture(scope="module")
def asker(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Asker]:
    """One world for all the cells; each question is rolled back by itself."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Asker(build_world())
        transaction.set_rollback(True)


def test_T01_every_route_and_method_has_its_line(asker: Asker) -> None:
    expected = {(name, method) for name, route in ROUTES.items() for method in asker.methods(route)}
    known = {line.key for line in LINES}
    if os.environ.get("MATRIX_WRITE"):
        _write(asker, expected)
        pytest.fail("matrix.txt was written from what the site answers: review every new line.")
    absent = sorted(expected - known)
    assert not absent, f"Not in tests/access/matrix/matrix.txt: {absent}. {HOW}"
    stale = sorted(known - expected)
    assert not stale, f"No route answers these lines of matrix.txt: {stale}. {HOW}"


def _write(asker: Asker, expected: set[tuple[str, str]]) -> None:
    """Keep the lines there are, unless MATRIX_WRITE=all, and add what is answered to the others."""
    kept = {} if os.environ["MATRIX_WRITE"] == "all" else {line.key: line for line in LINES}
    keys = [(name, method) for name in ROUTES for method in asking.METHODS]
    table.write(
        kept.get(key) or Line(*key, {code: _ask(asker, code, *key).cell for code in ACTORS})
        for key in keys
        if key in expected
    )


def _ask(asker: Asker, code: str, route: str, method: str) -> Answer:
    return asker.ask(code, ROUTES[route], method, asker.world.here)


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.method} {line.route}")
def test_T01_T04_T07_line(asker: Asker, line: Line) -> None:
    """Status, log, database, headers and what must not stand in the answer, for every actor."""
    route = ROUTES.get(line.route)
    assert route is not None, f"No route is named {line.route}. {HOW}"
    wrong = [
        f"{code} ({ACTORS[code]}): {fault}"
        for code, cell in line.cells.items()
        for fault in _faults(asker, code, route, line.method, cell)
    ]
    assert not wrong, "\n".join([f"{line.method} {line.route}", *wrong])


def _faults(asker: Asker, code: str, route: Route, method: str, cell: str) -> Iterator[str]:
    answer = asker.ask(code, route, method, asker.world.here)
    if answer.cell != cell:
        yield f"the table says {cell}, the site {answer.cell}"
    yield from _leaks(answer, code, route)
    yield from _headers(answer)
    yield from _writes(answer, route, method)
    if route.is_of_citizen and method != "OPTIONS":
        yield from _log(asker, answer, code, route)
    if answer.cell == "404" and code in CURIOUS:
        yield from _tells_apart(asker, answer, code, route, method)


def _leaks(answer: Answer, code: str, route: Route) -> Iterator[str]:
    """Names, notes and numbers of citizens whom the actor has nothing to do with."""
    if code in (*NO_CASES, *ELSEWHERE, "blk") and NAME in answer.body:
        yield "reads a citizen's name"
    if code in (*NO_CASES, *ELSEWHERE, "blk", "alc", "ben", "hou", "syh") and NOTE in answer.body:
        yield "reads a note"
    shown = any(number in answer.body for number in (CPR, f"{CPR[:6]}-{CPR[6:]}"))
    if shown and (route.name not in REVEALING or answer.cell in REFUSED):
        yield "reads a CPR number"


def _headers(answer: Answer) -> Iterator[str]:
    """C23 on every answer, errors too."""
    headers = answer.response.headers
    for name, value in (
        ("Content-Security-Policy", "default-src 'none'"),
        ("Content-Security-Policy", "frame-ancestors 'none'"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "geolocation=()"),
        ("Cache-Control", "no-store"),
    ):
        if value not in headers.get(name, ""):
            yield f"header {name} lacks {value}"


def _writes(answer: Answer, route: Route, method: str) -> Iterator[str]:
    """T18: what only asks changes nothing but the log, the session, and marks of opening."""
    if method not in ("GET", "OPTIONS"):
        return
    allowed = asking.BOOKKEEPING | asking.OPENED_MARKS.get(route.name, frozenset())
    if answer.written - allowed:
        yield f"{method} writes in {sorted(answer.written - allowed)}"


def _log(asker: Asker, answer: Answer, code: str, route: Route) -> Iterator[str]:
    """C10: whoever opens a citizen is written down, and whoever is refused."""
    if answer.cell == "200" and code != NOBODY:
        citizens = {pk for entry in answer.entries for pk in entry.citizen_ids}
        if not citizens & asker.world.here.citizen_ids:
            yield "was shown a citizen, and the access log does not say so"
    logged_in = code != NOBODY and (code not in SYSTEMS or route.is_api)
    if logged_in and answer.cell in ("403", "404"):
        found = [entry for entry in answer.entries if entry.action == LogAction.DENIED]
        if len(found) != 1:
            yield f"was refused, and the access log has {len(found)} entries of that, not one"


def _tells_apart(
    asker: Asker, answer: Answer, code: str, route: Route, method: str
) -> Iterator[str]:
    nothing = asking.missing(route)
    if not nothing:
        return
    other = asker.missing(code, route, method, nothing)
    pages = [asking.alike(each.body).splitlines() for each in (answer, other)]
    unlike = [pair for pair in zip_longest(*pages, fillvalue="") if pair[0] != pair[1]]
    if other.cell != answer.cell or unlike:
        yield f"what is denied ({answer.cell}) looks unlike what is missing ({other.cell})"
        yield from (f"  denied {denied!r}, missing {lacks!r}" for denied, lacks in unlike[:3])


MIXED: Final = [
    line
    for line in LINES
    if (route := ROUTES.get(line.route)) is not None
    and route.is_of_citizen
    and len(route.nouns) > 1
    and line.cells["led"] not in REFUSED
]


@pytest.mark.parametrize("line", MIXED, ids=lambda line: f"{line.method} {line.route}")
def test_T07_a_reference_of_another_case_leads_nowhere(asker: Asker, line: Line) -> None:
    """A case of one's own in the address opens nothing that belongs to somebody else's."""
    route = ROUTES[line.route]
    there = asker.world.elsewhere.by_noun
    # A word in the address is no reference: it names a kind, and is the same for everybody.
    for noun in {one.noun for one in route.parameters if one.converter != "str"}:
        for code in ("adv", "led"):
            answer = asker.ask(
                code, route, line.method, asker.world.here, instead={noun: there[noun]}
            )
            assert answer.cell == "404", f"{code} with another's {noun}: {answer.cell}"


UNSAFE: Final = [
    line
    for line in LINES
    if line.method in ("POST", "PUT", "PATCH", "DELETE")
    # A system shows its own secret there and has no cookie to be abused.
    and line.route != "api:token"
]


@pytest.mark.parametrize("line", UNSAFE, ids=lambda line: f"{line.method} {line.route}")
def test_T18_without_its_token_a_form_changes_nothing(asker: Asker, line: Line) -> None:
    client = asker.client("led", enforce_csrf_checks=True)
    answer = asker.ask("led", ROUTES[line.route], line.method, asker.world.here, client=client)
    assert answer.cell == "403"
    assert answer.written <= asking.BOOKKEEPING
