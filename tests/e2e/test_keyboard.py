"""The main path without a mouse: Tab, Enter, Space, arrows and Escape, from login to a visit."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from housing.models import HousingReferral, Offer, Stay
from housingfirst.access.models import User
from support.models import Visit
from tests.browsing import complaints
from tests.e2e.town import PASSWORD, make_town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CITIZEN = "Alma Prøve Lund"

STOP = """() => {
  const at = document.activeElement, label = at.labels && at.labels[0];
  const ring = (node, part) => {
    const style = getComputedStyle(node, part);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  const drawn = getComputedStyle(at).opacity === "0" && label ? label : at;
  const box = drawn.getClientRects()[0];
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 9));
  return {
    said: (at.name || "") + " " + (at.innerText || at.getAttribute("aria-label") || "").trim(),
    ring: ring(drawn) || Boolean(label) && (ring(label) || ring(label, "::before")),
    is_end: at === document.body,
    bare: Boolean(top) && (drawn.contains(top) || top.contains(drawn)),
  };
}"""
"""Where the focus is, whether it is drawn, and whether something lies over it."""


class Keys:
    """A person with a keyboard. Every stop on the way must be seen."""

    def __init__(self, browser: Browser, address: str, user: User) -> None:
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="da")
        self.page: Page = context.new_page()
        self.page.set_default_timeout(8_000)
        self.said = complaints(self.page)
        self.page.goto(f"{address}/login/")
        self.write(user.email)  # the first field has the focus already
        self.tab_to("password")
        self.write(PASSWORD)
        with self.page.expect_navigation():
            self.press("Enter")

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        self.press("Control+A")
        self.page.keyboard.insert_text(text)

    def stop(self) -> dict[str, Any]:
        found: dict[str, Any] = self.page.evaluate(STOP)
        return found

    def tab_to(self, wanted: str, *, within: int = 80) -> None:
        """Tab until the focus is on the field or the words `wanted`, seen at each stop."""
        for _ in range(within):
            self.press("Tab")
            stop = self.stop()
            if stop["is_end"]:
                continue
            assert stop["ring"], f"no focus is drawn on {stop['said']!r}"
            assert stop["bare"], f"something covers {stop['said']!r}"
            if re.search(rf"\b{wanted}\b", stop["said"]):
                return
        raise AssertionError(f"{wanted!r} is not within {within} stops; last: {stop['said']!r}")

    def skip_to_content(self) -> None:
        self.press("Tab")
        assert "Gå til indhold" in self.stop()["said"]
        self.press("Enter")

    def enter(self) -> None:
        """Press the link or button and wait for the page, or the part of it, that follows."""
        self.page.evaluate(
            "window.before = true;"
            "document.addEventListener('htmx:afterSettle', () => { window.before = false; })"
        )
        self.press("Enter")
        self.page.wait_for_function("() => !window.before && document.readyState === 'complete'")

    def heard(self) -> str:
        """The heading or message that has the focus after a part of the page was changed."""
        text: str = self.page.evaluate("document.activeElement.innerText")
        return text


def test_the_main_path_without_a_mouse(browser: Browser, live_server: LiveServer) -> None:
    town = make_town()

    night = Keys(browser, live_server.url, town.night_worker)
    night.tab_to("Bjarne Odde")
    menu = night.page.locator("details.user")
    night.press("Enter")
    expect(menu).to_have_attribute("open", "")
    night.tab_to("Log ud", within=4)
    night.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    assert "Bjarne Odde" in night.stop()["said"]

    # Admit: errors take the focus, each leads to its field, and what was typed stays.
    night.page.reload()
    night.skip_to_content()
    night.tab_to("Indskriv", within=3)
    night.press("Enter")
    night.tab_to("cpr", within=1)
    night.write("300280-0001")
    night.tab_to("name")
    night.write(CITIZEN)
    night.tab_to("route")
    night.press("ArrowRight")
    night.tab_to("Indskriv")
    with night.page.expect_response(lambda response: response.status == 422):
        night.press("Enter")
    night.page.wait_for_function("() => document.activeElement.matches('[data-errors]')")
    night.tab_to("Hvorfor nu?", within=1)
    night.press("Enter")
    assert night.stop()["said"].startswith("reason")
    night.write("Har sovet i en opgang siden i går.")
    night.tab_to("Indskriv")
    night.enter()
    expect(night.page.get_by_role("link", name=CITIZEN).first).to_be_visible()
    stay = Stay.objects.get()
    assert stay.route == "municipality"

    # Refer: the tabs of the case are links, and the changed page is heard.
    night.tab_to(CITIZEN)
    night.enter()
    night.skip_to_content()
    night.tab_to("Bolig")
    night.enter()
    assert night.heard() == "Bolig"
    night.tab_to("Indstil til bolig")
    night.enter()
    night.tab_to("wish_words")
    night.write("Min egen dør. Gerne ved havnen.")
    night.tab_to("toggle")
    night.press("Space")
    night.tab_to("act")
    night.enter()
    assert HousingReferral.objects.filter(status="waiting").exists()

    # Offer: a choice in one pane moves the focus to the next.
    peter = Keys(browser, live_server.url, town.allocator)
    peter.skip_to_content()
    peter.tab_to("Fjordbo")
    peter.enter()
    assert peter.heard().startswith("Ventende til")
    peter.tab_to(CITIZEN)
    peter.enter()
    assert CITIZEN in peter.heard()
    peter.tab_to("Giv Alma tilbuddet")
    peter.enter()
    assert Offer.objects.filter(status="live").exists()

    # Visit: by the arrows, and Enter on the one button.
    worker = Keys(browser, live_server.url, town.support_worker)
    worker.tab_to("Borgere")
    worker.enter()
    worker.skip_to_content()
    worker.tab_to(CITIZEN)
    worker.enter()
    worker.skip_to_content()
    worker.tab_to("Besøg")
    worker.enter()
    worker.tab_to("outcome")
    worker.press("ArrowRight")
    worker.tab_to("sentence")
    worker.write("Aftalte at ses ved bussen.")
    worker.tab_to("Gem besøg")
    worker.enter()
    visit = Visit.objects.get()
    assert (visit.outcome, visit.sentence) == ("phone", "Aftalte at ses ved bussen.")
    said = [*night.said, *peter.said, *worker.said]
    assert [line for line in said if "422" not in line] == []
