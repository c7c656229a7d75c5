"""What only a browser can see of support: the visit without network, widths, accessibility."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from cases.casework.models import Case
from housingfirst.access.enums import Role
from housingfirst.access.models import User
from support.enrolments.models import Enrolment
from support.visits.models import Visit
from tests.access.factories import make_unit, make_user
from tests.browsing import log_in
from tests.cases.factories import make_case, make_citizen
from tests.support.factories import make_decision, make_enrolment

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "kaffe med mælk og sukker"
LONG_NAME = "Alexandrine-Margrethe Wilhelmina Overgaard-Kristoffersen Holm"


@pytest.fixture
def case(transactional_db: None) -> Case:
    return make_case(
        unit=make_unit(name="Team Bolig"),
        citizen=make_citizen(name=LONG_NAME),
        opened_on=timezone.localdate() - timedelta(days=200),
    )


@pytest.fixture
def worker(case: Case) -> User:
    user = make_user(Role.HYBRID, case.unit, name="Mads Ryvang")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def enrolment(case: Case, worker: User) -> Enrolment:
    today = timezone.localdate()
    return make_enrolment(
        decision=make_decision(case=case, decided_on=today),
        worker=worker,
        started_on=today - timedelta(days=120),
        phase_1_on=today - timedelta(days=100),
    )


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, worker: User) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="da")
    opened = context.new_page()
    log_in(opened, live_server.url, worker.email, PASSWORD)
    yield opened
    context.close()


def test_a_visit_without_network_is_kept_on_the_page_alone_and_sent_once(
    page: Page, live_server: LiveServer, case: Case, worker: User
) -> None:
    page.goto(live_server.url + reverse("support:visit_create", args=[case.reference]))
    page.get_by_text("Telefon", exact=True).first.click()
    page.fill("[name=sentence]", "Frisk igen.")
    page.context.set_offline(True)

    page.click(".bar-save button")

    expect(page.locator("[data-unsent]")).to_be_visible()
    again = page.locator(".bar-save button")
    expect(again).to_have_text("Send igen")
    expect(page.locator("[name=sentence]")).to_have_value("Frisk igen.")
    stored = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "Frisk" not in stored
    assert LONG_NAME not in stored
    assert page.evaluate("indexedDB.databases().then(found => found.length)") == 0
    assert not Visit.objects.exists()

    page.context.set_offline(False)
    expect(page.locator("[data-back]")).to_be_visible()
    again.click()

    page.wait_for_url(live_server.url + reverse("support:today"))
    visit = Visit.objects.get()
    assert (visit.sentence, visit.outcome, visit.worker) == ("Frisk igen.", "phone", worker)


def test_errors_come_back_into_the_form(page: Page, live_server: LiveServer, case: Case) -> None:
    page.goto(live_server.url + reverse("support:visit_create", args=[case.reference]))
    page.fill("[name=sentence]", "x" * 2_001)

    page.click(".bar-save button")

    expect(page.locator("[data-errors]")).to_be_focused()
    expect(page.locator("[name=sentence]")).to_have_value("x" * 2_001)


def test_only_the_chosen_days_field_is_shown(
    page: Page, live_server: LiveServer, case: Case
) -> None:
    page.goto(live_server.url + reverse("support:visit_create", args=[case.reference]))
    expect(page.locator("[name=other_day]")).to_be_hidden()

    page.get_by_text("Anden dag").click()

    expect(page.locator("[name=other_day]")).to_be_visible()


def test_the_visits_targets_are_60_pixels_and_saving_is_in_reach(
    page: Page, live_server: LiveServer, case: Case
) -> None:
    page.goto(live_server.url + reverse("support:visit_create", args=[case.reference]))

    heights = page.eval_on_selector_all(
        ".seg-l label", "labels => labels.map(label => label.offsetHeight)"
    )
    save = page.locator(".bar-save button").bounding_box()

    assert len(heights) == 8
    assert min(heights) >= 60
    assert save is not None
    assert save["y"] + save["height"] <= 844


def test_without_script_the_visit_is_saved_all_the_same(
    browser: Browser, live_server: LiveServer, case: Case, worker: User
) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    log_in(plain, live_server.url, worker.email, PASSWORD)
    plain.goto(live_server.url + reverse("support:visit_create", args=[case.reference]))

    plain.click(".bar-save button")

    assert plain.url == live_server.url + reverse("support:today")
    assert Visit.objects.count() == 1
    context.close()


def test_the_hint_follows_what_is_typed(page: Page, live_server: LiveServer, case: Case) -> None:
    page.goto(live_server.url + reverse("support:decision_create", args=[case.reference]))
    expect(page.locator("#decision-hints")).to_contain_text("har ikke boet på en boform")

    page.get_by_text("§ 85, almindelig bostøtte").click()

    expect(page.locator("#decision-hints")).to_contain_text("aldrig efter")
    expect(page.locator("[name=method]").first).to_be_hidden()
