from django.db import models
from django.utils.translation import gettext_lazy as _


class Protection(models.TextChoices):
    """Name and address protection. Unknown counts as protected."""

    NO = "no", _("Not protected")
    YES = "yes", _("Protected")
    UNKNOWN = "unknown", _("Unknown")
