from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    MET = "met", _("Met")
    PHONE = "phone", _("Phone")
    NOT_THERE = "not_there", _("Was not there")
    CANCELLED = "cancelled", _("Cancelled")


class Channel(models.TextChoices):
    HOME = "home", _("At home")
    COMMUNITY = "community", _("Elsewhere in the local area")
    SHELTER = "shelter", _("At the shelter")
    OFFICE = "office", _("At the office")
    PHONE = "phone", _("Phone or text")
