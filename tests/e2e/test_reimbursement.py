"""A quarter's claim from draft to lock, and a shelter's invoice with three planted errors."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from crosssector.models import Claim, Invoice
from crosssector.reimbursement.rules import Quarter, quarter_of
from crosssector.reimbursement.telling import quarter_name
from housingfirst.access.models import User
from tests.browsing import complaints, log_in, sideways, violations
from tests.cases.factories import make_citizen
from tests.crosssector.reimbursement.factories import Place, make_place
from tests.e2e.test_main_path import answered, press, typed
from tests.e2e.town import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEAD = "Borger;Fra;Til;Nætter;Takst;Beløb"


class Desks:
    """Browsers of people of their own; each page that is opened is looked over."""

    def __init__(self, browser: Browser, live_server: LiveServer, width: int) -> None:
        self.browser, self.url, self.width = browser, live_server.url, width
        self._said: list[list[str]] = []

    @property
    def said(self) -> list[str]:
        """What the browsers complained of, all pages together."""
        return [text for page in self._said for text in page]

    def of(self, user: User) -> Page:
        user.set_password(PASSWORD)
        user.save()
        context = self.browser.new_context(
            viewport={"width": self.width, "height": 900}, locale="da"
        )
        page = context.new_page()
        page.set_default_timeout(10_000)
        self._said.append(complaints(page))
        log_in(page, self.url, user.email, PASSWORD)
        return page

    def seen(self, page: Page) -> None:
        assert sideways(page) == 0, page.url
        assert violations(page) == [], page.url

    def follows(self, page: Page, link: str) -> None:
        """Look the page over that the link leads to, once it has come."""
        found = page.get_by_role("link", name=link).first
        found.wait_for()
        with page.expect_navigation():
            found.click()
        self.seen(page)

    def opens(self, page: Page, name: str, *args: object) -> None:
        page.goto(self.url + reverse(name, args=args))
        self.seen(page)


def lives(place: Place, quarter: Quarter) -> None:
    """Alma all quarter, so over the limit; Bo and Carl discharged within it."""
    place.stay(quarter.starts_on - timedelta(days=60), None, citizen=make_citizen(name="Alma And"))
    for name, first, nights in (("Bo Bak", 5, 20), ("Carl Cat", 10, 30)):
        start = quarter.starts_on + timedelta(days=first)
        place.stay(start, start + timedelta(days=nights), citizen=make_citizen(name=name))


@pytest.mark.parametrize("width", [1440, 390])
def test_a_claim_is_drafted_approved_by_another_and_locked(
    browser: Browser, live_server: LiveServer, width: int
) -> None:
    place, quarter = make_place(name="Fjordby"), quarter_of(timezone.localdate()).before()
    lives(place, quarter)
    desks = Desks(browser, live_server, width)
    hanne, helle = desks.of(place.hanne), desks.of(place.helle)

    desks.opens(hanne, "crosssector:claim_list")
    with answered(hanne):
        press(hanne, f"Lav kladde for {quarter_name(quarter)}")
    claim = Claim.objects.get()
    expect(hanne.locator("main")).to_contain_text("Over grænsen")
    desks.seen(hanne)
    with answered(hanne):
        press(hanne, "Send til godkendelse")
    expect(hanne.locator("main")).to_contain_text("Venter på en anden person.")
    assert hanne.get_by_role("button", name="Godkend og lås").count() == 0

    desks.opens(helle, "crosssector:claim_detail", claim.reference)
    desks.follows(helle, "Gennemgå og godkend")
    with answered(helle):
        press(helle, "Godkend og lås")
    expect(helle.locator("main")).to_contain_text("Intet i det kan ændres.")
    desks.seen(helle)
    claim.refresh_from_db()
    assert (claim.state, claim.approved_by) == ("locked", place.helle)
    desks.opens(helle, "crosssector:claim_recompute", claim.reference)
    expect(helle.locator("main")).to_contain_text("De samme tal.")
    assert desks.said == []


@pytest.mark.parametrize("width", [1440, 390])
def test_an_invoice_with_three_errors_is_objected_to(
    browser: Browser, live_server: LiveServer, width: int
) -> None:
    """Bo on his day of discharge, Carl for a week after it, and somebody who never came."""
    place, quarter = make_place(name="Fjordby"), quarter_of(timezone.localdate()).before()
    lives(place, quarter)
    rows = [
        row("Alma And", quarter.starts_on, (quarter.ends_on - quarter.starts_on).days),
        row("Bo Bak", quarter.starts_on + timedelta(days=5), 21),
        row("Carl Cat", quarter.starts_on + timedelta(days=10), 37),
        row("Dora Fremmed", quarter.starts_on, 3),
    ]
    desks = Desks(browser, live_server, width)
    hanne = desks.of(place.hanne)

    desks.opens(hanne, "crosssector:invoice_list")
    desks.follows(hanne, "Indlæs en faktura")
    hanne.fill("[name=number]", "2026-117")
    hanne.fill("[name=first_on]", typed(quarter.starts_on))
    hanne.fill("[name=last_on]", typed(quarter.last_on))
    content = "\n".join((HEAD, *rows)).encode()
    hanne.set_input_files(
        "[name=file]", {"name": "faktura.csv", "mimeType": "text/csv", "buffer": content}
    )
    with answered(hanne):
        press(hanne, "Kontrollér filen")
    expect(hanne.locator("main")).to_contain_text("Faktureret på udskrivningsdagen")
    assert not Invoice.objects.exists()
    with answered(hanne):
        hanne.locator("form[action*='/apply/'] button").first.click()
    desks.follows(hanne, "Se resultatet")
    main = hanne.locator("main")
    expect(main).to_contain_text("Udskrivningsdagen er faktureret som en nat")
    expect(main).to_contain_text("7 nætter efter udskrivningen")
    expect(main).to_contain_text("Vi har ingen beboer på boformen med det navn eller nummer.")
    desks.follows(hanne, "Gør indsigelse mod 15.950 kr.")
    expect(hanne.locator("[name=letter]")).to_have_value(re.compile("indsigelse mod 15.950"))
    with answered(hanne):
        press(hanne, "Registrér indsigelsen mod 15.950 kr.")
    expect(main).to_contain_text("Indsigelse sendt")
    invoice = Invoice.objects.get()
    assert (invoice.state, invoice.lines.filter(is_right=False).count()) == ("objected", 3)
    assert desks.said == []


def row(name: str, first: date, nights: int) -> str:
    to = first + timedelta(days=nights)
    return f"{name};{typed(first)};{typed(to)};{nights};1450,00;{nights * 1450},00"
