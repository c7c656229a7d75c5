"""What people say about deadlines, and the refresh of single cases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.casework.models import Case, Wish
from housingfirst.access.enums import LogAction, Role
from housingfirst.access.models import AccessEntry, User
from housingfirst.base.errors import NotPermitted
from housingfirst.deadlines import services
from housingfirst.deadlines.errors import DeadlineIsClosed, SnoozeDayUnfit, SnoozeNeedsReason
from housingfirst.deadlines.models import Deadline
from housingfirst.deadlines.sweep import Changed
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case
from tests.deadlines.factories import (
    DAY,
    make_deadline,
    make_kind,
    make_wish,
    only_kinds,
    table,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kind() -> Iterator[None]:
    with only_kinds(make_kind(warning_days=(30, 14, 7))):
        yield


def own_deadline(*, days_to_due: int = 40) -> tuple[Deadline, User]:
    unit = make_unit()
    user = make_user(Role.ADVISER, unit)
    deadline = make_deadline(
        unit=unit, case=make_case(unit=unit), person=user, due_on=DAY + timedelta(days=days_to_due)
    )
    return deadline, user


def test_an_acknowledgement_lapses_at_the_next_step() -> None:
    deadline, user = own_deadline(days_to_due=20)

    deadline = services.acknowledge(deadline=deadline, actor=user, today=DAY)

    assert deadline.acknowledged_by == user
    assert deadline.is_acknowledged(DAY)
    assert deadline.is_acknowledged(DAY + timedelta(days=5))
    assert not deadline.is_acknowledged(DAY + timedelta(days=6))  # 14 days left
    again = services.acknowledge(deadline=deadline, actor=user, today=DAY + timedelta(days=6))
    assert again.acknowledged_until == DAY + timedelta(days=13)  # 7 days left


def test_after_the_due_day_an_acknowledgement_keeps() -> None:
    deadline, user = own_deadline(days_to_due=-3)

    deadline = services.acknowledge(deadline=deadline, actor=user, today=DAY)

    assert deadline.acknowledged_until is None
    assert deadline.is_acknowledged(DAY + timedelta(days=400))


def test_snooze_and_wake() -> None:
    deadline, user = own_deadline()
    until = DAY + timedelta(days=services.SNOOZE_DAYS_AT_MOST)

    services.snooze(deadline=deadline, until=until, reason=" ferie ", actor=user, today=DAY)

    deadline.refresh_from_db()
    assert (deadline.snoozed_until, deadline.snoozed_by, deadline.snooze_reason) == (
        until,
        user,
        "ferie",
    )
    assert not Deadline.objects.awake(until - timedelta(days=1)).exists()
    assert Deadline.objects.awake(until).exists()
    entry = AccessEntry.objects.get(what="deadline_snooze")
    assert deadline.case is not None
    assert (entry.action, entry.citizen_ids) == (LogAction.CHANGED, [deadline.case.citizen_id])
    services.wake(deadline=deadline, actor=user)
    assert Deadline.objects.awake(DAY).exists()


@pytest.mark.parametrize(
    ("until", "reason", "refusal"),
    [
        pytest.param(DAY, "ferie", SnoozeDayUnfit, id="today"),
        pytest.param(DAY - timedelta(days=1), "ferie", SnoozeDayUnfit, id="past"),
        pytest.param(DAY + timedelta(days=31), "ferie", SnoozeDayUnfit, id="too-far"),
        pytest.param(DAY + timedelta(days=1), "  ", SnoozeNeedsReason, id="no-reason"),
    ],
)
def test_snooze_is_refused(until: date, reason: str, refusal: type[Exception]) -> None:
    deadline, user = own_deadline()

    with pytest.raises(refusal):
        services.snooze(deadline=deadline, until=until, reason=reason, actor=user, today=DAY)

    deadline.refresh_from_db()
    assert deadline.snoozed_until is None


def test_the_database_asks_for_a_reason_too() -> None:
    deadline, _user = own_deadline()

    with (
        pytest.raises(IntegrityError, match="deadlines_deadline_snooze_has_reason"),
        transaction.atomic(),
    ):
        Deadline.objects.filter(pk=deadline.pk).update(snoozed_until=DAY)


ACTS: dict[str, dict[str, Any]] = {
    "acknowledge": {"today": DAY},
    "snooze": {"until": DAY + timedelta(days=1), "reason": "ferie", "today": DAY},
    "wake": {},
}


@pytest.mark.parametrize("act", ACTS)
def test_only_who_sees_it_may_say_anything(act: str) -> None:
    deadline, user = own_deadline()
    strangers = [
        make_user(Role.ADVISER),
        make_user(Role.ADMINISTRATOR, deadline.unit),
        make_user(Role.PARTNER, deadline.unit),
    ]
    for stranger in strangers:
        with pytest.raises(NotPermitted):
            getattr(services, act)(deadline=deadline, actor=stranger, **ACTS[act])

    getattr(services, act)(deadline=deadline, actor=user, **ACTS[act])


@pytest.mark.parametrize("act", ACTS)
def test_nothing_is_said_about_what_is_done(act: str) -> None:
    deadline, user = own_deadline()
    services.sweep(DAY)  # there is no such wish: it closes

    with pytest.raises(DeadlineIsClosed):
        getattr(services, act)(deadline=deadline, actor=user, **ACTS[act])


def test_a_refresh_touches_its_cases_alone() -> None:
    unit = make_unit()
    here, there = make_case(unit=unit), make_case(unit=unit)
    old_here, old_there = make_wish(here), make_wish(there)
    services.sweep(DAY)
    Wish.objects.filter(pk__in=[old_here.pk, old_there.pk]).update(words="")
    make_wish(here)
    make_wish(there)

    assert services.refresh_cases([here.pk], DAY) == Changed(written=1, closed=1)

    assert Deadline.objects.open().filter(case=there).get().object_key == str(old_there.reference)


def test_a_kind_without_cases_is_left_to_the_sweep() -> None:
    case = make_case(unit=make_unit())
    make_wish(case)
    kind = make_kind("test_caseless", case_lookup="")

    with only_kinds(kind):
        assert services.refresh_cases([case.pk], DAY) == Changed()
        assert services.refresh_kind("test_caseless", DAY) == Changed(written=1)
        assert services.refresh_cases([case.pk], DAY) == Changed()


def test_an_import_refreshes_its_cases_once_at_the_end() -> None:
    unit = make_unit()
    with services.refreshed_together(DAY):
        for _ in range(3):
            case = make_case(unit=unit)
            make_wish(case)
            assert services.refresh_cases([case.pk], DAY) == Changed()
        assert not Deadline.objects.exists()

    assert Deadline.objects.open().count() == 3


def test_an_import_that_fails_leaves_nothing_and_the_next_act_is_seen_at_once() -> None:
    case = make_case(unit=make_unit())

    @transaction.atomic
    def failing_import() -> None:
        with services.refreshed_together(DAY):
            make_wish(case)
            services.refresh_cases([case.pk], DAY)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing_import()
    assert not Deadline.objects.exists()
    make_wish(case)
    assert services.refresh_cases([case.pk], DAY) == Changed(written=1)


EDIT = st.tuples(
    st.integers(0, 2),  # which case
    st.sampled_from(["say", "later", "earlier", "forget", "recall"]),
    st.integers(1, 20),
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rounds=st.lists(st.lists(EDIT, min_size=1, max_size=5), min_size=1, max_size=3))
def test_refreshing_what_changed_equals_a_full_sweep(
    rounds: list[list[tuple[int, str, int]]],
) -> None:
    with transaction.atomic():
        unit = make_unit()
        cases = [make_case(unit=unit) for _ in range(3)]
        for edits in rounds:
            for number, act, days in edits:
                change(cases[number], act, days)
            touched = {cases[number].pk for number, _act, _days in edits}
            services.refresh_cases(touched, DAY)
        by_refresh = table()
        swept = services.sweep(DAY)

        assert swept == Changed()
        assert table() == by_refresh
        Deadline.objects.all().delete()
        services.sweep(DAY)
        assert table() == [row for row in by_refresh if row["open"]]
        transaction.set_rollback(True)


def change(case: Case, act: str, days: int) -> None:
    wish = Wish.objects.filter(case=case).order_by("pk").last()
    if wish is None or act == "say":
        make_wish(case, said_on=DAY + timedelta(days=days))
        return
    if act == "later":
        wish.said_on += timedelta(days=days)
    elif act == "earlier":
        wish.said_on -= timedelta(days=days)
    else:
        wish.words = "" if act == "forget" else "En have"
    wish.save()
