from typing import Final

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class HeardFrom(models.TextChoices):
    """Who told of the arrears."""

    LANDLORD = "landlord", _("The landlord")
    CITIZEN = "citizen", _("The citizen")
    STAFF = "staff", _("A colleague in the municipality")
    BENEFITS = "benefits", _("The benefits office")
    COURT = "court", _("The bailiff court")
    OTHER = "other", _("Somebody else")


class HelpOutcome(models.TextChoices):
    """What came of the municipality's duty to consider help (RSL § 5 a)."""

    CONSIDERED = "considered", _("Considered; not decided yet")
    GRANTED = "granted", _("Help is given")
    DECLINED = "declined", _("No ground for help")


STEPS: Final[dict[str, str | Promise]] = {
    "demanded_on": _("Demand sent by the landlord"),
    "terminated_on": _("Lease ended by the landlord"),
    "filed_on": _("Filed with the bailiff court"),
    "municipality_told_on": _("Notice from the landlord"),
    "court_told_on": _("Notice from the bailiff court"),
    "paid_on": _("The arrears are paid"),
    "dismissed_on": _("The case is withdrawn or dismissed"),
    "evicted_on": _("Evicted"),
    "sheltered_on": _("A roof given after the eviction"),
}
"""The days that are registered one by one, in their order."""
