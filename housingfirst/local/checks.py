"""`make check`: what a change must pass besides its tests. All of it runs; failures are shown."""

from __future__ import annotations

import base64
import difflib
import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from housingfirst.local.places import PROJECT

SCHEMA = PROJECT / "docs" / "api" / "openapi.yaml"
MOST_LINES = 80
TEST_SETTINGS = {"DJANGO_SETTINGS_MODULE": "housingfirst.settings.test"}


class Failed(Exception):
    """A check found something; the text says what."""


def main() -> int:
    """Run every check, two at a time; 1 when one failed."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        running = {name: pool.submit(_timed, check) for name, check in CHECKS.items()}
        failures = {}
        for name, future in running.items():
            failure, seconds = future.result()
            print(f"{'ok  ' if failure is None else 'FAIL'} {name} ({seconds:.1f} s)", flush=True)
            if failure is not None:
                failures[name] = failure
    for name, failure in failures.items():
        lines = failure.strip().splitlines()
        more = [f"… and {len(lines) - MOST_LINES} lines more"] if len(lines) > MOST_LINES else []
        print(f"\n── {name}", *lines[:MOST_LINES], *more, sep="\n")
    print(f"\n{len(CHECKS) - len(failures)} checks passed, {len(failures)} failed.")
    return 1 if failures else 0


def _timed(check: Callable[[], None]) -> tuple[str | None, float]:
    start = time.monotonic()
    try:
        check()
    except Failed as failure:
        return str(failure) or "It failed without a word.", time.monotonic() - start
    return None, time.monotonic() - start


def _run(command: Sequence[str], env: Mapping[str, str] | None = None) -> str:
    """Run a module or script with this Python; its output. Raises Failed with it."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=PROJECT,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Failed(done.stdout)
    return done.stdout


def module(*command: str) -> Callable[[], None]:
    """A check that runs `python -m …`."""

    def check() -> None:
        _run(["-m", *command])

    return check


def imports() -> None:
    """The layers of pyproject.toml hold."""
    _run(["-c", "from importlinter.cli import lint_imports_command as lint; lint()"])


def migrations() -> None:
    """No model has changed without its migration."""
    # No database is asked: Django warns that it could not compare the migrations with one.
    _run(
        ["-W", "ignore::RuntimeWarning", "manage.py", "makemigrations", "--check", "--dry-run"],
        TEST_SETTINGS,
    )


def deployment() -> None:
    """Django's own list for production finds nothing, with secrets made up for the moment."""
    _run(
        ["manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        {
            "DJANGO_SETTINGS_MODULE": "housingfirst.settings.production",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "CPR_ENCRYPTION_KEYS": f"1:{_key()}",
            "CPR_INDEX_KEY": _key(),
            "ALLOWED_HOSTS": "bolig.example",
            "DATABASE_URL": "postgresql://user:password@database.example/housingfirst",
            "REDIS_URL": "redis://broker.example:6379/0",
            "EMAIL_URL": "smtp://user:password@mail.example:587",
        },
    )


def schema() -> None:
    """docs/api/openapi.yaml says what the API does today."""
    with tempfile.TemporaryDirectory() as scratch:
        fresh = Path(scratch) / "openapi.yaml"
        options = ["--validate", "--fail-on-warn", "--file", str(fresh)]
        _run(["manage.py", "spectacular", *options], TEST_SETTINGS)
        new = fresh.read_text().splitlines()
    old = SCHEMA.read_text().splitlines() if SCHEMA.exists() else []
    if old != new:
        changed = list(difflib.unified_diff(old, new, "committed", "today", lineterm="", n=1))
        raise Failed("\n".join([*changed[:60], "Write it with `make schema`."]))


def vulnerabilities() -> None:
    """No package is known to be vulnerable, as far as the database of advisories answers."""
    try:
        _run([
            *("-m", "pip_audit", "--requirement", "requirements/dev.txt", "--require-hashes"),
            *("--disable-pip", "--format", "json", "--progress-spinner", "off", "--timeout", "20"),
        ])  # fmt: skip
    except Failed as failure:
        found = _advisories(str(failure))
        if found is None:
            print("     pip-audit: the database of advisories does not answer; not checked.")
        elif found:
            raise Failed("\n".join(found)) from None


def _advisories(output: str) -> list[str] | None:
    """One line for each known vulnerability; None when the output holds no result."""
    for line in output.splitlines():
        if line.startswith("{"):
            return [
                f"{package['name']} {package['version']}: {known['id']}, mended in "
                f"{', '.join(known['fix_versions']) or 'no version yet'}"
                for package in json.loads(line)["dependencies"]
                for known in package.get("vulns", [])
            ]
    return None


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


# The slow ones first, so that two at a time end together.
CHECKS: dict[str, Callable[[], None]] = {
    "types (mypy)": module("mypy"),
    "advisories (pip-audit)": vulnerabilities,
    "format (ruff)": module("ruff", "format", "--check", "."),
    "style (ruff)": module("ruff", "check", "."),
    "imports (lint-imports)": imports,
    "templates (djlint)": module("djlint", "templates", "--lint", "--quiet"),
    "migrations": migrations,
    "production settings": deployment,
    "API description": schema,
    "Danish texts": module("housingfirst.ui.messages", "check"),
    "rules in docs/law": module("housingfirst.law.handbook", "check"),
}


if __name__ == "__main__":
    sys.exit(main())
