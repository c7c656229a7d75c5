"""A person at their desk: opens pages, fills in what the form shows, presses its button."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser

from django.test import Client
from time_machine import Traveller

from housingfirst.access.models import User
from housingfirst.law.days import COPENHAGEN
from tests.reading import read


@dataclass(slots=True)
class Form:
    """A form as the page shows it: where it is sent, and what it holds."""

    action: str
    values: dict[str, list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    """Of every field and button, also of those that would not be sent as they stand."""


class Forms(HTMLParser):
    """The POST forms of a page with the values a browser would send."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._by_id: dict[str, Form] = {}
        self._select: tuple[Form, str] | None = None
        self._text: tuple[Form, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag == "form":
            self._form = Form(given.get("action") or self.address)
            if given.get("method", "").lower() == "post":
                self.forms.append(self._form)
            if "id" in given:
                self._by_id[given["id"]] = self._form
        form = self._by_id.get(given["form"]) if "form" in given else self._form
        name = given.get("name", "")
        if form is None:
            return
        if tag == "option" and self._select is not None:
            owner, select = self._select
            if "selected" in given or select not in owner.values:
                owner.values[select] = [given.get("value", "")]
            return
        if not name or "disabled" in given:
            return
        form.names.add(name)
        if tag == "select":
            self._select = (form, name)
        elif tag == "textarea":
            form.values[name] = [""]
            self._text = (form, name)
        elif tag == "input":
            kind = given.get("type", "text")
            if kind in {"checkbox", "radio"}:
                if "checked" in given:
                    form.values.setdefault(name, []).append(given.get("value", "on"))
            elif kind != "submit":
                form.values.setdefault(name, []).append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._text = None

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            form, name = self._text
            form.values[name] = [form.values[name][0] + data]


@dataclass(slots=True)
class Desk:
    """One logged-in person, at the moments the journey names."""

    user: User
    clock: Traveller
    client: Client = field(default_factory=Client)

    def at(self, day: str, time: str = "9.00") -> Desk:
        """Arrive at the desk then, as "2026-08-03" and "22.40" in Copenhagen, and log in."""
        moment = datetime.strptime(f"{day} {time}", "%Y-%m-%d %H.%M").replace(tzinfo=COPENHAGEN)
        self.clock.move_to(moment, tick=False)
        self.client.force_login(self.user)
        return self

    def opens(self, address: str) -> str:
        """The page's text and tags."""
        answer = self.client.get(address)
        assert answer.status_code == 200, f"{address} answered {answer.status_code}"
        return read(answer)

    def fills_in(self, address: str, *, sends_to: str = "", **typed: str | list[str]) -> str:
        """Send the page's form, its own values kept where nothing is typed; the next page.

        `sends_to` is a part of the form's address when the page has several.
        """
        page = self.client.get(address)
        assert page.status_code == 200, f"{address} answered {page.status_code}"
        parser = Forms(address)
        parser.feed(page.content.decode())
        fitting = [
            form for form in parser.forms if sends_to in form.action and form.names >= set(typed)
        ]
        assert fitting, f"{address} has no such form: {[form.names for form in parser.forms]}"
        form = fitting[0]
        answer = self.client.post(form.action, form.values | typed, follow=True)
        assert answer.redirect_chain, f"{form.action} refused: {problems(read(answer))}"
        assert answer.status_code == 200
        return read(answer)


def problems(html: str) -> list[str]:
    """The sentences of a refused form."""
    return [part.split("<")[0] for part in re.split('error-message"[^>]*>', html)[1:]]
