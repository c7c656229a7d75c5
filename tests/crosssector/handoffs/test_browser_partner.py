"""What only a browser can see of the partner's pages."""

from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from crosssector.handoffs import services
from housingfirst.access.models import User
from tests.access.factories import make_unit
from tests.browsing import WIDTHS, complaints, log_in, sideways, violations
from tests.cases.factories import make_case, make_citizen
from tests.crosssector.factories import make_benefits_office, make_handoff, make_partner
from tests.support.factories import make_adviser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "kaffe med mælk og sukker"
LONG_NAME = "Alexandrine-Margrethe Wilhelmina Overgaard-Kristoffersen Holm"
LARGE = Decimal("9999999.99")


def with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


def test_both_sides_are_accessible_at_every_width(
    browser: Browser, live_server: LiveServer
) -> None:
    unit = make_unit(name="Team Bolig")
    office = make_benefits_office(municipality=unit.municipality)
    partner = with_password(make_partner(office))
    case = make_case(unit=unit, citizen=make_citizen(name=LONG_NAME, cpr="150583-4008"))
    adviser = with_password(make_adviser(case))
    first = make_handoff(case=case, to_unit=office, amount_dkk=LARGE, text="Æ" * 400)
    services.handoff_refuse(handoff=first, text="Har selv midler. " * 30, actor=partner)
    asked = make_handoff(case=case, to_unit=office, amount_dkk=LARGE, actor=adviser)
    task = reverse("crosssector:handoff_task", args=[asked.reference])
    pages = {
        partner: [
            reverse("crosssector:handoff_inbox"),
            reverse("crosssector:handoff_answered"),
            task,
            f"{task}?act=refuse",
        ],
        adviser: [
            reverse("crosssector:handoff_tab", args=[case.reference]),
            reverse("crosssector:handoff_ask", args=[case.reference]),
        ],
    }
    for user, paths in pages.items():
        context = browser.new_context(locale="da")
        page = context.new_page()
        said = complaints(page)
        log_in(page, live_server.url, user.email, PASSWORD)
        for path in paths:
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                page.goto(live_server.url + path)
                assert sideways(page) <= 0, (path, width)
            assert said == [], path
            assert violations(page) == [], path
            page.set_viewport_size({"width": 1440, "height": 900})
            assert violations(page) == [], path
            said.clear()  # axe itself tries what the security policy refuses
        context.close()


def test_a_partner_grants_by_keyboard_alone(browser: Browser, live_server: LiveServer) -> None:
    office = make_benefits_office()
    unit = make_unit(municipality=office.municipality)
    handoff = make_handoff(case=make_case(unit=unit), to_unit=office)
    partner = with_password(make_partner(office))
    page = browser.new_page()
    log_in(page, live_server.url, partner.email, PASSWORD)
    page.goto(live_server.url + reverse("crosssector:handoff_inbox"))

    page.get_by_role("button", name="Bevilg 21.900").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("Bevilget: 21.900")).to_be_visible()
    handoff.refresh_from_db()
    assert handoff.status == "granted"
    page.close()
