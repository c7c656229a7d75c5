"""A thing is given to a colleague, survives the sweep with them, and goes back when it must."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from cases.casework.models import Case, Wish
from housingfirst.access.enums import LogAction, Role
from housingfirst.access.models import AccessBlock, AccessEntry, Membership, Unit, User
from housingfirst.base.errors import NotPermitted
from housingfirst.deadlines import services
from housingfirst.deadlines.enums import Outcome
from housingfirst.deadlines.errors import (
    ColleagueCannotTakeIt,
    DeadlineIsClosed,
    GivingNeedsReason,
)
from housingfirst.deadlines.models import AlertOutcome, Deadline
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case
from tests.deadlines.factories import DAY, make_kind, make_wish, only_kinds

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kind() -> Iterator[None]:
    with only_kinds(make_kind(warning_days=(10, 3))):
        yield


class Team:
    """A unit, its case and what is due in it by a sweep, its adviser and a colleague."""

    def __init__(self, *, said_on: date = DAY - timedelta(days=10)) -> None:
        self.unit: Unit = make_unit()
        self.line: User = make_user(Role.ADVISER, self.unit, name="Line")
        self.mads: User = make_user(Role.SUPPORT_WORKER, self.unit, name="Mads")
        self.case: Case = make_case(unit=self.unit, adviser=self.line)
        self.wish: Wish = make_wish(self.case, said_on=said_on)
        services.sweep(DAY)

    @property
    def deadline(self) -> Deadline:
        return Deadline.objects.get()

    def give(self, *, to: User | None = None, reason: str = "ferie") -> Deadline:
        return services.give(
            deadline=self.deadline, to=to or self.mads, reason=reason, actor=self.line, today=DAY
        )


@pytest.fixture
def team() -> Team:
    return Team()


def test_the_colleague_has_it_and_it_says_from_whom_and_why(team: Team) -> None:
    services.acknowledge(deadline=team.deadline, actor=team.line, today=DAY)
    services.snooze(
        deadline=team.deadline,
        until=DAY + timedelta(days=2),
        reason="venter",
        actor=team.line,
        today=DAY,
    )
    due_on = team.deadline.due_on

    row = team.give()

    assert (row.given_to, row.given_by, row.given_reason) == (team.mads, team.line, "ferie")
    assert (row.due_on, row.person) == (due_on, team.line)
    assert (row.acknowledged_at, row.snoozed_until, row.snooze_reason) == (None, None, "")
    assert list(Deadline.objects.held_by(team.mads)) == [row]
    assert not Deadline.objects.held_by(team.line).exists()
    entry = AccessEntry.objects.filter(what="deadline_give", action=LogAction.CHANGED).get()
    assert entry.user == team.line


def test_the_sweep_leaves_it_with_the_colleague(team: Team) -> None:
    team.give()
    Wish.objects.update(said_on=DAY - timedelta(days=12))

    services.sweep(DAY)
    services.refresh_cases([team.case.pk], DAY)

    assert team.deadline.due_on == DAY + timedelta(days=2)
    assert team.deadline.given_to == team.mads
    assert team.deadline.person == team.line


def test_it_goes_back_to_the_unit_that_gets_the_case(team: Team) -> None:
    team.give()
    Case.objects.update(unit=make_unit(municipality=team.unit.municipality), adviser=None)

    services.sweep(DAY)

    row = team.deadline
    assert (row.given_to, row.given_by, row.given_at, row.given_reason) == (None, None, None, "")


def test_what_was_closed_and_comes_back_is_nobodys_gift(team: Team) -> None:
    team.give()
    Wish.objects.update(words="")
    services.sweep(DAY)
    Wish.objects.update(words="En have")
    services.sweep(DAY)

    assert (team.deadline.given_to, team.deadline.closed_at) == (None, None)


def test_one_who_leaves_the_unit_leaves_it_behind(team: Team) -> None:
    team.give()
    services.sweep(DAY)
    assert team.deadline.given_to == team.mads

    Membership.objects.filter(user=team.mads).update(valid_to=DAY)
    services.sweep(DAY)

    assert team.deadline.given_to is None


class TestRefusals:
    def test_without_a_reason(self, team: Team) -> None:
        with pytest.raises(GivingNeedsReason):
            team.give(reason="  ")

    def test_to_whose_it_is(self, team: Team) -> None:
        with pytest.raises(ColleagueCannotTakeIt):
            team.give(to=team.line)
        team.give()
        with pytest.raises(ColleagueCannotTakeIt):
            team.give()

    def test_to_somebody_of_another_unit(self, team: Team) -> None:
        with pytest.raises(ColleagueCannotTakeIt):
            team.give(to=make_user(Role.ADVISER))

    def test_to_a_relative(self, team: Team) -> None:
        AccessBlock.objects.create(user=team.mads, citizen=team.case.citizen, reason="Søster")
        with pytest.raises(ColleagueCannotTakeIt):
            team.give()

    def test_to_one_who_has_stopped(self, team: Team) -> None:
        User.objects.filter(pk=team.mads.pk).update(is_active=False)
        with pytest.raises(ColleagueCannotTakeIt):
            team.give()

    def test_by_somebody_who_does_not_see_it(self, team: Team) -> None:
        with pytest.raises(NotPermitted):
            services.give(
                deadline=team.deadline,
                to=team.mads,
                reason="ferie",
                actor=make_user(Role.ADVISER),
                today=DAY,
            )

    def test_what_is_done(self, team: Team) -> None:
        Wish.objects.update(words="")
        services.sweep(DAY)
        with pytest.raises(DeadlineIsClosed):
            team.give()

    def test_the_database_wants_all_of_it_or_nothing(self, team: Team) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Deadline.objects.update(given_to=team.mads)


def test_given_to_whose_it_is_by_the_facts_it_is_plainly_theirs(team: Team) -> None:
    team.give()
    services.give(deadline=team.deadline, to=team.line, reason="fejl", actor=team.mads, today=DAY)
    assert team.deadline.given_to is None


def test_it_can_be_given_back(team: Team) -> None:
    team.give()
    services.give_back(deadline=team.deadline, actor=team.mads)
    assert list(Deadline.objects.held_by(team.line)) == [team.deadline]


class TestOutcomes:
    """What became of alerts is counted when they close."""

    def close(self, team: Team, on: date = DAY) -> list[str]:
        Wish.objects.update(words="")
        services.sweep(on)
        return list(AlertOutcome.objects.values_list("outcome", flat=True))

    def test_done_in_time(self, team: Team) -> None:
        assert self.close(team) == [Outcome.ACTED]
        row = AlertOutcome.objects.get()
        assert (row.kind, row.unit, row.closed_on) == ("test_wish", team.unit, DAY)

    def test_late_and_nobody_said_a_word(self, team: Team) -> None:
        assert self.close(team, DAY + timedelta(days=5)) == [Outcome.IGNORED]

    def test_late_but_in_hand(self, team: Team) -> None:
        services.acknowledge(deadline=team.deadline, actor=team.line, today=DAY)
        assert self.close(team, DAY + timedelta(days=5)) == [Outcome.ACTED]

    def test_put_off(self, team: Team) -> None:
        until = DAY + timedelta(days=1)
        services.snooze(
            deadline=team.deadline, until=until, reason="venter", actor=team.line, today=DAY
        )
        services.wake(deadline=team.deadline, actor=team.line)
        assert self.close(team) == [Outcome.SNOOZED]

    def test_what_never_warned_is_no_alert(self) -> None:
        assert self.close(Team(said_on=DAY)) == []

    def test_it_is_counted_once_for_each_time_it_closes(self, team: Team) -> None:
        self.close(team)
        services.sweep(DAY)
        assert AlertOutcome.objects.count() == 1
        Wish.objects.update(words="En have")
        services.sweep(DAY)
        self.close(team, DAY + timedelta(days=5))
        counted = AlertOutcome.objects.order_by("pk").values_list("outcome", flat=True)
        assert list(counted) == [Outcome.ACTED, Outcome.IGNORED]
