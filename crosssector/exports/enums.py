from django.db import models
from django.utils.translation import gettext_lazy as _


class ExportReason(models.TextChoices):
    """Why a file with many people leaves the system. Kept in the access log."""

    STEERING = "steering", _("Steering and meetings of leaders")
    REIMBURSEMENT = "reimbursement", _("Reimbursement and accounts")
    AUDIT = "audit", _("Audit or supervision")
    STATISTICS = "statistics", _("Statistics")
