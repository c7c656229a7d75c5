"""What becomes of alerts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """What became of an alert: something that had warned before it closed."""

    ACTED = "acted", _("Acted on")
    SNOOZED = "snoozed", _("Put off")
    IGNORED = "ignored", _("Ignored")
