"""Running years (*løbende år*): which day of stay belongs to which, and what is left of it.

Works on ordinal days and half-open intervals. Nothing here is for use outside the package.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from housingfirst.law.days import add_years
from housingfirst.law.reimbursement.charges import Charge, end_of_chain
from housingfirst.law.reimbursement.settings import (
    CapTransition,
    LeapDay,
    NewYearStart,
    ReimbursementSettings,
    ResidentOnReform,
)
from housingfirst.law.reimbursement.terms import RefundTerms
from housingfirst.law.versions import Version, VersionTable

_FOREVER: Final = date.max.toordinal()


@dataclass(slots=True)
class Year:
    """A running year [start, end) as counted so far."""

    start: int
    end: int
    used: int = 0
    within: int = 0
    last_within: int | None = None
    limit: int | None = None
    limit_within: int | None = None


class Piece(NamedTuple):
    """Days [start, end) of stay that share a running year, a limit and an answer.

    `year` is None before any limit counts, and `day_number` then too; otherwise it is the number
    of the first day in its running year.
    """

    start: int
    end: int
    year: Year | None
    day_number: int | None
    limit: Version[RefundTerms]
    terms: RefundTerms
    is_within: bool

    @property
    def day_limit(self) -> int | None:
        """The limit these days count against, None when they count against none."""
        return None if self.year is None else self.limit.value.day_limit


def limited_from(terms: VersionTable[RefundTerms]) -> int:
    """The first day, as an ordinal, on which there is a limit to count against."""
    for version in terms:
        if version.value.day_limit is not None:
            return _ordinal(version.valid_from, 1)
    return _FOREVER


def counted_from(
    charges: Iterable[Charge], first_limit: int, settings: ReimbursementSettings
) -> int:
    """The first day, as an ordinal, that may begin a running year for this citizen."""
    if settings.resident_on_2023_10_01 is ResidentOnReform.FROM_REFORM:
        return first_limit
    return max(end_of_chain(charges, first_limit), first_limit)


class YearCounter:
    """Counts days of stay, given in order, into running years that begin on or after `from_`."""

    __slots__ = ("_first_limit", "_from", "_settings", "_versions", "years")

    def __init__(
        self, from_: int, settings: ReimbursementSettings, terms: VersionTable[RefundTerms]
    ) -> None:
        self.years: list[Year] = []
        self._from = from_
        self._first_limit = limited_from(terms)
        self._settings = settings
        self._versions = [(_ordinal(row.valid_until, _FOREVER), row) for row in terms]

    def count(self, start: int, end: int) -> Iterator[Piece]:
        """Cut [start, end) into pieces, counting each when it is asked for."""
        while start < end:
            until, version = self.version_on(start)
            stop = min(end, until)
            if start < self._from:
                stop = min(stop, self._from)
                limit = self.limit_of(None, start)
                yield Piece(start, stop, None, None, limit, version.value, True)
            else:
                year = self._year_of(start)
                limit = self.limit_of(year, start)
                stop = min(stop, year.end)
                left = _left(limit.value.day_limit, year)
                if left > 0:
                    stop = min(stop, start + left)
                    year.within += stop - start
                    year.last_within = stop - 1
                    year.limit_within = limit.value.day_limit
                day_number = year.used + 1
                year.used += stop - start
                year.limit = limit.value.day_limit
                yield Piece(start, stop, year, day_number, limit, version.value, left > 0)
            start = stop

    def add(self, start: int, end: int) -> None:
        """Count [start, end) without asking what it comes to."""
        for _ in self.count(start, end):
            pass

    def pass_over(self, start: int, end: int) -> Iterator[Piece]:
        """Cut [start, end) where the version changes, counting nothing."""
        while start < end:
            until, version = self.version_on(start)
            stop = min(end, until)
            yield Piece(start, stop, None, None, version, version.value, False)
            start = stop

    def year_on(self, day: int) -> Year | None:
        """The running year that covers `day`, a day no earlier than any counted; None if none."""
        if not self.years:
            return None
        if day < self.years[-1].end or self._settings.new_year_start is NewYearStart.FIXED:
            return self._year_of(day)
        return None

    def limit_of(self, year: Year | None, day: int) -> Version[RefundTerms]:
        """The version whose limit holds for `day` in `year`: the last one without a limit for a
        day that counts against none."""
        if day < self._from:
            return self.version_on(min(day, self._first_limit - 1))[1]
        if year is not None and self._settings.cap_transition is CapTransition.PER_YEAR:
            day = year.start
        return self.version_on(day)[1]

    def version_on(self, day: int) -> tuple[int, Version[RefundTerms]]:
        """The version in force on `day` and the first day it no longer is."""
        return next(row for row in self._versions if day < row[0])

    def next_change(self, day: int, year: Year | None) -> int | None:
        """The first day after `day` with another limit or another running year than `year`, if
        there are no more days of stay; None when nothing known is coming."""
        changes = [] if year is None else [year.end]
        if day < self._from:
            changes.append(self._from)
        if year is None or self._settings.cap_transition is CapTransition.PER_DAY:
            changes.append(self.version_on(day)[0])
        first = min(changes, default=_FOREVER)
        return None if first == _FOREVER else first

    def is_limited_on(self, day: int) -> bool:
        """Whether a day of stay on `day` counts against a limit."""
        return day >= self._from

    def _year_of(self, day: int) -> Year:
        """The running year of `day`, begun if none covers it."""
        if self.years and day < self.years[-1].end:
            return self.years[-1]
        is_fixed = self._settings.new_year_start is NewYearStart.FIXED
        first = date.fromordinal(self.years[0].start if self.years and is_fixed else day)
        n = date.fromordinal(day).year - first.year
        if self._anniversary(first, n) > day:
            n -= 1
        year = Year(self._anniversary(first, n), self._anniversary(first, n + 1))
        self.years.append(year)
        return year

    def _anniversary(self, first: date, n: int) -> int:
        day = add_years(first, n)
        is_leap_day_lost = day.day != first.day
        moved = is_leap_day_lost and self._settings.leap_day is LeapDay.ON_1_MARCH
        return day.toordinal() + moved


def _left(limit: int | None, year: Year) -> int:
    return _FOREVER if limit is None else limit - year.within


def _ordinal(day: date | None, otherwise: int) -> int:
    return otherwise if day is None else day.toordinal()
