"""A choice: who makes it, what it may be, that it is kept, and what it sets off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from pytest_django import DjangoAssertNumQueries

from housingfirst.access.enums import Role
from housingfirst.access.log import current_request_id
from housingfirst.access.models import AccessEntry
from housingfirst.base.errors import DomainError, NotPermitted
from housingfirst.law.choices import DEFAULT_CHOICES
from housingfirst.law.reimbursement import CapTransition
from housingfirst.lawbook import effects, errors
from housingfirst.lawbook.models import MunicipalChoice
from housingfirst.lawbook.selectors import choices_by_municipality, choices_of
from tests.access.factories import make_municipality
from tests.lawbook.factories import TODAY, choose, make_administrator

pytestmark = pytest.mark.django_db

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def in_request() -> Iterator[None]:
    token = current_request_id.set(uuid4())
    yield
    current_request_id.reset(token)


@pytest.fixture
def applied(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, date]]:
    """What one registered effect of the reimbursement was asked to count anew."""
    asked: list[tuple[int, date]] = []
    effect = effects.Effect(
        "test", {"reimbursement"}, lambda _pk: "", lambda pk, day: asked.append((pk, day))
    )
    monkeypatch.setattr(effects, "_EFFECTS", {"test": effect})
    return asked


def test_the_defaults_hold_until_something_is_chosen() -> None:
    here, there = make_municipality(), make_municipality()
    assert choices_of(here.pk) == DEFAULT_CHOICES
    choose(here)
    assert choices_of(here.pk).reimbursement.cap_transition is CapTransition.PER_YEAR
    assert choices_of(there.pk) == DEFAULT_CHOICES


def test_the_newest_choice_holds_and_the_earlier_ones_are_kept() -> None:
    here = make_municipality()
    choose(here, decided_on=TODAY)
    choose(here, value="per_day", decided_on=date(2026, 4, 1))
    assert choices_of(here.pk) == DEFAULT_CHOICES
    assert list(MunicipalChoice.objects.order_by("pk").values_list("value", flat=True)) == [
        "per_year",
        "per_day",
    ]


def test_a_choice_is_never_changed() -> None:
    choice = choose(make_municipality())
    for act in (
        lambda: MunicipalChoice.objects.filter(pk=choice.pk).update(value="per_day"),
        lambda: MunicipalChoice.objects.filter(pk=choice.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            act()


def test_it_is_written_down_who_chose_what() -> None:
    here = make_municipality()
    actor = make_administrator(here)
    choice = choose(here, actor=actor)
    assert (choice.made_by, choice.reason) == (actor, "Besluttet af direktionen.")
    entry = AccessEntry.objects.get(what="municipal_choice")
    assert entry.user == actor
    assert entry.detail == "reimbursement.cap_transition: per_day > per_year"


@pytest.mark.parametrize("role", [Role.TEAM_LEAD, Role.AUDITOR])
def test_only_an_administrator_chooses(role: Role) -> None:
    here = make_municipality()
    with pytest.raises(NotPermitted):
        choose(here, actor=make_administrator(here, role))
    assert not MunicipalChoice.objects.exists()


def test_an_administrator_of_another_municipality_does_not_choose() -> None:
    with pytest.raises(NotPermitted):
        choose(make_municipality(), actor=make_administrator(make_municipality()))


@pytest.mark.parametrize(
    ("key", "value", "refusal"),
    [
        pytest.param("reimbursement.gone", "yes", errors.UnknownSetting, id="no-such-setting"),
        pytest.param(
            "reimbursement.leap_day", "1_april", errors.ValueNotAllowed, id="no-such-word"
        ),
        pytest.param("cti.review_days", "-1", errors.NumberOutOfRange, id="too-small"),
        pytest.param("cti.review_days", "367", errors.NumberOutOfRange, id="too-great"),
        pytest.param("cti.review_days", "ti", errors.NumberOutOfRange, id="no-number"),
        pytest.param(
            "calendar.christmas_eve_is_working_day", "true", errors.ValueNotAllowed, id="yes-or-no"
        ),
    ],
)
def test_what_it_cannot_be(key: str, value: str, refusal: type[DomainError]) -> None:
    with pytest.raises(refusal):
        choose(make_municipality(), key, value)


def test_a_reason_and_a_day_that_has_been() -> None:
    here = make_municipality()
    with pytest.raises(errors.ReasonMissing):
        choose(here, reason="  ")
    with pytest.raises(errors.DecidedInFuture):
        choose(here, decided_on=TOMORROW)
    choose(here, "cti.review_days", " 007 ")
    assert MunicipalChoice.objects.get().value == "7"


def test_who_saw_an_older_choice_is_told() -> None:
    here = make_municipality()
    first = choose(here, actor=make_administrator(here), seen="")
    with pytest.raises(errors.ChosenMeanwhile):
        choose(here, value="per_day", seen="")
    choose(here, value="per_day", seen=str(first.reference))
    assert choices_of(here.pk) == DEFAULT_CHOICES


def test_what_is_counted_from_it_is_counted_anew(applied: list[tuple[int, date]]) -> None:
    here = make_municipality()
    choose(here, "cti.review_days", "7")
    choose(here, value="per_day")  # what held already
    assert applied == []
    choose(here)
    assert applied == [(here.pk, TODAY)]


def test_many_municipalities_are_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    places = [make_municipality() for _ in range(5)]
    for place in places[:4]:
        choose(place)
        choose(place, "cti.review_days", "7")
    with django_assert_num_queries(1):
        found = choices_by_municipality([place.pk for place in places])
    assert [found[place.pk].cti.review_days for place in places] == [7, 7, 7, 7, 14]
    with django_assert_num_queries(0):
        assert choices_by_municipality([]) == {}


@pytest.mark.usefixtures("in_request")
def test_a_request_asks_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    here, there = make_municipality(), make_municipality()
    with django_assert_num_queries(1):
        assert choices_of(here.pk) is choices_of(here.pk)
    with django_assert_num_queries(1):
        choices_by_municipality([here.pk, there.pk])
    current_request_id.set(uuid4())
    with django_assert_num_queries(1):
        choices_of(here.pk)


@pytest.mark.usefixtures("in_request")
def test_a_request_that_chooses_sees_what_it_chose() -> None:
    here = make_municipality()
    assert choices_of(here.pk) == DEFAULT_CHOICES
    with transaction.atomic():
        choose(here)
        assert choices_of(here.pk).reimbursement.cap_transition is CapTransition.PER_YEAR
        transaction.set_rollback(True)
    assert choices_of(here.pk) == DEFAULT_CHOICES
