"""Wishes for activity: caught by whoever hears them, answered once, and not left lying (X3)."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cases.casework.errors import CaseIsClosed
from cases.models import Case
from housingfirst.access.enums import Role
from housingfirst.access.models import User
from housingfirst.base.errors import NotPermitted
from housingfirst.deadlines.kinds import kind_of
from housingfirst.deadlines.models import Deadline
from support.activities import services, views
from support.activities.deadlines import WISH
from support.activities.enums import ActivityAnswer
from support.activities.errors import SaysNothing, WishIsAnswered
from support.activities.models import ActivityWish
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case
from tests.reading import read
from tests.support.factories import make_adviser, make_worker

pytestmark = pytest.mark.django_db

WORDS = "Jeg vil gerne lave mad sammen med nogen."


@pytest.fixture
def case() -> Case:
    return make_case(unit=make_unit())


@pytest.fixture
def worker(case: Case) -> User:
    return make_worker(case)


def hear(case: Case, worker: User, *, days_ago: int = 0, words: str = WORDS) -> ActivityWish:
    said_on = timezone.localdate() - timedelta(days=days_ago)
    return services.wish_hear(case=case, words=words, said_on=said_on, actor=worker)


def answer(wish: ActivityWish, worker: User) -> None:
    services.wish_answer(
        wish=wish,
        answer=ActivityAnswer.STARTED,
        text="Fælleskøkkenet, tirsdag",
        answered_on=timezone.localdate(),
        actor=worker,
    )


def due() -> list[Deadline]:
    return list(Deadline.objects.open().filter(kind=WISH))


def test_an_unanswered_wish_falls_due_and_an_answer_closes_it(case: Case, worker: User) -> None:
    wish = hear(case, worker, days_ago=9)

    (deadline,) = due()
    assert (deadline.case, deadline.unit) == (case, case.unit)
    assert deadline.due_on == wish.said_on + timedelta(days=5)
    kind = kind_of(WISH)
    assert WORDS not in f"{kind.written(kind.why, deadline.params)}{deadline.params}"
    assert kind.url(deadline) == reverse("support:activities", args=[case.reference])

    answer(wish, worker)

    assert due() == []
    with pytest.raises(WishIsAnswered):
        answer(wish, worker)


def test_what_is_refused(case: Case, worker: User) -> None:
    wish = hear(case, worker)
    with pytest.raises(SaysNothing):
        hear(case, worker, words="  ")
    with pytest.raises(NotPermitted):
        answer(wish, make_user(Role.SUPPORT_WORKER, make_unit()))
    with pytest.raises(IntegrityError), transaction.atomic():
        ActivityWish.objects.filter(pk=wish.pk).update(answered_on=wish.said_on)
    Case.objects.filter(pk=case.pk).update(closed_on=timezone.localdate())
    with pytest.raises(CaseIsClosed):
        hear(case, worker)


def test_the_page_takes_a_wish_and_its_answer(client: Client, case: Case, worker: User) -> None:
    client.force_login(worker)
    address = reverse("support:activities", args=[case.reference])
    assert "Der er ikke skrevet et ønske om aktivitet" in read(client.get(address))

    assert client.post(address, {"words": "", "said_on": "i dag"}).status_code == 422
    form = {"words": WORDS, "said_on": "i dag", "form_key": str(uuid4())}
    assert client.post(address, form).status_code == 302
    assert client.post(address, form).status_code == 302
    wish = ActivityWish.objects.get()
    assert WORDS in read(client.get(address))
    assert WORDS in read(client.get(reverse("cases:case_detail", args=[case.reference])))

    answers = reverse("support:activity_answer", args=[case.reference, wish.reference])
    assert client.post(answers, {"answer": ""}).status_code == 422
    assert client.post(answers, {"answer": "started", "text": "Tirsdag"}).status_code == 302
    assert "Det er begyndt" in read(client.get(address))
    assert WORDS not in read(client.get(reverse("cases:case_detail", args=[case.reference])))


def test_an_old_wish_without_an_answer_is_not_cut_off(
    client: Client, case: Case, worker: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "SHOWN", 1)
    hear(case, worker, days_ago=40, words="Det gamle")
    for words in ("Det første", "Det andet"):
        answer(hear(case, worker, words=words), worker)
    client.force_login(worker)

    page = read(client.get(reverse("support:activities", args=[case.reference])))

    assert "Det gamle" in page
    assert "Det andet" in page
    assert "Det første" not in page


def test_others_find_nothing(client: Client, case: Case, worker: User) -> None:
    wish = hear(case, worker)
    other = make_case(unit=make_unit())
    client.force_login(make_adviser(other))

    assert client.get(reverse("support:activities", args=[case.reference])).status_code == 404
    crossed = reverse("support:activity_answer", args=[other.reference, wish.reference])
    assert client.post(crossed, {"answer": "started"}).status_code == 404


@pytest.mark.parametrize("many", [1, 20])
def test_queries_do_not_grow(
    client: Client,
    case: Case,
    worker: User,
    many: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for n in range(many):
        wish = hear(case, worker, words=f"{WORDS} {n}")
        if n % 2:
            answer(wish, worker)
    client.force_login(worker)

    with django_assert_max_num_queries(15):
        client.get(reverse("support:activities", args=[case.reference]))
