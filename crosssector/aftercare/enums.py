from django.db import models
from django.utils.translation import gettext_lazy as _


class AftercareAnswer(models.TextChoices):
    """What became of the question of help after the stay."""

    ACCEPTED = "accepted", _("Offered, and the citizen wants it")
    DECLINED = "declined", _("Offered, and the citizen does not want it")
    NOT_OFFERED = "not_offered", _("Not offered")
