"""What must hold for any stays and any reading of the law."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from housingfirst.law.reimbursement import (
    Absence,
    AbsenceSpan,
    CapTransition,
    ChangeOfMunicipality,
    CountDischargeDay,
    LeapDay,
    LineReason,
    NewYearStart,
    Overlap,
    RatePeriod,
    Reimbursement,
    ReimbursementSettings,
    ResidentOnReform,
    SameDayStay,
    StaySection,
    StaySpan,
    clock_on,
    reimburse,
)
from tests.law.reference import cap_on, count

ONE_DAY = timedelta(days=1)
FIRST, LAST = date(2023, 6, 1), date(2027, 12, 31)

# The days on which something turns are tried more often than chance would.
TURNS = [date(2023, 10, 1), date(2024, 2, 29), date(2025, 2, 28), date(2026, 4, 1)]
dates = st.one_of(
    st.dates(FIRST, LAST),
    st.builds(lambda turn, n: turn + n * ONE_DAY, st.sampled_from(TURNS), st.integers(-3, 3)),
)
amounts = st.decimals(0, 2500, places=2)
lengths = st.one_of(st.integers(0, 3), st.integers(0, 400), st.none())


@st.composite
def stays(draw: st.DrawFn, *, ended: bool = False) -> StaySpan:
    admitted = draw(dates)
    length = draw(lengths.filter(lambda n: n is not None) if ended else lengths)
    changes = sorted(set(draw(st.lists(dates, max_size=2))))
    away = [sorted(pair) for pair in draw(st.lists(st.tuples(dates, dates), max_size=2))]
    return StaySpan(
        admitted_on=admitted,
        discharged_on=None if length is None else admitted + length * ONE_DAY,
        daily_rate_dkk=draw(amounts),
        resident_payment_dkk=draw(st.sampled_from([Decimal(0), Decimal("107.00")])),
        section=draw(st.sampled_from([StaySection.SECTION_110] * 5 + [StaySection.SECTION_109])),
        rate_periods=tuple(RatePeriod(day, draw(amounts), Decimal("107.00")) for day in changes),
        absences=tuple(AbsenceSpan(start, end) for start, end in away),
        reference=draw(st.sampled_from(["A", "B"])),
        registered_from=draw(st.one_of(st.none(), st.none(), dates)),
    )


many_stays = st.lists(stays(), max_size=6)
runs_elsewhere = st.lists(st.tuples(dates, st.integers(1, 60)), max_size=2).map(
    lambda runs: [start + i * ONE_DAY for start, n in runs for i in range(n)]
)
readings = st.builds(
    ReimbursementSettings,
    count_discharge_day=st.sampled_from(CountDischargeDay),
    same_day_stay=st.sampled_from(SameDayStay),
    new_year_start=st.sampled_from(NewYearStart),
    cap_transition=st.sampled_from(CapTransition),
    resident_on_2023_10_01=st.sampled_from(ResidentOnReform),
    overlap=st.sampled_from(Overlap),
    absence=st.sampled_from(Absence),
    leap_day=st.sampled_from(LeapDay),
    change_of_municipality=st.sampled_from(ChangeOfMunicipality),
)

enough = settings(max_examples=100)


def result_of(
    stays: list[StaySpan], elsewhere: list[date], reading: ReimbursementSettings
) -> Reimbursement:
    return reimburse(stays, elsewhere, through_on=LAST, settings=reading)


@enough
@given(many_stays, runs_elsewhere, readings)
def test_counting_intervals_agrees_with_counting_days(
    stays: list[StaySpan], elsewhere: list[date], reading: ReimbursementSettings
) -> None:
    fast = result_of(stays, elsewhere, reading)
    slow = count(stays, elsewhere, LAST, reading)
    assert fast.refundable_days == len(slow.refunded)
    assert fast.last_refundable_on == max(slow.refunded, default=None)
    refunded = {
        line.starts_on + i * ONE_DAY
        for line in fast.lines
        if line.is_refundable
        for i in range(line.days)
    }
    assert refunded == set(slow.refunded)
    assert abs(fast.amount_dkk - slow.amount_dkk) <= Decimal("0.005") * len(fast.lines)
    assert [(y.starts_on, y.ends_on, y.used, y.used - y.over) for y in fast.running_years] == [
        (start, reset, used, within)
        for (start, (used, within)), reset in zip(slow.years.items(), slow.resets, strict=True)
    ]


@enough
@given(many_stays, runs_elsewhere, readings)
def test_a_running_year_never_refunds_more_than_its_limit(
    stays: list[StaySpan], elsewhere: list[date], reading: ReimbursementSettings
) -> None:
    result = result_of(stays, elsewhere, reading)
    for year in result.running_years:
        within = {
            line.starts_on + i * ONE_DAY
            for line in result.lines
            if line.reason is LineReason.WITHIN_LIMIT and line.year_starts_on == year.starts_on
            for i in range(line.days)
        }
        assert len(within) <= year.used - year.over <= cap_on(year.starts_on)


@enough
@given(many_stays, runs_elsewhere, readings)
def test_lines_add_up_to_the_oere(
    stays: list[StaySpan], elsewhere: list[date], reading: ReimbursementSettings
) -> None:
    result = result_of(stays, elsewhere, reading)
    assert sum(line.amount_dkk for line in result.lines) == result.amount_dkk
    for line in result.lines:
        assert line.days > 0
        assert line.amount_dkk == line.amount_dkk.quantize(Decimal("0.01"))
        assert (line.amount_dkk == 0) or line.is_refundable


@enough
@given(many_stays, runs_elsewhere, readings, st.data())
def test_the_order_of_the_facts_changes_nothing(
    stays: list[StaySpan],
    elsewhere: list[date],
    reading: ReimbursementSettings,
    data: st.DataObject,
) -> None:
    shuffled = data.draw(st.permutations(stays))
    assert result_of(shuffled, elsewhere[::-1], reading) == result_of(stays, elsewhere, reading)


@enough
@given(many_stays, stays(ended=True), runs_elsewhere, readings, st.data())
def test_splitting_a_stay_in_two_adjacent_ones_changes_nothing(
    others: list[StaySpan],
    stay: StaySpan,
    elsewhere: list[date],
    reading: ReimbursementSettings,
    data: st.DataObject,
) -> None:
    # A discharge day that counts makes the day of the split a day of both.
    reading = replace(reading, count_discharge_day=CountDischargeDay.NO)
    assert stay.discharged_on is not None
    nights = (stay.discharged_on - stay.admitted_on).days
    if nights < 2:
        return
    middle = stay.admitted_on + data.draw(st.integers(1, nights - 1)) * ONE_DAY
    halves = [replace(stay, discharged_on=middle), replace(stay, admitted_on=middle)]
    assert result_of([*others, *halves], elsewhere, reading) == result_of(
        [*others, stay], elsewhere, reading
    )


@enough
@given(many_stays, stays(), runs_elsewhere, readings)
def test_a_later_stay_never_changes_earlier_lines(
    others: list[StaySpan], later: StaySpan, elsewhere: list[date], reading: ReimbursementSettings
) -> None:
    before = result_of(others, elsewhere, reading).within(FIRST, later.admitted_on)
    after = result_of([*others, later], elsewhere, reading).within(FIRST, later.admitted_on)
    assert after == before


@enough
@given(many_stays, runs_elsewhere, readings, dates)
def test_the_clock_agrees_with_the_refund(
    stays: list[StaySpan], elsewhere: list[date], reading: ReimbursementSettings, on: date
) -> None:
    clock = clock_on(stays, elsewhere, on=on, settings=reading)
    result = reimburse(stays, elsewhere, through_on=on, settings=reading)
    current = [y for y in result.running_years if y.starts_on <= on < y.ends_on]
    if current:
        (year,) = current
        assert (clock.used, clock.over) == (year.used, year.over)
        assert (clock.year_starts_on, clock.year_resets_on) == (year.starts_on, year.ends_on)
    else:
        assert (clock.used, clock.over) == (0, 0)


@enough
@given(many_stays, runs_elsewhere, readings, dates)
def test_until_it_must_be_recomputed_the_clock_follows_from_the_day(
    stays: list[StaySpan], elsewhere: list[date], reading: ReimbursementSettings, on: date
) -> None:
    known = [replace(stay, absences=()) for stay in stays]
    elsewhere = [day for day in elsewhere if day <= on]
    today = clock_on(known, elsewhere, on=on, settings=reading)
    stay_on = [
        replace(stay, discharged_on=None) if stay.is_resident_after(on) else stay
        for stay in known
        if stay.admitted_on <= on
    ]
    for n in (1, 2, 14, 90, 120, 200):
        later = on + n * ONE_DAY
        if today.recompute_on is not None and later >= today.recompute_on:
            break
        clock = clock_on(stay_on, elsewhere, on=later, settings=reading)
        expected = replace(today, on=later)
        if today.is_resident and today.limit is not None:
            assert today.left is not None
            lost = max((later - max(on, today.last_refundable_on or later)).days, 0)
            expected = replace(
                expected,
                used=today.used + n,
                left=max(today.left - n, 0),
                over=today.over + lost,
            )
        assert clock == expected


@enough
@given(many_stays, runs_elsewhere, readings, dates)
def test_something_changes_on_the_day_it_must_be_recomputed(
    stays: list[StaySpan], elsewhere: list[date], reading: ReimbursementSettings, on: date
) -> None:
    known = [replace(stay, absences=(), rate_periods=(), registered_from=None) for stay in stays]
    elsewhere = [day for day in elsewhere if day <= on]
    today = clock_on(known, elsewhere, on=on, settings=reading)
    if today.recompute_on is None or today.recompute_on > date(2028, 12, 31):
        return
    stay_on = [
        replace(stay, discharged_on=None) if stay.is_resident_after(on) else stay
        for stay in known
        if stay.admitted_on <= on
    ]
    then = clock_on(stay_on, elsewhere, on=today.recompute_on, settings=reading)
    assert (then.limit, then.year_starts_on) != (today.limit, today.year_starts_on)
