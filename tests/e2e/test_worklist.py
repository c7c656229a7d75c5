"""A thing is given to a colleague, a plan closes it, and a calendar follows: in a real browser."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from cases.casework.models import Case
from housingfirst.access.models import User
from housingfirst.deadlines.models import Deadline
from tests.browsing import complaints, log_in, sideways, violations
from tests.cases.factories import make_citizen
from tests.e2e.town import PASSWORD, make_town
from tests.housing.factories import make_stay

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CITIZEN = "Sanne Prøve Thorlund"


@pytest.mark.parametrize("width", [1440, 390])
def test_given_to_a_colleague_and_followed_in_a_calendar(
    browser: Browser, live_server: LiveServer, width: int
) -> None:
    cache.clear()
    town = make_town()
    stay = make_stay(
        shelter=town.shelter,
        citizen=make_citizen(name=CITIZEN),
        municipality=town.team.municipality,
        admitted_on=timezone.localdate() - timedelta(days=29),
    )
    Case.objects.filter(pk=stay.case_id).update(adviser=town.adviser)
    Deadline.objects.filter(case=stay.case, unit=town.team).update(person=town.adviser)
    plan = Deadline.objects.get(kind="shelter_plan", case=stay.case)
    said: list[str] = []

    def desk_of(user: User) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, locale="da")
        page = context.new_page()
        page.set_default_timeout(15_000)
        said.extend(complaints(page))
        log_in(page, live_server.url, user.email, PASSWORD)
        return page

    def opened(page: Page, name: str, *args: object) -> Page:
        page.goto(live_server.url + reverse(name, args=args))
        assert sideways(page) == 0, name
        assert violations(page) == [], name
        return page

    adviser, worker = desk_of(town.adviser), desk_of(town.support_worker)

    # The overview says what the way out still asks for.
    opened(adviser, "cases:case_detail", stay.case.reference)
    expect(adviser.get_by_role("heading", name="Plan bagud fra")).to_be_visible()

    # Given to the support worker, it is on their list with from whom and why.
    opened(adviser, "deadlines:give", plan.reference)
    adviser.get_by_label("Hvem tager den?").select_option(label=town.support_worker.name)
    adviser.get_by_label("Hvorfor? (ét ord er nok)").fill("ferie")
    adviser.get_by_role("button", name="Giv den videre").click()
    adviser.wait_for_url("**/my-day/")
    opened(worker, "deadlines:my_day")
    expect(worker.get_by_text(f"Givet til dig af {town.adviser.name}")).to_be_visible()
    expect(worker.get_by_text("ferie")).to_be_visible()

    # Their calendar follows by a link that names nobody, and ends when they end it.
    opened(worker, "deadlines:outlets")
    worker.get_by_role("button", name="Lav et link").click()
    link = worker.get_by_label("Linket", exact=True).first.input_value()
    feed = worker.context.request.get(link)
    assert feed.status == 200
    assert "BEGIN:VEVENT" in feed.text()
    assert "Sanne" not in feed.text()
    opened(worker, "deadlines:outlets")
    worker.get_by_role("button", name="Luk linket").click()
    assert worker.context.request.get(link).status == 404

    # The plan is registered, and the thing is done on both lists.
    opened(adviser, "cases:plan_create", stay.case.reference)
    adviser.get_by_text("Handleplan § 142").click()
    adviser.get_by_label("Hovedpunkter").fill("Egen bolig med støtte fra første dag.")
    adviser.get_by_role("button", name="Registrér", exact=True).click()
    adviser.wait_for_url("**/plans/")
    opened(worker, "deadlines:my_day")
    expect(worker.get_by_text("Givet til dig af")).to_have_count(0)
    assert said == []
