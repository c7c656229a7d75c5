"""What one citizen's input looks like; the JSON Schema is made from these types.

All spans are half-open: `discharged_on` and `ends_on` are the first day that is not counted.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from housingfirst.law import reimbursement as r
from housingfirst.law import support as s
from housingfirst.law.reimbursement import StaySection
from housingfirst.law.support import SupportSection

_STRICT: dict[str, Any] = {"frozen": True, "forbid_unknown_fields": True}


class RatePeriod(Struct, **_STRICT):
    """From `starts_on` until the next period, or the end of the stay."""

    starts_on: date
    daily_rate_dkk: Decimal
    resident_payment_dkk: Decimal


class AbsenceSpan(Struct, **_STRICT):
    """Days away while still admitted and charged."""

    starts_on: date
    ends_on: date | None = None


class Stay(Struct, **_STRICT):
    """A stay at a boform. It goes on when `discharged_on` is null or left out. Days before
    `registered_from`, the place's first on Tilbudsportalen, are not refunded."""

    section: StaySection
    admitted_on: date
    daily_rate_dkk: Decimal
    resident_payment_dkk: Decimal
    discharged_on: date | None = None
    rate_periods: list[RatePeriod] = []
    absences: list[AbsenceSpan] = []
    reference: str = ""
    registered_from: date | None = None


class DayElsewhere(Struct, **_STRICT):
    """A day at a § 110 boform that another municipality paid for."""

    date: date


class Support(Struct, **_STRICT):
    """§ 85 a support, or a stay under § 107. It goes on when `ends_on` is null or left out, and is
    not decided when `decided_on` is null."""

    section: SupportSection
    decided_on: date | None
    starts_on: date
    monthly_cost_dkk: Decimal
    ends_on: date | None = None
    reference: str = ""


class Options(Struct, **_STRICT):
    """The readings of what the law leaves open; those left out have their default."""

    count_discharge_day: bool | r.CountDischargeDay | UnsetType = UNSET
    same_day_stay: Literal[0, 1] | r.SameDayStay | UnsetType = UNSET
    new_year_start: r.NewYearStart | UnsetType = UNSET
    cap_transition: r.CapTransition | UnsetType = UNSET
    resident_on_2023_10_01: r.ResidentOnReform | UnsetType = UNSET
    overlap: r.Overlap | UnsetType = UNSET
    absence: r.Absence | UnsetType = UNSET
    leap_day: r.LeapDay | UnsetType = UNSET
    change_of_municipality: r.ChangeOfMunicipality | UnsetType = UNSET

    decision_on_discharge_date: s.DecisionOnDischargeDate | UnsetType = UNSET
    window_end: s.WindowEnd | UnsetType = UNSET
    later_discharge: s.LaterDischarge | UnsetType = UNSET
    new_window: s.NewWindow | UnsetType = UNSET
    directly: s.Directly | UnsetType = UNSET
    follows_facility: s.FollowsFacility | UnsetType = UNSET
    during_new_stay: s.DuringNewStay | UnsetType = UNSET
    part_month: s.PartMonth | UnsetType = UNSET
    split_facility_days: Annotated[int, Meta(ge=0, le=366)] | UnsetType = UNSET


class Citizen(Struct, **_STRICT):
    """One citizen: every § 110 stay, and every decision on § 85 a and § 107.

    `id` is given back as it came.
    """

    id: str | int | UnsetType = UNSET
    stays: list[Stay] = []
    days_used_elsewhere: list[DayElsewhere] = []
    support: list[Support] = []
    options: Options = Options()


def json_schema() -> dict[str, Any]:
    """The JSON Schema of one citizen's input."""
    return msgspec.json.schema(Citizen)
