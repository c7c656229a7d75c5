from django.utils.translation import gettext_lazy as _

from housingfirst.base.errors import DomainError


class CountedTooMany(DomainError):
    code = "counted_too_many"
    message = _("Before every %(every)s vacancy at most %(most)s are counted. Write that or fewer.")


class EstateOfAnother(DomainError):
    code = "estate_of_another"
    message = _("The estate belongs to another housing organisation. Choose one of its own.")


class EveryNone(DomainError):
    code = "every_none"
    message = _("Write 1 or more: 1 is every vacancy, 4 every fourth.")
