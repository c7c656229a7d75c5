"""What only a browser can see: accessibility, widths, keys, focus, and life without script."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from housingfirst.access.enums import Role
from tests.access.factories import make_user
from tests.browsing import WIDTHS, complaints, log_in, sideways, violations

pytestmark = pytest.mark.browser

PASSWORD = "kaffe med mælk og sukker"


@pytest.fixture
def address(live_server: LiveServer, settings: Settings) -> str:
    settings.DEBUG = True  # the gallery
    return str(live_server.url)


@pytest.fixture
def email(transactional_db: None) -> str:
    user = make_user(Role.ADVISER, name="Line Aagaard")
    user.set_password(PASSWORD)
    user.save()
    return user.email


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="da")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", ["/ui/gallery/?fejl", "/help/"])
def test_pages_are_accessible_at_every_width(
    page: Page, address: str, email: str, path: str
) -> None:
    log_in(page, address, email, PASSWORD)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address + path)
        assert sideways(page) == 0, width
        assert violations(page) == [], width


def test_the_browser_has_nothing_to_complain_about(page: Page, address: str, email: str) -> None:
    said = complaints(page)
    log_in(page, address, email, PASSWORD)
    for path in ("/ui/gallery/?fejl", "/help/"):
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
    assert said == []


@pytest.mark.parametrize("width", [1440, 320])
def test_the_login_page_is_accessible(page: Page, address: str, width: int, email: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}/login/")
    assert (sideways(page), violations(page)) == (0, [])
    page.click("button.button-primary")
    expect(page.locator("[data-errors]")).to_be_focused()
    assert (sideways(page), violations(page)) == (0, [])


def test_the_gallery_is_accessible_in_english_and_with_menus_open(
    page: Page, address: str, email: str
) -> None:
    log_in(page, address, email, PASSWORD)
    page.click(".user > summary")
    page.click("button[value=en]")
    page.goto(f"{address}/ui/gallery/")
    page.click(".user > summary")
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 900})
    page.click(".mere summary")
    assert (sideways(page), violations(page)) == (0, [])


def test_keys(page: Page, address: str, email: str) -> None:
    log_in(page, address, email, PASSWORD)
    page.goto(f"{address}/ui/gallery/")
    page.keyboard.press("j")
    expect(page.locator("a.plain", has_text="Preben Skaarup Dall")).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".wl a.plain")).to_be_focused()
    page.keyboard.press("u")
    expect(page.locator("#su")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".wl details.more > summary")).to_be_focused()
    expect(page.locator("#su")).not_to_be_visible()
    page.keyboard.press("k")
    page.keyboard.press("?")
    page.wait_for_url("**/help/")


def test_keys_can_be_switched_off(page: Page, address: str, email: str) -> None:
    log_in(page, address, email, PASSWORD)
    page.goto(f"{address}/help/")
    page.click("text=Slå genveje fra")
    expect(page.locator("#result")).to_contain_text("Genvejene er slået fra.")
    page.keyboard.press("j")
    page.keyboard.press("?")
    expect(page.locator("body")).to_have_attribute("data-keys", "off")


def test_the_skip_link_leads_to_the_content(page: Page, address: str) -> None:
    page.goto(f"{address}/ui/gallery/")
    page.keyboard.press("Tab")
    expect(page.locator(".skipnav")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.url.endswith("#indhold")


def test_a_typed_day_is_said_back(page: Page, address: str) -> None:
    page.goto(f"{address}/ui/gallery/")
    page.fill("#id_left_on", "24-12-2025")
    page.press("#id_left_on", "Tab")
    expect(page.locator("#id_left_on_echo")).to_have_text("onsdag 24. december 2025")
    expect(page.locator("#id_left_on")).not_to_be_focused()


def test_the_current_tab_is_in_sight_on_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"{address}/ui/gallery/")
    expect(page.locator(".tabs [aria-current]")).to_be_in_viewport()


def test_the_whole_shell_works_without_script(browser: Browser, address: str, email: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="da")
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 900})
    log_in(page, address, email, PASSWORD)
    page.click(".mere summary")
    page.click(".mere .pop a[href='/help/']")
    page.click(".user > summary")
    page.click("button[value=en]")
    expect(page.locator("h1")).to_have_text("Help and shortcuts")
    page.click(".user > summary")
    page.click("text=Log out")
    page.wait_for_url("**/login/**")
    context.close()


def test_a_second_press_sends_nothing(page: Page, address: str) -> None:
    page.goto(f"{address}/login/")
    sent: list[str] = []

    def answer(route: Route) -> None:
        sent.append(route.request.url)
        route.fulfill(status=204)  # the browser stays on the page

    page.route("**/login/", answer)
    page.fill("[name=username]", "a@example.org")
    page.fill("[name=password]", "x")
    page.click("button.button-primary", click_count=2)
    button = page.locator("button.button-primary")
    expect(button).to_have_attribute("aria-busy", "true")
    expect(button).to_have_text("Logger ind …")
    assert len(sent) == 1
