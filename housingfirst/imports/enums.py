from django.db import models
from django.utils.translation import gettext_lazy as _


class LineStatus(models.TextChoices):
    """What applying a line would do."""

    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    SAME = "same", _("Already there")
    ERROR = "error", _("Error")


class RunState(models.TextChoices):
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked")
    APPLYING = "applying", _("Being applied")
    APPLIED = "applied", _("Applied")
    FAILED = "failed", _("Could not be done")
