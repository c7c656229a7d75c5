from collections.abc import Mapping
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReferralStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    WAITING = "waiting", _("Waiting")
    HOUSED = "housed", _("Housed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ReferralEnd(models.TextChoices):
    """Why a referral was withdrawn."""

    FOUND_HOME = "found_home", _("Has found a home")
    NOT_WANTED = "not_wanted", _("The citizen does not want one now")
    MOVED_AWAY = "moved_away", _("Lives in another municipality now")
    MISTAKE = "mistake", _("Sent by mistake")
    DEAD = "dead", _("Died")


class Track(models.TextChoices):
    """What kind of home is asked for: most want their own, some need something else."""

    OWN_HOME = "own_home", _("Own home")
    YOUTH = "youth", _("Youth dwelling")
    SKAEV = "skaev", _("Small permanent dwelling (ABL § 149 a)")
    ELDERLY = "elderly", _("Elderly dwelling (ABL § 105)")


class Benefit(models.TextChoices):
    CASH = "cash", _("Cash benefit")
    EDUCATION = "education", _("Cash benefit, under 30 (lowest rate)")
    SICKNESS = "sickness", _("Sickness benefit")
    EARLY_PENSION = "early_pension", _("Disability pension")
    SENIOR_PENSION = "senior_pension", _("Senior pension")
    OLD_AGE_PENSION = "old_age_pension", _("State pension")
    WAGE = "wage", _("Wage")
    STUDENT = "student", _("Student grant")
    NONE = "none", _("No income")
    UNKNOWN = "unknown", _("Unknown")


class Stairs(models.TextChoices):
    ANY = "any", _("Any floor")
    SECOND = "second", _("At most 2nd floor without a lift")
    FIRST = "first", _("At most 1st floor without a lift")
    GROUND = "ground", _("Ground floor or lift")
    STEP_FREE = "step_free", _("Step-free (wheelchair or walker)")


class Urgency(models.TextChoices):
    """Set by a person only when the clock does not say it already."""

    ORDINARY = "ordinary", _("Ordinary")
    URGENT = "urgent", _("Urgent")


class PaperKind(models.TextChoices):
    CONSENT = "consent", _("Consent to housing allocation")
    INCOME = "income", _("Income, last three months")
    IDENTITY = "identity", _("Proof of identity")
    DEBT_PLAN = "debt_plan", _("Settlement plan with a housing organisation")


ALWAYS_NEEDED: Final = (PaperKind.CONSENT, PaperKind.INCOME, PaperKind.IDENTITY)
"""The papers of every referral; a settlement plan is needed only where there is a debt."""


class OfferStatus(models.TextChoices):
    LIVE = "live", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    EXPIRED = "expired", _("Expired")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class DeclinedBy(models.TextChoices):
    CITIZEN = "citizen", _("The citizen")
    LANDLORD = "landlord", _("The housing organisation")
    MUNICIPALITY = "municipality", _("The municipality")


class DeclineReason(models.TextChoices):
    """The allowed reasons, and none of them is about readiness."""

    AREA = "area", _("Too far away or the wrong area")
    RENT = "rent", _("Too expensive")
    SIZE = "size", _("Wrong size")
    ACCESS = "access", _("Stairs or access")
    PETS = "pets", _("Pets not allowed")
    CONDITION = "condition", _("The state of the dwelling")
    SAFETY = "safety", _("Does not feel safe there")
    OTHER_HOME = "other_home", _("Found another home")
    DEBT = "debt", _("Unsettled debt to the organisation")
    BARRED = "barred", _("The estate is barred from allocation")
    NO_LONGER_VACANT = "no_longer_vacant", _("The dwelling is no longer vacant")


class WithdrawReason(models.TextChoices):
    DWELLING_GONE = "dwelling_gone", _("The dwelling is gone")
    MISTAKE = "mistake", _("Offered by mistake")
    CITIZEN_HOUSED = "citizen_housed", _("The citizen has found a home")


DECLINE_REASONS: Final[Mapping[DeclinedBy, tuple[DeclineReason, ...]]] = {
    DeclinedBy.CITIZEN: (
        DeclineReason.AREA, DeclineReason.RENT, DeclineReason.SIZE, DeclineReason.ACCESS,
        DeclineReason.PETS, DeclineReason.CONDITION, DeclineReason.SAFETY,
        DeclineReason.OTHER_HOME,
    ),
    DeclinedBy.LANDLORD: (
        DeclineReason.DEBT, DeclineReason.BARRED, DeclineReason.NO_LONGER_VACANT,
    ),
    DeclinedBy.MUNICIPALITY: (
        DeclineReason.RENT, DeclineReason.CONDITION, DeclineReason.BARRED,
        DeclineReason.OTHER_HOME, DeclineReason.NO_LONGER_VACANT,
    ),
}  # fmt: skip
"""Who may decline for which reason."""
