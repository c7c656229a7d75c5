"""The allocation board: what it shows, in which order, to whom, and the offer made from it."""

import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.citizens.enums import Protection
from housing.allocation.enums import OfferStatus
from housing.allocation.models import Offer
from housing.supply.models import Vacancy
from housingfirst.access.enums import LogAction, Role
from housingfirst.access.models import AccessEntry
from housingfirst.ui import words
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case, make_citizen
from tests.housing.homes import Town, make_area, make_referral, make_tenancy, make_vacancy
from tests.reading import read

pytestmark = pytest.mark.django_db

BOARD = "/allocation/"
HTMX = {"HX-Request": "true"}


def typed(days: int) -> str:
    return f"{words.day_as_typed(timezone.localdate() + timedelta(days=days))} kl. 12"


def post(client: Client, vacancy: Vacancy, referral: object, **values: str) -> Any:
    data = {"referral": str(referral), "answer_by": typed(3), "form_key": str(uuid.uuid4())}
    return client.post(reverse("housing:offer_make", args=[vacancy.reference]), data | values)


def test_the_first_to_be_answered_stands_first_and_is_chosen(
    as_allocator: Client, town: Town
) -> None:
    now = timezone.now()
    town.vacancy()
    late = town.vacancy(answer_by=now + timedelta(days=9))
    soon = town.vacancy(answer_by=now + timedelta(days=1))

    board = as_allocator.get(BOARD).context["board"]

    assert [pick.row.vacancy for pick in board.picks][:2] == [soon, late]
    assert board.chosen.vacancy == soon


def test_who_waits_is_counted_by_how_the_dwelling_fits(as_allocator: Client, town: Town) -> None:
    for rent in (None, Decimal(5_000), Decimal(4_200), Decimal(2_000)):
        town.waiting(rent_max_dkk=rent)
    town.vacancy(rent_dkk=Decimal(4_500))

    board = as_allocator.get(BOARD).context["board"]

    assert [(f.label, f.count) for f in board.filters] == [
        ("Alle", 4),
        ("Passer", 2),
        ("Ville passe hvis", 1),
        ("Passer ikke", 1),
    ]
    assert [pick.fitting for pick in board.picks] == [2]
    assert [row.number for row in board.rows] == [1, 2, None, None]


@pytest.mark.parametrize(("m", "shown"), [("fits", 1), ("if", 1), ("not", 1), ("nonsense", 3)])
def test_a_filter_shows_its_own(as_allocator: Client, town: Town, m: str, shown: int) -> None:
    for rent in (Decimal(5_000), Decimal(4_200), Decimal(2_000)):
        town.waiting(rent_max_dkk=rent)
    town.vacancy(rent_dkk=Decimal(4_500))

    assert len(as_allocator.get(BOARD, {"m": m}).context["board"].rows) == shown


def test_the_page_says_its_order_and_that_no_loss_counts(as_allocator: Client, town: Town) -> None:
    town.waiting()
    town.vacancy()

    html = read(as_allocator.get(BOARD))

    assert "Rækkefølge: over refusionsgrænsen allerførst" in html
    assert "Ingen tabte lejemål eller afslag tæller ned" in html


def test_the_match_explains_itself(as_allocator: Client, town: Town) -> None:
    vacancy = town.vacancy(rent_dkk=Decimal(4_930))
    area = vacancy.dwelling.estate.area
    town.waiting(
        rent_max_dkk=Decimal(5_250),
        areas=(area,),
        wants_outdoor_space=True,
        wish_words="Et sted med ro",
        unfit_reason="",
    )

    html = read(as_allocator.get(BOARD))

    assert "Husleje 4.930 kr. er under loftet på 5.250 kr." in html
    assert f"{area.name} er første ønske" in html
    assert "Ønsker altan eller have; her er ingen" in html
    assert "Et sted med ro" in html
    assert "Opgangen: 0 anvisninger" in html


def test_another_row_can_be_opened_and_then_a_reason_is_asked_for(
    as_allocator: Client, town: Town
) -> None:
    first, second = town.waiting(days=9), town.waiting(days=1)
    town.vacancy()

    plain = as_allocator.get(BOARD)
    other = as_allocator.get(BOARD, {"referral": str(second.reference)})

    assert plain.context["board"].explained.waiting.referral == first
    assert 'name="why_not_first"' not in plain.content.decode()
    assert other.context["board"].explained.waiting.referral == second
    assert 'name="why_not_first"' in other.content.decode()


def test_htmx_gets_the_board_alone(as_allocator: Client, town: Town) -> None:
    town.vacancy()

    html = read(as_allocator.get(BOARD, headers=HTMX))

    assert html.lstrip().startswith('<div id="board">')


@pytest.mark.parametrize(
    "query",
    [
        "vacancy=nonsense&referral=nonsense",
        f"vacancy={uuid.UUID(int=1)}&referral={uuid.UUID(int=2)}",
        "show=-1&vacancies=99999999999",
        "m=%00&show=%F0%9F%98%80",
    ],
)
def test_an_address_that_cannot_be_read_shows_the_board(
    as_allocator: Client, town: Town, query: str
) -> None:
    town.waiting()
    town.vacancy()

    assert as_allocator.get(f"{BOARD}?{query}").status_code == 200


def test_with_nothing_vacant_or_nobody_waiting_it_says_what_comes_next(
    as_allocator: Client, town: Town
) -> None:
    assert "Ingen bolig er ledig" in read(as_allocator.get(BOARD))

    town.vacancy()

    assert "Ingen venter på en bolig" in read(as_allocator.get(BOARD))


def test_the_look_is_logged(as_allocator: Client, town: Town) -> None:
    referral = town.waiting()
    town.vacancy()

    as_allocator.get(BOARD)

    entry = AccessEntry.objects.get(what="allocation_board")
    assert (entry.action, entry.citizen_ids) == (LogAction.LISTED, [referral.case.citizen_id])


@pytest.mark.parametrize(
    "role", [Role.ADVISER, Role.SUPPORT_WORKER, Role.SHELTER_STAFF, Role.PARTNER, Role.AUDITOR]
)
def test_the_board_is_the_allocators(client: Client, town: Town, role: Role) -> None:
    client.force_login(make_user(role, town.unit))

    assert client.get(BOARD).status_code == 403


def test_an_allocator_sees_neither_another_municipality_nor_the_journal(
    as_allocator: Client, town: Town
) -> None:
    make_referral(case=make_case(unit=make_unit()))
    make_vacancy()
    referral = town.waiting()
    town.vacancy()

    board = as_allocator.get(BOARD).context["board"]
    overview = as_allocator.get(reverse("cases:case_detail", args=[referral.case.reference]))
    journal = as_allocator.get(reverse("cases:journal", args=[referral.case.reference]))

    assert [row.referral for row in board.rows] == [referral]
    assert len(board.picks) == 1
    assert (overview.status_code, journal.status_code) == (403, 403)


@pytest.mark.parametrize("rows", [1, 20])
def test_query_count_does_not_grow(
    as_allocator: Client,
    town: Town,
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]],
    rows: int,
) -> None:
    area = make_area(municipality=town.municipality)
    for _ in range(rows):
        town.waiting(areas=(area,), income_dkk=Decimal(9_000))
        town.vacancy()
    as_allocator.get(BOARD)

    with django_assert_max_num_queries(16):  # of them two are the test's own savepoint
        as_allocator.get(BOARD)


def test_H2_a_past_home_changes_nothing_on_the_board(as_allocator: Client, town: Town) -> None:
    lost, other = town.waiting(days=9), town.waiting(days=1)
    tenancy = make_tenancy(case=lost.case, starts_on=date(2025, 2, 1))
    tenancy.ends_on, tenancy.end_reason = date(2025, 9, 1), "evicted"
    tenancy.save()
    town.vacancy()

    response = as_allocator.get(BOARD)

    assert [row.referral for row in response.context["board"].rows] == [lost, other]
    assert "udsat" not in response.content.decode().lower()


def test_an_offer_is_made_from_the_board(as_allocator: Client, town: Town) -> None:
    referral, vacancy = town.waiting(), town.vacancy()

    response = post(
        as_allocator, vacancy, referral.reference, viewing_at=typed(2), ask_deposit_loan="on"
    )

    offer = Offer.objects.get()
    assert (offer.referral, offer.vacancy, offer.status) == (referral, vacancy, OfferStatus.LIVE)
    assert response.url == f"{BOARD}?vacancy={vacancy.reference}"
    html = read(as_allocator.get(response.url))
    assert "har fået tilbuddet" in html
    assert "Boligen er tilbudt" in html


def test_pressed_twice_it_is_one_offer(as_allocator: Client, town: Town) -> None:
    referral, vacancy = town.waiting(), town.vacancy()
    key = str(uuid.uuid4())

    first = post(as_allocator, vacancy, referral.reference, form_key=key)
    second = post(as_allocator, vacancy, referral.reference, form_key=key)

    assert Offer.objects.count() == 1
    assert (first.status_code, second.status_code) == (302, 302)


def test_the_loser_reads_who_was_first_and_keeps_what_was_typed(
    as_allocator: Client, town: Town
) -> None:
    first, second, vacancy = town.waiting(days=2), town.waiting(days=1), town.vacancy()
    town.offer(vacancy, first)

    response = post(as_allocator, vacancy, second.reference, why_not_first="Bor i opgangen")

    html = read(response)
    assert response.status_code == 422
    assert "Peter Nymark" in html
    assert Offer.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "says"),
    [
        pytest.param({"answer_by": ""}, "1 ting mangler, før tilbuddet kan gives", id="no-time"),
        pytest.param({"answer_by": "i overmorgen en gang"}, "kan ikke læses", id="unreadable"),
        pytest.param({"answer_by": "01-01-2020 kl. 12"}, "allerede", id="past"),
        pytest.param({"viewing_at": "31-12-2199 kl. 9"}, "Fremvisning", id="viewing-too-late"),
        pytest.param({"why_not_first": "x" * 10_000}, "10.000", id="too-long"),
    ],
)
def test_bad_input_is_told_and_kept(
    as_allocator: Client, town: Town, values: dict[str, str], says: str
) -> None:
    referral, vacancy = town.waiting(), town.vacancy()

    response = post(as_allocator, vacancy, referral.reference, **values)

    assert response.status_code == 422
    assert says.lower() in read(response).lower()
    assert not Offer.objects.exists()


@pytest.mark.parametrize("referral", ["", "nonsense", str(uuid.UUID(int=1))])
def test_a_citizen_who_is_not_there_is_not_offered_anything(
    as_allocator: Client, town: Town, referral: str
) -> None:
    town.waiting()
    vacancy = town.vacancy()

    assert post(as_allocator, vacancy, referral).status_code in (404, 422)
    assert not Offer.objects.exists()


def test_a_dwelling_that_left_the_board_takes_no_other_with_it(
    as_allocator: Client, town: Town
) -> None:
    """The form must not end up standing under another dwelling."""
    referral, gone = town.waiting(), town.vacancy()
    town.vacancy()
    Vacancy.objects.filter(pk=gone.pk).update(closed_on=timezone.localdate(), ended="withdrawn")

    response = post(as_allocator, gone, referral.reference)

    assert response.status_code == 302
    assert "ikke ledig længere" in read(as_allocator.get(BOARD))


def test_J5_a_protected_citizens_dwelling_stands_by_its_number(
    as_allocator: Client, town: Town
) -> None:
    citizen = make_citizen(name="Kirsten Prøve", protection=Protection.YES)
    referral = make_referral(case=make_case(unit=town.unit, citizen=citizen))
    vacancy = make_vacancy(municipality=town.municipality, address="Skjultvej 3, 1. th.")
    town.offer(vacancy, referral)

    for url in (BOARD, "/vacancies/", "/offers/", f"/vacancies/{vacancy.reference}/"):
        html = read(as_allocator.get(url))
        assert "Skjultvej" not in html
        assert f"Bolig {vacancy.dwelling.number} (adresse skjult)" in html
