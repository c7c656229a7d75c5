"""Pages that belong to everyone: login, home, help, language, errors."""

import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path
from pytest_django import DjangoAssertNumQueries

from housingfirst.access.enums import Role
from housingfirst.access.models import User
from housingfirst.ui import errors, preferences
from housingfirst.urls import (  # noqa: F401  (Django looks for the handlers in the URL module)
    handler400,
    handler403,
    handler404,
    handler500,
)
from tests.access.factories import make_municipality, make_unit, make_user

PASSWORD = "kaffe med mælk og sukker"


def refuse(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def break_down(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("hemmelig detalje")


def too_big(request: HttpRequest) -> HttpResponse:
    raise RequestDataTooBig


urlpatterns = [
    path("refuse/", refuse),
    path("break/", break_down),
    path("too-big/", too_big),
    path("", include("housingfirst.urls")),
]


@pytest.fixture
def adviser(db: None) -> User:
    unit = make_unit(municipality=make_municipality(name="Fjordby"))
    user = make_user(Role.ADVISER, unit, name="Line Aagaard")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def at_work(client: Client, adviser: User) -> Client:
    client.force_login(adviser)
    return client


def html(response: Any) -> str:
    text: str = response.content.decode()
    return text


@pytest.mark.django_db
def test_the_login_page_is_danish_and_offers_english(client: Client) -> None:
    page = html(client.get("/login/"))
    assert '<html lang="da">' in page
    assert "Log ind" in page
    client.post("/language/", {"language": "en", "next": "/login/"})
    english = html(client.get("/login/"))
    assert '<html lang="en">' in english
    assert "Forgotten your password?" in english


def test_a_wrong_password_and_an_unknown_person_read_the_same(
    client: Client, adviser: User
) -> None:
    def answer(email: str) -> str:
        page = html(client.post("/login/", {"username": email, "password": "forkert"}))
        return re.sub(r'value="[^"]*"|content="[^"]*"', "", page)

    assert "E-mail og adgangskode passer ikke sammen." in answer(adviser.email)
    assert answer(adviser.email) == answer("ingen@example.org")


def test_a_missing_password_is_named(client: Client, adviser: User) -> None:
    page = html(client.post("/login/", {"username": adviser.email}))
    assert "1 ting mangler, før du kan logge ind:" in page
    assert "Adgangskode mangler" in page
    assert f'value="{adviser.email}"' in page


def test_login_leads_back_to_where_one_was_going(client: Client, adviser: User) -> None:
    asked = client.get("/help/")
    assert asked["Location"] == "/login/?next=/help/"
    page = html(client.get(asked["Location"]))
    assert '<input type="hidden" name="next" value="/help/">' in page
    data = {"username": adviser.email, "password": PASSWORD, "next": "/help/"}
    assert client.post("/login/", data)["Location"] == "/help/"


def test_too_many_attempts_say_how_long_to_wait(client: Client, adviser: User) -> None:
    data = {"username": adviser.email, "password": "forkert"}
    answers = [client.post("/login/", data) for _ in range(6)]
    assert answers[-1].status_code == 429
    assert "Vent 15 minutter" in html(answers[-1])


def test_home_is_the_first_place_of_the_menu(at_work: Client) -> None:
    assert at_work.get("/", follow=True).status_code == 200


def test_the_shell_knows_the_person_and_the_municipality(at_work: Client) -> None:
    page = html(at_work.get("/help/"))
    assert "Line Aagaard" in page
    assert "Fjordby Kommune" in page
    assert 'aria-label="Hovedmenu"' in page
    assert 'action="/logout/"' in page


def test_a_language_is_kept_with_the_person(at_work: Client, adviser: User) -> None:
    at_work.post("/language/", {"language": "en", "next": "/help/"})
    adviser.refresh_from_db()
    assert adviser.language == "en"
    assert '<html lang="en">' in html(at_work.get("/help/"))


def test_an_unknown_language_changes_nothing(adviser: User) -> None:
    preferences.language_set(actor=adviser, language="xx")
    adviser.refresh_from_db()
    assert adviser.language == "da"


def test_the_language_switch_leads_nowhere_else(client: Client, db: None) -> None:
    answer = client.post("/language/", {"language": "en", "next": "https://example.org/"})
    assert "example.org" not in answer["Location"]


def test_shortcuts_can_be_switched_off(at_work: Client) -> None:
    assert 'data-keys="on"' in html(at_work.get("/help/"))
    page = html(at_work.post("/help/keys/", {"keys": "off"}, follow=True))
    assert 'data-keys="off"' in page
    assert "Genvejene er slået fra." in page


def test_not_found_and_not_yours_read_the_same(at_work: Client) -> None:
    missing = at_work.get("/no/such/page/")
    assert missing.status_code == 404
    assert "Siden findes ikke, eller du har ikke adgang" in html(missing)
    assert re.search(r"Fejlnummer [0-9A-F]{4}-[0-9A-F]{4}\.", html(missing))


@pytest.mark.urls(__name__)
def test_refused_reads_as_not_found(at_work: Client) -> None:
    response = at_work.get("/refuse/")
    assert response.status_code == 403
    assert "Siden findes ikke, eller du har ikke adgang" in html(response)


@pytest.mark.urls(__name__)
def test_a_breakdown_shows_a_number_and_no_detail(
    at_work: Client, caplog: pytest.LogCaptureFixture
) -> None:
    at_work.raise_request_exception = False
    response = at_work.get("/break/")
    page = html(response)
    assert response.status_code == 500
    assert "hemmelig" not in page
    number = re.search(r"<b>([0-9A-F]{4}-[0-9A-F]{4})</b>", page)
    assert number
    assert number[1] in caplog.text


@pytest.mark.urls(__name__)
def test_too_much_at_once_says_so(at_work: Client) -> None:
    response = at_work.get("/too-big/")
    assert response.status_code == 413
    assert "Det var for meget på én gang" in html(response)


def test_a_form_from_an_old_page_says_what_to_do(adviser: User) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/login/", {"username": adviser.email, "password": PASSWORD})
    assert response.status_code == 403
    assert "Siden var åben for længe" in html(response)
    assert "cookies" in html(response)


def test_what_cannot_be_understood_says_so(adviser: User) -> None:
    request = RequestFactory().get("/")
    request.user = adviser
    response = errors.bad_request(request, ValueError())
    assert response.status_code == 400
    assert "Forespørgslen kunne ikke forstås" in html(response)


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        ("day", "24-12-2026", "24.\u00a0december"),
        ("moment", "24-12-2026 kl. 9", "kl.\u00a09"),
        ("day", "<script>", "Datoen kan ikke læses."),
        ("day", "", ""),
        ("anything", "24-12-2026", "24.\u00a0december"),
    ],
)
@pytest.mark.django_db
def test_a_typed_day_is_said_back(client: Client, kind: str, typed: str, said: str) -> None:
    response = client.get(f"/ui/echo/{kind}/", {"left_on": typed})
    assert response.status_code == 200
    assert said in html(response)
    assert "<script>" not in html(response)


@pytest.mark.django_db
def test_the_gallery_exists_only_while_developing(client: Client) -> None:
    assert client.get("/ui/gallery/").status_code == 404


def test_the_shell_asks_the_database_little(
    at_work: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    at_work.get("/help/")
    with django_assert_max_num_queries(8):
        at_work.get("/help/")
