"""No page offers what its reader is refused: every link on the pages people start from opens.

A link that answers 403 or 404 tells somebody that the system does not know who they are.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from html import unescape

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from cases.models import Case
from housing.shelters import services as shelters
from housing.shelters.enums import ActingAnswer
from housing.shelters.models import Shelter, Stay
from housingfirst.access.models import Unit
from tests.access.matrix.world import NAME, World, build_world
from tests.cases.factories import make_citizen
from tests.housing.factories import make_stay

pytestmark = pytest.mark.django_db

PEOPLE = ("adv", "sup", "hyb", "led", "ad2", "alc", "shs", "shl", "shE", "ben", "hou")
REFUSED = (403, 404)
ALIKE = 2
"""So many links to one view are followed for each reader: rows of a list are alike."""
HREF = re.compile(r'<a\b[^>]*\bhref="([^"#?][^"#]*|\?[^"#]*)', re.S)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The permission matrix's world, and beside it notices in every state."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = build_world()
        _add_notices(world)
        yield world
        transaction.set_rollback(True)


def _add_notices(world: World) -> None:
    shelter = Shelter.objects.get(unit=world.users["shs"].home_unit)
    for state in ("unsent", "sent", "refused", "left"):
        stay = make_stay(
            shelter=shelter,
            citizen=make_citizen(name=f"Borger {state}"),
            municipality=shelter.unit.municipality,
            admitted_on=timezone.localdate() - timedelta(days=80),
            discharged_on=timezone.localdate() if state == "left" else None,
        )
        notice = stay.notices.get(kind="admission")
        if state in ("sent", "refused"):
            shelters.notice_send(notice=notice, actor=None)
            notice.refresh_from_db()
        if state == "refused":
            shelters.notice_acknowledge(
                notice=notice, answer=ActingAnswer.NO, remark="Skovby", actor=None
            )


def links_of(html: str, page: str) -> Iterator[str]:
    """The addresses of ours that the page's links lead to, each once."""
    for href in dict.fromkeys(HREF.findall(html)):
        address = unescape(href)
        if address.startswith("?"):
            address = page.partition("?")[0] + address
        if address.startswith("/") and not address.startswith("/static/"):
            yield address


def pages_for(
    client: Client, cases: Sequence[Case], units: Sequence[Unit]
) -> Iterator[tuple[str, str]]:
    """The pages one starts from, as address and HTML; those that are not the user's are not."""
    found = [
        reverse("home"),
        reverse("deadlines:my_day"),
        f"{reverse('deadlines:my_day')}?f=later",
        reverse("support:today"),
        reverse("cases:case_list"),
        reverse("housing:resident_list"),
        reverse("housing:bed_list"),
        reverse("housing:notice_list"),
        reverse("housing:notice_inbox"),
        reverse("housing:allocation_board"),
        reverse("housing:waiting_list"),
        reverse("housing:offer_list"),
        reverse("housing:vacancy_list"),
        reverse("crosssector:team_overview"),
        reverse("crosssector:handoff_inbox"),
    ]
    found += [f"{reverse('deadlines:unit_day')}?unit={unit.reference}" for unit in units]
    for case in cases:
        found += [
            reverse(name, args=[case.reference])
            for name in (
                "cases:case_detail",
                "cases:journal",
                "housing:housing_tab",
                "support:support_tab",
                "crosssector:handoff_tab",
                "housing:reimbursement",
            )
        ]
    for stay in Stay.objects.filter(case__in=cases):
        found += [
            reverse("housing:stay_detail", args=[stay.reference]),
            reverse("housing:stay_discharge", args=[stay.reference]),
        ]
    for page in found:
        answer = client.get(page, follow=True)
        if answer.status_code == 200:
            yield page, answer.content.decode()


@pytest.mark.parametrize("who", PEOPLE)
def test_every_link_offered_opens(world: World, client: Client, who: str) -> None:
    user = world.users[who]
    client.force_login(user)
    refused = {}
    seen: dict[str, int] = {}
    of_view: Counter[str] = Counter()
    cases = list(Case.objects.filter(citizen__name__startswith=NAME))
    own = list(Unit.objects.filter(pk__in=[m.unit_id for m in user.current_memberships]))
    other = list(Unit.objects.exclude(pk__in=[unit.pk for unit in own]).order_by("pk")[:2])
    for page, html in pages_for(client, cases, own + other):
        for link in links_of(html, page):
            view = resolve(link.partition("?")[0]).view_name
            if link not in seen and of_view[view] < ALIKE:
                of_view[view] += 1
                seen[link] = client.get(link, follow=True).status_code
            if seen.get(link) in REFUSED:
                refused[link] = page

    assert len(seen) > 5  # else the test has looked at nothing
    assert not refused, sorted(refused.items())


def test_what_one_may_not_do_is_not_offered_as_if_one_might(world: World, client: Client) -> None:
    worker = world.users["sup"]
    client.force_login(worker)
    unit = worker.current_memberships[0].unit

    html = client.get(f"{reverse('deadlines:unit_day')}?unit={unit.reference}").content.decode()

    assert "Læg planen for vejen ud" in html or "sidste dag med refusion" in html
    assert "Se beregningen" not in html
    assert "Se sagen" in html


def test_a_shelter_is_told_whom_to_call_before_the_discharge(world: World, client: Client) -> None:
    client.force_login(world.users["shs"])
    stay = Stay.objects.open().filter(case__adviser=None, case__unit__isnull=False).first()
    assert stay is not None

    html = client.get(reverse("housing:stay_discharge", args=[stay.reference])).content.decode()

    assert "Træf afgørelse nu" not in html
    assert f"Ring til {stay.case.unit}" in html
