"""Events: who hears of them, in which transaction."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from unittest import mock

import pytest
import time_machine
from django.db import transaction

from cases.casework.events import NOTE_WRITTEN
from housingfirst.deadlines.models import Deadline
from housingfirst.events import kinds
from housingfirst.events.models import Event
from housingfirst.events.services import record
from tests.access.factories import make_unit
from tests.cases.factories import make_case
from tests.deadlines.factories import DAY, NOON, make_kind, make_wish, only_kinds

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


def test_who_subscribes_to_all_hears_every_kind_after_those_of_the_kind() -> None:
    heard: list[str] = []
    with (
        mock.patch.object(kinds, "_SUBSCRIBERS", {}),
        mock.patch.object(kinds, "_SUBSCRIBERS_TO_ALL", []),
    ):
        handler = mock.Mock(side_effect=lambda event: heard.append(f"all:{event.kind}"))
        kinds.subscribe_all(handler)
        kinds.subscribe_all(handler)
        kinds.subscribe(NOTE_WRITTEN, lambda event: heard.append("note"))
        make_case(unit=make_unit())
        record(NOTE_WRITTEN, actor=None)

    assert heard == ["all:case.opened", "note", f"all:{NOTE_WRITTEN}"]


def test_a_subscriber_that_raises_undoes_the_event() -> None:
    def refuse(event: Event) -> None:
        raise ZeroDivisionError

    with mock.patch.object(kinds, "_SUBSCRIBERS_TO_ALL", [refuse]):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            record(NOTE_WRITTEN, actor=None)
        assert not Event.objects.filter(kind=NOTE_WRITTEN).exists()


def test_an_event_of_a_case_brings_its_deadlines_up_to_date_at_once() -> None:
    with only_kinds(make_kind()):
        case = make_case(unit=make_unit())
        wish = make_wish(case, said_on=DAY)

        record(NOTE_WRITTEN, actor=None, case=case)
        assert Deadline.objects.open().get().due_on == DAY + timedelta(days=14)

        wish.said_on = date(2026, 11, 1)
        wish.save()
        record(NOTE_WRITTEN, actor=None, case=case)
        assert Deadline.objects.open().get().due_on == date(2026, 11, 15)

        wish.words = ""
        wish.save()
        record(NOTE_WRITTEN, actor=None, case=case)
        assert not Deadline.objects.open().exists()


def test_the_refresh_belongs_to_the_act_and_goes_with_it() -> None:
    with only_kinds(make_kind()):
        case = make_case(unit=make_unit())

        @transaction.atomic
        def failing_act() -> None:
            make_wish(case)
            record(NOTE_WRITTEN, actor=None, case=case)
            assert Deadline.objects.open().exists()
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            failing_act()
        assert not Deadline.objects.exists()


def test_an_event_without_a_case_touches_no_deadline() -> None:
    with only_kinds(make_kind()):
        make_wish(make_case(unit=make_unit()))

        record(NOTE_WRITTEN, actor=None)

        assert not Deadline.objects.exists()
