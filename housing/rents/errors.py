"""What the register of rent reductions refuses."""

from django.utils.translation import gettext_lazy as _

from housingfirst.base.errors import DomainError


class HasReduction(DomainError):
    code = "has_reduction"
    message = _("A reduction is registered for this lease already. Correct it instead.")


class LeaseHasEnded(DomainError):
    code = "lease_has_ended"
    message = _("The lease has ended: its rent is reduced no more.")
