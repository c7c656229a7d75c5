"""A form sent twice is done once."""

import threading
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import timezone

from housingfirst.access.models import User
from housingfirst.base.errors import NotPermitted
from housingfirst.ui.forms.once import forget, once
from housingfirst.ui.jobs import forget_form_keys
from housingfirst.ui.models import FormKey
from tests.access.factories import make_user

KEY = str(uuid.UUID(int=7))


def press(user: User, key: str = KEY) -> HttpRequest:
    request = RequestFactory().post("/", {"form_key": key})
    request.user = user
    return request


def act(user: User, done: list[str], result: str, key: str = KEY) -> str:
    with once(press(user, key)) as sent:
        if sent.earlier is None:
            done.append(result)
            sent.result = result
    return sent.address


@pytest.mark.django_db
def test_the_second_press_shows_the_first_ones_result() -> None:
    user, done = make_user(), list[str]()
    assert [act(user, done, "/stay/1/"), act(user, done, "/stay/2/")] == ["/stay/1/", "/stay/1/"]
    assert done == ["/stay/1/"]


@pytest.mark.django_db
def test_a_refused_act_frees_the_key() -> None:
    user, done = make_user(), list[str]()
    with pytest.raises(NotPermitted), once(press(user)):
        raise NotPermitted
    assert act(user, done, "/stay/1/") == "/stay/1/"
    assert done == ["/stay/1/"]


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "no key", "7", "\x00", "9" * 5_000])
def test_without_a_readable_key_nothing_is_guarded(key: str) -> None:
    user, done = make_user(), list[str]()
    act(user, done, "/1/", key)
    act(user, done, "/2/", key)
    assert done == ["/1/", "/2/"]


@pytest.mark.django_db
def test_another_persons_key_tells_nothing() -> None:
    done: list[str] = []
    act(make_user(), done, "/stay/1/")
    assert act(make_user(), done, "/stay/2/") == "/"
    assert done == ["/stay/1/"]


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_act_once() -> None:
    user, done, answers = make_user(), list[str](), list[str]()
    inside, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic(), once(press(user)) as sent:
            inside.set()
            assert go_on.wait(10)
            done.append("slow")
            sent.result = "/slow/"
        connection.close()

    def fast() -> None:
        answers.append(act(user, done, "/fast/"))
        connection.close()

    first, second = threading.Thread(target=slow), threading.Thread(target=fast)
    first.start()
    assert inside.wait(10)
    second.start()
    second.join(0.3)
    assert second.is_alive()  # waits for the first one's outcome
    go_on.set()
    first.join(10)
    second.join(10)
    assert done == ["slow"]
    assert answers == ["/slow/"]


@pytest.mark.django_db
def test_old_keys_are_forgotten() -> None:
    now = timezone.now()
    FormKey.objects.create()
    old = FormKey.objects.create()
    FormKey.objects.filter(pk=old.pk).update(created_at=now - timedelta(days=3))
    assert forget(before=now - timedelta(days=2)) == 1
    assert forget(before=datetime(2020, 1, 1, tzinfo=UTC)) == 0


@pytest.mark.django_db
def test_the_job_keeps_what_may_still_be_sent() -> None:
    young, old = FormKey.objects.create(), FormKey.objects.create()
    for key, age in ((young, 47), (old, 49)):
        created = timezone.now() - timedelta(hours=age)
        FormKey.objects.filter(pk=key.pk).update(created_at=created)
    assert [forget_form_keys(), forget_form_keys()] == [1, 0]
    assert FormKey.objects.get() == young
