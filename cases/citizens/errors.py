from django.utils.translation import gettext_lazy as _

from housingfirst.base.errors import DomainError


class CprInUse(DomainError):
    """Another citizen has the number. Says no more: who it is may not be the asker's business."""

    code = "cpr_in_use"
    message = _("A citizen with this CPR number is already registered.")
