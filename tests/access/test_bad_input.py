"""Every form of every page, filled in as nobody should: a sentence each time, never a fault."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Final

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.urls import resolve
from pytest_django import DjangoDbBlocker

from tests.access.matrix import table
from tests.access.matrix.asking import Asker, address_of, forgotten
from tests.access.matrix.routes import all_routes
from tests.access.matrix.world import build_world
from tests.forms import Form, forms_of

pytestmark = pytest.mark.django_db

ROUTES: Final = {route.name: route for route in all_routes()}
EVERYONES: Final = frozenset({"access:logout", "ui:language", "ui:keys", "cases:search"})
"""Forms of the frame, on every page; they are asked once, on the page of help."""
PAGES: Final = {
    line.route: next(code for code, cell in line.cells.items() if cell == "200")
    for line in table.read()
    if line.method == "GET" and "200" in line.cells.values() and not ROUTES[line.route].is_api
}
"""Each page, and the first of those who may open it."""
ODD: Final = (
    "",
    "\x00",
    "x" * 10_000,
    "😀" * 300,
    "99999999999999999999",
    "-1",
    "31-02-2026",
    "31-12-9999",
    "01-01-0001 kl. 25.99",
    "010180-00000",
    "NaN",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "2026-07-01T10:00:00+99:99",
)
ANSWERS: Final = frozenset({200, 302, 400, 403, 404, 409, 413, 422})
Firsts = dict[tuple[str, frozenset[str]], tuple[str, str]]
FRAME: Final = ("csrfmiddlewaretoken", "form_key")


@pytest.fixture(scope="module")
def asker(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Asker]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield Asker(build_world())
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def first_on() -> Firsts:
    """The page that showed a form first, and where to: a form like it is not filled in again."""
    return {}


@dataclass(frozen=True, slots=True)
class Desk:
    """A page open before one who may."""

    asker: Asker
    code: str
    forms: list[Form]

    def send(self, form: Form, changes: dict[str, list[str]]) -> tuple[HttpResponseBase, str]:
        """The answer to the form with `changes`, forgotten at once. Faults are raised."""
        with forgotten():
            answer = self.asker.client(self.code).post(form.action, form.values | changes)
            body = b"".join(answer) if answer.streaming else answer.content
        return answer, unescape(body.decode(errors="replace"))


@pytest.fixture(params=PAGES)
def desk(request: pytest.FixtureRequest, asker: Asker, first_on: Firsts) -> Desk:
    route: str = request.param
    code = PAGES[route]
    address = address_of(ROUTES[route], asker.world.here)
    with forgotten():
        answer = asker.client(code).get(address)
        html = "" if answer.streaming else answer.content.decode(errors="replace")
    skipped = EVERYONES if route != "ui:help" else frozenset({"access:logout"})
    found = [
        form
        for form in forms_of(address, html)
        if (view := resolve(form.action.split("?")[0]).view_name) not in skipped
        and first_on.setdefault((view, frozenset(form.names)), (route, form.action))
        == (route, form.action)
    ]
    return Desk(asker, code, found)


def test_no_value_is_a_fault(desk: Desk) -> None:
    """All fields at once, and each by itself beside what the page proposes."""
    for form in desk.forms:
        names = sorted(form.names - set(FRAME))
        tries: list[dict[str, list[str]]] = [{name: [odd] for name in names} for odd in ODD]
        for number, name in enumerate(names):
            tries.append({name: [ODD[number % len(ODD)]]})
        for changes in tries:
            answer, _body = desk.send(form, changes)
            assert answer.status_code in ANSWERS, (form.action, changes)


def test_what_was_typed_comes_back_with_what_is_wrong(desk: Desk) -> None:
    for form in desk.forms:
        typed = {name: [f"Ærø <{name}> & »{name}«"] for name in form.texts}
        answer, body = desk.send(form, typed)
        if answer.status_code in {409, 422}:
            lost = [text for (text,) in typed.values() if text not in body]
            assert not lost, (form.action, lost)
