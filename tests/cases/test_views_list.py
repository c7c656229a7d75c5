"""The list of citizens and the search: only what is visible, in the Danish order."""

import re
from datetime import date

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.casework import listing, path
from cases.casework.grants import RESIDENCE, grant_unit
from cases.casework.listing import Column
from cases.casework.models import Case, Wish
from cases.casework.path import PathStep
from cases.citizens.enums import Protection
from housingfirst.access.enums import LogAction, Role, UnitKind
from housingfirst.access.models import AccessBlock, AccessEntry, Unit, User
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case, make_citizen
from tests.cases.pages import HTMX, address, opened, queries

pytestmark = pytest.mark.django_db

LIST = "/cases/"
SEARCH = "/cases/search/"
CPR = "150583-4008"


@pytest.fixture
def unit() -> Unit:
    return make_unit()


@pytest.fixture
def adviser(unit: Unit) -> User:
    return make_user(Role.ADVISER, unit)


def named(unit: Unit, name: str, **case: object) -> Case:
    return make_case(unit=unit, citizen=make_citizen(name=name), **case)  # type: ignore[arg-type]


def names(html: str) -> list[str]:
    """The names in the table of a list or of hits, in their order."""
    return re.findall(r'<th scope="row"><a class="plain" href="/cases/[^"]+">([^<]+)<', html)


class TestList:
    def test_the_danish_order(self, client: Client, unit: Unit, adviser: User) -> None:
        for name in ["Åse", "Øjvind", "Ægir", "Aage", "Zenia", "anna", "Bo"]:
            named(unit, name)

        assert names(opened(client, adviser, LIST)) == [
            "anna", "Bo", "Zenia", "Ægir", "Øjvind", "Aage", "Åse",
        ]  # fmt: skip

    def test_T01_only_what_is_visible(self, client: Client, unit: Unit, adviser: User) -> None:
        named(unit, "Synlig")
        named(make_unit(municipality=unit.municipality), "Anden enhed")
        named(make_unit(), "Anden kommune")
        AccessBlock.objects.create(user=adviser, citizen=named(unit, "Slægtning").citizen)

        assert names(opened(client, adviser, f"{LIST}?who=all")) == ["Synlig"]

    @pytest.mark.parametrize(
        ("who", "shown"),
        [
            ("mine", ["Min"]),
            ("unit", ["Kollegas", "Min"]),
            ("all", ["Delt", "Kollegas", "Min"]),
            ("", ["Kollegas", "Min"]),
            ("nonsense", ["Kollegas", "Min"]),
        ],
    )
    def test_whose(
        self, client: Client, unit: Unit, adviser: User, who: str, shown: list[str]
    ) -> None:
        named(unit, "Min", adviser=adviser)
        named(unit, "Kollegas")
        shared = named(make_unit(municipality=unit.municipality), "Delt")
        grant_unit(shared, unit, RESIDENCE, reason="shared", actor=None)

        assert names(opened(client, adviser, f"{LIST}?who={who}")) == shown

    def test_another_app_says_what_else_is_mine(
        self, client: Client, unit: Unit, adviser: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        case = named(unit, "Støttes")
        Wish.objects.create(case=case, words="x", said_on=date(2026, 1, 1), written_by=adviser)
        monkeypatch.setattr(listing, "_MINE", {})
        listing.register_mine(
            "test",
            lambda user, day: Q(Exists(Wish.objects.filter(case=OuterRef("pk"), written_by=user))),
        )

        assert names(opened(client, adviser, f"{LIST}?who=mine")) == ["Støttes"]

    def test_the_way_home_is_a_filter(
        self, client: Client, unit: Unit, adviser: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(path, "_STEPS", {})
        for key, order, day in [("first", 1, date(2026, 1, 1)), ("last", 2, date(2026, 2, 2))]:
            path.register_step(
                PathStep(
                    key,
                    order,
                    key,
                    key,
                    lambda day=day: Exists(  # type: ignore[misc]  # a default binds the loop's day
                        Wish.objects.filter(case=OuterRef("pk"), said_on=day)
                    ),
                )
            )
        for name, days in [
            ("Ingen", []),
            ("Et skridt", [date(2026, 1, 1)]),
            ("Sprang over", [date(2026, 2, 2)]),
            ("Begge", [date(2026, 1, 1), date(2026, 2, 2)]),
        ]:
            case = named(unit, name)
            for day in days:
                Wish.objects.create(case=case, words="x", said_on=day, written_by=adviser)

        def at(step: str) -> list[str]:
            return names(opened(client, adviser, f"{LIST}?step={step}"))

        assert at("none") == ["Ingen"]
        assert at("first") == ["Et skridt"]
        assert at("last") == ["Begge", "Sprang over"]
        assert len(at("nonsense")) == 4

    def test_protected_and_closed(self, client: Client, unit: Unit, adviser: User) -> None:
        make_case(unit=unit, citizen=make_citizen(name="Beskyttet", protection=Protection.YES))
        make_case(unit=unit, citizen=make_citizen(name="Ukendt", protection=Protection.UNKNOWN))
        closed = named(unit, "Lukket", opened_on=date(2026, 1, 1))
        Case.objects.filter(pk=closed.pk).update(closed_on=date(2026, 2, 1))
        named(unit, "Almindelig")

        html = opened(client, adviser, LIST)

        assert names(html) == ["Almindelig", "Beskyttet", "Ukendt"]
        assert html.count("b-lock") == 2
        assert names(opened(client, adviser, f"{LIST}?protected=1")) == ["Beskyttet", "Ukendt"]
        assert names(opened(client, adviser, f"{LIST}?closed=1")) == ["Lukket"]

    def test_a_column_of_another_app(
        self, client: Client, unit: Unit, adviser: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(listing, "_COLUMNS", {})
        listing.register_column(
            Column("days", 1, "Dage tilbage", lambda cases, day: cases, lambda case, day: "13 dage")
        )
        named(unit, "Sanne")

        html = opened(client, adviser, LIST)

        assert "Dage tilbage" in html
        assert "13 dage" in html

    def test_pages_follow_each_other_both_ways(
        self, client: Client, unit: Unit, adviser: User
    ) -> None:
        for n in range(95):
            named(unit, f"Borger {n // 3:03d}")  # equal names, so that the key decides

        def walk(word: str, url: str) -> tuple[list[list[str]], str]:
            pages = []
            while url:
                html = opened(client, adviser, url)
                pages.append(re.findall(r'<th scope="row"><a class="plain" href="([^"]+)"', html))
                found = re.search(rf'href="(\?[^"]*{word}=[^"]+)"', html)
                last, url = url, LIST + found[1].replace("&amp;", "&") if found else ""
            return pages, last

        forward, end = walk("after", LIST)
        backward, _start = walk("before", end)
        assert [len(page) for page in forward] == [40, 40, 15]
        assert len({url for page in forward for url in page}) == 95
        assert backward == forward[::-1]

    @pytest.mark.parametrize("query", ["after=x", "before=%00", "after=1&before=2", "step=%F0%9F"])
    def test_a_strange_address_gives_the_first_page(
        self, client: Client, unit: Unit, adviser: User, query: str
    ) -> None:
        named(unit, "Sanne")

        assert names(opened(client, adviser, f"{LIST}?{query}")) == ["Sanne"]

    def test_everyone_shown_is_logged(self, client: Client, unit: Unit, adviser: User) -> None:
        cases = [named(unit, "Bo"), named(unit, "Åse")]

        opened(client, adviser, LIST)

        entry = AccessEntry.objects.get(action=LogAction.LISTED, what="case_list")
        assert entry.citizen_ids == sorted(case.citizen_id for case in cases)

    def test_htmx_gets_the_list_alone(self, client: Client, unit: Unit, adviser: User) -> None:
        named(unit, "Sanne")

        html = opened(client, adviser, LIST, **HTMX, **{"HX-Target": "case-list"})

        assert html.lstrip().startswith('<div id="case-list"')

    @pytest.mark.parametrize(
        "role", [Role.ALLOCATOR, Role.PARTNER, Role.AUDITOR, Role.ADMINISTRATOR]
    )
    def test_roles_without_cases_have_no_list(self, client: Client, unit: Unit, role: Role) -> None:
        client.force_login(make_user(role, unit))

        assert client.get(LIST).status_code == 403
        assert client.post(SEARCH, {"q": "Sanne"}).status_code == 403

    @pytest.mark.parametrize("rows", [1, 20])
    def test_queries_do_not_grow(
        self, client: Client, unit: Unit, adviser: User, rows: int
    ) -> None:
        for n in range(rows):
            named(unit, f"Borger {n}", adviser=adviser)
        client.force_login(adviser)

        assert queries(client, LIST) <= 12


class TestSearch:
    def found(self, client: Client, user: User, text: str) -> list[str]:
        client.force_login(user)
        response = client.post(SEARCH, {"q": text})
        assert response.status_code == 200
        return names(response.content.decode())

    @pytest.mark.parametrize(
        "text",
        [
            "Sanne Bay",
            "sanne",
            "THORLUND",
            "thor san",
            "Sane Bay Thorlund",
            "  Sanne\tBay ",
            "Sann",
        ],
    )
    def test_a_name_is_found_however_it_is_typed(
        self, client: Client, unit: Unit, adviser: User, text: str
    ) -> None:
        named(unit, "Sanne Bay Thorlund")
        named(unit, "Preben Skaarup Dall")

        assert self.found(client, adviser, text) == ["Sanne Bay Thorlund"]

    @pytest.mark.parametrize("text", ["", "x", "%", "__", "Sanne%", "\x00", "'; drop table"])
    def test_what_finds_nobody(self, client: Client, unit: Unit, adviser: User, text: str) -> None:
        named(unit, "Preben Dall")

        assert self.found(client, adviser, text) == []

    @pytest.mark.parametrize("text", [CPR, "1505834008", " 150583 4008 "])
    def test_a_number_leads_to_its_case(
        self, client: Client, unit: Unit, adviser: User, text: str
    ) -> None:
        case = make_case(unit=unit, citizen=make_citizen(cpr=CPR))
        client.force_login(adviser)

        response = client.post(SEARCH, {"q": text})

        assert response.status_code == 302
        assert response["Location"] == address("case_detail", case)

    def test_a_case_number_leads_to_its_case(
        self, client: Client, unit: Unit, adviser: User
    ) -> None:
        case = make_case(unit=unit)
        client.force_login(adviser)

        assert client.post(SEARCH, {"q": case.number})["Location"] == address("case_detail", case)

    @pytest.mark.parametrize(
        ("theirs", "nobodys"),
        [
            (CPR, "150583-4016"),
            ("Kirsten Skjult", "Kirsten Findesikke"),
            ("2026-0001", "2026-9999"),
        ],
        ids=["cpr", "name", "number"],
    )
    def test_T14_none_and_not_yours_are_the_same_answer(
        self, client: Client, unit: Unit, adviser: User, theirs: str, nobodys: str
    ) -> None:
        other = make_unit(municipality=unit.municipality)
        make_case(unit=other, citizen=make_citizen(name="Kirsten Skjult", cpr=CPR))
        client.force_login(adviser)

        def answer(text: str) -> tuple[int, str, int]:
            with CaptureQueriesContext(connection) as captured:
                response = client.post(SEARCH, {"q": text})
            html = response.content.decode().replace(text, "")
            html = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", html)
            html = re.sub(r'content="[A-Za-z0-9]{64}"', "", html)
            return response.status_code, html, len(captured)

        answer("warm")
        assert answer(theirs) == answer(nobodys)

    def test_the_address_carries_no_search(self, client: Client, unit: Unit, adviser: User) -> None:
        named(unit, "Sanne")

        assert names(opened(client, adviser, f"{SEARCH}?q=Sanne")) == []

    def test_a_number_is_not_written_back(self, client: Client, adviser: User) -> None:
        client.force_login(adviser)

        assert "4008" not in client.post(SEARCH, {"q": CPR}).content.decode()

    def test_the_search_is_logged_unreadably(
        self, client: Client, unit: Unit, adviser: User
    ) -> None:
        case = named(unit, "Sanne Bay")

        self.found(client, adviser, "Sanne")

        entry = AccessEntry.objects.get(action=LogAction.SEARCHED)
        assert entry.citizen_ids == [case.citizen_id]
        assert entry.detail.startswith("hmac:")
        assert "anne" not in entry.detail

    def test_only_the_first_twenty_are_shown(
        self, client: Client, unit: Unit, adviser: User
    ) -> None:
        for n in range(21):
            named(unit, f"Sanne {n:02d}")

        assert len(self.found(client, adviser, "Sanne")) == 20

    def test_a_shelter_finds_its_residents(self, client: Client, unit: Unit) -> None:
        shelter = make_unit(kind=UnitKind.SHELTER)
        grant_unit(named(unit, "Sanne her"), shelter, RESIDENCE, reason="stay", actor=None)
        named(unit, "Sanne der")

        assert self.found(client, make_user(Role.SHELTER_STAFF, shelter), "Sanne") == ["Sanne her"]

    def test_csrf_is_asked_for(self, unit: Unit, adviser: User) -> None:
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(adviser)

        assert strict.post(SEARCH, {"q": "Sanne"}).status_code == 403


def test_the_page_not_found_offers_what_was_opened_last(
    client: Client, unit: Unit, adviser: User
) -> None:
    mine, theirs = named(unit, "Sanne Bay"), named(make_unit(), "Fremmed")
    opened(client, adviser, address("case_detail", mine))

    response = client.get(address("case_detail", theirs))

    html = response.content.decode()
    assert response.status_code == 404
    assert "Sanne Bay" in html
    assert "Fremmed" not in html


def test_the_shell_searches_by_post(client: Client, adviser: User) -> None:
    html = opened(client, adviser, LIST)

    form = re.search(r"<form[^>]*top-search[^>]*>", html)
    assert form
    assert 'method="post"' in form[0]
    assert reverse("cases:search") in form[0]
