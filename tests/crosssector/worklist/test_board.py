"""The order and the numbers of a worklist are those that the rules give for each row by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crosssector.worklist.enums import Show
from crosssector.worklist.rows import NEAR_DAYS, Scope, board
from crosssector.worklist.selectors import page_of, waiting_for
from housingfirst.access.enums import Role
from housingfirst.deadlines import services
from housingfirst.deadlines.kinds import kind_of
from housingfirst.deadlines.models import Deadline
from housingfirst.deadlines.rules import RANKS, Severity, severity_of
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case
from tests.deadlines.factories import DAY, NOON, make_deadline, make_kind, only_kinds

pytestmark = pytest.mark.django_db

KINDS = (
    make_kind(loss=50),
    make_kind("test_law", is_statutory=True, loss=10),
    make_kind("test_wait", waits_for_others=True, loss=30),
    make_kind("offer_answer", loss=20),
)
THING = st.tuples(
    st.integers(0, 3),  # which case
    st.sampled_from([kind.key for kind in KINDS]),
    st.sampled_from([-41, -1, 0, 1, 3, 4, 10, 11, 14, 15, 60]),  # days to due
    st.sampled_from([None, -1, 1]),  # hours from noon, if it has a time
    st.sampled_from([None, Decimal("0.00"), Decimal("5519.50"), Decimal("11039.00")]),
    st.sampled_from([None, "", "Ydelsescenter"]),  # who has the ball
    st.booleans(),  # mine, or nobody's
    st.sampled_from([None, -1, 0, 5]),  # put off by days
)


@pytest.fixture(autouse=True)
def _tuesday_noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False), only_kinds(*KINDS):
        yield


def waits(row: Deadline) -> bool:
    return kind_of(row.kind).waits_for_others and row.params.get("waits_for", "?") != ""


def severity(row: Deadline) -> Severity:
    return severity_of(
        due_on=row.due_on,
        due_at=row.due_at,
        warn_from=row.warn_from,
        now_from=row.now_from,
        waits=waits(row),
        day=DAY,
        now=NOON,
    )


def place(row: Deadline) -> tuple[int, int, Decimal, object, int]:
    cost = row.weekly_cost_dkk or Decimal(0)
    return (RANKS[severity(row)], kind_of(row.kind).loss, -cost, row.due_on, row.pk)


def shows(row: Deadline, show: Show) -> bool:
    awake = row.snoozed_until is None or row.snoozed_until <= DAY
    late = severity(row) == Severity.OVER
    near = row.warn_from <= DAY or row.due_on <= DAY + timedelta(days=NEAR_DAYS) or waits(row)
    return {
        Show.ALL: awake and near,
        Show.DUE: awake and (late or row.due_on == DAY),
        Show.LATE: late,
        Show.LAW: awake and near and kind_of(row.kind).is_statutory,
        Show.OFFERS: awake and near and row.kind == "offer_answer",
        Show.WAITING: awake and waits(row),
        Show.NOBODY: awake and near and row.person_id is None,
        Show.SNOOZED: not awake,
        Show.LATER: awake and not near,
    }[show]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(things=st.lists(THING, max_size=12), show=st.sampled_from(list(Show)))
def test_each_filter_shows_and_counts_what_the_rules_say(
    things: list[tuple[int, str, int, int | None, Decimal | None, str | None, bool, int | None]],
    show: Show,
) -> None:
    with transaction.atomic():
        unit = make_unit()
        user = make_user(Role.ADVISER, unit)
        cases = [make_case(unit=unit) for _ in range(4)]
        for case, kind, days, hours, cost, holder, is_mine, put_off in things:
            make_deadline(
                unit=unit,
                case=cases[case],
                kind=kind,
                due_on=DAY + timedelta(days=days),
                due_at=NOON + timedelta(days=days, hours=hours) if hours is not None else None,
                weekly_cost_dkk=cost,
                params={} if holder is None else {"waits_for": holder},
                person=user if is_mine else None,
                snoozed_until=None if put_off is None else DAY + timedelta(days=put_off),
                snooze_reason="" if put_off is None else "ferie",
            )

        found = board(
            Scope(user=user, day=DAY, now=NOON), show, team=unit, after="", before="", groups=20
        )

        rows = list(Deadline.objects.all())
        shown = sorted((row for row in rows if shows(row, show)), key=place)
        groups = list(dict.fromkeys(row.case_id for row in shown))  # by their worst
        wanted = [
            (row.case_id, row.pk, waits(row))
            for group in groups
            for row in shown
            if row.case_id == group
        ]
        assert list(found.rows) == wanted
        assert [group for _key, group in found.keys] == groups
        for one in Show:
            assert found.counts[one.value] == sum(shows(row, one) for row in rows)
        listed = [row for row in rows if shows(row, Show.ALL)]
        assert found.counts["team"] == len(listed)
        assert found.counts["groups"] == len({row.case_id for row in listed})
        late = [row for row in listed if severity(row) == Severity.OVER]
        assert found.counts["listed_late"] == len(late)
        held = Counter(row.params.get("waits_for", "") for row in rows if waits(row))
        assert {one.name: one.things for one in found.holders} == held
        transaction.set_rollback(True)


def test_the_menu_counts_what_is_due_and_not_in_hand() -> None:
    unit = make_unit()
    user = make_user(Role.ADVISER, unit)
    scope = Scope(user=user, day=DAY, now=NOON)
    rows = [
        make_deadline(unit=unit, case=make_case(unit=unit), due_on=DAY + timedelta(days=days))
        for days in (-1, 0, 0, 1)
    ]
    assert waiting_for(user, DAY, NOON) == page_of(scope, Show.ALL).counts.not_in_hand == 3

    services.acknowledge(deadline=rows[1], actor=user, today=DAY)
    services.snooze(
        deadline=rows[0], until=DAY + timedelta(days=1), reason="ferie", actor=user, today=DAY
    )

    assert waiting_for(user, DAY, NOON) == page_of(scope, Show.ALL).counts.not_in_hand == 1
