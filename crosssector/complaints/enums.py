from django.db import models
from django.utils.translation import gettext_lazy as _


class Complainant(models.TextChoices):
    """Who complains: only the person concerned may, or somebody in their place."""

    CITIZEN = "citizen", _("The citizen")
    REPRESENTATIVE = "representative", _("A representative, with a power of attorney")
    GUARDIAN = "guardian", _("A guardian")


class Reassessment(models.TextChoices):
    """What the municipality found when it looked at its decision again."""

    UPHELD = "upheld", _("The decision stands")
    PARTLY = "partly", _("Changed in part")
    CHANGED = "changed", _("Changed as the citizen wished")


class BoardAnswer(models.TextChoices):
    """What Ankestyrelsen found."""

    CONFIRMED = "confirmed", _("The decision stands")
    CHANGED = "changed", _("The decision is changed")
    SENT_BACK = "sent_back", _("Sent back: decide anew")
    DISMISSED = "dismissed", _("Not taken up")
