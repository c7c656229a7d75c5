"""The page "Lovregler" and the choice of a setting, as people meet them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from housingfirst.access.enums import Role, UnitKind
from housingfirst.access.models import Municipality
from housingfirst.access.services import membership_add
from housingfirst.law.choices import SETTINGS
from housingfirst.law.days import COPENHAGEN
from housingfirst.law.rulebook import rulebook
from housingfirst.lawbook.book import NOT_YET_COUNTED
from housingfirst.lawbook.models import MunicipalChoice
from tests.access.factories import make_municipality, make_unit, make_user
from tests.housing.factories import make_shelter, make_stay
from tests.lawbook.factories import TODAY, choose, make_administrator
from tests.reading import read

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parent.parent.parent
KEY = "reimbursement.cap_transition"
RULES = reverse("lawbook:rules")
CHOICE = reverse("lawbook:choice_make", args=[KEY])


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(datetime.combine(TODAY, time(12), COPENHAGEN), tick=False):
        yield


@pytest.fixture
def here() -> Municipality:
    return make_municipality(name="Fjordby")


@pytest.fixture
def administrator(here: Municipality, client: Client) -> Client:
    client.force_login(make_administrator(here))
    return client


def typed(**values: str) -> dict[str, str]:
    return {
        "value": "per_year",
        "decided_on": "20-11-2026",
        "reason": "Juridisk afdeling har svaret.",
        "seen": "",
        **values,
    }


def sent(**values: str) -> dict[str, str]:
    """As the confirming page sends it."""
    return typed(confirmed="on", form_key=str(uuid4()), **values)


def test_every_rule_stands_on_the_page_with_its_anchor(administrator: Client) -> None:
    page = read(administrator.get(RULES))
    for subject in rulebook():
        assert f'id="{subject.key}"' in page
        for rule in subject.rules:
            assert f'id="{rule.id}"' in page
            assert rule.paragraphs[0].replace("\u00a0", " ") in page
    for key in SETTINGS:
        assert f'id="{key}"' in page
    assert "1. okt. 2023 – 31. marts 2026" in page
    assert "altid" in page
    assert f"Kommunen mangler at tage stilling til {len(SETTINGS)} spørgsmål" in page


@pytest.mark.parametrize(
    ("role", "kind", "status"),
    [
        (Role.TEAM_LEAD, UnitKind.TEAM, 200),
        (Role.ADVISER, UnitKind.TEAM, 200),
        (Role.HYBRID, UnitKind.TEAM, 200),
        (Role.ALLOCATOR, UnitKind.ALLOCATION, 200),
        (Role.AUDITOR, UnitKind.ADMINISTRATION, 200),
        (Role.SUPPORT_WORKER, UnitKind.TEAM, 403),
        (Role.SHELTER_STAFF, UnitKind.SHELTER, 403),
        (Role.PARTNER, UnitKind.BENEFITS_OFFICE, 403),
    ],
)
def test_who_reads_and_who_chooses(
    client: Client, here: Municipality, role: Role, kind: UnitKind, status: int
) -> None:
    client.force_login(make_user(role, make_unit(kind=kind, municipality=here)))
    answer = client.get(RULES)
    assert answer.status_code == status
    assert CHOICE not in read(answer)
    assert client.get(CHOICE).status_code == 403
    assert client.post(CHOICE, sent()).status_code == 403
    assert not MunicipalChoice.objects.exists()


def test_what_is_chosen_stands_with_its_reason_and_what_was_before(
    administrator: Client, here: Municipality
) -> None:
    lone = make_municipality()
    choose(here, reason="Første gang.", decided_on=date(2026, 4, 1))
    choose(here, value="per_day", reason="Anden gang.", actor=make_administrator(here))
    choose(lone, reason="En anden kommune.")
    page = read(administrator.get(RULES))
    assert "Anden gang." in page
    assert "Tidligere valg" in page
    assert "Første gang." in page
    assert "En anden kommune." not in page


def test_only_the_open_questions(administrator: Client) -> None:
    page = read(administrator.get(RULES, {"show": "open"}))
    assert 'id="R-110-REF"' in page
    assert 'id="R-110-PAY"' not in page


def test_choosing_asks_first_and_says_what_it_changes(
    administrator: Client, here: Municipality
) -> None:
    make_stay(shelter=make_shelter(municipality=here), admitted_on=date(2026, 11, 2))
    assert "Fra den dag gælder 90 dage" in read(administrator.get(CHOICE))

    asked = administrator.post(CHOICE, typed())

    page = read(asked)
    assert asked.status_code == 200
    assert "1 løbende refusionsur tælles om." in page
    assert "Året beholder de 120 dage, det begyndte med" in page
    assert "Juridisk afdeling har svaret." in page
    assert not MunicipalChoice.objects.exists()

    done = administrator.post(CHOICE, sent())
    assert done["Location"] == f"{RULES}#{KEY}"
    choice = MunicipalChoice.objects.get()
    assert (choice.key, choice.value, choice.decided_on) == (KEY, "per_year", date(2026, 11, 20))
    assert (choice.municipality, choice.reason) == (here, "Juridisk afdeling har svaret.")
    assert "Valget er truffet og gælder fra nu af." in read(administrator.get(RULES))


def test_deciding_for_the_default_counts_nothing_anew(administrator: Client) -> None:
    page = read(administrator.post(CHOICE, typed(value="per_day")))
    assert "Det samme som nu, så intet tælles om." in page
    assert administrator.post(CHOICE, sent(value="per_day")).status_code == 302
    assert MunicipalChoice.objects.get().value == "per_day"


def test_pressed_twice_it_is_one_choice(administrator: Client) -> None:
    values = sent()
    answers = [administrator.post(CHOICE, values) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == [f"{RULES}#{KEY}"] * 2
    assert MunicipalChoice.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "said"),
    [
        pytest.param({"value": "maybe"}, "Det er ikke et af de mulige svar.", id="value"),
        pytest.param({"reason": " "}, "Skriv, hvorfor kommunen vælger sådan", id="reason"),
        pytest.param({"decided_on": "23-11-2026"}, "Skriv 22-11-2026 eller tidligere", id="day"),
        pytest.param({"decided_on": "i forgårs 7"}, "Datoen kan ikke læses", id="no-day"),
    ],
)
def test_bad_input_keeps_what_was_typed(
    administrator: Client, values: dict[str, str], said: str
) -> None:
    for confirmed in ({}, {"confirmed": "on"}):
        answer = administrator.post(CHOICE, typed(**values) | confirmed)
        assert answer.status_code == 422
        assert said in read(answer)
        if "reason" not in values:
            assert "Juridisk afdeling har svaret." in read(answer)
    assert not MunicipalChoice.objects.exists()


def test_a_number_has_its_bounds(administrator: Client) -> None:
    address = reverse("lawbook:choice_make", args=["cti.review_days"])
    assert administrator.post(address, typed(value="367")).status_code == 422
    assert "7 dage" in read(administrator.post(address, typed(value="7")))


def test_somebody_else_has_chosen_meanwhile(administrator: Client, here: Municipality) -> None:
    other = make_administrator(here)
    choose(here, actor=other)
    answer = administrator.post(CHOICE, sent(value="per_day"))
    assert answer.status_code == 422
    assert f"{other} har valgt i mellemtiden." in read(answer)
    assert MunicipalChoice.objects.count() == 1


def test_there_is_no_such_setting(administrator: Client) -> None:
    address = reverse("lawbook:choice_make", args=["reimbursement.gone"])
    assert administrator.get(address).status_code == 404


def test_the_page_says_what_is_not_counted_with_yet(
    administrator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("housingfirst.lawbook.book.NOT_YET_COUNTED", {"aftercare"})
    address = reverse("lawbook:choice_make", args=["aftercare.max_months"])
    page = read(administrator.post(address, typed(value="1")))
    assert "Ingen side regner med det endnu." in page
    assert "Ingen side regner med det endnu." not in read(administrator.post(CHOICE, typed()))


def test_what_is_said_not_to_be_counted_with_is_not() -> None:
    """Whoever begins to count with a group takes it out of the list, and it fails till then."""
    sources = "".join(
        path.read_text(encoding="utf-8")
        for app in ("cases", "housing", "support", "crosssector")
        for path in (ROOT / app).rglob("*.py")
    )
    for group in {setting.group for setting in SETTINGS.values()}:
        used = re.search(
            rf"(?:\)|\]|choices|chosen|settings)\.{group}\b|chosen_number\(\s*\"{group}\.", sources
        )
        assert (used is None) == (group in NOT_YET_COUNTED), group


def test_an_administrator_of_two_municipalities_chooses_which(client: Client) -> None:
    here, there = make_municipality(name="Aby"), make_municipality(name="Bby")
    user = make_administrator(here)

    membership_add(
        user=user,
        unit=make_unit(kind=UnitKind.ADMINISTRATION, municipality=there),
        role=Role.ADMINISTRATOR,
        valid_from=date(2020, 1, 1),
        actor=None,
    )
    client.force_login(type(user).objects.get(pk=user.pk))
    choose(there, reason="Kun i Bby.")
    assert "Kun i Bby." not in read(client.get(RULES))
    assert "Kun i Bby." in read(client.get(RULES, {"municipality": there.code}))
    answer = client.post(f"{CHOICE}?municipality={here.code}", sent())
    assert answer["Location"] == f"{RULES}?municipality={here.code}#{KEY}"
    assert MunicipalChoice.objects.filter(municipality=here).count() == 1


@pytest.mark.parametrize("choices", [1, 20])
def test_query_count_does_not_grow(
    administrator: Client,
    here: Municipality,
    choices: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for n in range(choices):
        choose(here, value=("per_day", "per_year")[n % 2], actor=make_administrator(here))
    administrator.get(RULES)
    with django_assert_max_num_queries(6):
        administrator.get(RULES)
