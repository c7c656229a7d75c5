"""R-176A-3: the time after a first discharge in which support can be refunded.

The two years of § 85 a and the one year of § 107 both run from the first discharge, and a new stay
within them does not start them again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from housingfirst.law.days import add_years
from housingfirst.law.reimbursement.stays import StaySection, StaySpan
from housingfirst.law.support.settings import NewWindow, SupportRefundSettings, WindowEnd
from housingfirst.law.support.terms import (
    REFUND_TABLES,
    FacilityRefundTerms,
    RefundTables,
    SupportRefundTerms,
)


@dataclass(frozen=True, slots=True)
class ShelterPeriod:
    """Time at § 110 boforme, here or elsewhere: [admitted_on, discharged_on), None while there.

    Raises ValueError on a discharge before admission.
    """

    admitted_on: date
    discharged_on: date | None

    def __post_init__(self) -> None:
        if self.discharged_on is not None and self.discharged_on < self.admitted_on:
            raise ValueError(f"discharged {self.discharged_on} before admitted {self.admitted_on}")

    def covers(self, day: date) -> bool:
        return self.admitted_on <= day and (self.discharged_on is None or day < self.discharged_on)


@dataclass(frozen=True, slots=True)
class RefundWindow:
    """The days [starts_on, ends_on) after a first discharge, on `starts_on`.

    § 85 a support is refunded within them, § 107 within [starts_on, facility_ends_on).
    `discharges` are the discharges that fall under it, the first among them, in order.
    `support` and `facility` are the parameters at the first discharge, each with its key.
    """

    starts_on: date
    ends_on: date
    facility_ends_on: date
    discharges: tuple[date, ...]
    support: SupportRefundTerms
    facility: FacilityRefundTerms
    support_version: str
    facility_version: str

    @property
    def last_on(self) -> date:
        return self.ends_on - timedelta(days=1)

    @property
    def facility_last_on(self) -> date:
        return self.facility_ends_on - timedelta(days=1)


def shelter_periods(stays: Iterable[StaySpan]) -> list[ShelterPeriod]:
    """The § 110 stays among `stays`, as the windows are counted from them."""
    return [
        ShelterPeriod(stay.admitted_on, stay.discharged_on)
        for stay in stays
        if stay.section is StaySection.SECTION_110
    ]


def unbroken(periods: Iterable[ShelterPeriod]) -> list[ShelterPeriod]:
    """The same days as periods that do not touch: to move from one boform to another on the same
    day is no discharge."""
    chains: list[ShelterPeriod] = []
    for period in sorted(periods, key=lambda period: period.admitted_on):
        last = chains[-1] if chains else None
        if last is None or (
            last.discharged_on is not None and last.discharged_on < period.admitted_on
        ):
            chains.append(period)
        elif last.discharged_on is not None:
            ends = (
                None
                if period.discharged_on is None
                else max(last.discharged_on, period.discharged_on)
            )
            chains[-1] = ShelterPeriod(last.admitted_on, ends)
    return chains


def windows_of(
    periods: Iterable[ShelterPeriod],
    settings: SupportRefundSettings,
    tables: RefundTables = REFUND_TABLES,
) -> list[RefundWindow]:
    """The windows of all of a citizen's time at § 110 boforme, oldest first, without overlaps.

    Discharges that the act does not reach open none. A discharge that opens no window of its own
    falls under the one before it, even one that has ended.
    """
    windows: list[RefundWindow] = []
    for chain in unbroken(periods):
        if chain.discharged_on is None:
            continue
        last = windows[-1] if windows else None
        if last is None or _opens(chain, last, settings):
            window = _window(chain.discharged_on, settings, tables)
            if window is not None:
                windows.append(window)
        else:
            windows[-1] = replace(last, discharges=(*last.discharges, chain.discharged_on))
    return windows


def _opens(chain: ShelterPeriod, last: RefundWindow, settings: SupportRefundSettings) -> bool:
    if settings.new_window is NewWindow.NEVER:
        return False
    if settings.new_window is NewWindow.OPENS:
        return chain.admitted_on >= last.ends_on
    return chain.discharged_on is not None and chain.discharged_on >= last.ends_on


def _window(
    discharged_on: date, settings: SupportRefundSettings, tables: RefundTables
) -> RefundWindow | None:
    """The window that a first discharge opens; None where the act does not reach."""
    support = tables.support.on(discharged_on)
    facility = tables.facility.on(discharged_on)
    if support.value is None or facility.value is None:
        return None
    extra = timedelta(days=settings.window_end is WindowEnd.ANNIVERSARY)
    return RefundWindow(
        starts_on=discharged_on,
        ends_on=add_years(discharged_on, support.value.window_years) + extra,
        facility_ends_on=add_years(discharged_on, facility.value.window_years) + extra,
        discharges=(discharged_on,),
        support=support.value,
        facility=facility.value,
        support_version=support.key,
        facility_version=facility.key,
    )
