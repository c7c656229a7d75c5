"""The open counting questions of the § 110 refund, each with the readings one may choose.

The law, as far as it has been read, leaves all of these open. The defaults are the cautious
readings; docs/law/reimbursement.md sets out the reasons.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class CountDischargeDay(StrEnum):
    """Whether the day of discharge is a day of the stay; the day of admission always is."""

    NO = "no"
    YES = "yes"


class SameDayStay(StrEnum):
    """How many days it is to be admitted and discharged on one date.

    Decides alone for such a stay, whatever is chosen for the day of discharge.
    """

    ONE_DAY_IF_CHARGED = "one_day_if_charged"
    NO_DAY = "no_day"


class NewYearStart(StrEnum):
    """When the next running year begins after one has ended."""

    NEXT_ADMISSION = "next_admission"
    """With the next day of stay: on the reset date itself for one who is then resident."""
    FIXED = "fixed"
    """On the anniversaries of the first admission."""


class CapTransition(StrEnum):
    """How a fall in the limit meets a running year that has already begun."""

    PER_DAY = "per_day"
    """Each day is judged by the limit of that day; days already refunded stay refunded."""
    PER_YEAR = "per_year"
    """A running year keeps the limit of the day it began."""


class ResidentOnReform(StrEnum):
    """Where the count begins for one who was resident when the day limit came, 1 October 2023."""

    FROM_REFORM = "from_reform"
    FIRST_NEW_ADMISSION = "first_new_admission"
    """With the first admission after the unbroken chain of stays; until then without limit."""


class Overlap(StrEnum):
    """What is refunded for a date on which the citizen is registered in two places."""

    ONE_RATE = "one_rate"
    """One rate, the one with the lowest net cost; none if another municipality paid that date."""
    ALL_RATES = "all_rates"
    """Every rate. The date still uses one day of the limit."""


class Absence(StrEnum):
    """Whether days away while still admitted and charged are days of the stay."""

    COUNTED = "counted"
    NOT_COUNTED = "not_counted"
    """They use no day of the limit, and are not refunded."""


class LeapDay(StrEnum):
    """When a running year that began on 29 February is reset in a common year."""

    ON_28_FEBRUARY = "28_february"
    ON_1_MARCH = "1_march"


class ChangeOfMunicipality(StrEnum):
    """Whether days paid by another municipality use up the limit."""

    FOLLOWS_CITIZEN = "follows_citizen"
    RESTARTS = "restarts"
    """The count begins again with the new municipality: days elsewhere are left out."""


@dataclass(frozen=True, slots=True)
class ReimbursementSettings:
    """One reading of the law. Store it with a result, so that the result can be computed again."""

    count_discharge_day: CountDischargeDay = CountDischargeDay.NO
    same_day_stay: SameDayStay = SameDayStay.ONE_DAY_IF_CHARGED
    new_year_start: NewYearStart = NewYearStart.NEXT_ADMISSION
    cap_transition: CapTransition = CapTransition.PER_DAY
    resident_on_2023_10_01: ResidentOnReform = ResidentOnReform.FROM_REFORM
    overlap: Overlap = Overlap.ONE_RATE
    absence: Absence = Absence.COUNTED
    leap_day: LeapDay = LeapDay.ON_28_FEBRUARY
    change_of_municipality: ChangeOfMunicipality = ChangeOfMunicipality.FOLLOWS_CITIZEN


DEFAULT_SETTINGS: Final = ReimbursementSettings()
