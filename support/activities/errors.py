from django.utils.translation import gettext_lazy as _

from housingfirst.base.errors import DomainError


class WishIsAnswered(DomainError):
    code = "wish_is_answered"
    message = _("The wish was answered on %(day)s. Write a new one if the citizen says more.")


class SaysNothing(DomainError):
    code = "says_nothing"
    message = _("Write what the citizen would like to do.")
