"""What the log names in code has words for people."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

from housingfirst.access.what import detail_name, named, what_name

ROOT = Path(__file__).parent.parent.parent
APPS = ("housingfirst", "cases", "housing", "support", "crosssector")
WRITERS = {"log", "log_search"}
OURS = {*APPS, "access", "deadlines", "imports"}


def codes() -> Iterator[str]:
    """Every literal `what=` of a call that writes to the log, and of a `Denied`."""
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                    continue
                said = [word.value for word in node.keywords if word.arg == "what"]
                if node.func.id == "Denied":
                    said = node.args[:1]
                elif node.func.id not in WRITERS:
                    continue
                yield from (str(one.value) for one in said if isinstance(one, ast.Constant))


def test_every_entry_is_spoken_of_in_words() -> None:
    found = set(codes())

    assert {"case", "case_list", "membership"} <= found
    assert found - named() == set()


def test_every_page_that_can_be_refused_has_words() -> None:
    """A refused page is logged by its address' name (PermissionDenied)."""

    def names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from names(pattern.url_patterns, pattern.namespace or space)
            elif space in OURS:
                yield pattern.name or ""

    public = {"login", "logout", "password_set", "password_done", ""}
    unnamed = {name for name in names(get_resolver().url_patterns) if name not in named()}
    assert unnamed - public == set()


@pytest.mark.parametrize(
    ("code", "words"),
    [("cases:case_list", "listen over borgere"), ("never_heard_of", "never heard of")],
)
def test_a_page_is_named_by_what_it_shows(code: str, words: str) -> None:
    with translation.override("da"):
        assert what_name(code) == words


def test_what_was_searched_for_is_not_shown() -> None:
    assert detail_name("hmac:0123456789abcdef") == ""
    assert detail_name("anything else") == "anything else"
