"""The project's own lint: what no tool knows about us."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

PROJECT = Path(__file__).resolve().parent.parent
PACKAGES = ("housingfirst", "cases", "housing", "support", "crosssector", "benchmarks")
TEMPLATES = sorted((PROJECT / "templates").rglob("*.html"))
SOURCES = sorted(path for name in PACKAGES for path in (PROJECT / name).rglob("*.py"))

# Set by others for their own reasons, and read as such.
FOREIGN = {"MAKELEVEL", "PYTHONDONTWRITEBYTECODE"}

# Printed by WeasyPrint and never sent to a browser.
PRINTED = {PROJECT / "templates" / "components" / "letter.html"}


def named(path: Path) -> str:
    return str(path.relative_to(PROJECT))


# ── environment variables ───────────────────────────────────────────────────────────────────────


def example() -> set[str]:
    lines = (PROJECT / ".env.example").read_text().splitlines()
    return {line.partition("=")[0] for line in lines if line and not line.startswith("#")}


def read_in(path: Path) -> Iterator[str]:
    """The names given to `env.text("…")`, `os.environ.get("…")`, `os.environ["…"]` and the like."""
    for node in ast.walk(ast.parse(path.read_text())):
        owner, name = None, None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            owner, name = ast.unparse(node.func.value), node.args[0]
        elif isinstance(node, ast.Subscript):
            owner, name = ast.unparse(node.value), node.slice
        elif isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In):
            owner, name = ast.unparse(node.comparators[0]), node.left
        if owner in {"env", "os.environ"} and isinstance(name, ast.Constant):
            yield str(name.value)


def test_every_variable_that_is_read_is_in_the_example_and_no_other() -> None:
    read = {name for path in SOURCES for name in read_in(path)} - FOREIGN
    compose = set(re.findall(r"\$\{(\w+)", (PROJECT / "docker-compose.yml").read_text()))
    assert read | compose == example()


def test_no_secret_is_in_the_example() -> None:
    for line in (PROJECT / ".env.example").read_text().splitlines():
        name, _, value = line.partition("=")
        if re.search("KEY|PASSWORD|TOKEN|URL", name) and not line.startswith("#"):
            assert value == "", name


# ── docker-compose.yml ──────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    parsed: dict[str, Any] = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())
    return parsed


def test_compose_has_every_service_and_they_wait_for_each_other(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert set(services) == {"migrate", "web", "worker", "beat", "db", "broker", "proxy"}
    for name, service in services.items():
        for other, how in service.get("depends_on", {}).items():
            assert other in services, name
            if how["condition"] == "service_healthy":
                assert "healthcheck" in services[other], f"{name} waits for {other}"
    named_volumes = {
        volume.partition(":")[0] for service in services.values() for volume in service["volumes"]
    }
    assert {name for name in named_volumes if not name.startswith(".")} == set(compose["volumes"])


def test_compose_hands_production_all_it_requires(compose: dict[str, Any]) -> None:
    production = (PROJECT / "housingfirst" / "settings" / "production.py").read_text()
    required = set(re.findall(r'env\.required\(\s*"(\w+)"', production))
    assert required
    for name in ("migrate", "web", "worker", "beat"):
        assert required <= set(compose["services"][name]["environment"]), name


# ── templates ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", sorted({*TEMPLATES} - PRINTED), ids=named)
def test_template_obeys_the_content_security_policy(path: Path) -> None:
    text = re.sub(r"{% comment %}.*?{% endcomment %}|{#.*?#}", "", path.read_text(), flags=re.S)
    tags = re.findall(r"<[a-zA-Z](?:{{.*?}}|{%.*?%}|[^<>])*>", text, flags=re.S)
    for tag in (re.sub(r"{{.*?}}|{%.*?%}", "", tag, flags=re.S) for tag in tags):
        assert not re.search(r"\sstyle\s*=", tag), f"style attribute: {tag}"
        assert not re.search(r"\son\w+\s*=", tag), f"event attribute: {tag}"
        assert "javascript:" not in tag.lower(), tag
        assert not re.match(r"<script(?![^>]*\ssrc=)(?![^>]*\snonce=)", tag), f"inline: {tag}"
        assert not re.match(r"<style(?![^>]*\snonce=)", tag), f"inline: {tag}"


def test_every_template_is_used() -> None:
    haystack = "\n".join(
        path.read_text() for path in [*SOURCES, *TEMPLATES, *(PROJECT / "tests").rglob("*.py")]
    )
    by_django = {"404.html", "500.html"}
    # A name may be put together, so its last part counts.
    unused = [
        path for path in TEMPLATES if path.stem not in haystack and path.name not in by_django
    ]
    assert unused == []


# ── code ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_nothing_is_left_for_later(path: Path) -> None:
    assert not re.findall(r"\b(?:TODO|FIXME|XXX)\b|NotImplementedError", path.read_text())


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_exceptions_from_the_checkers_say_why(path: Path) -> None:
    above = ""
    for line in path.read_text().splitlines():
        found = re.search(r"#\s*(?:type:\s*ignore|noqa)(?:[:\[][\w\-, ]+\]?)?(.*)", line)
        assert not found or found[1].strip() or above.lstrip().startswith("#"), line
        above = line


def test_locked_packages_name_no_index() -> None:
    for path in (PROJECT / "requirements").glob("*.txt"):
        text = path.read_text()
        assert "--hash=sha256:" in text
        assert not re.search(r"--(?:extra-)?index-url|--find-links|https?://|file:", text), (
            path.name
        )


def test_locked_packages_agree_with_each_other() -> None:
    pins: dict[str, str] = {}
    for name in ("dev", "embedded", "base"):
        text = (PROJECT / "requirements" / f"{name}.txt").read_text()
        for package, version in re.findall(r"^([\w.-]+)==(\S+)", text, flags=re.M):
            assert pins.setdefault(package, version) == version, package
