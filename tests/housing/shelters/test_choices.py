"""A municipality chooses another reading: its clocks and notices follow, the others' do not."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from housing.shelters import clock, services
from housing.shelters.models import Notice, ReimbursementClock
from housing.shelters.selectors.reimbursement import reimbursement_of
from housingfirst.deadlines.models import Deadline
from housingfirst.law.choices import SETTINGS
from housingfirst.law.days import COPENHAGEN
from housingfirst.law.reimbursement import CapTransition
from housingfirst.lawbook.effects import effects_of
from tests.access.factories import make_municipality
from tests.housing.factories import intake_of, make_shelter, make_stay
from tests.lawbook.factories import choose

pytestmark = pytest.mark.django_db

APRIL = date(2026, 4, 1)


def on(day: date) -> time_machine.travel:
    return time_machine.travel(datetime.combine(day, time(12), COPENHAGEN), tick=False)


def last_refundable(stay_id: int) -> date:
    return ReimbursementClock.objects.get(stay=stay_id).last_refundable_on


def test_the_running_clocks_of_the_municipality_are_counted_anew() -> None:
    here, there = intake_of(), intake_of()
    with on(date(2026, 1, 15)):
        ours = make_stay(shelter=make_shelter(municipality=here), admitted_on=date(2026, 1, 15))
        theirs = make_stay(shelter=make_shelter(municipality=there), admitted_on=date(2026, 1, 15))
    with on(APRIL):
        assert (last_refundable(ours.pk), last_refundable(theirs.pk)) == (
            date(2026, 4, 14),
            date(2026, 4, 14),
        )
        choose(here, today=APRIL)
        assert (last_refundable(ours.pk), last_refundable(theirs.pk)) == (
            date(2026, 5, 14),
            date(2026, 4, 14),
        )
        due = Deadline.objects.get(kind="reimbursement_limit", case=ours.case)
        assert due.due_on == date(2026, 5, 14)
        assert clock.clocks_rebuild(APRIL) == 2
        assert last_refundable(ours.pk) == date(2026, 5, 14)
        lived = clock.clock_of(ours.citizen, APRIL)
    assert lived is not None
    assert lived.last_refundable_on == date(2026, 5, 14)


def test_the_page_counts_as_chosen_and_says_so() -> None:
    here = intake_of()
    with on(date(2026, 1, 15)):
        stay = make_stay(shelter=make_shelter(municipality=here), admitted_on=date(2026, 1, 15))
    with on(date(2026, 5, 1)):
        choose(here, today=date(2026, 5, 1))
        found = reimbursement_of(
            stay.case,
            date(2026, 5, 1),
            hides_places=False,
            clock=ReimbursementClock.objects.select_related("stay__shelter").get(),
        )
    assert found.settings.cap_transition is CapTransition.PER_YEAR
    assert [line.days for line in found.lines if line.severity != "over"][-1:] != []
    assert found.unrefunded_days == 0
    assert found.ahead[0].last_on == date(2026, 5, 14)


def test_notices_that_are_open_are_due_anew() -> None:
    here = intake_of()
    with on(date(2026, 12, 22)):
        shelter = make_shelter(municipality=here)
        waiting = make_stay(shelter=shelter, admitted_on=date(2026, 12, 22)).notices.get()
        sent = make_stay(shelter=shelter, admitted_on=date(2026, 12, 21)).notices.get()
        services.notice_send(notice=sent, actor=None)
        assert waiting.due_on == date(2026, 12, 28)
        choose(here, "calendar.christmas_eve_is_working_day", "no", today=date(2026, 12, 22))
    waiting.refresh_from_db()
    sent.refresh_from_db()
    assert waiting.due_on == date(2026, 12, 29)
    assert (sent.due_on, sent.answer_due_on) == (date(2026, 12, 28), date(2026, 12, 29))
    assert waiting.history.latest().history_change_reason == "the municipality's calendar"
    due = Deadline.objects.get(kind="admission_notice", case=waiting.stay.case)
    assert due.due_on == date(2026, 12, 29)
    with on(date(2026, 12, 22)):
        late = make_stay(shelter=shelter, admitted_on=date(2026, 12, 22)).notices.get()
    assert late.due_on == date(2026, 12, 29)


def test_a_choice_without_notices_or_clocks_changes_nothing() -> None:
    here = make_municipality()
    choose(here)
    choose(here, "calendar.constitution_day_is_working_day", "no")
    assert not Notice.objects.exists()


@pytest.mark.parametrize("residents", [1, 20])
def test_counting_anew_asks_no_more_for_many(
    residents: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    here = intake_of()
    with on(date(2026, 4, 1)):
        shelter = make_shelter(municipality=here)
        for _ in range(residents):
            make_stay(shelter=shelter, admitted_on=date(2026, 4, 1))
        with django_assert_max_num_queries(25):
            choose(here, today=APRIL)


def test_what_will_be_counted_anew_is_told_beforehand() -> None:
    here = intake_of()
    with on(APRIL):
        make_stay(shelter=make_shelter(municipality=here), admitted_on=APRIL)
    told = {
        key: [effect.preview(here.pk) for effect in effects_of(SETTINGS[key])]
        for key in ("reimbursement.overlap", "calendar.christmas_eve_is_working_day")
    }
    assert told["reimbursement.overlap"] == ["1 løbende refusionsur tælles om."]
    assert {
        "Fristen for 1 åben orientering fra boformer sættes om.",
        "Planen bagud for 1 beboer regnes om.",
    } <= set(told["calendar.christmas_eve_is_working_day"])
