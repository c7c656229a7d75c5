"""A real Chromium for tests: how it is started, and what it is asked.

Used by the `browser` tests of every app: `from tests.browsing import chromium, violations`.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

AXE = Path(__file__).parent / "vendor" / "axe"
WIDTHS = (1440, 1100, 390, 320)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's Chromium. Playwright's loop makes Django suspect an async context: allowed."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
            yield browser
            browser.close()
    finally:
        if before is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
        else:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong (WCAG 2.2 AA and best practice), one line each, in Danish."""
    if not page.evaluate("'axe' in window"):
        page.evaluate((AXE / "axe.min.js").read_text(encoding="utf-8"))
    locale = json.loads((AXE / "da.json").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate(
        "([locale, rules]) => { axe.configure({locale}); return axe.run(document,"
        " {runOnly: rules, preload: false, resultTypes: ['violations']})"
        " .then(result => result.violations); }",
        [locale, RULES],
    )
    return [
        f"{rule['id']}: {rule['help']}: {node['html'][:200]}"
        for rule in found
        for node in rule["nodes"]
    ]


def sideways(page: Page) -> int:
    """How many pixels the page is wider than the window; 0 when nothing scrolls sideways."""
    page.wait_for_load_state()
    width: int = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return width


def complaints(page: Page) -> list[str]:
    """A list that fills with the page's errors, among them what the security policy refused."""
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "console",
        lambda message: said.append(message.text) if message.type in {"error", "warning"} else None,
    )
    return said


def log_in(page: Page, address: str, email: str, password: str) -> None:
    page.goto(f"{address}/login/")
    page.fill("[name=username]", email)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/login/" not in url)
