"""The sweep makes the table equal to the facts, however often and by however many it is run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.db.models import DecimalField, F, Value
from django.utils import timezone

from cases.casework.models import Wish
from housingfirst.access.enums import Role
from housingfirst.deadlines import services
from housingfirst.deadlines.models import Deadline
from housingfirst.deadlines.sweep import Changed
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case
from tests.deadlines.factories import (
    COPENHAGEN,
    DAY,
    make_kind,
    make_wish,
    only_kinds,
    table,
    wishes_due,
)

pytestmark = pytest.mark.django_db


def is_open(deadline: Deadline) -> bool:
    return Deadline.objects.open().filter(pk=deadline.pk).exists()


@pytest.fixture(autouse=True)
def _kind() -> Iterator[None]:
    with only_kinds(make_kind()):
        yield


def test_what_is_due_becomes_a_deadline_with_all_its_facts() -> None:
    unit = make_unit()
    adviser = make_user(Role.ADVISER, unit)
    case = make_case(unit=unit, adviser=adviser)
    wish = make_wish(case, said_on=date(2026, 11, 10), words="En have")

    assert services.sweep(DAY) == Changed(written=1)

    row = Deadline.objects.get()
    assert row.object_key == str(wish.reference)
    assert (row.municipality, row.unit, row.person, row.case) == (
        unit.municipality,
        unit,
        adviser,
        case,
    )
    assert row.due_on == date(2026, 11, 24)
    assert (row.warn_from, row.now_from) == (date(2026, 11, 14), date(2026, 11, 21))
    assert row.params == {"words": "En have", "seen": None}
    assert (row.due_at, row.weekly_cost_dkk, row.closed_at) == (None, None, None)


def test_a_second_run_changes_nothing() -> None:
    for _ in range(3):
        make_wish(make_case(unit=make_unit()))
    services.sweep(DAY)
    before = table()

    with connection.cursor() as cursor:
        cursor.execute("SELECT id, xmin::text FROM deadlines_deadline ORDER BY id")
        versions = cursor.fetchall()
        assert services.sweep(DAY) == Changed()
        cursor.execute("SELECT id, xmin::text FROM deadlines_deadline ORDER BY id")
        assert cursor.fetchall() == versions  # not one row was written again
    assert table() == before


def test_changed_facts_change_the_row_and_only_that() -> None:
    unit = make_unit()
    wish, other = make_wish(make_case(unit=unit)), make_wish(make_case(unit=unit))
    services.sweep(DAY)
    Wish.objects.filter(pk=wish.pk).update(said_on=DAY + timedelta(days=5), words="En altan")

    assert services.sweep(DAY) == Changed(written=1)

    row = Deadline.objects.get(object_key=str(wish.reference))
    assert row.due_on == DAY + timedelta(days=19)
    assert row.params["words"] == "En altan"
    assert Deadline.objects.get(object_key=str(other.reference)).due_on == DAY + timedelta(days=14)


def test_an_object_that_is_gone_closes_and_comes_back_as_new() -> None:
    unit = make_unit()
    user = make_user(Role.ADVISER, unit)
    wish = make_wish(make_case(unit=unit, adviser=user))
    services.sweep(DAY)
    deadline = Deadline.objects.get()
    services.acknowledge(deadline=deadline, actor=user, today=DAY)
    services.snooze(
        deadline=deadline, until=DAY + timedelta(days=2), reason="ferie", actor=user, today=DAY
    )

    Wish.objects.filter(pk=wish.pk).update(words="")
    assert services.sweep(DAY) == Changed(closed=1)
    assert not is_open(deadline)
    assert services.sweep(DAY) == Changed()

    Wish.objects.filter(pk=wish.pk).update(words="En have")
    assert services.sweep(DAY) == Changed(written=1)
    assert is_open(deadline)
    deadline.refresh_from_db()
    assert (deadline.acknowledged_at, deadline.acknowledged_until) == (None, None)
    assert (deadline.snoozed_until, deadline.snooze_reason) == (None, "")


def test_a_later_day_keeps_what_people_wrote_and_an_earlier_one_asks_again() -> None:
    unit = make_unit()
    user = make_user(Role.ADVISER, unit)
    wish = make_wish(make_case(unit=unit, adviser=user))
    services.sweep(DAY)
    deadline = Deadline.objects.get()
    until = DAY + timedelta(days=3)
    services.acknowledge(deadline=deadline, actor=user, today=DAY)
    services.snooze(deadline=deadline, until=until, reason="ferie", actor=user, today=DAY)

    Wish.objects.filter(pk=wish.pk).update(said_on=DAY + timedelta(days=1))
    services.sweep(DAY)
    deadline.refresh_from_db()
    assert deadline.acknowledged_by == user
    assert (deadline.snoozed_until, deadline.snooze_reason) == (until, "ferie")

    Wish.objects.filter(pk=wish.pk).update(said_on=DAY - timedelta(days=1))
    services.sweep(DAY)
    deadline.refresh_from_db()
    assert Deadline.objects.filter(acknowledged_by=None, acknowledged_at=None).count() == 1
    assert (deadline.snoozed_until, deadline.snooze_reason) == (until, "ferie")


def test_every_column_given_by_the_facts_is_kept_and_warnings_are_put_in_order() -> None:
    at = datetime(2026, 11, 20, 12, 30, tzinfo=COPENHAGEN)

    def facts(day: date) -> Any:
        return wishes_due(day).annotate(
            fact_due_on=Value(date(2026, 11, 20)),
            fact_due_at=Value(at),
            fact_warn_from=Value(date(2026, 12, 1)),
            fact_now_from=Value(date(2026, 11, 25)),
            fact_weekly_cost_dkk=Value(
                Decimal("5519.5"), output_field=DecimalField(max_digits=9, decimal_places=2)
            ),
        )

    make_wish(make_case(unit=make_unit()))
    with only_kinds(make_kind(facts=facts)):
        assert services.sweep(DAY) == Changed(written=1)
        assert services.sweep(DAY) == Changed()

    row = Deadline.objects.get()
    assert (row.due_at, row.weekly_cost_dkk) == (at, Decimal("5519.50"))
    assert row.warn_from == row.now_from == row.due_on == date(2026, 11, 20)


def test_an_object_given_twice_is_due_when_the_earlier_is() -> None:
    case = make_case(unit=make_unit())
    make_wish(case, said_on=DAY)
    make_wish(case, said_on=DAY - timedelta(days=3))

    def facts(day: date) -> Any:
        return wishes_due(day).annotate(fact_object_key=F("case__reference"))

    with only_kinds(make_kind(facts=facts)):
        services.sweep(DAY)

    assert Deadline.objects.get().due_on == DAY + timedelta(days=11)


def test_a_kind_with_no_facts_at_all_closes_what_it_had() -> None:
    make_wish(make_case(unit=make_unit()))
    services.sweep(DAY)

    with only_kinds(make_kind(facts=lambda day: wishes_due(day).none())):
        assert services.sweep(DAY) == Changed(closed=1)


def test_a_kind_that_leaves_out_a_column_is_told_which() -> None:
    def facts(day: date) -> Any:
        return Wish.objects.annotate(fact_object_key=F("reference"), fact_due_on=F("said_on"))

    with (
        only_kinds(make_kind(facts=facts)),
        pytest.raises(LookupError, match="fact_municipality_id"),
    ):
        services.sweep(DAY)


def test_a_kind_that_fails_keeps_no_other_from_being_swept() -> None:
    make_wish(make_case(unit=make_unit()))

    def broken(day: date) -> Any:
        return wishes_due(day).annotate(fact_municipality_id=F("case__number"))

    with (
        only_kinds(make_kind("test_broken", facts=broken), make_kind()),
        pytest.raises(services.SweepFailed, match="test_broken"),
    ):
        services.sweep(DAY)

    assert [row.kind for row in Deadline.objects.all()] == ["test_wish"]


@pytest.mark.parametrize(
    ("said_on", "due_on"),
    [
        pytest.param(date(2026, 10, 11), date(2026, 10, 25), id="clocks-go-back"),
        pytest.param(date(2027, 3, 14), date(2027, 3, 28), id="clocks-go-forward"),
        pytest.param(date(2028, 2, 15), date(2028, 2, 29), id="leap-day"),
        pytest.param(date(2027, 2, 15), date(2027, 3, 1), id="no-leap-day"),
    ],
)
def test_days_are_calendar_days(said_on: date, due_on: date) -> None:
    make_wish(make_case(unit=make_unit()), said_on=said_on)

    services.sweep(said_on)

    row = Deadline.objects.get()
    assert row.due_on == due_on
    assert row.warn_from == due_on - timedelta(days=10)


@pytest.mark.django_db(transaction=True)
def test_R07_three_schedulers_leave_the_table_as_one_does() -> None:
    unit = make_unit()
    gone = [make_wish(make_case(unit=unit)) for _ in range(5)]
    services.sweep(DAY)
    for _ in range(20):
        make_wish(make_case(unit=unit))
    Wish.objects.filter(pk__in=[wish.pk for wish in gone[:3]]).update(words="")
    Wish.objects.filter(pk=gone[3].pk).update(said_on=DAY - timedelta(days=4))
    start = Barrier(3)
    results: list[Changed] = []

    def scheduler() -> None:
        try:
            start.wait(timeout=20)
            results.append(services.sweep(DAY))
        finally:
            connection.close()

    threads = [Thread(target=scheduler) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert sorted(results, key=lambda one: one.written)[:2] == [Changed(), Changed()]
    assert sum(results, Changed()) == Changed(written=21, closed=3)
    together = table()
    Deadline.objects.all().delete()
    services.sweep(DAY)
    assert table() == [row for row in together if row["open"]]


@pytest.mark.django_db(transaction=True)
def test_a_sweep_waits_for_an_act_that_is_not_finished_and_then_sees_it() -> None:
    wish = make_wish(make_case(unit=make_unit()))
    services.sweep(DAY)
    acting, finish = Barrier(2), Barrier(2)

    def act() -> None:
        from django.db import transaction

        try:
            with transaction.atomic():
                Wish.objects.filter(pk=wish.pk).update(words="")
                services.refresh_cases([wish.case_id], DAY)
                acting.wait(timeout=20)
                finish.wait(timeout=20)
        finally:
            connection.close()

    thread = Thread(target=act)
    thread.start()
    acting.wait(timeout=20)
    with pytest.MonkeyPatch.context() as patch:
        # The sweep's pause is where the act ends: afterwards its second try succeeds.
        def pause(seconds: float) -> None:
            finish.wait(timeout=20)
            thread.join(timeout=20)

        patch.setattr("housingfirst.deadlines.services.time.sleep", pause)
        services.sweep(DAY)
    assert Deadline.objects.get().closed_at is not None


def test_the_day_of_a_row_is_when_it_was_first_seen() -> None:
    make_wish(make_case(unit=make_unit()))
    before = timezone.now()

    services.sweep(DAY)

    assert before <= Deadline.objects.get().created_at <= timezone.now()


def test_a_sweep_that_is_stopped_halfway_is_finished_by_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = make_case(unit=make_unit())
    make_wish(case, said_on=date(2026, 11, 10))
    with only_kinds(make_kind("test_a"), make_kind("test_b"), make_kind("test_c")):
        refresh = services.refresh_kind

        def stopped(key: str, today: date) -> Changed:
            if key == "test_b":
                raise KeyboardInterrupt
            return refresh(key, today)

        with monkeypatch.context() as patched:
            patched.setattr(services, "refresh_kind", stopped)
            with pytest.raises(KeyboardInterrupt):
                services.sweep(DAY)
        assert set(Deadline.objects.values_list("kind", flat=True)) == {"test_a"}

        assert services.sweep(DAY) == Changed(written=2)
        assert set(Deadline.objects.values_list("kind", flat=True)) == {
            "test_a",
            "test_b",
            "test_c",
        }
