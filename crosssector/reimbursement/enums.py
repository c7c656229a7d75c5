from django.db import models
from django.utils.translation import gettext_lazy as _


class ClaimState(models.TextChoices):
    """Where a claim stands. Approving it locks it: nothing is approved and still open."""

    DRAFT = "draft", _("Draft")
    CHECKED = "checked", _("Waits for approval")
    LOCKED = "locked", _("Locked")


class ClaimStep(models.TextChoices):
    """What can be done with a claim."""

    DRAFT = "draft", _("Draft anew")
    CHECK = "check", _("Send for approval")
    RETURN = "return", _("Send back")
    APPROVE = "approve", _("Approve and lock")


class ClaimSection(models.TextChoices):
    """The parts of a claim: what the state is asked to pay half of."""

    S110 = "110", _("§ 110, shelter stays")
    S85A = "85a", _("§ 85 a, housing support")
    S107 = "107", _("§ 107, temporary facility")


class LineKind(models.TextChoices):
    REGULAR = "regular", _("This quarter")
    ADJUSTMENT = "adjustment", _("Adjustment")


class Severity(models.TextChoices):
    BLOCK = "block", _("Must be mended")
    WARN = "warn", _("Look at it")


class FindingKind(models.TextChoices):
    """What the check of a claim can find about a citizen's lines."""

    NO_RATE = "no_rate", _("No daily rate")
    RATE_DIFFERS = "rate_differs", _("Another rate than the shelter's")
    NOT_REGISTERED = "not_registered", _("Place not registered")
    REGISTERED_LATER = "registered_later", _("Place registered later")
    NOTICE_MISSING = "notice_missing", _("No notice of admission")
    NOTICE_LATE = "notice_late", _("Late notice of admission")
    NOT_ACTING = "not_acting", _("Not the acting municipality")
    ACTING_UNANSWERED = "acting_unanswered", _("Acting municipality not settled")
    DECIDED_LATE = "decided_late", _("Decided after discharge")
    NO_COST = "no_cost", _("No cost per month")


class Change(models.TextChoices):
    """Why a locked quarter comes out differently: which fact has changed since."""

    STAY_ADDED = "stay_added", _("the stay was registered later")
    STAY_REMOVED = "stay_removed", _("the stay is no longer the municipality's")
    ADMITTED = "admitted", _("the day of admission was corrected")
    DISCHARGED = "discharged", _("the day of discharge was corrected")
    RATE = "rate", _("the rate was corrected")
    PAYMENT = "payment", _("the resident's payment was corrected")
    ABSENCE = "absence", _("an absence was corrected")
    REGISTERED = "registered", _("the place's day on Tilbudsportalen was corrected")
    ELSEWHERE = "elsewhere", _("days used elsewhere were corrected")
    OTHER_STAY = "other_stay", _("another stay of the citizen was corrected")
    SUPPORT = "support", _("the decision on support was corrected")


class InvoiceState(models.TextChoices):
    RECEIVED = "received", _("Not settled")
    ACCEPTED = "accepted", _("Accepted")
    OBJECTED = "objected", _("Objected to")


class InvoiceStep(models.TextChoices):
    ACCEPT = "accept", _("Accept")
    OBJECT = "object", _("Object")


class Difference(models.TextChoices):
    """How a line of a shelter's invoice differs from what is registered."""

    UNKNOWN = "unknown", _("Unknown resident")
    NOT_OURS = "not_ours", _("Another municipality's resident")
    BEFORE_ADMISSION = "before_admission", _("Before the admission")
    DISCHARGE_DAY = "discharge_day", _("Invoiced on the day of discharge")
    AFTER_DISCHARGE = "after_discharge", _("After the discharge")
    OVERLAP = "overlap", _("Invoiced twice")
    OUTSIDE = "outside", _("Outside the period of the invoice")
    RATE = "rate", _("Another rate")
    NIGHTS = "nights", _("The nights do not fit the dates")
    AMOUNT = "amount", _("The amount does not fit nights and rate")
