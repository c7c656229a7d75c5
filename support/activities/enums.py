from django.db import models
from django.utils.translation import gettext_lazy as _


class ActivityAnswer(models.TextChoices):
    """What became of a wish for activity. Nothing in it asks whether the citizen is ready."""

    STARTED = "started", _("It has begun")
    PASSED_ON = "passed_on", _("Passed on to somebody who takes it up")
    NOT_WANTED = "not_wanted", _("The citizen no longer wants it")
