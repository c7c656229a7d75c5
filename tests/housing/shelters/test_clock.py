"""The clock through the services: J1's and J3's figures, and the rollup against counting anew."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import transaction
from django.forms.models import model_to_dict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.citizens.models import Citizen
from housing.shelters import clock, services
from housing.shelters.enums import DischargeTo, Section
from housing.shelters.models import ReimbursementClock, Stay
from housingfirst.deadlines.services import refreshed_together
from housingfirst.law import reimbursement as law
from housingfirst.law.days import COPENHAGEN
from tests.cases.factories import make_citizen
from tests.housing.factories import intake_of, make_rate, make_shelter, make_stay

pytestmark = [pytest.mark.django_db]


def on(day: date) -> time_machine.travel:
    return time_machine.travel(datetime.combine(day, time(12), COPENHAGEN), tick=False)


def running() -> ReimbursementClock:
    return ReimbursementClock.objects.select_related("stay").get()


def test_J1_day_two_of_ninety() -> None:
    with on(date(2026, 8, 3)):
        make_stay(admitted_on=date(2026, 8, 3))

    rollup, tuesday = running(), date(2026, 8, 4)

    assert rollup.used_on(tuesday) == 2
    assert rollup.left_on(tuesday) == 88
    assert rollup.last_refundable_on == date(2026, 10, 31)
    assert rollup.weekly_before_dkk == Decimal("4700.50")
    assert rollup.weekly_after_dkk == Decimal("9401.00")
    assert rollup.weekly_extra_dkk == Decimal("4700.50")


def test_J1_a_hundred_and_thirty_three_nights() -> None:
    with on(date(2026, 12, 14)):
        stay = make_stay(admitted_on=date(2026, 8, 3), discharged_on=date(2026, 12, 14))

    result = law.reimburse(clock.law_stays(Stay.objects.filter(pk=stay.pk).for_clock()))

    assert result.amount_dkk == Decimal("60435.00")
    assert result.days(law.LineReason.WITHIN_LIMIT) == 90
    over = next(line for line in result.lines if line.reason is law.LineReason.OVER_LIMIT)
    assert (over.days, over.net_cost_dkk) == (43, Decimal("57749.00"))


def test_J3_between_two_towns() -> None:
    municipality = intake_of()
    aputsiaq = make_citizen()
    havnehuset = make_shelter(municipality=municipality, daily_rate_dkk=Decimal("1380.00"))
    with on(date(2026, 9, 1)):
        for shelter, first, last in (
            (
                make_shelter(daily_rate_dkk=Decimal("1380.00")),
                date(2025, 12, 10),
                date(2026, 1, 20),
            ),
            (havnehuset, date(2026, 3, 15), date(2026, 5, 30)),
            (havnehuset, date(2026, 6, 10), date(2026, 9, 1)),
        ):
            make_stay(
                citizen=aputsiaq,
                shelter=shelter,
                municipality=municipality,
                admitted_on=first,
                discharged_on=last,
            )

    result = law.reimburse(clock.law_stays(Stay.objects.for_clock()))

    assert (result.refundable_days, result.last_refundable_on) == (90, date(2026, 5, 2))
    assert result.amount_dkk == Decimal("57285.00")


def test_the_clock_is_the_citizens_and_follows_them_between_shelters() -> None:
    with on(date(2026, 9, 1)):
        first = make_stay(admitted_on=date(2026, 6, 1), discharged_on=date(2026, 7, 1))
        make_stay(citizen=first.citizen, admitted_on=date(2026, 8, 3))

    assert running().used_on(date(2026, 9, 1)) == 30 + 30


def test_a_crisis_centre_uses_no_days() -> None:
    with on(date(2026, 9, 1)):
        stay = make_stay(shelter=make_shelter(section=Section.S109), admitted_on=date(2026, 8, 3))
        assert clock.clock_of(stay.citizen, date(2026, 9, 1)) is None

    assert not ReimbursementClock.objects.exists()


def test_a_citizen_without_stays_has_no_clock() -> None:
    assert clock.clock_of(make_citizen(), date(2026, 9, 1)) is None


def test_the_price_follows_the_shelter_into_a_new_year() -> None:
    shelter = make_shelter()
    make_rate(shelter=shelter, valid_from=date(2027, 1, 1), daily_rate_dkk=Decimal(1500))
    with on(date(2026, 12, 30)):
        make_stay(shelter=shelter, admitted_on=date(2026, 12, 1))
        assert running().weekly_after_dkk == 7 * Decimal(1343)
        assert running().recompute_on == date(2027, 1, 1)

    clock.clocks_rebuild(date(2027, 1, 1))

    assert running().weekly_after_dkk == 7 * Decimal(1393)


def test_a_stay_agreed_at_another_price_keeps_it() -> None:
    shelter = make_shelter()
    make_rate(shelter=shelter, valid_from=date(2027, 1, 1), daily_rate_dkk=Decimal(1500))
    with on(date(2026, 12, 30)):
        stay = make_stay(shelter=shelter, admitted_on=date(2026, 12, 1))
    stay.daily_rate_dkk = Decimal(1400)

    assert clock.rate_periods(stay, shelter.rates.all()) == ()


def test_the_sql_of_lists_says_what_the_row_says() -> None:
    with on(date(2026, 8, 3)):
        make_stay(admitted_on=date(2026, 8, 3))

    for day in (date(2026, 8, 3), date(2026, 10, 31), date(2026, 11, 1), date(2026, 12, 24)):
        row = ReimbursementClock.objects.at(day).get()
        assert row.days_used == row.used_on(day)
        assert row.days_left == row.left_on(day)
        assert row.days_over == row.over_on(day)
    assert row.days_over == 54


FIRST = date(2025, 1, 1)

spans = st.lists(
    st.tuples(
        st.integers(0, 700),  # days after FIRST
        st.integers(0, 150),  # days of stay
        st.sampled_from(["stay", "stay", "elsewhere"]),
    ),
    max_size=6,
)


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(spans=spans, later=st.integers(0, 400))
def test_the_rollup_equals_counting_anew(spans: list[tuple[int, int, str]], later: int) -> None:
    """Random histories, each change on its own day, read on a day after the last of them."""
    with transaction.atomic():
        citizen = make_citizen()
        with refreshed_together(FIRST):  # the deadlines are not what is asked about
            free_from = _live(citizen, spans)
        kept = ReimbursementClock.objects.filter(stay__citizen=citizen).first()
        assert kept is not None
        day = min(free_from + timedelta(days=later), kept.recompute_on - timedelta(days=1))

        clock.clocks_rebuild(day)

        anew = ReimbursementClock.objects.get(stay__citizen=citizen)
        assert kept.used_on(day) == anew.used_on(day) == anew.used
        assert kept.over_on(day) == anew.over_on(day)
        assert kept.left_on(day) == anew.left_on(day)
        same = {"counted_on", "used", "over", "id"}
        assert model_to_dict(kept, exclude=same) == model_to_dict(anew, exclude=same)
        lived = clock.clock_of(citizen, day)
        assert lived is not None
        assert (lived.used, lived.over) == (anew.used, anew.over)
        transaction.set_rollback(True)


def _live(citizen: Citizen, spans: list[tuple[int, int, str]]) -> date:
    """Stays and days elsewhere, and a stay that goes on; the day it began."""
    shelter = make_shelter()
    free_from = FIRST
    for gap, days, kind in spans:
        starts_on = free_from + timedelta(days=gap % 90)
        ends_on = starts_on + timedelta(days=days)
        if kind == "elsewhere" and days:
            with on(ends_on):
                case = make_stay(
                    shelter=shelter,
                    citizen=citizen,
                    admitted_on=ends_on,
                    discharged_on=ends_on,
                ).case
                services.days_elsewhere_add(
                    case=case, starts_on=starts_on, ends_on=ends_on, source="x", actor=None
                )
        else:
            with on(starts_on):
                stay = make_stay(shelter=shelter, citizen=citizen, admitted_on=starts_on)
            with on(ends_on):
                services.stay_discharge(
                    stay=stay,
                    discharged_on=ends_on,
                    to=DischargeTo.UNKNOWN,
                    reason="x",
                    actor=None,
                )
        free_from = ends_on
    with on(free_from):
        make_stay(shelter=shelter, citizen=citizen, admitted_on=free_from)
    return free_from


def test_a_rebuild_removes_what_no_longer_runs_and_can_run_twice() -> None:
    with on(date(2026, 9, 1)):
        gone = make_stay(admitted_on=date(2026, 8, 3))
        make_stay(admitted_on=date(2026, 8, 5))
        Stay.objects.filter(pk=gone.pk).update(
            discharged_on=date(2026, 8, 20), discharge_to=DischargeTo.STREET
        )

    assert clock.clocks_rebuild(date(2026, 9, 1)) == 1
    first = list(ReimbursementClock.objects.values())
    assert clock.clocks_rebuild(date(2026, 9, 1)) == 1
    assert list(ReimbursementClock.objects.values()) == first


@pytest.mark.parametrize("residents", [1, 20])
def test_refreshing_many_asks_no_more_than_refreshing_one(
    residents: int, django_assert_num_queries: object
) -> None:
    shelter = make_shelter()
    with on(date(2026, 9, 1)):
        citizens = [
            make_stay(shelter=shelter, admitted_on=date(2026, 8, 3)).citizen_id
            for _ in range(residents)
        ]

    # savepoint, lock, stays, absences, rates, elsewhere, choices, delete, upsert, release
    with django_assert_num_queries(9):  # type: ignore[operator]  # pytest-django's fixture
        clock.clocks_refresh(citizens, date(2026, 9, 2))
