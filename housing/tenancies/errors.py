from django.utils.translation import gettext_lazy as _

from housingfirst.base.errors import DomainError


class DwellingHasTenant(DomainError):
    code = "dwelling_has_tenant"
    message = _("The dwelling has another tenant on that day. Write a later day.")


class CitizenHasHome(DomainError):
    code = "citizen_has_home"
    message = _("The citizen has another home on that day. End that lease first.")


class EndsBeforeStart(DomainError):
    code = "ends_before_start"
    message = _("The lease began on %(day)s. Write that day or a later one.")


class HasEnded(DomainError):
    code = "has_ended"
    message = _("The lease ended on %(day)s already.")


class NotTransitional(DomainError):
    code = "not_transitional"
    message = _("The lease is an ordinary one already.")


class OrdinaryBeforeStart(DomainError):
    code = "ordinary_before_start"
    message = _("The lease began on %(day)s. Write that day or a later one.")
