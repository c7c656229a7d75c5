from django.utils.translation import gettext_lazy as _

from housingfirst.base.errors import DomainError


class CaseIsOpen(DomainError):
    code = "case_is_open"
    message = _("The citizen already has an open case in the municipality.")


class SituationOverlaps(DomainError):
    code = "situation_overlaps"
    message = _("Another situation is registered for that time.")
