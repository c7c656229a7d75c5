"""What was typed when the session had ended is there after the login, for the same person alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.casework.models import Case, Note
from housingfirst.access.enums import Role
from housingfirst.access.models import Unit, User
from housingfirst.access.resume import KEPT
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case
from tests.cases.pages import address
from tests.forms import forms_of
from tests.reading import read

pytestmark = pytest.mark.django_db

PASSWORD = "velkommen-til-fjordby"
WORDS = "Vil helst mødes på biblioteket om tirsdagen"
LOGIN = "/login/"


@pytest.fixture
def unit() -> Unit:
    return make_unit()


@pytest.fixture
def adviser(unit: Unit) -> User:
    return with_password(make_user(Role.ADVISER, unit))


@pytest.fixture
def case(unit: Unit) -> Case:
    return make_case(unit=unit)


def with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


def logs_in(client: Client, user: User) -> str:
    """The page one lands on, read."""
    said = {"username": user.email, "password": PASSWORD, "next": "/"}
    answer = client.post(LOGIN, said, follow=True)
    assert answer.status_code == 200
    return read(answer)


def writes_too_late(
    client: Client, user: User, case: Case, headers: dict[str, str] | None = None
) -> HttpResponseBase:
    """A note sent an hour and a minute after its form was opened; the answer."""
    client.force_login(user)
    url = address("note_create", case)
    (form,) = (f for f in forms_of(url, client.get(url).content.decode()) if "text" in f.names)
    with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=False):
        return client.post(form.action, form.values | {"text": WORDS}, headers=headers)


def test_a_note_written_for_an_hour_is_saved_after_the_login(
    client: Client, adviser: User, case: Case
) -> None:
    answer = writes_too_late(client, adviser, case)
    assert answer["Location"].startswith(LOGIN)
    assert not Note.objects.exists()
    assert "det, du havde skrevet, er gemt" in read(client.get(LOGIN))

    page = logs_in(client, adviser)
    assert WORDS in page
    sent = client.post(reverse("access:resume_send"), forms_of("/", page)[-2].values, follow=True)

    assert Note.objects.get().text == WORDS
    assert sent.redirect_chain[0] == (address("note_create", case), 307)
    assert client.get(reverse("access:resume_typed"))["Location"] == "/"


def test_the_form_comes_back_when_something_is_wrong(
    client: Client, adviser: User, case: Case
) -> None:
    writes_too_late(client, adviser, case)
    page = logs_in(client, adviser)
    values = forms_of("/", page)[-2].values | {"happened_on": ["31-02-2026"], "kind": ["?"]}

    answer = client.post(reverse("access:resume_send"), values, follow=True)

    assert answer.status_code == 422
    assert WORDS in read(answer)


def test_nobody_else_reads_it(client: Client, adviser: User, case: Case, unit: Unit) -> None:
    colleague = with_password(make_user(Role.ADVISER, unit))
    writes_too_late(client, adviser, case)

    assert WORDS not in logs_in(client, colleague)
    assert client.get(reverse("access:resume_typed"))["Location"] == "/"
    client.post(reverse("access:logout"))
    assert WORDS not in logs_in(client, adviser)


def test_it_lies_sealed(client: Client, adviser: User, case: Case) -> None:
    writes_too_late(client, adviser, case)

    for session in Session.objects.all():
        assert "biblioteket" not in str(session.get_decoded())


def test_it_is_kept_for_an_hour(client: Client, adviser: User, case: Case) -> None:
    writes_too_late(client, adviser, case)

    with time_machine.travel(timezone.now() + timedelta(minutes=122), tick=False):
        assert WORDS not in logs_in(client, adviser)


def test_a_part_of_a_page_is_kept_too(client: Client, adviser: User, case: Case) -> None:
    writes_too_late(client, adviser, case, {"HX-Request": "true"})

    assert WORDS in logs_in(client, adviser)


def test_another_tab_had_noticed_already(client: Client, adviser: User, case: Case) -> None:
    client.force_login(adviser)
    url = address("note_create", case)
    form = next(f for f in forms_of(url, client.get(url).content.decode()) if "text" in f.names)
    with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=False):
        assert client.get(url)["Location"].startswith(LOGIN)
        client.post(form.action, form.values | {"text": WORDS})

        assert WORDS in logs_in(client, adviser)


def test_it_can_be_thrown_away(client: Client, adviser: User, case: Case) -> None:
    writes_too_late(client, adviser, case)
    logs_in(client, adviser)

    client.post(reverse("access:resume_drop"))

    assert client.get(reverse("access:resume_typed"))["Location"] == "/"
    assert not Note.objects.exists()


def test_who_logs_out_leaves_nothing(client: Client, adviser: User, case: Case) -> None:
    client.force_login(adviser)
    url = address("note_create", case)
    form = next(f for f in forms_of(url, client.get(url).content.decode()) if "text" in f.names)
    client.post(reverse("access:logout"))
    client.post(form.action, form.values | {"text": WORDS})

    assert WORDS not in logs_in(client, adviser)


@pytest.mark.parametrize("name", ["password", "new_password1"])
def test_no_password_is_ever_kept(client: Client, adviser: User, case: Case, name: str) -> None:
    client.force_login(adviser)
    assert client.get(address("case_detail", case)).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=False):
        assert client.get(address("case_detail", case))["Location"].startswith(LOGIN)
        client.post(LOGIN, {"username": adviser.email, name: "noget helt andet, og langt nok"})

        assert KEPT not in client.session


def test_sending_what_is_no_longer_kept_says_so(client: Client, adviser: User) -> None:
    client.force_login(adviser)

    page = read(client.post(reverse("access:resume_send"), {"text": WORDS}, follow=True))

    assert "Skriv det igen" in page
