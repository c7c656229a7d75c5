"""The pages of claims: what stands on them, who reads whom, and how often they ask."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from io import BytesIO
from unittest import mock

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from cases.citizens.enums import Protection
from crosssector.exports.models import ExportRequest
from crosssector.exports.services import export_approve
from crosssector.reimbursement import services
from crosssector.reimbursement.models import Claim, ClaimHold
from crosssector.reimbursement.recompute import recomputed
from crosssector.reimbursement.rules import Quarter, last_quarters
from crosssector.reimbursement.selectors import waiting_count
from housing.shelters.models import Stay
from housingfirst.access.enums import LogAction, Role
from housingfirst.access.models import AccessBlock, AccessEntry, Membership, User
from housingfirst.lawbook.models import MunicipalChoice
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_citizen
from tests.crosssector.reimbursement.factories import Q3, Place, make_place
from tests.reading import read
from tests.support.factories import make_decision

pytestmark = pytest.mark.django_db
LIST = reverse("crosssector:claim_list")


@pytest.fixture(autouse=True)
def _november(time_machine: time_machine.TimeMachineFixture) -> None:
    time_machine.move_to("2026-11-17 10:00+01:00", tick=False)


@pytest.fixture
def place() -> Place:
    return make_place(name="Fjordby")


def enter(client: Client, user: User) -> Client:
    client.force_login(User.objects.get(pk=user.pk))
    return client


def page(claim: Claim, name: str = "claim_detail") -> str:
    return reverse(f"crosssector:{name}", args=[claim.reference])


def test_from_the_list_to_the_lock(client: Client, place: Place) -> None:
    place.stay(date(2026, 5, 4), citizen=make_citizen(name="Alma Prøve"))
    enter(client, place.hanne)
    assert "Lav kladde for 3. kvartal 2026" in read(client.get(LIST))

    html = read(
        client.post(
            reverse("crosssector:claim_create"),
            {"quarter": "2026-3", "municipality": place.municipality.code},
            follow=True,
        )
    )
    claim = Claim.objects.get()
    assert "Alma Prøve" in html
    assert "21.488,00" in html
    assert "Ikke refunderet, betales fuldt af kommunen" in html
    assert "80.580,00" in html  # 60 days over the limit, net
    client.post(page(claim, "claim_check"), {"version": claim.version})
    html = read(client.get(page(claim, "claim_approve")))
    assert "En anden godkender det." in html
    assert "Godkend og lås" not in html

    enter(client, place.helle)
    claim.refresh_from_db()
    assert "Godkend og lås 21.488 kr." in read(client.get(page(claim, "claim_approve")))
    html = read(client.post(page(claim, "claim_approve"), {"version": claim.version}, follow=True))
    assert "Låst." in html
    assert "Beregn kladden igen" not in html
    assert "Godkendt af Helle Skouboe" in read(client.get(LIST))


def test_an_older_quarter_is_drafted_from_the_list(client: Client, place: Place) -> None:
    place.stay(date(2025, 2, 1), date(2025, 3, 1))
    place.drafted()
    enter(client, place.hanne)
    html = read(client.get(LIST))
    offered = re.findall(r'<option value="(\d{4}-\d)"', html)
    # Eight quarters back, without the one that has its claim.
    assert offered == [
        "2026-4", "2026-2", "2026-1", "2025-4", "2025-3", "2025-2", "2025-1",
    ]  # fmt: skip
    assert f'name="municipality" value="{place.municipality.code}"' in html

    html = read(
        client.post(
            reverse("crosssector:claim_create"),
            {"quarter": "2025-1", "municipality": place.municipality.code},
            follow=True,
        )
    )
    assert "Krav for 1. kvartal 2025" in html
    assert Claim.objects.get(quarter_starts_on=date(2025, 1, 1)).lines.get().days == 28


def test_of_two_municipalities_one_is_chosen(client: Client, place: Place) -> None:
    other = make_unit(takes_intake=True)
    Membership.objects.create(
        user=place.hanne, unit=other, role=Role.TEAM_LEAD, valid_from=date(2026, 1, 1)
    )
    place.drafted()
    html = read(enter(client, place.hanne).get(LIST))
    assert 'value="2026-3"' in html  # the other has no claim for it
    assert f'<option value="{other.municipality.code}"' in html


def test_with_every_quarter_claimed_none_is_offered(client: Client, place: Place) -> None:
    for quarter in last_quarters(date(2026, 11, 17), 8):
        place.drafted(quarter, today=date(2026, 11, 17))
    assert "Et kvartal uden krav" not in read(enter(client, place.hanne).get(LIST))


def test_the_menu_and_the_list_say_what_waits_for_the_readers_approval(
    client: Client, place: Place
) -> None:
    place.checked()
    mine = read(enter(client, place.hanne).get(LIST))
    assert waiting_count(place.hanne) == 0  # nobody approves their own
    assert "Gennemgå og godkend" not in mine
    assert 'class="count"' not in menu_place(mine)

    theirs = read(enter(client, place.helle).get(LIST))
    assert "Gennemgå og godkend" in theirs
    assert '<span class="count">1' in menu_place(theirs)
    elsewhere = make_user(Role.TEAM_LEAD, make_unit(takes_intake=True))
    assert waiting_count(elsewhere) == 0
    services.claim_approve(claim=Claim.objects.get(), actor=place.helle)
    assert waiting_count(place.helle) == 0


def menu_place(html: str) -> str:
    """ "Refusion" in the menu, with what stands beside it."""
    found = re.search(rf'<a[^>]*href="{LIST}"[^>]*>.*?</a>', html, re.DOTALL)
    assert found is not None
    return found[0]


def test_a_claim_sent_back_asks_for_a_reason(client: Client, place: Place) -> None:
    claim = place.checked()
    enter(client, place.helle)

    assert client.post(page(claim, "claim_return")).status_code == 422
    client.post(page(claim, "claim_return"), {"reason": "Se på to ophold"})
    claim.refresh_from_db()
    assert claim.state == "draft"


def test_protected_places_are_not_named(client: Client, place: Place) -> None:
    place.stay(date(2026, 9, 1), citizen=make_citizen(protection=Protection.YES))
    claim = place.drafted()

    html = read(enter(client, place.hanne).get(page(claim)))

    assert "§ 110, sted skjult" in html
    assert "Kilden" not in html


def test_who_may_not_see_a_citizen_reads_a_sum_without_a_name(client: Client, place: Place) -> None:
    stay = place.stay(date(2026, 9, 1), citizen=make_citizen(name="Alma Prøve"))
    claim = place.drafted()
    other = make_user(Role.TEAM_LEAD, make_unit(municipality=place.municipality))
    AccessBlock.objects.create(user=place.helle, citizen=stay.citizen, reason="Søskende")

    for user in (other, place.helle):
        enter(client, user)
        for name in ("claim_detail", "claim_findings", "claim_recompute"):
            assert "Alma" not in read(client.get(page(claim, name)))
        html = read(client.get(page(claim)))
        assert "1 linje, 20.145 kr., handler om en borger, du ikke har adgang til" in html
    entry = AccessEntry.objects.filter(what="claim").latest("at")
    assert entry.citizen_ids == []


def test_whom_the_page_shows_is_logged(client: Client, place: Place) -> None:
    stay = place.stay(date(2026, 9, 1))
    claim = place.drafted()
    enter(client, place.hanne).get(page(claim))

    entry = AccessEntry.objects.get(what="claim")
    assert (entry.action, entry.citizen_ids) == (LogAction.LISTED, [stay.citizen_id])


@pytest.mark.parametrize("name", ["claim_detail", "claim_findings"])
def test_pages_ask_as_often_for_twenty_as_for_one(client: Client, place: Place, name: str) -> None:
    asked = []
    for more in (1, 19):
        for _n in range(more):
            place.stay(date(2026, 9, 1), is_notified=False)
        claim = place.drafted()
        enter(client, place.hanne).get(page(claim, name))
        with CaptureQueriesContext(connection) as queries:
            client.get(page(claim, name))
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 15


def test_the_list_asks_as_often_for_many_quarters(client: Client, place: Place) -> None:
    place.locked()
    enter(client, place.hanne).get(LIST)
    with CaptureQueriesContext(connection) as queries:
        client.get(LIST)
    assert len(queries) <= 11  # the test's own savepoint and release among them


def test_the_lines_of_one_part_say_that_they_are(client: Client, place: Place) -> None:
    place.stay(date(2026, 9, 1))
    claim = place.drafted()
    html = read(enter(client, place.hanne).get(page(claim) + "?section=110&kind=refunded"))
    filters = re.findall(r'<a class="tag" href="([^"]*)"([^>]*)>([^<]*)', html)
    shown = {
        label.strip(): (url.replace("&amp;", "&"), "aria-current" in on)
        for url, on, label in filters
    }
    assert shown["Alle linjer"] == ("?", False)
    assert shown["§ 110, ophold på boform"] == ("?section=110", False)
    assert shown["Med"] == ("?section=110&kind=refunded", True)


def test_lines_are_paged_and_filtered_by_the_address(client: Client, place: Place) -> None:
    with mock.patch("crosssector.reimbursement.selectors.PAGE_SIZE", 2):
        for n in range(5):
            place.stay(date(2026, 9, n + 1), citizen=make_citizen(name=f"Person nummer {n}"))
        claim = place.drafted()
        enter(client, place.hanne)
        first = read(client.get(page(claim)))
        assert ("Person nummer 1" in first, "Person nummer 2" in first) == (True, False)
        second = read(client.get(page(claim) + "?after=2"))
        assert ("Person nummer 2" in second, "Person nummer 4" in second) == (True, False)
        back = read(client.get(page(claim) + "?before=3"))
        assert "Person nummer 0" in back
    assert "Person" not in read(client.get(page(claim) + "?kind=adjusted"))


@pytest.mark.parametrize(
    "query", ["after=x", "after=99999999999999", "kind=%00", "section=%27", "before=-1", "after="]
)
def test_a_strange_address_shows_the_claim(client: Client, place: Place, query: str) -> None:
    claim = place.drafted()
    assert enter(client, place.hanne).get(f"{page(claim)}?{query}").status_code == 200


@pytest.mark.parametrize("quarter", ["", "2026-5", "0000-1", "2027-1", "²026-1", "2026-3\x00"])
def test_a_quarter_that_cannot_be_drafted_is_refused(
    client: Client, place: Place, quarter: str
) -> None:
    response = enter(client, place.hanne).post(
        reverse("crosssector:claim_create"),
        {"quarter": quarter, "municipality": place.municipality.code},
    )
    assert response["Location"] == LIST
    assert not Claim.objects.exists()


def test_a_municipality_of_others_is_refused(client: Client, place: Place) -> None:
    enter(client, place.hanne).post(
        reverse("crosssector:claim_create"),
        {"quarter": "2026-3", "municipality": make_place().municipality.code},
    )
    assert not Claim.objects.exists()


def test_a_finding_says_what_is_wrong_and_where_it_is_mended(client: Client, place: Place) -> None:
    stay = place.stay(date(2026, 9, 1), is_notified=False)
    claim = place.drafted()

    html = read(enter(client, place.hanne).get(page(claim, "claim_findings")))

    assert "Boformen har ikke sendt en orientering om indskrivningen" in html
    assert reverse("housing:stay_detail", args=[stay.reference]) in html


def test_a_stay_is_kept_out_and_taken_in_again(client: Client, place: Place) -> None:
    stay = place.stay(date(2026, 9, 1))
    url = reverse("crosssector:claim_hold", args=[stay.reference])
    enter(client, place.hanne)

    assert client.post(url).status_code == 422
    client.post(url, {"reason": "Taksten er ikke registreret"})
    assert "Taksten er ikke registreret" in read(client.get(url))
    assert place.drafted().lines.get().amount_dkk == 0
    client.post(url)
    assert ClaimHold.objects.get().lifted_by == place.hanne
    assert place.drafted().lines.get().amount_dkk == Decimal("20145.00")


def test_an_old_claim_is_computed_again_to_the_same(client: Client, place: Place) -> None:
    stay = place.stay(date(2026, 5, 4))
    make_decision(case=place.stay(date(2026, 4, 1), date(2026, 7, 1)).case)
    claim = place.locked()
    Stay.objects.filter(pk=stay.pk).update(discharged_on=date(2026, 7, 10), discharge_to="street")

    assert recomputed(claim).is_same
    html = read(enter(client, place.hanne).get(page(claim, "claim_recompute")))
    assert "De samme tal." in html
    assert "udskrivningsdagen er rettet fra ikke registreret til 10. juli" in html
    assert "\u221215.444,50" in html  # 10 July to 1 August


def test_the_files_add_up_and_name_nobody(client: Client, place: Place) -> None:
    place.stay(date(2026, 5, 4), citizen=make_citizen(name="Alma Prøve"))
    claim = place.drafted()
    enter(client, place.hanne)

    csv = b"".join(client.get(page(claim, "claim_file") + "?as=csv").streaming_content).decode()  # type: ignore[attr-defined]  # a streaming answer
    book = load_workbook(BytesIO(client.get(page(claim, "claim_file") + "?as=xlsx").content))
    pdf = client.get(page(claim, "claim_file") + "?as=pdf")

    assert "21488,00" in csv
    assert "Alma" not in csv
    rows = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert sum(Decimal(str(row[10])) for row in rows) == Decimal("21488.00")
    assert pdf.content.startswith(b"%PDF")
    assert pdf["Content-Disposition"] == 'attachment; filename="refusionskrav-2026-3.pdf"'
    entries = AccessEntry.objects.filter(what="claim_file", action=LogAction.EXPORTED)
    assert [len(entry.citizen_ids) for entry in entries.order_by("at", "id")] == [1, 1, 0]


def test_a_file_with_many_people_asks_a_second_person(client: Client, place: Place) -> None:
    for _n in range(3):
        place.stay(date(2026, 9, 1))
    claim = place.drafted()
    enter(client, place.hanne)
    with mock.patch("crosssector.reimbursement.views.files.FREE_PERSONS", 2):
        response = client.get(page(claim, "claim_file") + "?as=xlsx")
        ask = response["Location"]
        assert ask == page(claim, "claim_file_ask") + "?as=xlsx"
        client.post(ask, {"reason": "reimbursement"})
        request = ExportRequest.objects.get()
        export_approve(request=request, actor=User.objects.get(pk=place.helle.pk))
        html = read(client.get(reverse("crosssector:export_list")))
        fetched = f"{page(claim, 'claim_file')}?as=xlsx&approval={request.reference}"
        assert fetched in html
        assert client.get(fetched).status_code == 200
        assert client.get(fetched.replace("xlsx", "csv")).status_code == 302


def test_the_case_shows_what_is_claimed_for_the_citizen(client: Client, place: Place) -> None:
    stay = place.stay(date(2026, 9, 1))
    place.locked()
    adviser = make_user(Role.ADVISER, place.team)
    url = reverse("housing:reimbursement", args=[stay.case.reference])

    html = read(enter(client, adviser).get(url))

    assert "3. kvartal 2026" in html
    assert "30 dage · 20.145 kr." in html
    assert "Godkendt af Helle Skouboe" in html
    assert LIST not in html  # an adviser has no right to the claim itself
    assert Q3.key


def test_a_claim_says_which_readings_it_was_made_by_and_keeps_them(
    client: Client, place: Place
) -> None:
    """A later choice changes neither the claim nor the figures it is computed to again."""
    place.stay(date(2026, 1, 15), date(2026, 6, 15))  # E7: 90 days, or 120 by the other reading
    first = place.locked(Quarter(date(2026, 4, 1)))
    assert first.lines.get(is_refundable=True).days == 14
    MunicipalChoice.objects.create(
        municipality=place.municipality,
        key="reimbursement.cap_transition",
        value="per_year",
        decided_on=date(2026, 11, 1),
        reason="Juridisk afklaring",
        made_by=place.hanne,
    )

    assert recomputed(first).is_same
    html = read(enter(client, place.hanne).get(page(first)))
    assert "følger kommunen den forsigtige standard" in html
    claim = place.drafted()
    assert claim.lines.count() == 0  # another reading adjusts nothing
    html = read(client.get(page(claim)))
    assert "Kommunen har valgt anderledes end standarden her:" in html
