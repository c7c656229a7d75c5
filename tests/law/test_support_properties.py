"""What must hold of § 176 a for all facts, and a count of single days to compare with."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from housingfirst.law.support import (
    DecisionOnDischargeDate,
    Directly,
    DuringNewStay,
    FollowsFacility,
    LaterDischarge,
    NewWindow,
    PartMonth,
    ShelterPeriod,
    SupportLine,
    SupportRefundSettings,
    SupportSection,
    SupportSpan,
    WindowEnd,
    reimburse_support,
)

FIRST = date(2023, 8, 1)
LAST = date(2029, 12, 31)
ACT = date(2023, 10, 1)
DAY = timedelta(days=1)


def day_between(start: date, end: date) -> st.SearchStrategy[date]:
    return st.dates(start, end)


@st.composite
def shelter_periods(draw: st.DrawFn, *, ended: bool = False) -> ShelterPeriod:
    start = draw(day_between(FIRST, date(2027, 6, 1)))
    length = draw(st.one_of(st.integers(0, 40), st.integers(0, 400)))
    is_open = not ended and draw(st.integers(0, 9)) == 0
    return ShelterPeriod(start, None if is_open else start + length * DAY)


@st.composite
def spans(draw: st.DrawFn, near: Sequence[ShelterPeriod] = ()) -> SupportSpan:
    """Support, often decided or begun near the end of one of the periods."""
    ends = [period.discharged_on for period in near if period.discharged_on is not None]
    any_day = day_between(FIRST, date(2028, 1, 1))
    close = st.builds(
        lambda day, n: day + n * DAY, st.sampled_from(ends or [ACT]), st.integers(-2, 3)
    )
    start = draw(st.one_of(close, any_day))
    length = draw(st.one_of(st.integers(0, 70), st.integers(0, 800)))
    return SupportSpan(
        section=draw(st.sampled_from(list(SupportSection))),
        decided_on=draw(st.one_of(st.none(), close, any_day)),
        starts_on=start,
        ends_on=draw(st.sampled_from([start + length * DAY, None])),
        monthly_cost_dkk=Decimal(draw(st.integers(0, 6_000_000))) / 100,
        reference=draw(st.sampled_from("abc")),
    )


@st.composite
def facts(draw: st.DrawFn) -> tuple[list[ShelterPeriod], list[SupportSpan]]:
    periods = draw(st.lists(shelter_periods(), max_size=4))
    return periods, draw(st.lists(spans(periods), max_size=5))


readings = st.builds(
    SupportRefundSettings,
    decision_on_discharge_date=st.sampled_from(DecisionOnDischargeDate),
    window_end=st.sampled_from(WindowEnd),
    later_discharge=st.sampled_from(LaterDischarge),
    new_window=st.sampled_from(NewWindow),
    directly=st.sampled_from(Directly),
    follows_facility=st.sampled_from(FollowsFacility),
    during_new_stay=st.sampled_from(DuringNewStay),
    part_month=st.sampled_from(PartMonth),
    split_facility_days=st.integers(0, 200),
)


def later(day: date, months: int) -> date:
    """The same day so many months later, or the last day there is before it."""
    years, month = divmod(day.month - 1 + months, 12)
    for number in range(day.day, 0, -1):
        try:
            return date(day.year + years, month + 1, number)
        except ValueError:
            continue
    raise AssertionError(day)


class Calendar:
    """The rule once more, by single days and the words of the law."""

    def __init__(self, periods: Iterable[ShelterPeriod], settings: SupportRefundSettings) -> None:
        self.settings = settings
        self.periods = list(periods)
        self.windows: list[tuple[date, date, date, list[date]]] = []
        for admitted_on, discharged_on in self._episodes():
            if discharged_on < ACT:
                continue
            last = self.windows[-1] if self.windows else None
            if last is None or self._is_first_again(admitted_on, discharged_on, last[1]):
                more = DAY * (settings.window_end is WindowEnd.ANNIVERSARY)
                two = later(discharged_on, 24) + more
                one = later(discharged_on, 12) + more
                self.windows.append((discharged_on, two, one, [discharged_on]))
            else:
                last[3].append(discharged_on)

    def _episodes(self) -> list[tuple[date, date]]:
        """From admission to discharge, changes of boform on the same day within them."""
        episodes: list[tuple[date, date]] = []
        left = sorted(self.periods, key=lambda one: one.admitted_on)
        while left:
            start, end = left[0].admitted_on, left[0].discharged_on or date.max
            while True:
                touching = [one for one in left if start <= one.admitted_on <= end]
                furthest = max(one.discharged_on or date.max for one in touching)
                if furthest <= end:
                    break
                end = furthest
            left = [one for one in left if one.admitted_on > end]
            if end != date.max:
                episodes.append((start, end))
        return episodes

    def _is_first_again(self, admitted_on: date, discharged_on: date, ended: date) -> bool:
        return {
            NewWindow.OPENS: admitted_on >= ended,
            NewWindow.OPENS_AT_DISCHARGE: discharged_on >= ended,
            NewWindow.NEVER: False,
        }[self.settings.new_window]

    def window_of(self, day: date) -> tuple[date, date, date, list[date]] | None:
        begun = [window for window in self.windows if window[0] <= day]
        return begun[-1] if begun else None

    def is_resident(self, day: date) -> bool:
        return any(
            one.admitted_on <= day and (one.discharged_on is None or day < one.discharged_on)
            for one in self.periods
        )

    def is_refunded(self, day: date, span: SupportSpan, all_spans: Iterable[SupportSpan]) -> bool:
        """Leaving aside the six months of § 107."""
        window = self.window_of(day)
        if window is None or span.decided_on is None:
            return False
        first, two_years, one_year, discharges = window
        is_support = span.section is SupportSection.SECTION_85A
        if day >= (two_years if is_support else one_year):
            return False
        if self.settings.during_new_stay is DuringNewStay.NOT_REFUNDED and self.is_resident(day):
            return False
        is_same_day_enough = (
            self.settings.decision_on_discharge_date is DecisionOnDischargeDate.BEFORE
        )
        limit = span.decided_on if is_same_day_enough else span.decided_on + DAY
        counts_for = [on for on in discharges if on <= day and on >= limit]
        if self.settings.later_discharge is LaterDischarge.TOO_LATE and first not in counts_for:
            counts_for = []
        if counts_for:
            return True
        return is_support and self._follows_facility(day, span, discharges, all_spans)

    def _follows_facility(
        self,
        day: date,
        span: SupportSpan,
        discharges: Iterable[date],
        all_spans: Iterable[SupportSpan],
    ) -> bool:
        apart = 1 if self.settings.directly is Directly.SAME_OR_NEXT_DAY else 0
        places = [one for one in all_spans if one.section is SupportSection.SECTION_107]
        stays: list[list[date]] = []
        for place in sorted(places, key=lambda one: one.starts_on):
            end = place.ends_on or date.max
            if stays and (
                stays[-1][1] == date.max or place.starts_on <= stays[-1][1] + apart * DAY
            ):
                stays[-1][1] = max(stays[-1][1], end)
            else:
                stays.append([place.starts_on, end])
        for start, end in stays:
            is_direct = any(on <= day and start in (on, on + apart * DAY) for on in discharges)
            if not is_direct or day < end:
                continue
            if self.settings.follows_facility is FollowsFacility.ANY_TIME:
                return True
            if span.starts_on <= end + apart * DAY:
                return True
        return False

    def facility_days(self, all_spans: Sequence[SupportSpan]) -> set[date]:
        """The days of § 107 that are refunded, the six months taken into account."""
        allowed: set[date] = set()
        for window in self.windows:
            wanted = {
                day
                for span in all_spans
                if span.section is SupportSection.SECTION_107
                for day in days_of(span, window[2])
                if self.window_of(day) == window and self.is_refunded(day, span, all_spans)
            }
            used: set[date] = set()
            is_first_run, six_months = True, None
            for day in sorted(wanted):
                if used and day - DAY not in wanted and six_months is not None:
                    is_first_run = False
                if six_months is None:
                    six_months = later(day, 6)
                if is_first_run:
                    if day < six_months:
                        used.add(day)
                elif max(used) + DAY < six_months and len(used) < self.settings.split_facility_days:
                    used.add(day)
            allowed |= used
        return allowed


def days_of(span: SupportSpan, end: date) -> Iterable[date]:
    until = min(span.ends_on or end, end)
    return (span.starts_on + n * DAY for n in range((until - span.starts_on).days))


def refunded(lines: Iterable[SupportLine]) -> list[tuple[str, str, Decimal, date]]:
    return sorted(
        (line.section, line.reference, line.monthly_cost_dkk, line.starts_on + n * DAY)
        for line in lines
        if line.is_refundable
        for n in range(line.days or 0)
    )


@given(facts(), readings)
def test_counting_intervals_agrees_with_counting_days(
    known: tuple[list[ShelterPeriod], list[SupportSpan]], settings: SupportRefundSettings
) -> None:
    periods, support = known
    calendar = Calendar(periods, settings)
    of_107 = calendar.facility_days(support)
    expected = sorted(
        (span.section, span.reference, span.monthly_cost_dkk, day)
        for span in support
        for day in days_of(span, LAST + 800 * DAY)
        if calendar.is_refunded(day, span, support)
        and (span.section is SupportSection.SECTION_85A or day in of_107)
    )
    assert refunded(reimburse_support(periods, support, settings=settings).lines) == expected


@given(facts(), readings, st.randoms(use_true_random=False))
def test_the_order_of_the_facts_changes_nothing(
    known: tuple[list[ShelterPeriod], list[SupportSpan]],
    settings: SupportRefundSettings,
    mix: Random,
) -> None:
    periods, support = known
    answer = reimburse_support(periods, support, settings=settings)
    mix.shuffle(periods)
    mix.shuffle(support)
    assert reimburse_support(periods, support, settings=settings) == answer


@given(facts(), readings, st.integers(0, 400))
def test_splitting_a_stay_in_two_adjacent_ones_changes_nothing(
    known: tuple[list[ShelterPeriod], list[SupportSpan]], settings: SupportRefundSettings, at: int
) -> None:
    periods, support = known
    cut: list[ShelterPeriod] = []
    for period in periods:
        day = period.admitted_on + at * DAY
        if period.discharged_on is not None and day > period.discharged_on:
            cut.append(period)
        else:
            cut += [replace(period, discharged_on=day), replace(period, admitted_on=day)]
    answer = reimburse_support(periods, support, settings=settings)
    assert reimburse_support(cut, support, settings=settings) == answer


@given(facts(), readings, spans())
def test_what_comes_later_changes_nothing_before_it(
    known: tuple[list[ShelterPeriod], list[SupportSpan]],
    settings: SupportRefundSettings,
    place: SupportSpan,
) -> None:
    """A later stay, and a later place under § 107: no day that is already refunded is lost, and
    none is won."""
    periods, support = known
    begins = max([FIRST, *(one.admitted_on for one in periods)]) + 500 * DAY
    stay = ShelterPeriod(begins, begins + 3 * DAY)
    place = replace(place, starts_on=begins, ends_on=None, reference="later")
    before = reimburse_support(periods, support, settings=settings).lines
    after = reimburse_support([*periods, stay], [*support, place], settings=settings).lines
    assert [day for day in refunded(before) if day[3] < begins] == [
        day for day in refunded(after) if day[3] < begins
    ]


@given(facts(), readings, st.lists(day_between(FIRST, LAST), max_size=8))
def test_the_parts_of_the_lines_add_up_to_the_oere(
    known: tuple[list[ShelterPeriod], list[SupportSpan]],
    settings: SupportRefundSettings,
    cuts: list[date],
) -> None:
    answer = reimburse_support(*known, settings=settings)
    edges = [date(2000, 1, 1), *sorted(cuts), date(2040, 1, 1)]
    parts = [part for start, end in pairwise(edges) for part in answer.within(start, end)]
    total = sum((part.amount_dkk for part in parts), Decimal(0))
    assert total == answer.support_amount_dkk + answer.facility_amount_dkk
    assert all(part.amount_dkk >= 0 for part in parts)


@given(facts(), readings)
def test_never_more_of_107_than_the_months(
    known: tuple[list[ShelterPeriod], list[SupportSpan]], settings: SupportRefundSettings
) -> None:
    answer = reimburse_support(*known, settings=settings)
    for window in answer.windows:
        days = {
            line.starts_on + n * DAY
            for line in answer.lines
            if line.section is SupportSection.SECTION_107
            and line.is_refundable
            and line.window_starts_on == window.starts_on
            for n in range(line.days or 0)
        }
        assert len(days) <= max(184, settings.split_facility_days)
        assert all(window.starts_on <= day < window.facility_ends_on for day in days)
