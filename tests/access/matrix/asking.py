"""One question: a route, a method and who asks; and what became of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from oauth2_provider.models import AccessToken
from oauth2_provider.scopes import get_scopes_backend

from housingfirst.access.models import AccessEntry, User
from tests.access.matrix.actors import ACTORS, NOBODY, SYSTEMS
from tests.access.matrix.routes import Parameter, Route
from tests.access.matrix.table import DONE, SENT_BACK, TO_LOGIN
from tests.access.matrix.world import Things, World
from tests.api.factories import system_client

_WRITE = re.compile(
    r"(?<!FOR )(?<!DO )(?<!KEY )\b(?:INSERT INTO|UPDATE|DELETE FROM|MERGE INTO)\s+\"?(\w+)"
)
_TOKEN = re.compile(
    r'(name="(?:csrfmiddlewaretoken|form_key)" value|name="csrf-token" content|nonce)="[^"]*"'
)
BOOKKEEPING: Final = frozenset({"access_entry", "django_session"})
"""Where every request may write, GET too."""
OPENED_MARKS: Final[Mapping[str, frozenset[str]]] = {
    "crosssector:handoff_task": frozenset(
        {
            "crosssector_handoff",
            "crosssector_historicalhandoff",
            "deadlines_deadline",
            "deadlines_alertoutcome",
            "events_event",
        }
    ),
}
"""GET routes that keep when their thing was first opened, and the tables they do it in."""
METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_ODD: Final = "PROPFIND"
"""A method that no view has, so that it tells which it has."""


@dataclass(frozen=True, slots=True)
class Answer:
    response: HttpResponseBase
    cell: str
    body: str
    entries: list[AccessEntry] = field(default_factory=list)
    written: frozenset[str] = frozenset()


class Asker:
    """Asks as each of the world's users. Every question is forgotten by the database."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._logins = {code: _login(code, world.users.get(code)) for code in ACTORS}
        newest = AccessEntry.objects.order_by("-pk").first()
        self._newest = newest.pk if newest else 0
        self._missing: dict[tuple[str, str], Answer] = {}

    def client(self, code: str, *, enforce_csrf_checks: bool = False) -> Client:
        """A client as it was after login: a question may log it out."""
        headers, cookies = self._logins[code]
        client = Client(enforce_csrf_checks=enforce_csrf_checks, headers=headers)
        client.cookies.load(cookies)
        return client

    def methods(self, route: Route) -> list[str]:
        """The methods the view has, HEAD apart. Raises AssertionError when it will not say."""
        asked = [self.ask(code, route, _ODD, self.world.here) for code in ("adv", NOBODY)]
        answer = next((answer for answer in asked if answer.cell == "405"), asked[0])
        allowed = answer.response.headers.get("Allow", "")
        assert answer.cell == "405", (
            f"{route.name} answers any method ({answer.cell} to {_ODD}): "
            "say which with @require_GET, @require_POST or @require_http_methods."
        )
        return [method for method in METHODS if method in allowed.split(", ")]

    def ask(
        self,
        code: str,
        route: Route,
        method: str,
        things: Things,
        *,
        instead: Mapping[str, object] | None = None,
        client: Client | None = None,
    ) -> Answer:
        """`instead` stands for some nouns' things."""
        address = address_of(route, things, instead)
        client = client or self.client(code)
        as_json = route.is_api and route.name != "api:token" and method != "GET"
        with forgotten(), _tables_written() as written:
            response = client.generic(
                method,
                address,
                "{}" if as_json else "",
                content_type="application/json" if as_json else "",
            )
            body = b"".join(response) if response.streaming else response.content
            entries = list(AccessEntry.objects.filter(pk__gt=self._newest).order_by("pk"))
        text = body.decode(errors="replace")
        cell = _cell(response)
        if cell == DONE and method != "GET" and not written - BOOKKEEPING:
            cell = SENT_BACK
        return Answer(response, cell, text, entries, frozenset(written))

    def missing(
        self, code: str, route: Route, method: str, nothing: Mapping[str, object]
    ) -> Answer:
        """What this user reads where `nothing` is. It is the same to any method: asked once."""
        key = (code, route.name)
        if key not in self._missing:
            self._missing[key] = self.ask(code, route, method, self.world.here, instead=nothing)
        return self._missing[key]


def _login(code: str, user: User | None) -> tuple[dict[str, str], dict[str, str]]:
    """The headers and cookies that an actor comes with."""
    if user is None:
        return {}, {}
    if code in SYSTEMS:
        every = " ".join(get_scopes_backend().get_all_scopes())
        system_client(user, "" if code == "sy0" else every)
        AccessToken.objects.update(expires=timezone.now() + timedelta(days=1))
        return {"Authorization": f"Bearer token-{user.reference}"}, {}
    client = Client()
    client.force_login(user)
    return {}, {name: morsel.value for name, morsel in client.cookies.items()}


def address_of(route: Route, things: Things, instead: Mapping[str, object] | None = None) -> str:
    """Raises AssertionError when the world holds nothing for a parameter of the route."""
    return reverse(
        route.name,
        kwargs={
            parameter.name: (instead or {}).get(parameter.noun) or _thing(route, parameter, things)
            for parameter in route.parameters
        },
    )


def _thing(route: Route, parameter: Parameter, things: Things) -> object:
    for key in (parameter.name, parameter.noun):
        if key in things.by_noun:
            return things.by_noun[key]
    raise AssertionError(
        f"{route.name}: what stands for <{parameter.name}> after “{parameter.noun}/”? "
        "Make one in tests/access/matrix/world.py and name it in `by_noun`."
    )


def missing(route: Route) -> dict[str, object]:
    """References that lead to nothing, for each noun of the route that has them."""
    return {
        parameter.noun: uuid4() for parameter in route.parameters if parameter.converter == "uuid"
    }


def alike(body: str) -> str:
    """The answer without what differs between any two: its number, its address, its nonces."""
    body = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "REFERENCE", body)
    body = re.sub(r"\b[0-9A-F]{4}-[0-9A-F]{4}\b", "NUMBER", body)
    return _TOKEN.sub("", body)


def _cell(response: HttpResponseBase) -> str:
    if response.status_code in (301, 302, 303):
        to_login = response.headers["Location"].startswith(reverse(settings.LOGIN_URL))
        return TO_LOGIN if to_login else DONE
    return str(response.status_code)


@contextmanager
def forgotten() -> Iterator[None]:
    """What is done within never was."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


@contextmanager
def _tables_written() -> Iterator[set[str]]:
    """The tables that statements within would change, whether or not they found a row."""
    tables: set[str] = set()

    def listen(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        tables.update(_WRITE.findall(str(sql)))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield tables
