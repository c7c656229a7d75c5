"""Vacancies' and estates' pages: who sees which, bad input, stale edits, double presses."""

import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from housing.supply import services
from housing.supply.models import Area, Dwelling, Estate, Vacancy
from housingfirst.access.enums import Role, UnitKind
from housingfirst.access.models import User
from housingfirst.law.allocation import vacancy_rent
from housingfirst.law.rulebook import NBSP
from housingfirst.ui.words import money
from tests.access.factories import make_unit, make_user
from tests.housing.homes import (
    make_area,
    make_dwelling,
    make_estate,
    make_organisation,
    make_vacancy,
)
from tests.reading import read

pytestmark = pytest.mark.django_db

NEW = "/vacancies/new/"


@pytest.fixture
def dwelling() -> Dwelling:
    return make_dwelling(address="Skonnertvej 8, st. tv.", rent_dkk=Decimal("4930.00"))


@pytest.fixture
def partner(dwelling: Dwelling) -> User:
    return make_user(Role.PARTNER, dwelling.estate.unit, name="Finn")


@pytest.fixture
def allocator(dwelling: Dwelling) -> User:
    unit = make_unit(kind=UnitKind.ALLOCATION, municipality=dwelling.estate.area.municipality)
    return make_user(Role.ALLOCATOR, unit)


def report(client: Client, where: str, /, **values: str) -> Any:
    data = {
        "available_from": "i dag",
        "rent_dkk": "4.930",
        "deposit_dkk": "23.200",
        "gets": "municipality",
        "form_key": str(uuid.uuid4()),
    }
    return client.post(where, data | values)


def of(dwelling: Dwelling) -> str:
    return f"{NEW}?dwelling={dwelling.reference}"


def described(known: Estate, /, **values: str) -> dict[str, str]:
    return {
        "estate": str(known.pk),
        "number": "B-0900",
        "address": "Nyvej 1",
        "kind": "family",
        "rooms": "2",
        "size_m2": "51",
        "floor": "0",
        **values,
    }


def test_the_partner_finds_its_dwelling_and_reports_it(
    client: Client, partner: User, dwelling: Dwelling
) -> None:
    client.force_login(partner)

    found = read(client.get(NEW, {"q": "skonnert"}))
    form = read(client.get(of(dwelling)))
    response = report(client, of(dwelling), answer_by="+5 kl. 12", vacancy_rent_from="i dag")

    vacancy = Vacancy.objects.get()
    assert f"?dwelling={dwelling.reference}" in found
    assert "4.930 kr." in form
    assert "fra boligen" in form
    assert response.url == reverse("housing:vacancy_detail", args=[vacancy.reference])
    assert "er meldt ledig" in read(client.get(response.url))
    assert vacancy.reported_by == partner


def test_a_dwelling_that_is_not_known_is_described(
    client: Client, partner: User, dwelling: Dwelling
) -> None:
    client.force_login(partner)

    response = report(
        client, f"{NEW}?new=1", **described(dwelling.estate, floor="-1", has_lift="on")
    )

    made = Dwelling.objects.get(number="B-0900")
    assert response.status_code == 302
    assert (made.floor, made.has_lift, made.rent_dkk) == (-1, True, Decimal("4930.00"))
    assert Vacancy.objects.get().dwelling == made


def test_pressed_twice_it_is_reported_once(
    client: Client, partner: User, dwelling: Dwelling
) -> None:
    client.force_login(partner)
    key = str(uuid.uuid4())

    first = report(client, f"{NEW}?new=1", form_key=key, **described(dwelling.estate))
    second = report(client, f"{NEW}?new=1", form_key=key, **described(dwelling.estate))

    assert first.url == second.url
    assert Vacancy.objects.count() == 1


def test_reported_already_is_told(client: Client, partner: User, dwelling: Dwelling) -> None:
    make_vacancy(dwelling=dwelling)
    client.force_login(partner)

    chosen = read(client.get(NEW))
    response = report(client, of(dwelling))

    assert "Allerede meldt ledig" in chosen
    assert response.status_code == 422
    assert "allerede meldt ledig" in read(response)


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"available_from": ""}, id="no-day"),
        pytest.param({"available_from": "31-02-2026"}, id="no-such-day"),
        pytest.param({"available_from": "01-01-1950"}, id="long-ago"),
        pytest.param({"rent_dkk": "gratis"}, id="no-amount"),
        pytest.param({"rent_dkk": "-5"}, id="negative"),
        pytest.param({"rent_dkk": "123.456.789.012"}, id="twelve-digits"),
        pytest.param({"deposit_dkk": ""}, id="no-deposit"),
        pytest.param({"answer_by": "snart"}, id="unreadable-time"),
        pytest.param({"answer_by": "01-01-2020 kl. 12"}, id="answer-before-report"),
        pytest.param({"remark": "🏠" * 10_000}, id="10000-characters"),
        pytest.param({"vacancy_rent_from": "\x00"}, id="nul-is-empty-or-told"),
    ],
)
def test_bad_input_is_told_and_kept(
    client: Client, partner: User, dwelling: Dwelling, values: dict[str, str]
) -> None:
    client.force_login(partner)

    response = report(client, of(dwelling), **{"remark": "Nøgle hos viceværten", **values})

    if values == {"vacancy_rent_from": "\x00"}:
        assert response.status_code == 302
    else:
        assert response.status_code == 422
        assert 'role="alert"' in read(response)
        assert not Vacancy.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"number": ""}, id="no-number"),
        pytest.param({"address": ""}, id="no-address"),
        pytest.param({"address": "x" * 121}, id="long-address"),
        pytest.param({"rooms": "0"}, id="no-rooms"),
        pytest.param({"rooms": "halvanden"}, id="not-a-number"),
        pytest.param({"size_m2": "99999999999999999999"}, id="too-large"),
        pytest.param({"floor": "1000"}, id="in-the-sky"),
        pytest.param({"kind": "castle"}, id="unknown-kind"),
        pytest.param({"estate": "999999"}, id="unknown-estate"),
        pytest.param({"estate": ""}, id="no-estate"),
    ],
)
def test_a_badly_described_dwelling_is_told(
    client: Client, partner: User, dwelling: Dwelling, values: dict[str, str]
) -> None:
    client.force_login(partner)

    response = report(client, f"{NEW}?new=1", **described(dwelling.estate, **values))

    assert response.status_code == 422
    assert Dwelling.objects.count() == 1


def test_the_same_number_twice_in_an_estate_is_told_and_nothing_is_written(
    client: Client, partner: User, dwelling: Dwelling
) -> None:
    client.force_login(partner)

    response = report(client, f"{NEW}?new=1", **described(dwelling.estate, number=dwelling.number))

    assert response.status_code == 422
    assert not Vacancy.objects.exists()


def test_organisation_A_sees_nothing_of_organisation_B(
    client: Client, partner: User, dwelling: Dwelling
) -> None:
    vacancy = make_vacancy(dwelling=dwelling)
    rival = make_user(
        Role.PARTNER, make_organisation(municipality=dwelling.estate.area.municipality)
    )
    client.force_login(rival)

    for address in ("/vacancies/", NEW, f"{NEW}?q=skonnert"):
        assert "Skonnertvej" not in read(client.get(address))
    for name in ("vacancy_detail", "vacancy_edit"):
        url = reverse(f"housing:{name}", args=[vacancy.reference])
        assert client.get(url).status_code == 404
    close = reverse("housing:vacancy_close", args=[vacancy.reference])
    assert client.post(close, {"ended": "withdrawn"}).status_code == 404
    assert client.get(of(dwelling)).status_code == 404
    foreign = report(client, f"{NEW}?new=1", **described(dwelling.estate))
    assert foreign.status_code == 422  # its estate is not among the choices
    assert Vacancy.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "kind", "seen", "reports"),
    [
        pytest.param(Role.ADVISER, UnitKind.TEAM, 200, 403, id="adviser"),
        pytest.param(Role.SUPPORT_WORKER, UnitKind.TEAM, 403, 403, id="support-worker"),
        pytest.param(Role.SHELTER_STAFF, UnitKind.SHELTER, 403, 403, id="shelter"),
        pytest.param(Role.PARTNER, UnitKind.BENEFITS_OFFICE, 403, 403, id="benefits-office"),
        pytest.param(Role.AUDITOR, UnitKind.ADMINISTRATION, 403, 403, id="auditor"),
        pytest.param(Role.ALLOCATOR, UnitKind.ALLOCATION, 200, 200, id="allocator"),
    ],
)
def test_who_sees_and_reports(
    client: Client, dwelling: Dwelling, role: Role, kind: UnitKind, seen: int, reports: int
) -> None:
    unit = make_unit(kind=kind, municipality=dwelling.estate.area.municipality)
    client.force_login(make_user(role, unit))

    assert client.get("/vacancies/").status_code == seen
    assert client.get(NEW).status_code == reports


def edit(client: Client, vacancy: Vacancy, **values: str) -> Any:
    data = {
        "available_from": "i dag",
        "rent_dkk": "5.000",
        "deposit_dkk": "1",
        "version": str(Vacancy.objects.get(pk=vacancy.pk).version),
    }
    return client.post(reverse("housing:vacancy_edit", args=[vacancy.reference]), data | values)


def test_a_correction(client: Client, partner: User, dwelling: Dwelling) -> None:
    vacancy = make_vacancy(dwelling=dwelling)
    client.force_login(partner)

    page = client.get(reverse("housing:vacancy_edit", args=[vacancy.reference]))
    response = edit(client, vacancy, remark="Nymalet")

    vacancy.refresh_from_db()
    assert page.status_code == 200
    assert response.status_code == 302
    assert (vacancy.rent_dkk, vacancy.remark) == (Decimal("5000.00"), "Nymalet")


def test_two_who_correct_at_once_choose(
    client: Client, partner: User, allocator: User, dwelling: Dwelling
) -> None:
    vacancy = make_vacancy(dwelling=dwelling)
    services.vacancy_change(
        vacancy=vacancy,
        available_from=vacancy.available_from,
        answer_by=None,
        vacancy_rent_from=None,
        rent_dkk=Decimal(4_800),
        deposit_dkk=vacancy.deposit_dkk,
        remark="",
        actor=allocator,
    )
    client.force_login(partner)

    response = edit(client, vacancy, version="1")
    html = read(response)

    vacancy.refresh_from_db()
    assert response.status_code == 409
    assert "4.800" in html
    assert "5.000" in html
    assert vacancy.rent_dkk == 4_800


def test_bad_corrections_are_told(client: Client, partner: User, dwelling: Dwelling) -> None:
    vacancy = make_vacancy(dwelling=dwelling)
    client.force_login(partner)

    for values in ({"rent_dkk": ""}, {"available_from": "x"}, {"remark": "x" * 501}):
        assert edit(client, vacancy, **values).status_code == 422


def test_a_closed_vacancy_is_not_corrected(
    client: Client, partner: User, dwelling: Dwelling
) -> None:
    vacancy = make_vacancy(dwelling=dwelling)
    client.force_login(partner)
    close = reverse("housing:vacancy_close", args=[vacancy.reference])
    no_reason = client.post(close, {})
    closed = client.post(close, {"ended": "withdrawn", "remark": "Vandskade"})
    again = client.post(close, {"ended": "withdrawn"})

    response = edit(client, vacancy)

    vacancy.refresh_from_db()
    assert (no_reason.status_code, closed.status_code, again.status_code) == (422, 302, 422)
    assert response.status_code == 302
    assert vacancy.rent_dkk == dwelling.rent_dkk
    assert "Vandskade" in read(client.get(f"/vacancies/{vacancy.reference}/"))
    assert "Skonnertvej" in read(client.get("/vacancies/", {"show": "closed"}))


def test_nobody_closes_a_vacancy_as_let(client: Client, partner: User, dwelling: Dwelling) -> None:
    vacancy = make_vacancy(dwelling=dwelling)
    client.force_login(partner)

    response = client.post(
        reverse("housing:vacancy_close", args=[vacancy.reference]), {"ended": "let"}
    )

    vacancy.refresh_from_db()
    assert response.status_code == 422
    assert vacancy.closed_on is None


def test_the_meter_runs(client: Client, partner: User, dwelling: Dwelling) -> None:
    today = timezone.localdate()
    vacancy = make_vacancy(
        dwelling=dwelling,
        reported_on=today - timedelta(days=9),
        vacancy_rent_from=today - timedelta(days=9),
    )
    client.force_login(partner)

    html = read(client.get(f"/vacancies/{vacancy.reference}/"))

    so_far = vacancy_rent(today - timedelta(days=9), Decimal(4930), on=today).amount_dkk
    assert (
        money(so_far.quantize(Decimal(1))).replace(NBSP, " ") in html
    )  # ten days of 4,930 kr. a month
    assert "1.135 kr. om ugen" in html
    assert "aftalt med boligorganisationen" in html


def test_estates_are_kept_by_the_allocators(client: Client, allocator: User) -> None:
    municipality = allocator.current_memberships[0].unit.municipality
    organisation = make_organisation(municipality=municipality, name="Fjordbo")
    area = make_area(municipality=municipality, name="Havnen")
    client.force_login(allocator)

    response = client.post(
        "/estates/new/",
        {
            "unit": str(organisation.pk),
            "name": "Afdeling 9",
            "area": str(area.pk),
            "allocation_barred": "on",
            "barred_reason": "Omdannelsesområde",
            "form_key": str(uuid.uuid4()),
        },
    )

    estate = Estate.objects.get(name="Afdeling 9")
    html = read(client.get(response.headers["Location"]))
    assert (estate.unit, estate.allocation_barred) == (organisation, True)
    assert "Omdannelsesområde" in html
    assert "Afdeling 9 er gemt" in html


def test_two_who_edit_an_estate_choose(client: Client, allocator: User) -> None:
    municipality = allocator.current_memberships[0].unit.municipality
    estate = make_estate(area=make_area(municipality=municipality), name="Før")
    services.estate_save(
        unit=estate.unit,
        values=services.EstateValues(name="Deres", area=estate.area),
        actor=allocator,
        estate=estate,
    )
    client.force_login(allocator)
    url = reverse("housing:estate_edit", args=[estate.reference])

    stale = client.post(url, {"name": "Min", "area": str(estate.area_id), "version": "1"})
    html = read(stale)
    saved = client.post(url, {"name": "Min", "area": str(estate.area_id), "version": "2"})

    assert stale.status_code == 409
    assert "Deres" in html
    assert saved.status_code == 302
    assert Estate.objects.get(pk=estate.pk).name == "Min"


@pytest.mark.parametrize(
    "values",
    [{"name": ""}, {"name": "x" * 121}, {"area": ""}, {"area": "999999"}, {"unit": "0"}],
)
def test_a_bad_estate_is_told(client: Client, allocator: User, values: dict[str, str]) -> None:
    municipality = allocator.current_memberships[0].unit.municipality
    data = {
        "unit": str(make_organisation(municipality=municipality).pk),
        "name": "Afdeling 9",
        "area": str(make_area(municipality=municipality).pk),
    }
    client.force_login(allocator)

    response = client.post("/estates/new/", data | values)

    assert response.status_code == 422
    assert not Estate.objects.filter(name="Afdeling 9").exists()


def test_areas_are_added_and_renamed(client: Client, allocator: User) -> None:
    client.force_login(allocator)

    client.post("/areas/new/", {"name": "Havnen"})
    again = client.post("/areas/new/", {"name": "Havnen"})
    empty = client.post("/areas/new/", {"name": "  "})
    area = Area.objects.get(name="Havnen")
    client.post(reverse("housing:area_edit", args=[area.pk]), {"name": "Havnekvarteret"})
    elsewhere = client.post(reverse("housing:area_edit", args=[make_area().pk]), {"name": "x"})

    area.refresh_from_db()
    assert area.name == "Havnekvarteret"
    assert (again.status_code, empty.status_code, elsewhere.status_code) == (422, 422, 404)


@pytest.mark.parametrize("url", ["/estates/", "/estates/new/"])
@pytest.mark.parametrize("role", [Role.ADVISER, Role.PARTNER, Role.SHELTER_LEADER])
def test_the_register_is_the_allocators(client: Client, url: str, role: Role) -> None:
    client.force_login(make_user(role))

    assert client.get(url).status_code == 403


@pytest.mark.parametrize("url", ["/vacancies/", "/vacancies/?show=closed", "/estates/", NEW])
@pytest.mark.parametrize("rows", [1, 20])
def test_query_counts_do_not_grow(
    client: Client,
    allocator: User,
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]],
    url: str,
    rows: int,
) -> None:
    municipality = allocator.current_memberships[0].unit.municipality
    for _ in range(rows):
        vacancy = make_vacancy(municipality=municipality)
        if "closed" in url:
            Vacancy.objects.filter(pk=vacancy.pk).update(
                closed_on=vacancy.reported_on, ended="withdrawn"
            )
    client.force_login(allocator)
    client.get(url)

    with django_assert_max_num_queries(12):
        client.get(url)


def test_pages_of_the_list_follow_each_other(client: Client, allocator: User) -> None:
    municipality = allocator.current_memberships[0].unit.municipality
    now = timezone.now()
    for number in range(27):
        make_vacancy(
            municipality=municipality,
            answer_by=None if number % 3 == 0 else now + timedelta(days=number),
        )
    client.force_login(allocator)

    first = client.get("/vacancies/")
    second = client.get("/vacancies/" + first.context["page"].next_url)

    seen = [row.vacancy.pk for one in (first, second) for row in one.context["rows"]]
    assert len(seen) == len(set(seen)) == 27
