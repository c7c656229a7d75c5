"""R-KLAGE: how long a citizen may complain, and how long the municipality may reconsider.

Four weeks from the day the citizen was told of the decision. The complaint goes to the
municipality, which reconsiders within four weeks and, where it upholds the decision, sends it on
to Ankestyrelsen.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from housingfirst.law.days import DEFAULT_CALENDAR, CalendarSettings, is_working_day
from housingfirst.law.tables import version_table

RULE_ID: Final = "R-KLAGE"


@dataclass(frozen=True, slots=True)
class ComplaintTerms:
    """Weeks to complain, and weeks to reconsider."""

    complaint_weeks: int
    reconsider_weeks: int


COMPLAINT_TERMS: Final = version_table("complaints", RULE_ID, ComplaintTerms)


class EndsOnDayOff(StrEnum):
    """What happens when the last day to complain is no working day."""

    NEXT_WORKING_DAY = "next_working_day"
    SAME_DAY = "same_day"


@dataclass(frozen=True, slots=True)
class ComplaintSettings:
    ends_on_day_off: EndsOnDayOff = EndsOnDayOff.NEXT_WORKING_DAY


DEFAULT_COMPLAINT: Final = ComplaintSettings()


class ComplaintReason(StrEnum):
    """Where the matter stands on a day."""

    MAY_COMPLAIN = "may-complain"
    NO_LONGER = "no-longer"
    TOO_LATE = "too-late"
    """A complaint came after the last day. Ankestyrelsen may look away from that: it is sent on."""
    RECONSIDER = "reconsider"
    RECONSIDER_OVERDUE = "reconsider-overdue"
    RECONSIDERED_IN_TIME = "reconsidered-in-time"
    RECONSIDERED_LATE = "reconsidered-late"


@dataclass(frozen=True, slots=True)
class Complaint:
    """The clock of one decision. A complaint received on `last_on` is in time.

    `reconsider_by` is the last day of the municipality's own weeks; None without a complaint.
    """

    told_on: date
    last_on: date
    reconsider_by: date | None
    reason: ComplaintReason
    terms_version: str
    source: str
    rule_id: str = RULE_ID


def complaint(
    told_on: date,
    *,
    on: date,
    received_on: date | None = None,
    reconsidered_on: date | None = None,
    settings: ComplaintSettings = DEFAULT_COMPLAINT,
    calendar: CalendarSettings = DEFAULT_CALENDAR,
) -> Complaint:
    """Where a decision the citizen was told of on `told_on` stands on `on`.

    Raises ValueError on a complaint before the decision, or a reconsideration without a complaint
    or before it.

    Source: RSL §§ 66 and 67.
    """
    if received_on is not None and received_on < told_on:
        raise ValueError(f"a complaint on {received_on} is before the decision on {told_on}")
    if reconsidered_on is not None and (received_on is None or reconsidered_on < received_on):
        raise ValueError(f"reconsidered on {reconsidered_on} without a complaint by then")
    version = COMPLAINT_TERMS.on(told_on)
    last_on = told_on + timedelta(weeks=version.value.complaint_weeks)
    if settings.ends_on_day_off is EndsOnDayOff.NEXT_WORKING_DAY:
        while not is_working_day(last_on, calendar):
            last_on += timedelta(days=1)
    reconsider_by = None
    if received_on is not None and received_on <= on:
        reconsider_by = received_on + timedelta(weeks=version.value.reconsider_weeks)
    return Complaint(
        told_on=told_on,
        last_on=last_on,
        reconsider_by=reconsider_by,
        reason=_reason(last_on, on, received_on, reconsider_by, reconsidered_on),
        terms_version=version.key,
        source=version.source,
    )


def _reason(
    last_on: date,
    on: date,
    received_on: date | None,
    reconsider_by: date | None,
    reconsidered_on: date | None,
) -> ComplaintReason:
    if received_on is None or reconsider_by is None:
        return ComplaintReason.MAY_COMPLAIN if on <= last_on else ComplaintReason.NO_LONGER
    if reconsidered_on is not None and reconsidered_on <= on:
        in_time = reconsidered_on <= reconsider_by
        late = ComplaintReason.RECONSIDERED_LATE
        return ComplaintReason.RECONSIDERED_IN_TIME if in_time else late
    if received_on > last_on:
        return ComplaintReason.TOO_LATE
    return ComplaintReason.RECONSIDER if on <= reconsider_by else ComplaintReason.RECONSIDER_OVERDUE
