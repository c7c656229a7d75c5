from django.db import models
from django.utils.translation import gettext_lazy as _


class EndReason(models.TextChoices):
    """Missed appointments and lost contact are not among them (H4): they ask for outreach."""

    COMPLETED = "completed", _("Course completed")
    DEAD = "dead", _("Died")
    MOVED = "moved", _("Moved to another municipality")
    METHOD_CHANGE = "method_change", _("Change of method")
    DECLINED = "declined", _("Declined by the citizen")
    OTHER = "other", _("Other")


class PhaseKind(models.TextChoices):
    CONTACT = "p0", _("Contact period")
    TRANSITION = "p1", _("Phase 1: Transition to own home")
    TRY_OUT = "p2", _("Phase 2: Try-out in own home")
    HAND_OVER = "p3", _("Phase 3: Hand-over of support")
