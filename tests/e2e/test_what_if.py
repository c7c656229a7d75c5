"""What another discharge would cost: asked beside the lines, answered without leaving the page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from housing.models import ReimbursementClock
from tests.crosssector.reimbursement.factories import make_place
from tests.e2e.test_reimbursement import Desks

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1440, 390])
def test_what_a_later_discharge_costs(
    browser: Browser, live_server: LiveServer, width: int
) -> None:
    """A week over the limit and support decided too late; then the same asked wrongly."""
    place, today = make_place(name="Fjordby"), timezone.localdate()
    stay = place.stay(today - timedelta(days=40), None)
    limit = ReimbursementClock.objects.get(stay=stay).last_refundable_on
    later = limit + timedelta(days=8)
    desks = Desks(browser, live_server, width)
    page = desks.of(place.hanne)
    desks.opens(page, "housing:reimbursement", stay.case.reference)
    panel = page.locator("#what-if")

    panel.get_by_label("Udskrevet").fill(f"{later:%d-%m-%Y}")
    panel.get_by_text("efter udskrivning").click()
    panel.get_by_label("Støtte pr. måned").fill("12.000")
    panel.get_by_role("button", name="Regn").click()

    expect(panel).to_contain_text("Dyrere end planen")
    expect(panel).to_contain_text("1 nat med refusion")
    expect(panel).to_contain_text("7 nætter uden refusion")
    expect(panel).to_contain_text("§ 85 a uden refusion i 24 måneder".replace(" ", "\u00a0", 1))
    expect(panel).to_contain_text("144.000,00")
    assert "if-discharged_on" in page.url
    desks.seen(page)

    panel.get_by_label("Udskrevet").fill("i forgårs")
    panel.get_by_role("button", name="Regn").click()
    expect(panel).to_contain_text("før der kan regnes")
    expect(panel.get_by_label("Støtte pr. måned")).to_have_value("12.000")
    desks.seen(page)
    assert desks.said == []
