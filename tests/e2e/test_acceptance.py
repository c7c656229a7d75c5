"""Every page that a person opens, in a real browser: widths, accessibility, console, English.

The pages come from the permission matrix, which names every address of the site: a new page fails
there until it has its line, and from then on it is opened here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Final

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from cases.citizens.enums import Protection
from cases.citizens.models import Citizen
from crosssector.handoffs.models import Handoff
from housing.allocation.models import HousingReferral
from housing.supply.models import Dwelling, Vacancy
from housing.tenancies.models import Tenancy
from housingfirst.access.models import User
from housingfirst.deadlines.models import Deadline
from support.models import SupportDecision
from tests.access.matrix import table
from tests.access.matrix.asking import address_of
from tests.access.matrix.routes import all_routes
from tests.access.matrix.world import NAME, World, build_world
from tests.browsing import WIDTHS, complaints, sideways, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG_NAME: Final = f"{NAME} Aleksandra Margrethe Lund-Vestergaard af Overgaarden-Skov"
MOST: Final = Decimal("9999999.99")
"""The most that every column of money holds."""
ROUTES: Final = {route.name: route for route in all_routes()}
EYES: Final = ("adv", "sup", "shs", "alc", "hou", "ben", "led", "aud", "adm", "ano")
"""Who opens a page: the first of them who may."""
AGAIN: Final = {
    "adv": ("deadlines:my_day", "deadlines:unit_day"),
    "sup": ("deadlines:my_day", "cases:case_detail"),
    "shs": ("deadlines:my_day", "cases:case_detail", "housing:housing_tab"),
    "alc": ("deadlines:my_day", "housing:housing_tab", "housing:offer_detail"),
    "hou": ("crosssector:handoff_inbox", "housing:vacancy_list"),
    "led": ("deadlines:unit_day", "cases:case_detail", "housing:reimbursement"),
    "roo": ("home", "ui:help"),
    "ano": ("access:login",),
}
"""Pages that look otherwise to others than the first who may open them."""
NOT_PAGES: Final = frozenset(
    {
        "healthz",
        "readyz",
        "metrics",
        "ui:echo",  # a part of a form, asked for while a date is typed
        "support:decision_hint",  # another
        "imports:import_sample",  # a file
        "housing:notice_letter",  # a file
        "crosssector:resident_stock_export",  # a file
        "crosssector:citizen_refund_file",  # a file
        "crosssector:claim_file",  # a file
        "crosssector:invoice_letter",  # a file
    }
)


NOWHERE: Final = "/nowhere/"
"""Answers 404, with a page."""
NOT_FOUND: Final = "the server responded with a status of 404"
"""What the browser says of it, and of a missing icon; the status is asked for by itself."""

NARROW: Final = 300
"""Pixels: what the narrowest page, the login, takes and no other may go below."""


SHARED_OUT: Final = (
    ("adv",),
    ("sup", "shs", "alc", "ben", "hou", "led", "aud", "adm", "roo", "ano"),
)
"""The kinds of user in two parts with about as many pages: a test each."""


@pytest.mark.parametrize("codes", SHARED_OUT, ids=("adviser", "others"))
def test_every_page_is_fit_to_be_used(
    browser: Browser, live_server: LiveServer, codes: tuple[str, ...]
) -> None:
    world = build_world()
    _stretch()
    faults: list[str] = []
    for code in codes:
        with _desk(browser, live_server, world.users.get(code), "da") as (page, said):
            for address in _addresses(world, code):
                page.set_viewport_size({"width": 1440, "height": 900})
                found = _opened(page, live_server.url + address, "da")
                for width in WIDTHS:
                    page.set_viewport_size({"width": width, "height": 900})
                    found += _wide(page, width)
                found += [text for text in said if NOT_FOUND not in text]
                found += [f"1440: {fault}" for fault in _unfit(page, 1440)]
                found += [f"390: {fault}" for fault in _unfit(page, 390)]
                faults += [f"{code} {address} {fault}" for fault in found]
                said.clear()  # axe itself uses inline styles, which the policy refuses
    assert faults == [], "\n".join(faults)


def test_every_page_speaks_english(browser: Browser, live_server: LiveServer) -> None:
    """At a phone's width, where longer words have the least room, and with addresses protected."""
    world = build_world()
    _stretch()
    Citizen.objects.update(protection=Protection.YES)
    User.objects.update(language="en")
    faults: list[str] = []
    for code in (code for codes in SHARED_OUT for code in codes):
        with _desk(browser, live_server, world.users.get(code), "en") as (page, said):
            page.set_viewport_size({"width": 390, "height": 900})
            for address in _addresses(world, code):
                found = _opened(page, live_server.url + address, "en") + _wide(page, 390)
                found += [text for text in said if NOT_FOUND not in text]
                faults += [f"{code} {address} en {fault}" for fault in found]
                said.clear()
    assert faults == [], "\n".join(faults)


def test_every_kind_of_user_has_a_part() -> None:
    assert {code for codes in SHARED_OUT for code in codes} == {*EYES, *AGAIN}


def _addresses(world: World, code: str) -> list[str]:
    """What this kind of user opens: a page is opened by the first who may, some by others too."""
    found = []
    for line in table.read():
        route = ROUTES[line.route]
        if line.method != "GET" or route.is_api or route.name in NOT_PAGES:
            continue
        first = next((eye for eye in EYES if line.cells[eye] == "200"), None)
        if code == first or route.name in AGAIN.get(code, ()):
            found.append(address_of(route, world.here))
    return [*found, NOWHERE] if code in ("adv", "ano") else found


def _stretch() -> None:
    """A name of 66 letters, and the largest sums there can be."""
    Citizen.objects.filter(name__startswith=f"{NAME} Alma").update(name=LONG_NAME)
    Dwelling.objects.update(rent_dkk=MOST, deposit_dkk=MOST)
    Vacancy.objects.update(rent_dkk=MOST, deposit_dkk=MOST)
    HousingReferral.objects.update(income_dkk=MOST, rent_max_dkk=MOST)
    Tenancy.objects.update(rent_dkk=MOST, deposit_dkk=MOST)
    Handoff.objects.update(amount_dkk=MOST, rent_dkk=MOST, income_dkk=MOST)
    SupportDecision.objects.update(monthly_cost_dkk=MOST)
    Deadline.objects.update(weekly_cost_dkk=MOST)


@contextmanager
def _desk(
    browser: Browser, live_server: LiveServer, user: User | None, language: str
) -> Iterator[tuple[Page, list[str]]]:
    """A person's own browser, logged in, and the list of what it complains about."""
    cookies = {settings.LANGUAGE_COOKIE_NAME: language}
    if user is not None:
        client = Client()
        client.force_login(user)
        cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(locale=language)
    context.add_cookies(
        [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
    )
    page = context.new_page()
    yield page, complaints(page)
    context.close()


def _opened(page: Page, address: str, language: str) -> list[str]:
    response = page.goto(address)
    assert response is not None
    expected = 404 if address.endswith(NOWHERE) else 200
    spoken = page.locator("html").get_attribute("lang")
    return [
        *([f"answers {response.status}"] if response.status != expected else []),
        *([f"is in {spoken}"] if spoken != language else []),
        *(["has not one h1"] if page.locator("h1").count() != 1 else []),
    ]


def _unfit(page: Page, width: int) -> list[str]:
    page.set_viewport_size({"width": width, "height": 900})
    return violations(page)


def _wide(page: Page, width: int) -> list[str]:
    over = sideways(page)
    main: int = page.evaluate(
        "(document.querySelector('main')?.getBoundingClientRect().width) ?? 0"
    )
    return [
        *([f"is {over} pixels wider than {width}"] if over > 0 else []),
        *([f"is squeezed at {width}"] if main < min(NARROW, width) else []),
    ]
