from django.db import models
from django.utils.translation import gettext_lazy as _


class TenancyEnd(models.TextChoices):
    MOVED = "moved", _("Moved to another home")
    TERMINATED_TENANT = "terminated_tenant", _("Given up by the citizen")
    TERMINATED_LANDLORD = "terminated_landlord", _("Ended by the landlord")
    EVICTED = "evicted", _("Evicted")
    DEAD = "dead", _("Died")
