"""From the shelter's door to an own home with support: six people, two widths, one citizen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from cases.casework.models import Case
from crosssector.models import Handoff
from housing.models import Notice, Offer, Stay, Tenancy
from housingfirst.access.models import User
from support.models import Enrolment, SupportDecision, Visit
from tests.browsing import complaints, log_in, sideways
from tests.e2e.town import PASSWORD, make_town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CITIZEN = "Mads Prøve Lund"


@pytest.mark.parametrize("width", [1440, 390])
def test_from_admission_to_an_own_home(
    browser: Browser, live_server: LiveServer, width: int
) -> None:
    town = make_town()
    said: list[str] = []

    def desk_of(user: User) -> Page:
        """A browser of the person's own, logged in."""
        context = browser.new_context(viewport={"width": width, "height": 900}, locale="da")
        page = context.new_page()
        page.set_default_timeout(10_000)
        said.extend(complaints(page))
        log_in(page, live_server.url, user.email, PASSWORD)
        return page

    def opened(page: Page, name: str, **reference: object) -> Page:
        page.goto(live_server.url + reverse(name, kwargs=reference))
        assert sideways(page) == 0, name
        return page

    night, adviser = desk_of(town.night_worker), desk_of(town.adviser)
    today = timezone.localdate()
    admitted = today - timedelta(days=20)

    # The night worker admits him and tells the municipality in the same minute.
    opened(night, "housing:resident_list")
    night.fill("[name=cpr]", "300280-0001")
    night.fill("[name=name]", CITIZEN)
    night.fill("[name=admitted_at]", f"{typed(admitted)} kl. 22.40")
    night.fill("[name=reason]", "Har sovet i en opgang siden i går.")
    press(night, "Indskriv", within="#admit")
    expect(night.get_by_role("link", name=CITIZEN).first).to_be_visible()
    stay = Stay.objects.get()
    opened(night, "housing:notice_list")
    with answered(night):
        night.locator("form[action*='/send/'] button").first.click()
    assert Notice.objects.get().sent_at is not None

    # The adviser sees him with his clock, and answers.
    case = stay.case
    opened(adviser, "cases:case_detail", case_reference=case.reference)
    expect(adviser.locator("header.who")).to_contain_text(CITIZEN)
    expect(adviser.locator("main")).to_contain_text("69")
    opened(adviser, "housing:notice_inbox")
    adviser.goto(
        live_server.url
        + reverse("housing:notice_acknowledge", args=[Notice.objects.get().reference])
    )
    adviser.locator("label", has_text="Vi er handlekommune").click()
    with answered(adviser):
        press(adviser, "Send svaret")
    assert Notice.objects.get().acknowledged_at is not None

    # The shelter refers him, with papers missing.
    opened(night, "housing:referral_edit", case_reference=case.reference)
    night.fill("[name=wish_words]", "Min egen dør. Gerne ved havnen.")
    night.select_option("[name=benefit]", "cash")
    night.fill("[name=income_dkk]", "9.734")
    night.fill("[name=rent_max_dkk]", "4.300")
    with night.expect_navigation():
        night.locator(".bar-save .button-primary").click()
    assert Case.objects.get().referrals.filter(status="waiting").exists()

    # The allocator offers the vacant flat, and asks for the deposit loan at once.
    allocator = desk_of(town.allocator)
    opened(allocator, "housing:allocation_board")
    allocator.locator("a.pick").first.click()
    expect(allocator).to_have_url(re.compile("vacancy="))
    allocator.get_by_role("link", name=CITIZEN).first.click()
    expect(allocator).to_have_url(re.compile("vacancy=.*referral="))
    loan = allocator.locator("[name=ask_deposit_loan]")
    if not loan.is_checked():
        loan.check(force=True)
    with answered(allocator):
        allocator.locator("form:has([name=answer_by]) .button-primary").click()
    assert Offer.objects.filter(status="live").exists()

    # The benefits office sees that one task and grants it.
    office = desk_of(town.benefits)
    expect(office.locator("main")).to_contain_text(CITIZEN)
    with answered(office):
        office.locator("form[action*='/grant/'] button.button-primary").first.click()
    assert Handoff.objects.get().status == "granted"

    # He says yes. The adviser decides on support before the discharge.
    offer = Offer.objects.get()
    opened(adviser, "housing:offer_detail", reference=offer.reference)
    adviser.fill("[name=starts_on]", typed(today))
    with answered(adviser):
        adviser.locator("form:has([name=starts_on]) .button-primary").click()
    assert Tenancy.objects.exists()
    opened(adviser, "support:decision_create", case_reference=case.reference)
    choose(adviser, "section", "85a")
    choose(adviser, "method", "cti")
    adviser.fill("[name=decided_on]", typed(today - timedelta(days=1)))
    adviser.fill("[name=starts_on]", typed(today))
    adviser.fill("[name=monthly_cost_dkk]", "6.200")
    adviser.fill("[name=reasons]", "Har brug for støtte til at etablere sig.")
    with answered(adviser):
        adviser.locator("form:has([name=reasons]) .button-primary").click()
    assert SupportDecision.objects.exists()
    decision = SupportDecision.objects.get()
    opened(
        adviser,
        "support:enrolment_create",
        case_reference=case.reference,
        reference=decision.reference,
    )
    adviser.select_option("[name=worker]", label="Mads Ryvang")
    adviser.fill("[name=phase_1_on]", typed(today))
    with answered(adviser):
        adviser.locator("form:has([name=worker]) .button-primary").click()
    assert Enrolment.objects.exists()
    assert Enrolment.objects.get().phases.count() >= 3

    # The stay ends; nothing stands in the way, and the shelter sees him no more tomorrow.
    opened(night, "housing:stay_discharge", reference=stay.reference)
    expect(night.locator("main")).not_to_contain_text("mistes")
    night.fill("[name=discharged_on]", typed(today))
    night.select_option("[name=to]", "own_home")
    night.fill("[name=reason]", "Flytter i egen bolig i dag.")
    with answered(night):
        night.locator("form:has([name=discharged_on]) .button-primary").click()
    assert Stay.objects.get().discharged_on == today

    # The support worker logs the first visit.
    worker = desk_of(town.support_worker)
    opened(worker, "support:visit_create", case_reference=case.reference)
    worker.fill("[name=sentence]", "Fik nøglerne og satte kaffe over.")
    with answered(worker):
        worker.locator(".bar-save .button-primary").click()
    assert Visit.objects.exists()

    # The team lead sees it all.
    lead = desk_of(town.team_lead)
    opened(lead, "crosssector:team_overview")
    opened(lead, "cases:case_detail", case_reference=case.reference)
    expect(lead.locator("main")).to_contain_text("Udskrevet fra boformen")
    lead.get_by_role("link", name="Vis ældre").click()
    for happened in ("Boligindstilling sendt", "Indskrevet på boform"):
        expect(lead.locator("main")).to_contain_text(happened)
    assert said == []


def typed(day: date) -> str:
    return day.strftime("%d-%m-%Y")


def press(page: Page, name: str, *, within: str = "main") -> None:
    page.locator(within).get_by_role("button", name=name).first.click()


def choose(page: Page, name: str, value: str) -> None:
    """One of a row of buttons (radio inputs under labels) or of a select."""
    field = page.locator(f"[name={name}]").first
    if field.evaluate("el => el.tagName") == "SELECT":
        field.select_option(value)
    else:
        page.locator(f"input[name={name}][value='{value}'] + label").click()


@contextmanager
def answered(page: Page) -> Iterator[None]:
    """Wait for the answer to the form that is sent within: its transaction has then ended."""
    with page.expect_response(lambda response: response.request.method == "POST"):
        yield
