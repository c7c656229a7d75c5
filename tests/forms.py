"""The forms of a page, as a browser would find and send them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin


@dataclass(slots=True)
class Form:
    """A form as the page shows it: where it is sent, and what it holds."""

    action: str
    values: dict[str, list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    """Of every field and button, also of those that would not be sent as they stand."""
    texts: set[str] = field(default_factory=set)
    """Of the fields that take any text, passwords apart."""


TYPED = frozenset({"text", "search", "tel", "email", "number", "url"})


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
            self._form = Form(urljoin(self.address, given.get("action", "")))
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
            form.texts.add(name)
            self._text = (form, name)
        elif tag == "input":
            kind = given.get("type", "text")
            if kind in {"checkbox", "radio"}:
                if "checked" in given:
                    form.values.setdefault(name, []).append(given.get("value", "on"))
            elif kind != "submit":
                if kind in TYPED:
                    form.texts.add(name)
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


def forms_of(address: str, html: str) -> list[Form]:
    """The POST forms of the page at `address`."""
    parser = Forms(address)
    parser.feed(html)
    return parser.forms
