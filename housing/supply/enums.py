from django.db import models
from django.utils.translation import gettext_lazy as _


class DwellingKind(models.TextChoices):
    FAMILY = "family", _("Social family dwelling")
    YOUTH = "youth", _("Youth dwelling")
    ELDERLY = "elderly", _("Elderly dwelling (ABL § 105)")
    MUNICIPAL = "municipal", _("Municipal dwelling")
    PRIVATE = "private", _("Private dwelling")
    SKAEV = "skaev", _("Small permanent dwelling (ABL § 149 a)")
    TRANSITIONAL = "transitional", _("Transitional dwelling (ABL § 63)")


class VacancyEnd(models.TextChoices):
    """Why a vacancy is no longer open."""

    LET = "let", _("Let to a citizen")
    RETURNED_RENT = "returned_rent", _("Returned: rent too high")
    RETURNED_SIZE = "returned_size", _("Returned: wrong size")
    RETURNED_AREA = "returned_area", _("Returned: nobody wants the area")
    RETURNED_OTHER = "returned_other", _("Returned: other reason")
    KEPT = "kept", _("Let by the housing organisation itself")
    WITHDRAWN = "withdrawn", _("Withdrawn by the housing organisation")
